//! Latency of one replica from light to full load, against the limits.

use super::Shown;
use super::words::requests;
use crate::charts::{Axis, Line, Lines, Mark, SharedPlot, Spot, Table, chart};
use crate::format;
use crate::pages::training::words::{seconds, sentence};
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::design::ServingPlan;
use plumbline_engine::predict::inference::{Met, Percentiles, Service};
use std::sync::Arc;

/// The section.
pub(super) fn load(shown: Shown) -> AnyView {
    let plot = move || Arc::new(shown.planned(of).unwrap_or_default()) as SharedPlot;
    let columns = vec![
        Column::text("Requests/s"),
        Column::figures("First p50"),
        Column::figures("p95"),
        Column::figures("p99"),
        Column::figures("Between"),
    ];
    let rows = move || {
        let rows = shown.service(|service| service.curve.iter().map(row).collect());
        rows.unwrap_or_default()
    };
    view! {
        <section class="inference-load">
            <h2>"Latency under load"</h2>
            <div class="training-pair">
                {chart(plot)}
                <div class="scroll tall" role="region" aria-label="The loads" tabindex="0">
                    {data_table("One replica from light to full load; between tokens at p95".into(), columns, rows)}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn row(met: &Met) -> Row {
    let time = |time: f64| Cell::figure(time, seconds(time));
    Row {
        cells: vec![
            Cell::figure(met.requests, format::significant(met.requests, 3)),
            time(met.first.half),
            time(met.first.most),
            time(met.first.nearly),
            time(met.each.most),
        ],
    }
}

fn of(service: &Service, plan: &ServingPlan) -> Lines {
    let share = plan.share();
    let limit =
        |name: &str, limit: Option<f64>| limit.map(|at| (at, [name, " ≤ ", &seconds(at)].concat()));
    let limits = [
        limit("first token", plan.first.map(|at| at.get())),
        limit("between tokens", plan.each.map(|at| at.get())),
    ];
    let line = |name: &str, of: &dyn Fn(&Met) -> f64| Line {
        name: name.to_owned(),
        points: service
            .curve
            .iter()
            .map(|met| (met.requests, of(met)))
            .collect(),
        dots: false,
    };
    let between = ["between ", Percentiles::name(share)].concat();
    Lines {
        file: "plumbline-inference-load",
        title: title(service, plan, share),
        measure: format!(
            "Time to the first token at p50, p95 and p99, and between tokens at {}, by requests per second of one replica; times on a logarithmic axis",
            Percentiles::name(share)
        ),
        axes: [
            Axis {
                name: "requests/s of a replica",
                show: |rate| format::significant(rate, 3),
                logarithmic: false,
            },
            Axis {
                name: "",
                show: seconds,
                logarithmic: true,
            },
        ],
        lines: vec![
            line("first p50", &|met| met.first.half),
            line("first p95", &|met| met.first.most),
            line("first p99", &|met| met.first.nearly),
            line(&between, &|met| met.each.at(share)),
        ],
        notes: Vec::new(),
        limits: limits.into_iter().flatten().collect(),
        mark: Some(Mark {
            x: service.met.requests,
            y: None,
            name: "this service".into(),
        }),
        spots: service.curve.iter().map(spot).collect(),
        table: table(&service.curve),
    }
}

/// Up to which load it holds, and what breaks first.
fn title(service: &Service, plan: &ServingPlan, share: f64) -> String {
    let met = &service.met;
    let whose = match service.disaggregated {
        Some(_) => "the fleet",
        None => "a replica",
    };
    if service.missed {
        return "No load holds the limits".into();
    }
    if plan.first.is_none() && plan.each.is_none() {
        return format!(
            "Without limits {whose} answers {}; there half wait {} for the first token, one in a hundred longer than {}",
            requests(met.requests),
            seconds(met.first.half),
            seconds(met.first.nearly)
        );
    }
    let next = service
        .curve
        .iter()
        .find(|more| more.requests > met.requests);
    let over = |limit: Option<f64>, time: f64| limit.is_some_and(|limit| time > limit);
    let why = match next {
        Some(next) if over(plan.first.map(|at| at.get()), next.first.at(share)) => {
            "beyond, the first token comes too late"
        }
        Some(next) if over(plan.each.map(|at| at.get()), next.each.at(share)) => {
            "beyond, tokens come too slowly"
        }
        _ => "beyond, there is no room for more",
    };
    format!(
        "{} holds the limits up to {}; {why}",
        sentence(whose).trim_end_matches('.'),
        requests(met.requests)
    )
}

fn spot(met: &Met) -> Spot {
    Spot {
        x: met.requests,
        y: None,
        text: format!(
            "{}: first token p50 {}, p95 {}, p99 {}; between tokens p50 {}, p95 {}; {} run at once",
            requests(met.requests),
            seconds(met.first.half),
            seconds(met.first.most),
            seconds(met.first.nearly),
            seconds(met.each.half),
            seconds(met.each.most),
            format::significant(met.running, 3)
        ),
    }
}

fn table(curve: &[Met]) -> Table {
    let head = [
        "Requests",
        "First token p50",
        "First token p95",
        "First token p99",
        "Between tokens p50",
        "Between tokens p95",
        "Between tokens p99",
        "Running at once",
    ];
    let times = |met: &Met| {
        [
            met.first.half,
            met.first.most,
            met.first.nearly,
            met.each.half,
            met.each.most,
            met.each.nearly,
        ]
    };
    let rows = curve.iter().map(|met| {
        let mut row = vec![requests(met.requests)];
        row.extend(times(met).map(seconds));
        row.push(format::significant(met.running, 3));
        row
    });
    let raw = curve.iter().map(|met| {
        let mut row = vec![met.requests.to_string()];
        row.extend(times(met).map(|time| time.to_string()));
        row.push(met.running.to_string());
        row
    });
    let raw_head = head.iter().enumerate().map(|(at, name)| match at {
        0 => [name, " (1/s)"].concat(),
        7 => (*name).to_owned(),
        _ => [name, " (s)"].concat(),
    });
    Table {
        head: head.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        raw_head: raw_head.collect(),
        raw: raw.collect(),
    }
}
