//! Changes that mend a finding, each proven on a copy of the design, with what it costs.

use super::Rows;
use crate::format;
use crate::state::{Workbench, use_workbench, world};
use crate::ui::*;
use plumbline_engine::check::{Finding, claimed};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit};
use plumbline_engine::quantity::Money;
use plumbline_engine::{PricedFix, priced_fixes};
use std::sync::Arc;
use std::time::Duration;

/// Proving takes a check of the whole design for each candidate: the details show first.
const AFTER_PAINT: Duration = Duration::from_millis(20);

/// The proven fixes of a failing finding, computed once its details are on the page and again
/// after every edit.
pub(super) fn fixes(finding: &Finding, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let finding = StoredValue::new(finding.clone());
    let found = RwSignal::new(None::<Arc<Vec<PricedFix>>>);
    let pending = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let design = workbench.design().get();
        pending.with_value(|handle| handle.as_ref().map(TimeoutHandle::clear));
        let prove = move || {
            let proven = finding.try_with_value(|finding| proven(&design, finding));
            // The details may have been shut while the proof was waiting.
            let _ = found.try_set(proven.map(Arc::new));
        };
        pending.set_value(set_timeout_with_handle(prove, AFTER_PAINT).ok());
    });
    on_cleanup(move || {
        pending.try_with_value(|handle| handle.as_ref().map(TimeoutHandle::clear));
    });
    let list = move || {
        match found.get() {
        None => view! { <p class="muted">"Looking for changes that mend it…"</p> }.into_any(),
        Some(none) if none.is_empty() => view! {
            <p class="muted">
                "No single change of the design was found that mends it and breaks nothing else. Edit it, or waive it with a reason."
            </p>
        }
        .into_any(),
        Some(fixes) => {
            let fixes = fixes.iter().map(|fix| one(fix, finding, rows)).collect_view();
            view! { <ul class="finding-fixes">{fixes}</ul> }.into_any()
        }
    }
    };
    view! {
        <div class="finding-mend">
            <h3>"Proven fixes"</h3>
            {list}
        </div>
    }
    .into_any()
}

fn proven(design: &Design, finding: &Finding) -> Vec<PricedFix> {
    let against = claimed(&derive(design, world()));
    priced_fixes(design, world(), &against, finding)
}

fn one(priced: &PricedFix, finding: StoredValue<Finding>, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let title = priced.fix.title.clone();
    let name = format!("Apply fix: {title}");
    let edits = priced.fix.edits.clone();
    let lines = edits
        .iter()
        .map(|edit| view! { <li><code>{written(edit)}</code></li> })
        .collect_view();
    let apply = move |_| {
        let id = finding.with_value(|finding| finding.id.clone());
        apply(workbench, &id, &title, edits.clone(), rows);
    };
    view! {
        <li>
            <button type="button" on:click=apply>{name}</button>
            <span class="finding-price">{price(priced)}</span>
            <ul class="finding-edits">{lines}</ul>
        </li>
    }
    .into_any()
}

fn apply(workbench: Workbench, id: &str, title: &str, edits: Vec<Edit>, rows: Rows) {
    match workbench.edit(&format!("apply fix: {title}"), edits, false) {
        Ok(()) => workbench.announce(&format!(
            "Applied: {title}. {id} is mended. Undo takes it back."
        )),
        Err(error) => workbench.announce(&format!("Not applied: {error}")),
    }
    // The row goes with its finding, and the focus would go with the row.
    if let Some(status) = rows.status.get_untracked() {
        let _ = status.focus();
    }
}

/// An edit as a person reads it.
pub(crate) fn written(edit: &Edit) -> String {
    match edit {
        Edit::Set { path, value } if value.is_null() => format!("{path} → left open"),
        Edit::Set { path, value } => match value.as_str() {
            Some(text) => format!("{path} → {text}"),
            None => format!("{path} → {value}"),
        },
        Edit::Insert { path, value } => format!("{path} + {value}"),
        Edit::Remove { path } => format!("{path} removed"),
    }
}

fn price(priced: &PricedFix) -> String {
    let change = |amount: Money| match amount {
        zero if zero == Money::ZERO => "no change".to_owned(),
        amount => format::change(&format::money(amount), amount < Money::ZERO),
    };
    match (priced.cost, priced.capex) {
        (Some(cost), _) if cost == Money::ZERO => "costs nothing".to_owned(),
        (Some(cost), Some(capex)) => format!(
            "{} over the life, {} at the purchase",
            change(cost),
            change(capex)
        ),
        (Some(cost), None) => format!("{} over the life", change(cost)),
        (None, _) => "cost not known: a price is missing on one side".to_owned(),
    }
}
