//! What will run: profile first, because it decides the rest.

use super::layout::{List, at, list};
use crate::format;
use crate::state::{use_workbench, world};
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, quantity_field, select_field, share_field, text_field,
};
use plumbline_engine::cost::OutcomeCost;
use plumbline_engine::predict::Prediction;
use serde_json::json;

pub(super) fn editor() -> AnyView {
    let entries = list(List {
        path: "workloads",
        one: "workload",
        empty: "Nothing runs here yet. Begin with what the cluster is for: it decides which bottleneck matters, and what a run or a million tokens costs.",
        add: vec![
            (
                "Add pre-training",
                json!({"name": "Pre-training", "class": "PreTraining"}),
            ),
            (
                "Add fine-tuning",
                json!({"name": "Fine-tuning", "class": "FineTuning"}),
            ),
            (
                "Add inference",
                json!({"name": "Inference", "class": "Inference"}),
            ),
        ],
        fields,
    });
    view! {
        <p class="about">
            "Training is long and bound by the interconnect; fine-tuning is short and repeats; inference is bound by latency and ruled by its batches. One cluster may serve a mix."
        </p>
        {entries}
    }
    .into_any()
}

fn fields(place: &str) -> AnyView {
    let workbench = use_workbench();
    let field = |label: &str, name: &str| Field::new(label, &at(place, name));
    let class = field("Class", "class").value(workbench);
    let inference = Memo::new(move |_| class.with(|class| class.as_str() == Some("Inference")));
    let classes = vec![
        Choice::new("PreTraining", "pre-training"),
        Choice::new("FineTuning", "fine-tuning"),
        Choice::new("Inference", "inference"),
    ];
    let models = world()
        .models
        .values()
        .map(|model| Choice::new(&model.id, &model.name));
    let mut models: Vec<Choice> = models.collect();
    models.insert(0, Choice::new("", "not chosen"));
    let loading = vec![
        Choice::new("Cached", "text, or fits the node's cache"),
        Choice::new("Streamed", "compressed images, mostly from shared storage"),
        Choice::new("RawVision", "raw images or video at line rate"),
    ];
    let place_owned = place.to_owned();
    let by_class = move || {
        let field = |label: &str, name: &str| Field::new(label, &at(&place_owned, name));
        if inference.get() {
            vec![quantity_field(
                field("Output tokens per second and accelerator", "throughput")
                    .optional("not stated")
                    .hint("as you measured it, such as 2,500 tokens/s"),
            )]
        } else {
            vec![
                quantity_field(
                    field("Training tokens of one run", "tokens")
                        .optional("not stated")
                        .hint("such as 15 T"),
                ),
                share_field(
                    field("Model FLOPS utilisation", "mfu")
                        .optional("not stated")
                        .hint("share of dense BF16 peak, such as 40 %"),
                ),
            ]
        }
    };
    let fixed = vec![
        text_field(field("Workload name", "name")),
        select_field(field("Class", "class"), classes),
        select_field(field("Model", "model"), models),
        count_field(field("Accelerators of one job", "accelerators").optional("all of them")),
    ];
    let last = vec![
        quantity_field(
            field("Bytes per parameter while it runs", "bytes_per_parameter")
                .optional("by class")
                .hint("weights, gradients and optimiser state"),
        ),
        select_field(field("Data loading", "data"), loading),
    ];
    view! { <div class="fields">{fixed}{by_class}{last}</div>{result(place)} }.into_any()
}

/// What one run takes and costs, as far as it is known.
fn result(place: &str) -> AnyView {
    let assessment = use_workbench().assessment();
    let place = place.to_owned();
    let words = Memo::new(move |_| {
        assessment.with(|a| {
            let prediction = a.predictions.workloads.iter().find(|p| p.subject == place);
            let cost = a.costs.outcomes.iter().find(|o| o.subject == place);
            prediction.map(|prediction| say(prediction, cost))
        })
    });
    let shown = move || {
        words
            .get()
            .map(|words| view! { <p class="result">{words}</p> })
    };
    shown.into_any()
}

fn say(prediction: &Prediction, cost: Option<&OutcomeCost>) -> String {
    let mut words = Vec::new();
    if let Some(run) = &prediction.run {
        words.push(["one run: ", &format::quantity(run.duration)].concat());
        words.push(
            [
                &format::significant(run.accelerator_hours, 3),
                " accelerator-hours",
            ]
            .concat(),
        );
    }
    if let Some(rate) = prediction.serving.as_ref().and_then(|serving| serving.rate) {
        words.push([&format::quantity(rate), " in all"].concat());
    }
    if let Some(cost) = cost {
        words.extend(cost.run.map(format::money_range));
        let tokens = cost.million_tokens.map(|price| {
            let show =
                |price: plumbline_engine::quantity::TokenPrice| format::significant(price.get(), 3);
            [
                "$ ",
                &show(price.low),
                " – ",
                &show(price.mid),
                " – ",
                &show(price.high),
                " per million output tokens",
            ]
            .concat()
        });
        words.extend(tokens);
    }
    let missing = prediction
        .missing
        .as_ref()
        .or(cost.and_then(|cost| cost.missing.as_ref()));
    if let Some(missing) = missing {
        words.push(["not known yet: ", missing, " would decide it"].concat());
    }
    words.join(" · ")
}
