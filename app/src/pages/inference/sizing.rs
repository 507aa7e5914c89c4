//! The service sized for its traffic: replicas by hour and year, spares, and what is free at night.

use super::Shown;
use super::budgets::backwards;
use super::words::{requests, whole};
use crate::charts::{Axis, Line, Lines, SharedPlot, Spot, Table, chart};
use crate::format;
use crate::pages::predicted::{self, Total};
use crate::pages::training::words::{ends, seconds};
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::lent_worth;
use plumbline_engine::predict::inference::{Fit, Hour, Sizing, Spare, Year};
use plumbline_engine::quantity::Money;
use std::sync::Arc;

/// The section.
pub(super) fn sizing(shown: Shown) -> AnyView {
    let known = Memo::new(move |_| shown.sizing(|_| ()).is_some());
    let body = move || match known.get() {
        true => sized(shown),
        false => missing(shown),
    };
    view! {
        <section class="inference-sizing">
            <h2>"Sized for the traffic"</h2>
            {body}
            {backwards(shown)}
        </section>
    }
    .into_any()
}

fn missing(shown: Shown) -> AnyView {
    let words = move || {
        shown.prediction.with(|prediction| {
            let reason = prediction.as_ref()?.sizing_missing.as_ref()?;
            Some(named(reason))
        })
    };
    view! { <p class="muted">{words}</p> }.into_any()
}

/// What is missing, or what cannot be read and where.
fn named(reason: &str) -> String {
    let wrong = reason.split_once(": ");
    match (reason, wrong) {
        ("serving.requests", _) => {
            "State the busiest hour: replicas by hour and year follow from it.".into()
        }
        ("serving.sizing.hours", _) => {
            "Load by hour is not known: name a traffic whose day is published, or paste your own."
                .into()
        }
        (_, Some(("serving.sizing.hours", why))) => ["Load by hour: ", why, "."].concat(),
        (_, Some(("serving.sizing.availability", why))) => ["Availability: ", why, "."].concat(),
        _ => ["Not known yet: ", reason, " would decide it."].concat(),
    }
}

fn sized(shown: Shown) -> AnyView {
    let plot = move || Arc::new(shown.sizing(of).unwrap_or_default()) as SharedPlot;
    let hours = move || {
        let rows = shown.sizing(|sizing| sizing.hours.iter().map(hour_row).collect());
        rows.unwrap_or_default()
    };
    let years = move || {
        let rows = shown.sizing(|sizing| sizing.years.iter().map(year_row).collect());
        rows.unwrap_or_default()
    };
    let spares = move || {
        let rows = shown.sizing(|sizing| {
            let spares = sizing.spares.iter();
            spares.map(|spare| spare_row(sizing, spare)).collect()
        });
        rows.unwrap_or_default()
    };
    let notes = move || shown.sizing(says);
    view! {
        {predicted::totals(move || totals(shown))}
        <div class="training-pair">
            {chart(plot)}
            <div class="scroll tall" role="region" aria-label="Replicas by hour" tabindex="0">
                {data_table("Each hour of a weekday, then of a day at the weekend; free of what the busiest hour takes".into(), vec![
                    Column::text("Hour"),
                    Column::figures("Requests/s").sortable(),
                    Column::figures("Replicas"),
                    Column::figures("Free accelerators"),
                ], hours)}
            </div>
        </div>
        <h3>"By year"</h3>
        <div class="scroll" role="region" aria-label="Replicas by year" tabindex="0">
            {data_table("The busiest hour of each year of the design's life".into(), vec![
                Column::text("Year"),
                Column::figures("Requests/s"),
                Column::figures("Replicas needed"),
                Column::figures("With spares"),
                Column::figures("Accelerators"),
                Column::figures("Nodes"),
                Column::text("Fits"),
            ], years)}
        </div>
        <h3>"Spares"</h3>
        <div class="scroll" role="region" aria-label="Spare replicas" tabindex="0">
            {data_table("How many replicas beside those of the busiest hour keep it whole".into(), vec![
                Column::text("Asked for"),
                Column::figures("Spare replicas"),
                Column::figures("All up, share of the time"),
            ], spares)}
        </div>
        <div class="muted">{notes}</div>
    }
    .into_any()
}

