//! Errors by class: on rows that the fit had not seen, and on all rows with the constants in use.

use super::Evidence;
use super::tables::signed;
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::measured::Errors;

/// The section.
pub(super) fn classes(evidence: Evidence, done: Memo<bool>) -> AnyView {
    let columns = vec![
        Column::text("Class"),
        Column::figures("Rows"),
        Column::figures("Held out: median"),
        Column::figures("90th percentile"),
        Column::figures("Bias"),
        Column::figures("Band of 80 %"),
        Column::figures("Held out: in their band"),
        Column::figures("All rows: median"),
        Column::figures("90th percentile"),
        Column::figures("In their band"),
    ];
    let errors = evidence.subject.errors;
    let rows = move || {
        // The classes of single rows first, then what is counted over several of them.
        let mut names: Vec<String> = Vec::new();
        if done.get() {
            evidence.rows.all.with(|all| {
                let seen = all.iter().map(|row| row.prediction.class);
                names.extend(seen.filter(|class| !class.is_empty()).map(str::to_owned));
            });
        }
        names.sort();
        names.dedup();
        let rest = errors.keys();
        let rest: Vec<_> = rest
            .filter(|class| !names.contains(class))
            .cloned()
            .collect();
        names.extend(rest);
        names
            .iter()
            .map(|class| of_class(evidence, class))
            .collect()
    };
    let empty = errors.is_empty().then(|| {
        view! { <p class="muted">"Errors on rows that the fit had not seen are not in this version yet."</p> }
    });
    view! {
        <section class="evidence-classes">
            <h2>"Errors by class"</h2>
            <p>"Held out: each row is predicted by constants that were fitted without its configuration, or without all that its class says is left out. The band beside each prediction comes from these errors."</p>
            {empty}
            <div class="scroll" role="region" aria-label="Errors by class" tabindex="0">
                {data_table("Error of predicted against measured".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

fn of_class(evidence: Evidence, class: &str) -> Row {
    let held = evidence.subject.errors.get(class);
    let seen = evidence.rows.all.with(|all| {
        let of = all.iter().map(|row| &row.prediction);
        Errors::of(of.filter(|row| row.class == class))
    });
    let figure = |value: Option<f64>, show: fn(f64) -> String| {
        Cell::figure(value.unwrap_or(0.0), value.map_or("–".to_owned(), show))
    };
    let count = held
        .map(|e| f64::from(e.rows))
        .or(seen.map(|e| e.rows as f64));
    let band = held.map(|e| {
        let times = |factor: f64| ["×", &format::significant(factor, 3)].concat();
        [times(e.band.0), times(e.band.1)].join(" – ")
    });
    Row {
        cells: vec![
            Cell::text(class),
            figure(count, format::count),
            figure(held.map(|e| e.median), format::percent),
            figure(held.map(|e| e.ninth), format::percent),
            figure(held.map(|e| e.bias), signed),
            Cell::figure(held.map_or(0.0, |e| e.band.1), band.unwrap_or("–".into())),
            figure(held.and_then(|e| e.inside), format::percent),
            figure(seen.map(|e| e.median), format::percent),
            figure(seen.map(|e| e.ninth), format::percent),
            figure(
                seen.filter(|_| held.is_some()).map(|e| e.inside),
                format::percent,
            ),
        ],
    }
}
