//! Where the time of a step goes, and where the memory goes: a bar, and all parts beside it.

use super::Shown;
use super::words::bytes;
use crate::charts::{Amounts, Part, Parts, SharedPlot, chart};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::training::Forecast;
use std::sync::Arc;

const TIMES: [&str; 4] = [
    "computing",
    "traffic between accelerators",
    "waiting",
    "once per step",
];

/// The group of a part of the step.
fn group(part: &str) -> usize {
    match part {
        "tensor-parallel traffic"
        | "context-parallel traffic"
        | "expert-parallel traffic"
        | "transfers between stages"
        | "data-parallel traffic" => 1,
        "host" | "uneven stages" | "pipeline bubble" | "stragglers" => 2,
        "optimiser" | "fixed" => 3,
        _ => 0,
    }
}

fn time_parts(forecast: &Forecast) -> Parts {
    let total = forecast.step.total();
    let parts = forecast.step.parts().map(|(name, amount)| Part {
        name,
        amount,
        group: group(name),
    });
    let (name, amount) = forecast.step.largest_besides_work();
    Parts {
        file: "plumbline-training-step",
        title: format!(
            "Matrix products are {} of the step; next comes {name}, {}",
            format::percent(forecast.step.matrices / total),
            format::percent(amount / total)
        ),
        measure: "Time of one step, part by part; what other work hides is not counted".into(),
        whole: "the step",
        of: Amounts::Seconds,
        groups: &TIMES,
        parts: parts.to_vec(),
        limit: None,
    }
}

const HOLDS: [&str; 3] = ["state", "activations", "reserve"];

fn memory_parts(forecast: &Forecast) -> Parts {
    let parts = forecast.memory.parts().map(|(name, amount)| Part {
        name,
        amount,
        group: match name {
            "activations" | "layer at work" | "logits" => 1,
            "reserve" => 2,
            _ => 0,
        },
    });
    let total = forecast.memory.total();
    let title = match forecast.too_large {
        true => format!(
            "Out of memory: the smallest layout needs {} of {}",
            bytes(total),
            bytes(forecast.capacity)
        ),
        false => format!(
            "{} of {} are used on the fullest accelerator",
            bytes(total),
            bytes(forecast.capacity)
        ),
    };
    Parts {
        file: "plumbline-training-memory",
        title,
        measure: "Bytes on the accelerator that holds most, part by part".into(),
        whole: "the memory used",
        of: Amounts::Bytes,
        groups: &HOLDS,
        parts: parts.to_vec(),
        limit: Some((
            forecast.capacity,
            ["capacity ", &bytes(forecast.capacity)].concat(),
        )),
    }
}

/// Where the time goes.
pub(super) fn time(shown: Shown) -> AnyView {
    section(
        shown,
        "Where the time of a step goes",
        "Parts of a step",
        time_parts,
    )
}

/// Where the memory goes, and in words where it does not suffice.
pub(super) fn memory(shown: Shown) -> AnyView {
    let too_large = move || {
        shown.forecast(|forecast| forecast.too_large.then(|| {
            let words = format!(
                "No layout of {} fits: the smallest of {} tried is shown and would not run. More accelerators, recomputation, shorter sequences, adapters or a larger memory would help.",
                format::plural(forecast.accelerators as usize, "accelerator", "accelerators"),
                format::count(forecast.tried as f64)
            );
            view! { <p class="field-error">{words}</p> }
        })).flatten()
    };
    view! {
        {section(shown, "Where the memory goes", "Parts of the memory", memory_parts)}
        {too_large}
    }
    .into_any()
}

fn section(
    shown: Shown,
    title: &'static str,
    caption: &'static str,
    of: fn(&Forecast) -> Parts,
) -> AnyView {
    let parts = Memo::new(move |_| shown.forecast(of).map(Arc::new));
    pair(title, caption, parts)
}

/// A whole with its parts: the bar, and the table beside it.
pub(in crate::pages) fn pair(
    title: &'static str,
    caption: &'static str,
    parts: Memo<Option<Arc<Parts>>>,
) -> AnyView {
    let plot = move || match parts.get() {
        Some(parts) => parts as SharedPlot,
        None => Arc::new(nothing()) as SharedPlot,
    };
    let columns = vec![
        Column::text("Part"),
        Column::figures("Amount").sortable(),
        Column::figures("Share").sortable(),
    ];
    let rows = move || {
        let Some(parts) = parts.get() else {
            return Vec::new();
        };
        let total: f64 = parts.parts.iter().map(|part| part.amount).sum();
        let rows = parts.parts.iter().filter(|part| part.amount > 0.0);
        rows.map(|part| {
            let share = part.amount / total;
            Row {
                cells: vec![
                    Cell::text(part.name),
                    Cell::figure(part.amount, parts.of.show(part.amount)),
                    Cell::figure(share, format::percent(share)),
                ],
            }
        })
        .collect()
    };
    view! {
        <section class="training-parts">
            <h2>{title}</h2>
            <div class="training-pair">
                {chart(plot)}
                {data_table(caption.into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

/// For the moment in which a forecast has gone and its section has not.
fn nothing() -> Parts {
    Parts {
        file: "",
        title: String::new(),
        measure: String::new(),
        whole: "",
        of: Amounts::Seconds,
        groups: &[],
        parts: Vec::new(),
        limit: None,
    }
}
