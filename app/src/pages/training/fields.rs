//! What is trained and how: the few fields that decide most at hand, the rest behind disclosures.
//! The workload's editor shows the same fields.

use super::Shown;
use crate::pages::design::layout::{at, more};
use crate::pages::design::workload::model_field;
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, quantity_field, select_field, share_field, toggle_field,
};

/// The fields at hand of the workload that is looked at.
pub(super) fn inputs(shown: Shown) -> AnyView {
    let fields = move || {
        let place = format!("workloads[{}]", shown.at.get()?);
        let field = |label: &str, name: &str| Field::new(label, &at(&place, name));
        let all = vec![
            model_field(&place),
            quantity_field(
                field("Training tokens of one run", "tokens")
                    .optional("not stated")
                    .hint("such as 15 T"),
            ),
            count_field(field("Accelerators of one job", "accelerators").optional("all of them")),
            batch(&place),
            sequence(&place),
            precision(&place),
            tuned(&place),
        ];
        Some(view! {
            <div class="cost-fields">{all}</div>
            {more("Layout: fixed or by search", layout(&place))}
        })
    };
    view! {
        <section class="cost-hand" aria-label="What is trained">
            {fields}
        </section>
    }
    .into_any()
}

fn batch(place: &str) -> AnyView {
    let field = Field::new("Tokens of a step", &at(place, "plan.batch"));
    let hint = "the global batch, such as 16 M";
    quantity_field(field.optional("the critical batch").hint(hint))
}

fn step(place: &str, label: &str, name: &str) -> Field {
    Field::new(label, &[place, ".plan.step.", name].concat())
}

fn sequence(place: &str) -> AnyView {
    let field = step(place, "Tokens of a sequence", "sequence");
    count_field(field.optional("8192"))
}

fn precision(place: &str) -> AnyView {
    let formats = vec![
        Choice::new("Half", "BF16"),
        Choice::new("Fp8", "FP8, a scale per tensor"),
        Choice::new("Mxfp8", "MXFP8, a scale per block"),
        Choice::new("Nvfp4", "NVFP4"),
    ];
    let field = step(place, "Number format", "precision");
    select_field(field.optional("as usual on this accelerator"), formats)
}

fn tuned(place: &str) -> AnyView {
    let field = step(place, "Tuned as for a benchmark", "tuned");
    toggle_field(field.hint("else by the published recipes"))
}

/// Degrees that the search leaves as they are.
fn layout(place: &str) -> Vec<AnyView> {
    let degree =
        |label: &str, name: &str| count_field(step(place, label, name).optional("by search"));
    vec![
        degree("Tensor parallel", "tp"),
        degree("Pipeline stages", "pp"),
        degree("Context parallel", "cp"),
        degree("Expert parallel", "ep"),
        degree("Sequences of a micro-batch", "micro_batch"),
        select_field(
            step(place, "Recomputation", "recompute").optional("by search"),
            vec![
                Choice::new("None", "none"),
                Choice::new("Selective", "attention only"),
                Choice::new("Full", "every layer"),
            ],
        ),
        select_field(
            step(place, "Pipeline schedule", "schedule").optional("one forward, one backward"),
            vec![
                Choice::new("ZeroBubble", "zero bubble"),
                Choice::new("ZeroBubbleV", "zero bubble, in a V"),
                Choice::new("VHalf", "in a V, half of the activations"),
                Choice::new("VMin", "in a V, a third of the activations"),
            ],
        ),
        toggle_field(step(place, "Adapters only (LoRA)", "lora")),
        toggle_field(
            step(place, "Frozen weights in 4 bits (QLoRA)", "quantised").hint("with adapters"),
        ),
        quantity_field(
            step(place, "Year of the software", "software")
                .optional("that of the data")
                .hint("2026.5 is the middle of 2026"),
        ),
    ]
}

/// All of the plan, for the workload's editor.
pub fn plan_fields(place: &str) -> AnyView {
    let first = vec![
        batch(place),
        sequence(place),
        precision(place),
        tuned(place),
    ];
    let plan = |label: &str, name: &str| Field::new(label, &[place, ".plan.", name].concat());
    let run = vec![
        quantity_field(
            plan("Deadline", "deadline")
                .optional("none")
                .hint("such as 60 d; says how many accelerators it takes"),
        ),
        quantity_field(
            plan("Critical batch", "critical_batch")
                .optional("by the law")
                .hint("tokens, as you measured it"),
        ),
        share_field(
            plan("Evaluation", "evaluation")
                .optional("as published")
                .hint("share of the training time"),
        ),
        share_field(
            plan("Error of the stated efficiency", "spread")
                .optional("as usual")
                .hint("either way"),
        ),
        share_field(
            plan("Power limit", "power_cap")
                .optional("none")
                .hint("share of the accelerator's rating"),
        ),
    ];
    view! {
        <div class="fields">{first}</div>
        {more("Layout: fixed or by search", layout(place))}
        {more("Deadline, evaluation and power limit", run)}
        {more("Learning by reinforcement", reinforcement(place))}
        {more("Checkpoints", checkpoint(place))}
        {more("Failures and spares", reliability(place))}
        {more("Campaign: what is trained besides, and how often", campaign(place))}
    }
    .into_any()
}

