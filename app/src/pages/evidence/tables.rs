//! The worst rows with their likely reason, those that cannot be predicted with why, and every row.

use super::rows::Held;
use super::subject::{Subject, metric};
use super::{Evidence, class_of};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table, long_table};
use plumbline_engine::order::sorted;

/// As many as a person looks at, and as many more each time they ask.
const WORST: usize = 20;
/// The same of every row.
const EVERY: usize = 100;

pub(super) fn signed(share: f64) -> String {
    format::change(&format::percent(share.abs()), share < 0.0)
}

/// Where it comes from, with the way there.
fn source(subject: Subject, key: &str) -> AnyView {
    let name = subject.source(key);
    let url = subject.sources.get(key).map(|source| source.url.as_str());
    match url {
        None | Some("") => name.into_any(),
        Some(url) => {
            view! { <a href=url.to_owned() rel="noopener noreferrer" target="_blank">{name}</a> }
                .into_any()
        }
    }
}

/// Why it may be off: what is known to be wrong with the row, then how its blanks were read.
fn reason(subject: Subject, row: &Held) -> String {
    let mut all: Vec<&str> = subject.doubt(row).into_iter().collect();
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
    let known = |row: &&Held| row.prediction.error().is_some();
    let count = move || evidence.chosen(|rows| rows.iter().copied().filter(known).count());
    let rows = move |most: usize| {
        evidence.chosen(|rows| {
            let known = rows.iter().copied().filter(known);
            let known = sorted(known.collect::<Vec<_>>(), |a, b| off(b).total_cmp(&off(a)));
            let worst = known.into_iter().take(most);
            worst.map(|row| worst_row(evidence.subject, row)).collect()
        })
    };
    let caption = "Furthest off first; a reason is given where one is known".into();
    view! {
        <section class="evidence-worst">
            <h2>"The worst rows"</h2>
            {long_table("The worst rows", caption, columns, rows, count, WORST)}
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

fn worst_row(subject: Subject, row: &Held) -> Row {
    let [measured, predicted, error] = figures(row);
    let says = reason(subject, row);
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
    let format = match row.precision {
        "" => "format not stated",
        format => format,
    };
    [&row.what, format, &metric(&row.prediction.metric)].join(" · ")
}

/// Of the rows that the filters leave, those without a prediction, by reason.
pub(super) fn unpredicted(evidence: Evidence) -> AnyView {
    let reasons = move || {
        evidence.chosen(|rows| {
            let mut all: Vec<(&str, &str)> = rows
                .iter()
                .filter_map(|row| {
                    let why = row.prediction.prediction.as_ref().err()?;
                    Some((why.as_str(), row.prediction.id.as_str()))
                })
                .collect();
            all.sort_unstable();
            let each = all.chunk_by(|a, b| a.0 == b.0).filter_map(|same| {
                let ids: Vec<&str> = same.iter().map(|(_, id)| *id).collect();
                Some((same.first()?.0.to_owned(), ids.len(), ids.join(", ")))
            });
            each.collect::<Vec<_>>()
        })
    };
    let count = move || reasons().iter().map(|(_, count, _)| count).sum::<usize>();
    let any = Memo::new(move |_| count() > 0);
    let rows = move || {
        let each = reasons().into_iter().map(|(why, count, ids)| Row {
            cells: vec![
                Cell::text(&why),
                Cell::figure(count as f64, format::count(count as f64)),
                Cell::text(&ids),
            ],
        });
        each.collect()
    };
    let section = move || {
        any.get().then(|| {
            let columns = vec![
                Column::text("Why").sortable(),
                Column::figures("Rows").sortable(),
                Column::text("Which"),
            ];
            view! {
                <section class="evidence-not">
                    <details>
                        <summary><h2>"Not predicted "<span class="findings-number">{count}</span></h2></summary>
                        <div class="scroll" role="region" aria-label="Not predicted" tabindex="0">
                            {data_table("What is missing, or what cannot be".into(), columns, rows)}
                        </div>
                    </details>
                </section>
            }
            .into_any()
        })
    };
    section.into_any()
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
        // All of them, whatever is shown: they may be sorted.
        let rows = move |_: usize| {
            evidence.chosen(|rows| {
                let each = rows.iter().map(|row| full_row(evidence.subject, row));
                each.collect()
            })
        };
        open.get().then(|| {
            let caption =
                "Measured and predicted, with how blanks were read, or why there is no prediction"
                    .into();
            long_table("Every row", caption, columns, rows, count, EVERY)
        })
    };
    view! {
        <section class="evidence-all">
            <details on:toggle:target=move |event| {
                let _ = open.try_set(event.target().open());
            }>
                <summary><h2>"Every row "<span class="findings-number">{move || format::count(count() as f64)}</span></h2></summary>
                {table}
            </details>
        </section>
    }
    .into_any()
}

fn full_row(subject: Subject, row: &Held) -> Row {
    let [measured, predicted, error] = figures(row);
    Row {
        cells: vec![
            Cell::text(&row.prediction.id),
            Cell::text(&what(row)),
            measured,
            predicted,
            error,
            Cell::text(class_of(row)),
            Cell::view(source(subject, &row.prediction.source)),
            Cell::text(&reason(subject, row)),
        ],
    }
}
