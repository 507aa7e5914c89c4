//! What would change the yield, one thing at a time. Each is a search of its own: they follow after
//! the paint.

use super::Shown;
use super::together::together;
use crate::format;
use crate::shell::dom;
use crate::state::{Workbench, world};
use crate::ui::*;
use crate::widgets::{Cell, Column, Note, Row, SortKey, data_table, source_note};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{break_even, distilling, tokens_with};
use plumbline_engine::derive::derive;
use plumbline_engine::predict::inference::{Lever, Step, levers as found, together as pulled};
use plumbline_engine::quantity::{Money, Quantity, TokenPrice};
use std::sync::Arc;

/// What was found after the paint.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Found {
    levers: Vec<Lever>,
    /// A million output tokens on the design, in the middle of its band.
    pub(super) price: Option<TokenPrice>,
    /// The same with its band.
    band: Option<Range<TokenPrice>>,
    /// One lever on top of the other.
    pub(super) steps: Vec<Step>,
}

/// The section.
pub(super) fn levers(shown: Shown) -> AnyView {
    let all = RwSignal::new(None::<Arc<Found>>);
    // The plan of easy requests changes levers, and not the prediction.
    let easy = Memo::new(move |_| shown.planned(|_, plan| plan.easy.clone()));
    let making = Memo::new(move |_| {
        let at = shown.at.get()?;
        let assessment = shown.workbench.assessment();
        let design = shown.workbench.design();
        design.with(|design| assessment.with(|a| distilling(design, &a.costs, at)))
    });
    Effect::new(move |_| {
        easy.track();
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
                {data_table("Changes of the service, the strongest first; what vendors claim comes last".into(), changes, move || rows().unwrap_or_default())}
            </div>
            <p class="muted">{move || all.get().map(|found| distilled(&found, making.get()))}</p>
        </section>
        {together(all)}
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
        band: price,
        steps: pulled(&derived, workload, n).unwrap_or_default(),
    })
}

/// After how many tokens a distilled model pays.
fn distilled(found: &Found, making: Option<Range<Money>>) -> String {
    let claimed = found.levers.last().zip(found.band).zip(making);
    let paid = claimed.and_then(|((lever, price), making)| {
        break_even(lever, price, making).map(|tokens| (tokens, making))
    });
    let Some((tokens, making)) = paid else {
        return "A distilled model pays after a number of tokens that follows from what it costs to make: state that under the techniques above, or add a fine-tuning run to the design.".into();
    };
    format!(
        "A distilled model that costs {} to make has paid for it after {} output tokens, {} to {} by the band of the price, if it yields what vendors claim.",
        format::money_range(making),
        format::quantity(tokens.mid),
        format::quantity(tokens.low),
        format::quantity(tokens.high)
    )
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