/// A step that generates its answers, scores them and learns from them.
fn reinforcement(place: &str) -> Vec<AnyView> {
    let field = |label: &str, name: &str| {
        Field::new(label, &[place, ".plan.reinforcement.", name].concat())
    };
    vec![
        select_field(
            field("Method", "method").optional("none: learns from data"),
            vec![
                Choice::new("Grpo", "GRPO: a reference scores"),
                Choice::new(
                    "Ppo",
                    "PPO: reference and reward model score, a critic learns too",
                ),
            ],
        ),
        count_field(field("Prompts of a step", "prompts").optional("not stated")),
        count_field(field("Answers to each", "samples").optional("not stated")),
        count_field(
            field("Tokens of a prompt", "prompt")
                .optional("not stated")
                .hint("mean"),
        ),
        count_field(
            field("Tokens of an answer", "answer")
                .optional("not stated")
                .hint("mean"),
        ),
        quantity_field(
            field("Longest answer, multiple of the mean", "longest")
                .optional("all alike")
                .hint("a step waits for it"),
        ),
        count_field(field("Times that answers are learned from", "epochs").optional("once")),
    ]
}

fn checkpoint(place: &str) -> Vec<AnyView> {
    let field =
        |label: &str, name: &str| Field::new(label, &[place, ".plan.checkpoint.", name].concat());
    vec![
        select_field(
            field("Saving", "saving"),
            vec![
                Choice::new("Staged", "copied aside, drains behind training"),
                Choice::new("Blocking", "training waits for storage"),
            ],
        ),
        select_field(
            field("Optimiser", "optimiser"),
            vec![
                Choice::new("Adam", "Adam"),
                Choice::new("Adam8Bit", "Adam, 8-bit moments"),
                Choice::new("Momentum", "one moment (SGD, Lion)"),
                Choice::new("Muon", "Muon"),
                Choice::new("MuonHalf", "Muon, 16-bit momentum"),
            ],
        ),
        quantity_field(
            field("Bytes per parameter saved", "bytes_per_parameter").optional("by the optimiser"),
        ),
        quantity_field(
            field("Interval", "interval")
                .optional("the best")
                .hint("such as 30 min"),
        ),
        quantity_field(
            field("Training waits for one", "blocking")
                .optional("computed")
                .hint("as you measured it"),
        ),
    ]
}

fn reliability(place: &str) -> Vec<AnyView> {
    let field =
        |label: &str, name: &str| Field::new(label, &[place, ".plan.reliability.", name].concat());
    vec![
        quantity_field(
            field("Mean time between interruptions", "mean_time")
                .optional("by size")
                .hint("of the whole job, as you measured it"),
        ),
        quantity_field(
            field("Recovery", "recovery")
                .optional("as published")
                .hint("from the interruption to the reload"),
        ),
        quantity_field(field("Repair of a node", "repair").optional("as published")),
        quantity_field(field("Age of the cluster", "age").optional("past its early life")),
        toggle_field(field("Burnt in", "burnt_in")),
        count_field(field("Nodes that stand by", "spares").optional("as many as needed")),
        count_field(
            field("Nodes used of a scale-up domain", "domain_nodes").optional("as schedulers do"),
        ),
        toggle_field(field("Stops while a node is missing", "rigid")),
    ]
}

fn campaign(place: &str) -> Vec<AnyView> {
    let field =
        |label: &str, name: &str| Field::new(label, &[place, ".plan.campaign.", name].concat());
    vec![
        select_field(
            field("Who trains", "lab"),
            vec![
                Choice::new("Follower", "follows an open recipe"),
                Choice::new("Open", "builds a family in the open"),
                Choice::new("Frontier", "works at the frontier"),
            ],
        ),
        quantity_field(
            field("All hours, multiple of the final run", "multiplier")
                .optional("by who trains")
                .hint("experiments and failed runs included"),
        ),
        share_field(
            field("Post-training", "post_training")
                .optional("as published")
                .hint("share of the final run"),
        ),
        toggle_field(field("Reasoning by reinforcement", "reasoning")),
        count_field(
            field("Months between full runs", "refresh_months")
                .optional("as published")
                .hint("0 = one run only"),
        ),
        count_field(
            field("Months between continued runs", "continued_months")
                .optional("as published")
                .hint("0 = none"),
        ),
        share_field(
            field("A continued run", "continued")
                .optional("as published")
                .hint("share of a full one"),
        ),
        toggle_field(field(
            "Software gets faster over the years",
            "software_gains",
        )),
        share_field(
            field("Rented", "rented")
                .optional("none")
                .hint("share of the accelerator-hours"),
        ),
        quantity_field(
            field("Data and labelling of one model", "data")
                .optional("not stated")
                .hint("such as 10 M$"),
        ),
    ]
}
