//! What is served, what is asked of it and how: the few fields that decide most at hand, the layout
//! behind a disclosure. The workload's editor shows the same fields.

use super::technique_fields::techniques;
use super::{Shown, sized_for};
use crate::pages::design::layout::{at, more};
use crate::pages::design::workload::model_field;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, quantity_field, select_field, share_field, yes_no_field,
};

/// The fields at hand of the workload that is looked at.
pub(super) fn inputs(shown: Shown) -> AnyView {
    let fields = move || {
        let place = format!("workloads[{}]", shown.at.get()?);
        let accelerators = Field::new("Accelerators that serve it", &at(&place, "accelerators"));
        let mut all = vec![
            model_field(&place),
            count_field(accelerators.optional("all of them")),
        ];
        all.extend(asked(&place));
        all.extend(served(&place));
        Some(view! {
            <div class="cost-fields">{all}</div>
            {more("Layout: fixed or by search; spare replicas", layout(&place))}
            {more("Over its life: language, age, prices of tokens", life(&place))}
            {more(sized_for::TITLE, sized_for::sized_for(&place))}
            {techniques(&place)}
        })
    };
    view! {
        <section class="cost-hand" aria-label="What is served">
            {fields}
        </section>
    }
    .into_any()
}

/// All of the plan, for the workload's editor.
pub fn serving_fields(place: &str) -> AnyView {
    let mut first = asked(place);
    first.extend(served(place));
    view! {
        <div class="fields">{first}</div>
        {more("Layout: fixed or by search; spare replicas", layout(place))}
        {more("Over its life: language, age, prices of tokens", life(place))}
        {more(sized_for::TITLE, sized_for::sized_for(place))}
        {techniques(place)}
    }
    .into_any()
}

fn plan(place: &str, label: &str, name: &str) -> Field {
    Field::new(label, &[place, ".serving.", name].concat())
}

/// Traffic and limits.
fn asked(place: &str) -> Vec<AnyView> {
    let field = |label: &str, name: &str| plan(place, label, name);
    let traffics = world().inference.traffics.iter();
    let traffics = traffics.map(|(key, traffic)| Choice::new(key, &traffic.name));
    let share = |share: f64, label: &str| Choice {
        value: share.into(),
        label: label.into(),
    };
    vec![
        select_field(
            field("Traffic", "traffic").optional("not named"),
            traffics.collect(),
        ),
        count_field(field("Tokens of a prompt", "prompt").optional("as in the traffic")),
        count_field(field("Tokens of an answer", "output").optional("as in the traffic")),
        share_field(
            field("Prompts found cached", "cached")
                .optional("none")
                .hint("share of their tokens"),
        ),
        quantity_field(
            field("Busiest hour", "requests")
                .optional("not stated")
                .hint("such as 40 requests/s"),
        ),
        quantity_field(
            field("First token within", "first")
                .optional("no limit")
                .hint("such as 2 s"),
        ),
        quantity_field(
            field("Between tokens at most", "each")
                .optional("no limit")
                .hint("such as 40 ms"),
        ),
        select_field(
            field("Limits hold for", "percentile").optional("95 of 100, as usual"),
            vec![
                share(0.5, "half of the requests"),
                share(0.95, "95 of 100 requests"),
                share(0.99, "99 of 100 requests"),
            ],
        ),
    ]
}

/// Engine and number formats.
fn served(place: &str) -> Vec<AnyView> {
    let field = |label: &str, name: &str| plan(place, label, name);
    let engines = world().inference.engines.iter();
    let engines = engines.map(|(key, release)| {
        let name = release.names.first().map(String::as_str);
        Choice::new(key, &engine(key, name))
    });
    let formats = vec![
        Choice::new("Half", "BF16"),
        Choice::new("Fp8", "FP8"),
        Choice::new("Int8", "INT8"),
        Choice::new("Int4", "INT4"),
        Choice::new("Nvfp4", "NVFP4"),
        Choice::new("Mxfp4", "MXFP4"),
    ];
    vec![
        select_field(
            field("Serving engine", "engine").optional("the usual one"),
            engines.collect(),
        ),
        select_field(
            field("Weights", "format").optional("as usual on this accelerator"),
            formats,
        ),
        yes_no_field(field("Keys and values in 8 bits", "narrow_cache")),
    ]
}

/// An engine's release by its key: `tensorrt-llm-1.0` of TensorRT-LLM is `TensorRT-LLM 1.0`.
pub(super) fn engine(key: &str, name: Option<&str>) -> String {
    if let Some(round) = key.strip_prefix("mlperf-") {
        return ["as submitted to MLPerf ", round].concat();
    }
    let Some(name) = name else {
        return key.to_owned();
    };
    match key.strip_prefix(name.to_ascii_lowercase().as_str()) {
        Some(release) => [name, &release.replacen('-', " ", 1)].concat(),
        None => key.to_owned(),
    }
}

/// Degrees that the search leaves as they are.
fn layout(place: &str) -> Vec<AnyView> {
    let degree =
        |label: &str, name: &str| count_field(plan(place, label, name).optional("by search"));
    vec![
        degree("Tensor parallel", "tp"),
        degree("Pipeline stages", "pp"),
        degree("Groups of attention", "groups"),
        count_field(
            plan(place, "Spare replicas", "spare")
                .optional("none")
                .hint("beyond what traffic needs"),
        ),
    ]
}

/// What changes over the life, and the language of words.
fn life(place: &str) -> Vec<AnyView> {
    let names = world().inference.languages.names.iter();
    let names = names.map(|(key, name)| Choice::new(key, name));
    let over = |label: &str, name: &str| plan(place, label, &["lifetime.", name].concat());
    vec![
        select_field(
            plan(place, "Language", "language").optional("English"),
            names.collect(),
        ),
        quantity_field(
            over("Served so far", "age")
                .optional("an estimate")
                .hint("age of the pair of model and accelerators, such as 1 y"),
        ),
        share_field(
            over("Fall of token prices", "decline")
                .optional("not known")
                .hint("per year, of what hosts ask"),
        ),
    ]
}
