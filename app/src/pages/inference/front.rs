//! Speed of a user against yield: what each layout and load trades for the other.

use super::Shown;
use super::words::{accelerator, layout, tokens};
use crate::charts::{Axis, Line, Lines, Mark, SharedPlot, Spot, Table, chart};
use crate::format;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::inference::{Choice, Front, Service, UNLIKE};
use std::sync::Arc;

const HEAD: [&str; 4] = [
    "A user, tokens/s",
    "An accelerator, tokens/s",
    "Running",
    "Layout",
];

/// The section.
pub(super) fn front(shown: Shown) -> AnyView {
    // Accelerators whose fronts are drawn beside that of the design.
    let chosen = RwSignal::new(Vec::<String>::new());
    let beside = move || {
        let others = shown.others.get();
        let fronts = others.map(|others| others.across.fronts.clone());
        let fronts = fronts.unwrap_or_default();
        chosen.with(|chosen| {
            let drawn = fronts.into_iter();
            drawn
                .filter(|front| chosen.contains(&front.accelerator))
                .collect::<Vec<_>>()
        })
    };
    let plot = move || {
        let beside = beside();
        let lines = shown.service(|service| of(service, &beside));
        Arc::new(lines.unwrap_or_default()) as SharedPlot
    };
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
            {choice(shown, chosen)}
        </section>
    }
    .into_any()
}

/// Which accelerators are drawn beside the design.
fn choice(shown: Shown, chosen: RwSignal<Vec<String>>) -> AnyView {
    let ids = Memo::new(move |_| {
        let others = shown.others.get();
        let fronts = others.map(|others| others.across.fronts.clone());
        let fronts = fronts.unwrap_or_default().into_iter();
        fronts.map(|front| front.accelerator).collect::<Vec<_>>()
    });
    let boxes = move || {
        let each = ids.get().into_iter().map(|id| {
            let name = accelerator(&id);
            let own = id.clone();
            let turn = move |on: bool| {
                chosen.update(|all| {
                    all.retain(|one| *one != own);
                    if on {
                        all.push(own.clone());
                    }
                });
            };
            view! {
                <label class="toggle">
                    <input type="checkbox" prop:checked=move || chosen.with(|all| all.contains(&id))
                        on:change:target=move |event| turn(event.target().checked()) />
                    {name}
                </label>
            }
        });
        each.collect_view()
    };
    view! {
        <fieldset class="inference-beside">
            <legend>"Draw beside it, on one node or scale-up domain of"</legend>
            {boxes}
        </fieldset>
        <p class="muted">{band}</p>
    }
    .into_any()
}

/// How far a front can be off.
fn band() -> Option<String> {
    let (low, high) = world().inference.errors.get(UNLIKE)?.band;
    Some(format!(
        "Each front may lie between {} and {} of where it is drawn: closer than that, accelerators cannot be told apart.",
        format::percent(1.0 / high),
        format::percent(1.0 / low)
    ))
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

fn of(service: &Service, beside: &[Front]) -> Lines {
    let front = &service.front;
    let (speed, yields) = (service.met.speed(), service.per_accelerator.mid.get());
    let most = front.last().map_or(0.0, |one| one.per_accelerator);
    let spot = |of: &str, one: &Choice| Spot {
        x: one.speed,
        y: Some(one.per_accelerator),
        text: format!(
            "{of}{} for a user, {} for each accelerator; {}, {} at once",
            tokens(one.speed),
            tokens(one.per_accelerator),
            layout(&one.layout),
            format::significant(one.running, 3)
        ),
    };
    let line = |name: String, front: &[Choice]| Line {
        name,
        points: front
            .iter()
            .map(|one| (one.speed, one.per_accelerator))
            .collect(),
        dots: true,
    };
    let own = match beside.is_empty() {
        true => String::new(),
        false => "this design".into(),
    };
    let mut lines = vec![line(own, front)];
    let mut spots: Vec<Spot> = front.iter().map(|one| spot("", one)).collect();
    for other in beside {
        let name = accelerator(&other.accelerator);
        let of = [&name, ": "].concat();
        spots.extend(other.choices.iter().map(|one| spot(&of, one)));
        lines.push(line(name, &other.choices));
    }
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
        lines,
        notes: notes(front),
        limits: Vec::new(),
        mark: Some(Mark {
            x: speed,
            y: Some(yields),
            name: "this service".into(),
        }),
        spots,
        table: table(front, beside),
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

/// The design's own rows, then those of the others with their names.
fn table(front: &[Choice], beside: &[Front]) -> Table {
    let own = front.iter().map(|one| (one, None));
    let others = beside.iter().flat_map(|other| {
        let name = accelerator(&other.accelerator);
        let rows = other.choices.iter();
        rows.map(move |one| (one, Some(name.clone())))
    });
    let all: Vec<(&Choice, Option<String>)> = own.chain(others).collect();
    let rows = |show: &dyn Fn(f64) -> String| {
        let rows = all.iter().map(|(one, name)| {
            let figures = [one.speed, one.per_accelerator, one.running].map(show);
            let mut row: Vec<String> = figures.into_iter().chain([layout(&one.layout)]).collect();
            if !beside.is_empty() {
                row.push(name.clone().unwrap_or_else(|| "this design".into()));
            }
            row
        });
        rows.collect()
    };
    let mut head = HEAD.map(str::to_owned).to_vec();
    if !beside.is_empty() {
        head.push("Accelerator".into());
    }
    Table {
        rows: rows(&|figure| format::significant(figure, 3)),
        raw: rows(&|figure| figure.to_string()),
        raw_head: head.clone(),
        head,
    }
}

/// A round figure in few letters: `5 k`.
fn short(figure: f64) -> String {
    match figure >= 1e3 {
        true => [&format::significant(figure / 1e3, 2), "\u{202f}k"].concat(),
        false => format::significant(figure, 2),
    }
}
