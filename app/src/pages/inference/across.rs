//! The same service on other accelerators, at the same speed for a user. It is a search on each: the
//! section follows after the paint.

use super::Shown;
use super::words::{accelerator, layout, three_of, tokens};
use crate::format;
use crate::shell::dom;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::rented_tokens;
use plumbline_engine::derive::derive;
use plumbline_engine::predict::inference::{Across, SpeedOf, across as found, near_best};
use plumbline_engine::quantity::TokenPrice;
use std::sync::Arc;

/// All accelerators, with their rents.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Others {
    pub(super) across: Across,
    /// A million output tokens on rented ones, in the order of the rows.
    rents: Vec<Option<Range<f64>>>,
}

/// Looks for them whenever the prediction changes, after the paint.
pub(super) fn follow(shown: Shown) {
    Effect::new(move |_| {
        let Some(prediction) = shown.prediction.get() else {
            return;
        };
        dom::after_paint(move || {
            let newest = shown.prediction.try_get_untracked().flatten();
            let here = newest.is_some_and(|newest| Arc::ptr_eq(&newest, &prediction));
            if here && shown.others.try_with_untracked(|_| ()).is_some() {
                shown.others.set(look(shown).map(Arc::new));
            }
        });
    });
}

fn look(shown: Shown) -> Option<Others> {
    let design = shown.workbench.design().get_untracked();
    let at = shown.at.get_untracked()?;
    let workload = design.workloads.get(at)?;
    let prediction = shown.prediction.get_untracked()?;
    let service = prediction.service.as_ref()?;
    let derived = derive(&design, world());
    let across = found(&derived, workload, u64::from(service.accelerators)).ok()?;
    let rents = across.others.iter().map(|other| {
        let rent = rented_tokens(&derived, &other.accelerator, other.per_accelerator);
        rent.map(|rent| rent.map(TokenPrice::get))
    });
    Some(Others {
        rents: rents.collect(),
        across,
    })
}

/// The section.
pub(super) fn across(shown: Shown) -> AnyView {
    let rows = move || {
        let found = shown.others.get();
        found.map(|found| rows(&found)).unwrap_or_default()
    };
    let speed = move || shown.others.get().map(|found| says(&found.across));
    let out = move || {
        let found = shown.others.get()?;
        let out = &found.across.left_out;
        (!out.is_empty()).then(|| {
            let each = out.iter();
            let each: Vec<String> = each
                .map(|(id, why)| [&accelerator(id), ": ", why].concat())
                .collect();
            view! { <p class="muted">"Not in the table: "{each.join("; ")}"."</p> }
        })
    };
    let accelerators = vec![
        Column::text("Accelerator"),
        Column::text("Layout"),
        Column::figures("Yield, tokens/s").sortable(),
        Column::figures("Per MW, k tokens/s").sortable(),
        Column::figures("Per rack, k tokens/s").sortable(),
        Column::figures("Rented, $ per M tokens").sortable(),
    ];
    view! {
        <section class="inference-others">
            <h2>"On other accelerators"</h2>
            <p class="muted">
                "The same model, traffic and limits, on one node or scale-up domain of each, "{speed}
                ". ≈ marks what cannot be told apart from the best of its column: their bands meet, so that none of them is a winner. Power is that of whole systems where the catalogue has it, else the accelerator's rating alone, which is no comparison."
            </p>
            <div class="scroll" role="region" aria-label="Other accelerators" tabindex="0">
                {data_table("The service on each accelerator that holds the limits".into(), accelerators, rows)}
            </div>
            {out}
        </section>
    }
    .into_any()
}

fn says(across: &Across) -> String {
    let of = match across.speed_of {
        SpeedOf::Stated => "as stated",
        SpeedOf::Limit => "as the limit between tokens asks for",
        SpeedOf::Own => "as on this design",
    };
    format!("each user at {} at least, {of}", tokens(across.speed))
}

fn rows(found: &Others) -> Vec<Row> {
    let others = &found.across.others;
    // The rating of an accelerator alone flatters it: it is not held against whole systems.
    let systems = others
        .iter()
        .map(|one| one.per_megawatt.filter(|_| one.system));
    let megawatts: Vec<_> = systems.collect();
    let racks: Vec<_> = others.iter().map(|one| one.per_rack).collect();
    let near = [
        near_best(&megawatts, true),
        near_best(&racks, true),
        near_best(&found.rents, false),
    ];
    let at = |marks: &[bool], row: usize| marks.get(row).copied().unwrap_or_default();
    let rows = others.iter().enumerate().map(|(row, other)| {
        let [by_power, by_rack, by_rent] = &near;
        let rent = found.rents.get(row).copied().flatten();
        let thousands = |range: Option<Range<f64>>| range.map(|range| range.map(|rate| rate / 1e3));
        let power = if other.system { "" } else { " by rating" };
        let rack = other.rack.map_or(String::new(), |count| {
            [" of ", &format::count(f64::from(count))].concat()
        });
        Row {
            cells: vec![
                Cell::text(&accelerator(&other.accelerator)),
                Cell::text(&[&layout(&other.layout), ", ", other.format.word()].concat()),
                marked(Some(other.per_accelerator), other.near_best, "", false),
                marked(
                    thousands(other.per_megawatt),
                    at(by_power, row),
                    power,
                    false,
                ),
                marked(thousands(other.per_rack), at(by_rack, row), &rack, false),
                marked(rent, at(by_rent, row), "", true),
            ],
        }
    });
    rows.collect()
}

/// A band, with a mark where it meets that of the best.
fn marked(range: Option<Range<f64>>, near: bool, after: &str, less: bool) -> Cell {
    match range {
        Some(range) => {
            let mark = if near { "≈ " } else { "" };
            Cell::figure(range.mid, [mark, &three_of(range), after].concat())
        }
        None => Cell::figure(if less { f64::INFINITY } else { 0.0 }, "unknown".into()),
    }
}
