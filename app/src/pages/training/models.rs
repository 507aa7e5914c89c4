//! Models of the person's own: the dimensions of a transformer, and the parameters that follow.

use crate::format;
use crate::pages::design::layout::{List, at, list};
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{Choice, Field, count_field, select_field, text_field, toggle_field};
use plumbline_engine::quantity::Parameters;
use serde_json::{Value, json};

/// The list of own models.
pub fn own_models() -> AnyView {
    let entries = list(List {
        path: "models",
        one: "model",
        empty: "The library's models are to choose from above. Describe one of your own here, and it joins them.",
        add: vec![
            ("Add a dense model", fresh(Value::Null)),
            (
                "Add a model with experts",
                fresh(json!({"routed": 128, "active": 8, "ffn": 1536})),
            ),
        ],
        fields,
    });
    view! {
        <section aria-label="Own models">{entries}</section>
    }
    .into_any()
}

/// A plausible shape to begin with: figures of the person's own replace it.
fn fresh(experts: Value) -> Value {
    json!({
        "id": "own-model",
        "name": "Own model",
        "shape": {
            "layers": 48, "hidden": 4096, "heads": 32, "kv_heads": 8, "ffn": 14336,
            "gated": true, "vocab": 128_000, "experts": experts,
        },
    })
}

fn fields(place: &str) -> AnyView {
    let workbench = use_workbench();
    let shape = at(place, "shape");
    let field = |label: &str, name: &str| Field::new(label, &at(&shape, name));
    let text = |label: &str, name: &str| text_field(Field::new(label, &at(place, name)));
    let has_experts = field("Experts", "experts").value(workbench);
    let has_experts = Memo::new(move |_| has_experts.with(|experts| !experts.is_null()));
    let all = vec![
        text("Model name", "name"),
        text_field(Field::new("Id", &at(place, "id")).hint("the workload names it by this")),
        count_field(field("Layers", "layers")),
        count_field(field("Hidden width", "hidden")),
        count_field(field("Heads", "heads")),
        count_field(field("Key and value heads", "kv_heads").optional("as many as heads")),
        count_field(field("Width of a head", "head_dim").optional("hidden / heads")),
        count_field(field("Feed-forward width", "ffn").hint("of the dense layers")),
        toggle_field(field("Gated (SwiGLU)", "gated")),
        count_field(field("Vocabulary", "vocab")),
        toggle_field(field("Head is the embedding", "tied")),
    ];
    let kinds = vec![
        Choice {
            value: Value::Null,
            label: "none, dense".to_owned(),
        },
        Choice {
            value: json!({"routed": 128, "active": 8, "ffn": 1536}),
            label: "a mixture of experts".to_owned(),
        },
    ];
    let kinds = StoredValue::new(kinds);
    let owned = shape.clone();
    let experts = move || {
        let field = |label: &str, name: &str| Field::new(label, &at(&owned, name));
        if !has_experts.get() {
            let kinds = kinds.with_value(Clone::clone);
            return vec![select_field(field("Experts", "experts"), kinds)];
        }
        vec![
            count_field(field("Experts to choose from", "experts.routed")),
            count_field(field("Experts of a token", "experts.active")),
            count_field(field("Width of an expert", "experts.ffn")),
            count_field(field("Width of shared experts", "experts.shared_ffn")),
            count_field(field("Layers with experts", "experts.layers").optional("all")),
            count_field(field("Dense layers", "dense_layers").optional("none")),
        ]
    };
    view! {
        <div class="fields">{all}{experts}</div>
        {counted(place)}
    }
    .into_any()
}

/// The parameters that the engine counts.
fn counted(place: &str) -> AnyView {
    let index = place.trim_start_matches("models[").trim_end_matches(']');
    let index = index.parse::<usize>().unwrap_or(usize::MAX);
    let design = use_workbench().design();
    let words = move || {
        design.with(|design| {
            let shape = &design.models.get(index)?.shape;
            let show = |count: f64| format::quantity(Parameters::new(count));
            let all = shape.parameters();
            let active = shape.active_parameters();
            let words = match all == active {
                true => show(all),
                false => [&show(all), ", ", &show(active), " of them for a token"].concat(),
            };
            Some(view! { <p class="result" role="status">{words}</p> })
        })
    };
    words.into_any()
}
