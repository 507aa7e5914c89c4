//! Speed of a user against yield: what each layout and load trades for the other.

use super::Shown;
use super::words::{layout, tokens};
use crate::charts::{Axis, Line, Lines, Mark, SharedPlot, Spot, Table, chart};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::inference::{Choice, Service};
use std::sync::Arc;

const HEAD: [&str; 4] = [
    "A user, tokens/s",
    "An accelerator, tokens/s",
    "Running",
    "Layout",
];

/// The section.
pub(super) fn front(shown: Shown) -> AnyView {
    let plot = move || Arc::new(shown.service(of).unwrap_or_default()) as SharedPlot;
    let columns = vec![
        Column::text("User").sortable(),
        Column::figures("Accelerator").sortable(),
        Column::figures("Running"),
        Column::text("Layout"),
    ];
    let rows = move || {
        let rows = shown.service(|service| service.front.iter().map(row).collect());
        rows.unwrap_or_default()
    };
    view! {
        <section class="inference-front">
            <h2>"Speed of a user against yield"</h2>
            <div class="training-pair">
                {chart(plot)}
                <div class="scroll tall" role="region" aria-label="The front" tabindex="0">
                    {data_table("Layouts and loads that no other beats in both, tokens/s".into(), columns, rows)}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn row(one: &Choice) -> Row {
    Row {
        cells: vec![
            Cell::figure(one.speed, format::significant(one.speed, 3)),
            Cell::figure(
                one.per_accelerator,
                format::significant(one.per_accelerator, 3),
            ),
            Cell::figure(one.running, format::significant(one.running, 3)),
            Cell::text(&layout(&one.layout)),
        ],
    }
}

fn of(service: &Service) -> Lines {
    let front = &service.front;
    let (speed, yields) = (service.met.speed(), service.per_accelerator.mid.get());
    let most = front.last().map_or(0.0, |one| one.per_accelerator);
    let spot = |one: &Choice| Spot {
        x: one.speed,
        y: Some(one.per_accelerator),
        text: format!(
            "{} for a user, {} for each accelerator; {}, {} at once",
            tokens(one.speed),
            tokens(one.per_accelerator),
            layout(&one.layout),
            format::significant(one.running, 3)
        ),
    };
    Lines {
        file: "plumbline-inference-front",
        title: format!(
            "At {} for a user an accelerator yields {}; at most {}, for slower users",
            tokens(speed),
            tokens(yields),
            tokens(most)
        ),
        measure: "Output tokens per second and accelerator by tokens per second of one user, best layout at each load; both axes logarithmic".into(),
        axes: [
            Axis {
                name: "tokens/s of a user",
                show: short,
                logarithmic: true,
            },
            Axis {
                name: "tokens/s of an accelerator",
                show: short,
                logarithmic: true,
            },
        ],
        lines: vec![Line {
            name: String::new(),
            points: front
                .iter()
                .map(|one| (one.speed, one.per_accelerator))
                .collect(),
            dots: true,
        }],
        notes: notes(front),
        limits: Vec::new(),
        mark: Some(Mark {
            x: speed,
            y: Some(yields),
            name: "this service".into(),
        }),
        spots: front.iter().map(spot).collect(),
        table: table(front),
    }
}

/// The layout where it changes along the front.
fn notes(front: &[Choice]) -> Vec<(f64, f64, String)> {
    let mut before = None;
    let mut notes = Vec::new();
    for one in front {
        if before.replace(one.layout) != Some(one.layout) {
            notes.push((one.speed, one.per_accelerator, layout(&one.layout)));
        }
    }
    notes
}

fn table(front: &[Choice]) -> Table {
    let figures = |one: &Choice| [one.speed, one.per_accelerator, one.running];
    let rows = front.iter().map(|one| {
        let figures = figures(one).map(|figure| format::significant(figure, 3));
        figures.into_iter().chain([layout(&one.layout)]).collect()
    });
    let raw = front.iter().map(|one| {
        let figures = figures(one).map(|figure| figure.to_string());
        figures.into_iter().chain([layout(&one.layout)]).collect()
    });
    Table {
        head: HEAD.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        raw_head: HEAD.map(str::to_owned).to_vec(),
        raw: raw.collect(),
    }
}

/// A round figure in few letters: `5 k`.
fn short(figure: f64) -> String {
    match figure >= 1e3 {
        true => [&format::significant(figure / 1e3, 2), "\u{202f}k"].concat(),
        false => format::significant(figure, 2),
    }
}
