//! Errors by class, the worst rows with their likely reason, and every row.

use super::Evidence;
use super::rows::Held;
use crate::format;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::order::sorted;
use plumbline_engine::predict::measured::Errors;

/// As many as a person looks at.
const WORST: usize = 20;

fn signed(share: f64) -> String {
    format::change(&format::percent(share.abs()), share < 0.0)
}

/// Errors by class: on rows that the fit had not seen, and on all rows with the constants in use.
pub(super) fn classes(evidence: Evidence, done: Memo<bool>) -> AnyView {
    let columns = vec![
        Column::text("Class"),
        Column::figures("Rows"),
        Column::figures("Held out: median"),
        Column::figures("90th percentile"),
        Column::figures("Bias"),
        Column::figures("Band of 80 %"),
        Column::figures("All rows: median"),
        Column::figures("90th percentile"),
        Column::figures("In their band"),
    ];
    let rows = move || {
        // The classes of single rows first, then what is counted over several of them.
        let mut names: Vec<String> = Vec::new();
        if done.get() {
            evidence.all.with(|all| {
                let seen = all.iter().map(|row| row.prediction.class.to_owned());
                names.extend(seen.filter(|class| !class.is_empty()));
            });
        }
        names.sort();
        names.dedup();
        let rest = world().training.errors.keys();
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
    let empty = world().training.errors.is_empty().then(|| {
        view! { <p class="muted">"Errors on rows that the fit had not seen are not in this version yet."</p> }
    });
    view! {
        <section class="evidence-classes">
            <h2>"Errors by class"</h2>
            <p>"Held out: each row is predicted by constants that were fitted without its configuration, or without its whole source or accelerator where it says so. The band beside each prediction comes from these errors."</p>
            {empty}
            <div class="scroll" role="region" aria-label="Errors by class" tabindex="0">
                {data_table("Error of predicted against measured".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

fn of_class(evidence: Evidence, class: &str) -> Row {
    let held = world().training.errors.get(class);
    let seen = evidence.all.with(|all| {
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
            figure(seen.map(|e| e.median), format::percent),
            figure(seen.map(|e| e.ninth), format::percent),
            figure(
                seen.filter(|_| held.is_some()).map(|e| e.inside),
                format::percent,
            ),
        ],
    }
}

/// Where it comes from, with the way there.
fn source(key: &str) -> AnyView {
    let Some(source) = world().training.measured.get(key) else {
        return key.to_owned().into_any();
    };
    let name = [source.publisher.as_str(), ": ", &source.title].concat();
    let name = match source.version.as_str() {
        "" => name,
        version => [&name, " ", version].concat(),
    };
    match source.url.as_str() {
        "" => name.into_any(),
        url => {
            view! { <a href=url.to_owned() rel="noopener noreferrer" target="_blank">{name}</a> }
                .into_any()
        }
    }
}

/// Why it may be off: what is known to be wrong with the row, then how its blanks were read.
fn reason(row: &Held) -> String {
    let mut all: Vec<&str> = row.doubt.into_iter().collect();
    if let Err(why) = &row.prediction.prediction {
        all.push(why);
    }
    all.extend(row.prediction.remarks.iter().map(String::as_str));
    all.join("; ")
}

fn off(row: &Held) -> f64 {
    row.prediction
        .slowness()
        .map_or(0.0, |slowness| slowness.ln_1p().abs())
}

/// The worst of the rows that the filters leave.
pub(super) fn worst(evidence: Evidence) -> AnyView {
    let columns = vec![
        Column::text("Row"),
        Column::text("What"),
        Column::figures("Measured"),
        Column::figures("Predicted"),
        Column::figures("Error"),
        Column::text("Likely reason"),
    ];
    let rows = move || {
        evidence.chosen(|rows| {
            let known = rows
                .iter()
                .copied()
                .filter(|row| row.prediction.error().is_some());
            let known = sorted(known.collect::<Vec<_>>(), |a, b| off(b).total_cmp(&off(a)));
            known.into_iter().take(WORST).map(worst_row).collect()
        })
    };
    view! {
        <section class="evidence-worst">
            <h2>"The worst rows"</h2>
            <div class="scroll" role="region" aria-label="The worst rows" tabindex="0">
                {data_table("Furthest off first; a reason is given where one is known".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

fn figures(row: &Held) -> [Cell; 3] {
    let measured = row.prediction.measured;
    let predicted = row
        .prediction
        .prediction
        .as_ref()
        .ok()
        .map(|band| band.predicted);
    let error = row.prediction.error();
    let three = |value: Option<f64>| {
        let text = value.map_or("–".to_owned(), |value| format::significant(value, 3));
        Cell::figure(value.unwrap_or(0.0), text)
    };
    [
        three(measured),
        three(predicted),
        Cell::figure(
            error.map_or(0.0, f64::abs),
            error.map_or("–".to_owned(), signed),
        ),
    ]
}

fn worst_row(row: &Held) -> Row {
    let [measured, predicted, error] = figures(row);
    let says = reason(row);
    Row {
        cells: vec![
            Cell::text(&row.prediction.id),
            Cell::text(&what(row)),
            measured,
            predicted,
            error,
            Cell::text(if says.is_empty() { "none known" } else { &says }),
        ],
    }
}

fn what(row: &Held) -> String {
    let format = match row.precision.as_str() {
        "" => "format not stated",
        format => format,
    };
    [&row.what, format, &row.prediction.metric.replace('_', " ")].join(" · ")
}

/// Every row that the filters leave, made when it is opened.
pub(super) fn all(evidence: Evidence) -> AnyView {
    let open = RwSignal::new(false);
    let count = move || evidence.chosen(|rows| rows.len());
    let table = move || {
        let columns = vec![
            Column::text("Row").sortable(),
            Column::text("What").sortable(),
            Column::figures("Measured").sortable(),
            Column::figures("Predicted").sortable(),
            Column::figures("Error").sortable(),
            Column::text("Class").sortable(),
            Column::text("Source"),
            Column::text("Remarks"),
        ];
        let rows = move || evidence.chosen(|rows| rows.iter().map(|row| full_row(row)).collect());
        open.get().then(|| {
            view! {
                <div class="scroll" role="region" aria-label="Every row" tabindex="0">
                    {data_table("Measured and predicted, with how blanks were read, or why there is no prediction".into(), columns, rows)}
                </div>
            }
        })
    };
    view! {
        <section class="evidence-all">
            <details on:toggle:target=move |event| {
                let _ = open.try_set(event.target().open());
            }>
                <summary><h2>"Every row "<span class="findings-number">{count}</span></h2></summary>
                {table}
            </details>
        </section>
    }
    .into_any()
}

fn full_row(row: &Held) -> Row {
    let [measured, predicted, error] = figures(row);
    let class = match &row.prediction.prediction {
        Ok(_) => row.prediction.class,
        Err(_) => "not predicted",
    };
    Row {
        cells: vec![
            Cell::text(&row.prediction.id),
            Cell::text(&what(row)),
            measured,
            predicted,
            error,
            Cell::text(class),
            Cell::view(source(&row.prediction.source)),
            Cell::text(&reason(row)),
        ],
    }
}
