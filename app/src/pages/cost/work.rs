//! What the stated work costs: a training run, a million output tokens, owned and rented.

use crate::format;
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::OutcomeCost;
use plumbline_engine::quantity::{Money, TokenPrice};
use std::sync::Arc;

/// The section; a design without workloads has none.
pub(super) fn work() -> AnyView {
    let assessment = use_workbench().assessment();
    let outcomes = Memo::new(move |_| assessment.with(|a| Arc::new(a.costs.outcomes.clone())));
    let columns = vec![
        Column::text("Work"),
        Column::text("Of"),
        Column::figures("Accelerator-hours"),
        Column::figures("Owned"),
        Column::figures("Rented"),
        Column::text("Rests on"),
    ];
    let rows = move || outcomes.get().iter().map(row).collect();
    let table = move || {
        outcomes.with(|all| !all.is_empty()).then(|| {
            view! {
                <section class="cost-work">
                    <h2>"Cost of the work"</h2>
                    <p class="muted">"From the stated MFU and throughput of each workload; a prediction replaces them in a later version."</p>
                    <div class="scroll" role="region" aria-label="Cost of the work" tabindex="0">
                        {data_table("Cost of each workload".into(), columns.clone(), rows)}
                    </div>
                </section>
            }
        })
    };
    table.into_any()
}

fn row(outcome: &OutcomeCost) -> Row {
    let hours = outcome.accelerator_hours;
    let (of, own, rented, basis) = match (outcome.run, outcome.million_tokens) {
        (Some(run), _) => (
            "one run",
            money(Some(run)),
            money(outcome.run_rented),
            "stated MFU",
        ),
        (None, Some(price)) => (
            "a million output tokens",
            tokens(Some(price)),
            tokens(outcome.million_tokens_rented),
            "stated throughput",
        ),
        (None, None) => ("", (0.0, "not known".to_owned()), (0.0, String::new()), ""),
    };
    let basis = outcome
        .missing
        .as_ref()
        .map_or_else(|| basis.to_owned(), |missing| format!("missing: {missing}"));
    let hours_shown = hours
        .map(|hours| format::significant(hours, 3))
        .unwrap_or_default();
    Row {
        cells: vec![
            Cell::text(&outcome.workload),
            Cell::text(of),
            Cell::figure(hours.unwrap_or(0.0), hours_shown),
            Cell::figure(own.0, own.1),
            Cell::figure(rented.0, rented.1),
            Cell::text(&basis),
        ],
    }
}

fn money(range: Option<Range<Money>>) -> (f64, String) {
    range.map_or((0.0, "not known".to_owned()), |range| {
        (range.mid.get(), format::money_range(range))
    })
}

/// A price per million tokens, to three digits at any size.
fn tokens(range: Option<Range<TokenPrice>>) -> (f64, String) {
    let show = |price: TokenPrice| format!("$\u{202f}{}", format::significant(price.get(), 3));
    range.map_or((0.0, "not known".to_owned()), |range| {
        (
            range.mid.get(),
            [show(range.low), show(range.mid), show(range.high)].join(" – "),
        )
    })
}
