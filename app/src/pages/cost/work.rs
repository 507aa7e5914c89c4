//! What the stated work costs: a training run, a million output tokens, owned and rented.

use crate::format;
use crate::state::{Page, use_workbench};
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::Assessment;
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::OutcomeCost;
use plumbline_engine::predict::Basis;
use plumbline_engine::quantity::{Money, Seconds, TokenPrice};
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
    let rows = move || {
        let outcomes = outcomes.get();
        assessment.with(|a| {
            outcomes
                .iter()
                .map(|outcome| row(outcome, rests_on(a, &outcome.subject)))
                .collect()
        })
    };
    let table = move || {
        outcomes.with(|all| !all.is_empty()).then(|| {
            view! {
                <section class="cost-work">
                    <h2>"Cost of the work"</h2>
                    <p class="muted">"From the predicted step of each training, or from the MFU and throughput that are stated. What interruptions, experiments and later models add stands under "<a href=Page::Training.fragment()>"Training"</a>"."</p>
                    <div class="scroll" role="region" aria-label="Cost of the work" tabindex="0">
                        {data_table("Cost of each workload".into(), columns.clone(), rows)}
                    </div>
                </section>
            }
        })
    };
    table.into_any()
}

/// Whether a run is predicted or stated, and how far off a prediction may be.
fn rests_on(assessment: &Assessment, subject: &str) -> String {
    let predictions = assessment.predictions.workloads.iter();
    let mut predictions = predictions.filter(|one| one.subject == subject);
    let predicted = predictions.find(|one| one.basis == Basis::Predicted);
    match predicted.and_then(|one| one.forecast.as_ref()) {
        Some(forecast) => {
            let step = forecast.seconds;
            let end = |end: Seconds| {
                let off = end / step.mid - 1.0;
                format::change(&format::percent(off.abs()), off < 0.0)
            };
            [
                "predicted, ",
                &end(step.low),
                " to ",
                &end(step.high),
                " (80 % of ",
                &forecast.class,
                " rows)",
            ]
            .concat()
        }
        None => "stated MFU".to_owned(),
    }
}

fn row(outcome: &OutcomeCost, rests_on: String) -> Row {
    let hours = outcome.accelerator_hours;
    let (of, own, rented, basis) = match (outcome.run, outcome.million_tokens) {
        (Some(run), _) => (
            "one run",
            money(Some(run)),
            money(outcome.run_rented),
            rests_on.as_str(),
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
