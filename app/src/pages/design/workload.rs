//! What will run: profile first, because it decides the rest.

use super::layout::{List, at, list};
use crate::format;
use crate::later;
use crate::state::{Needs, use_workbench, world};
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, quantity_field, select_field, share_field, text_field, waiting,
};
use plumbline_engine::cost::OutcomeCost;
use plumbline_engine::predict::{Basis, Prediction};
use plumbline_engine::quantity::Seconds;
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
        {later_part("Own models", later::models)}
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
                    .optional("predicted")
                    .hint("as you measured it, such as 2,500 tokens/s; stated, it goes before the prediction"),
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
                        .optional("predicted")
                        .hint("share of dense BF16 peak; stated, it goes before the prediction"),
                ),
            ]
        }
    };
    let fixed = vec![
        text_field(field("Workload name", "name")),
        select_field(field("Class", "class"), classes),
        model_field(place),
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
    let place_owned = place.to_owned();
    let plan = move || match inference.get() {
        true => served(&place_owned),
        false => plan(&place_owned),
    };
    view! { <div class="fields">{fixed}{by_class}{last}</div>{plan}{result(place)} }.into_any()
}

/// The model: one of the library's, or of the design's own.
pub(crate) fn model_field(place: &str) -> AnyView {
    let workbench = use_workbench();
    let own = Memo::new(move |_| {
        workbench.design().with(|design| {
            let own = design.models.iter().filter(|own| !own.id.is_empty());
            own.map(|own| (own.id.clone(), own.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let field = Field::new("Model", &at(place, "model"));
    let select = move || {
        let mut models = vec![Choice::new("", "not chosen")];
        let own = own.get();
        models.extend(own.iter().map(|(id, name)| Choice::new(id, name)));
        let library = world().models.values();
        let library = library.filter(|model| own.iter().all(|(id, _)| *id != model.id));
        models.extend(library.map(|model| Choice::new(&model.id, &model.name)));
        select_field(field.clone(), models)
    };
    select.into_any()
}

/// How a run is computed, saved and repeated: fields that few change, whose code comes later.
fn plan(place: &str) -> AnyView {
    let place = place.to_owned();
    later_part(
        "How it is trained: batch, layout, checkpoints, spares, campaign",
        move || later::plan(&place),
    )
}

/// How it is served and what is asked of it, the same.
fn served(place: &str) -> AnyView {
    let place = place.to_owned();
    later_part(
        "How it is served: traffic, limits of latency, engine, layout",
        move || later::serving(&place),
    )
}

/// What later code shows, behind a disclosure that asks for the code where it is not here yet.
fn later_part(title: &'static str, show: impl Fn() -> AnyView + 'static) -> AnyView {
    let supply = use_workbench().supply;
    let needs = Memo::new(move |_| Needs::later());
    let ready = Memo::new(move |_| needs.with(|needs| supply.has(needs)));
    let shown = move || match ready.get() {
        true => untrack(&show),
        false => waiting(needs),
    };
    view! {
        <details class="disclosure more" on:toggle=move |_| {
            // One that goes with its page may close only after it is gone.
            let _ = needs.try_with_untracked(|needs| supply.want(needs));
        }>
            <summary>{title}</summary>
            {shown}
        </details>
    }
    .into_any()
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
        words.push(["one run: ", &days(prediction, run.duration)].concat());
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

/// The time of a run: with its band where it is predicted.
fn days(prediction: &Prediction, stated: Seconds) -> String {
    let time = prediction.outlook.as_ref().and_then(|outlook| outlook.time);
    match (prediction.basis, time) {
        (Basis::Predicted, Some(time)) => {
            let [low, mid, high] = [time.low, time.mid, time.high].map(format::quantity);
            [
                &low,
                " – ",
                &mid,
                " – ",
                &high,
                " (predicted, with interruptions)",
            ]
            .concat()
        }
        (Basis::Predicted, None) => [&format::quantity(stated), " (predicted)"].concat(),
        (Basis::Stated, _) => format::quantity(stated),
    }
}