fn totals(shown: Shown) -> Vec<Total> {
    let costs = shown.workbench.assessment();
    let worth = shown.sizing(|sizing| costs.with(|a| lent_worth(&a.costs, sizing)));
    let words = |sizing: &Sizing| {
        let last = sizing.years.last();
        let worth = worth.and_then(|(own, _)| own);
        let mut all = vec![
            Total::of(
                "Replicas in the busiest hour",
                sizing.replicas,
                |x| x,
                whole,
                "spare ones included, in the first year".into(),
            ),
            Total::of(
                "Use of the replicas",
                sizing.utilisation,
                |x| x,
                format::percent,
                match sizing.usual {
                    Some(usual) => format!(
                        "mean by peak {} times the load in the busiest hour; {} is usual for such traffic",
                        format::percent(sizing.mean_by_peak),
                        format::percent(usual)
                    ),
                    None => format!(
                        "mean by peak {} times the load in the busiest hour",
                        format::percent(sizing.mean_by_peak)
                    ),
                },
            ),
            Total::of(
                "Free outside busy hours",
                sizing.free.accelerator_hours,
                |x| x,
                |hours| [&format::significant(hours, 3), " h"].concat(),
                format!(
                    "accelerator-hours a day in whole nodes, {} of all; a node loads again in {}",
                    format::percent(sizing.free.share.mid),
                    seconds(sizing.free.reload.mid)
                ),
            ),
        ];
        if let Some(worth) = worth {
            all.push(Total::of(
                "What that is worth a year",
                worth,
                Money::get,
                format::money,
                "at what an installed hour of this design costs, if it is used".into(),
            ));
        }
        if let Some(last) = last.filter(|last| last.year > 1) {
            all.push(Total::of(
                "Accelerators in the last year",
                last.accelerators,
                |x| x,
                whole,
                format!("for {} in the busiest hour", requests(last.requests)),
            ));
        }
        all
    };
    shown.sizing(words).unwrap_or_default()
}

fn says(sizing: &Sizing) -> AnyView {
    let unit = &sizing.unit;
    let stands = match unit.nodes > 1.0 {
        true => format!("a replica fails with any of its {} nodes", unit.nodes),
        false if unit.replicas > 1.0 => {
            format!("{} replicas fail with their node", unit.replicas)
        }
        false => "a replica fails with its node".into(),
    };
    let up = [
        unit.availability.low,
        unit.availability.mid,
        unit.availability.high,
    ];
    let mut all = vec![format!(
        "Spares: {stands}, which is up {} of the time, by the rates of interruption and repair of training clusters.",
        up.map(percents).join(" – ")
    )];
    all.extend(sizing.remarks.iter().cloned());
    all.into_iter()
        .map(|words| view! { <p>{words}</p> })
        .collect_view()
        .into_any()
}

/// A share with as many nines as it has.
fn percents(share: f64) -> String {
    if share > MOST_NINES && share < 1.0 {
        return "above 99.999\u{202f}%".into();
    }
    let digits = if share > 0.999 { 5 } else { 4 };
    [&format::significant(100.0 * share, digits), "\u{202f}%"].concat()
}

/// Beyond this, more nines say nothing of a prediction.
const MOST_NINES: f64 = 0.99999;

/// The middle, and the ends in brackets.
pub(super) fn band(range: Range<f64>, show: fn(f64) -> String) -> String {
    match ends(range, show) {
        Some(ends) => [&show(range.mid), " (", &ends, ")"].concat(),
        None => show(range.mid),
    }
}

fn counted(range: Range<f64>) -> Cell {
    Cell::figure(range.mid, band(range, whole))
}

fn day(hour: &Hour) -> String {
    let kind = if hour.weekend { "weekend" } else { "weekday" };
    format!("{kind} {:02}:00", hour.hour)
}

fn hour_row(hour: &Hour) -> Row {
    Row {
        cells: vec![
            Cell::text(&day(hour)),
            Cell::figure(hour.requests, format::significant(hour.requests, 3)),
            counted(hour.replicas),
            counted(hour.free),
        ],
    }
}

