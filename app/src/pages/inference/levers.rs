//! What would change the yield, one thing at a time. Each is a search of its own: they follow after
//! the paint.

use super::Shown;
use crate::format;
use crate::shell::dom;
use crate::state::{Workbench, world};
use crate::ui::*;
use crate::widgets::{Cell, Column, Note, Row, SortKey, data_table, source_note};
use plumbline_engine::cost::tokens_with;
use plumbline_engine::derive::derive;
use plumbline_engine::predict::inference::{Lever, levers as found};
use plumbline_engine::quantity::{Quantity, TokenPrice};
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq)]
struct Found {
    levers: Vec<Lever>,
    /// A million output tokens on the design, in the middle of its band.
    price: Option<TokenPrice>,
}

/// The section.
pub(super) fn levers(shown: Shown) -> AnyView {
    let all = RwSignal::new(None::<Arc<Found>>);
    Effect::new(move |_| {
        let Some(prediction) = shown.prediction.get() else {
            return;
        };
        dom::after_paint(move || {
            let newest = shown.prediction.try_get_untracked().flatten();
            let here = newest.is_some_and(|newest| Arc::ptr_eq(&newest, &prediction));
            if here && all.try_with_untracked(|_| ()).is_some() {
                all.set(look(shown).map(Arc::new));
            }
        });
    });
    let rows = move || all.get().map(|found| lever_rows(shown.workbench, &found));
    let changes = vec![
        Column::text("Change"),
        Column::figures("Yield").sortable(),
        Column::figures("A million output tokens").sortable(),
        Column::text("What it costs"),
        Column::text("Make it"),
    ];
    view! {
        <section class="inference-levers">
            <h2>"What would change it"</h2>
            <p class="muted">"One thing at a time, under the same limits, with the best layout for each. Yields do not multiply."</p>
            <div class="scroll" role="region" aria-label="Changes" tabindex="0">
                {data_table("Changes of the service, the strongest first".into(), changes, move || rows().unwrap_or_default())}
            </div>
        </section>
    }
    .into_any()
}

fn look(shown: Shown) -> Option<Found> {
    let design = shown.workbench.design().get_untracked();
    let at = shown.at.get_untracked()?;
    let workload = design.workloads.get(at)?;
    let prediction = shown.prediction.get_untracked()?;
    let service = prediction.service.as_ref()?;
    let derived = derive(&design, world());
    let n = u64::from(service.accelerators);
    let costs = shown.workbench.assessment().get_untracked();
    let outcome = costs.costs.outcomes.get(at);
    let price = outcome.and_then(|outcome| outcome.million_tokens);
    Some(Found {
        levers: found(&derived, workload, &prediction.subject, n).unwrap_or_default(),
        price: price.map(|price| price.mid),
    })
}

fn lever_rows(workbench: Workbench, found: &Found) -> Vec<Row> {
    let rows = found.levers.iter().map(|lever| {
        let price = found.price.map(|price| tokens_with(lever, price));
        let shown = price.map_or("unknown".to_owned(), Quantity::pretty);
        Row {
            cells: vec![
                Cell::text(&lever.name),
                Cell::figure(
                    lever.yields,
                    [&format::significant(lever.yields, 3), " ×"].concat(),
                ),
                Cell::figure(price.map_or(f64::INFINITY, TokenPrice::get), shown),
                costs(lever),
                make(workbench, lever),
            ],
        }
    });
    rows.collect()
}

fn costs(lever: &Lever) -> Cell {
    let words = lever.costs.clone();
    let Some(origin) = lever.origin.clone() else {
        return Cell::text(&words);
    };
    let note = Note {
        title: lever.name.clone(),
        value: words.clone(),
        origin,
        formula: String::new(),
        inputs: Vec::new(),
    };
    let button = source_note(&note.title.clone(), move || note.clone());
    Cell {
        view: view! { {words}" "{button} }.into_any(),
        key: SortKey::None,
    }
}

fn make(workbench: Workbench, lever: &Lever) -> Cell {
    if lever.edits.is_empty() {
        return Cell::text("");
    }
    let (name, edits) = (lever.name.clone(), lever.edits.clone());
    let label = ["Apply: ", &name].concat();
    let apply = move |_| {
        if let Err(error) = workbench.edit(&name, edits.clone(), false) {
            workbench.announce(&error.to_string());
        }
    };
    Cell::view(
        view! { <button type="button" class="quiet" aria-label=label on:click=apply>"Apply"</button> }
            .into_any(),
    )
}