fn year_row(year: &Year) -> Row {
    Row {
        cells: vec![
            Cell::text(&year.year.to_string()),
            Cell::figure(year.requests, format::significant(year.requests, 3)),
            counted(year.needed),
            counted(year.replicas),
            counted(year.accelerators),
            counted(year.nodes),
            Cell::text(fit(year.fits)),
        ],
    }
}

/// Whether a need fits, in words.
pub(super) fn fit(fit: Fit) -> &'static str {
    match fit {
        Fit::Yes => "yes",
        Fit::Unclear => "not sure: some of the band does not",
        Fit::No => "no",
    }
}

fn spare_row(sizing: &Sizing, spare: &Spare) -> Row {
    let asked = match spare.target {
        Some(target) => percents(target),
        None if spare.more == 0 => "none".into(),
        None if sizing.unit.nodes > 1.0 => "one replica more (N+1)".into(),
        None => "one node more (N+1)".into(),
    };
    Row {
        cells: vec![
            Cell::text(&asked),
            counted(spare.spare),
            Cell::figure(spare.up.mid, band(spare.up, percents)),
        ],
    }
}

fn of(sizing: &Sizing) -> Lines {
    let line = |name: &str, weekend: bool| {
        let hours = sizing.hours.iter().filter(|hour| hour.weekend == weekend);
        Line {
            name: name.into(),
            points: hours
                .map(|hour| (f64::from(hour.hour), hour.replicas.mid))
                .collect(),
            dots: true,
        }
    };
    let busiest = sizing.hours.iter().map(|hour| hour.replicas.mid);
    let quietest = busiest.clone().fold(f64::INFINITY, f64::min);
    let busiest = busiest.fold(0.0, f64::max);
    Lines {
        file: "plumbline-inference-hours",
        title: format!(
            "{} replicas in the busiest hour, {} in the quietest",
            whole(busiest),
            whole(quietest)
        ),
        measure: "Replicas by hour of the day, spare ones included, at the middle of the band"
            .into(),
        axes: [
            Axis {
                name: "hour of the day",
                show: |hour| format::significant(hour, 2),
                logarithmic: false,
            },
            Axis {
                name: "replicas",
                show: |count| format::significant(count, 3),
                logarithmic: false,
            },
        ],
        lines: vec![line("weekday", false), line("weekend", true)],
        spots: sizing.hours.iter().map(spot).collect(),
        table: table(sizing),
        ..Lines::default()
    }
}

fn spot(hour: &Hour) -> Spot {
    Spot {
        x: f64::from(hour.hour),
        y: Some(hour.replicas.mid),
        text: format!(
            "{}: {}; {} replicas, {} accelerators free",
            day(hour),
            requests(hour.requests),
            band(hour.replicas, whole),
            band(hour.free, whole)
        ),
    }
}

fn table(sizing: &Sizing) -> Table {
    let head = [
        "Day",
        "Hour",
        "Requests (1/s)",
        "Replicas, low",
        "Replicas, middle",
        "Replicas, high",
        "Free accelerators, low",
        "Free accelerators, middle",
        "Free accelerators, high",
    ];
    let figures = |hour: &Hour| {
        let (all, free) = (hour.replicas, hour.free);
        [
            hour.requests,
            all.low,
            all.mid,
            all.high,
            free.low,
            free.mid,
            free.high,
        ]
    };
    let row = |hour: &Hour, show: &dyn Fn(f64) -> String| {
        let kind = if hour.weekend { "weekend" } else { "weekday" };
        let mut row = vec![kind.to_owned(), hour.hour.to_string()];
        row.extend(figures(hour).map(show));
        row
    };
    let shown = |figure: f64| format::significant(figure, 3);
    Table {
        head: head.map(str::to_owned).to_vec(),
        rows: sizing.hours.iter().map(|hour| row(hour, &shown)).collect(),
        raw_head: head.map(str::to_owned).to_vec(),
        raw: sizing
            .hours
            .iter()
            .map(|hour| row(hour, &|figure| figure.to_string()))
            .collect(),
    }
}
