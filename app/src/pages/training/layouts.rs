//! The layout that was found, those that came next and why they lost.

use super::Shown;
use super::words::{bytes, layout, seconds};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::training::Forecast;

/// The section.
pub(super) fn layouts(shown: Shown) -> AnyView {
    let found = move || shown.forecast(say);
    let columns = vec![
        Column::text("Layout"),
        Column::figures("Step"),
        Column::figures("Slower by"),
        Column::figures("Memory"),
        Column::text("Loses most in"),
    ];
    let rows = move || shown.forecast(rows).unwrap_or_default();
    view! {
        <section class="training-layouts">
            <h2>"Layout"</h2>
            <p>{found}</p>
            <div class="scroll" role="region" aria-label="Layouts" tabindex="0">
                {data_table("The fastest layouts that fit, and why each lost to the first".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

fn say(forecast: &Forecast) -> String {
    let tried = format!(
        "{} tried, {} of them do not fit into {}.",
        format::plural(forecast.tried as usize, "layout was", "layouts were"),
        format::count(forecast.misfits as f64),
        bytes(forecast.capacity)
    );
    match forecast.too_large {
        true => [tried.as_str(), " None fits."].concat(),
        false => [layout(&forecast.layout).as_str(), ". ", &tried].concat(),
    }
}

fn rows(forecast: &Forecast) -> Vec<Row> {
    let capacity = forecast.capacity;
    let candidates = forecast.candidates.iter().enumerate();
    candidates
        .map(|(at, candidate)| {
            let behind = forecast.behind(candidate);
            let (part, lost) = candidate.step.loses_by(&forecast.step);
            let first = at == 0;
            let slower = match first {
                true => "found".to_owned(),
                false => {
                    let share = behind / forecast.seconds.mid.get();
                    ["+", &format::percent(share)].concat()
                }
            };
            let why = match first || lost <= 0.0 {
                true => String::new(),
                false => format!("{part}, {}", seconds(lost)),
            };
            let memory = format!(
                "{}, {}",
                bytes(candidate.memory),
                format::percent(candidate.memory / capacity)
            );
            Row {
                cells: vec![
                    Cell::text(&layout(&candidate.layout)),
                    Cell::figure(candidate.seconds, seconds(candidate.seconds)),
                    Cell::figure(behind, slower),
                    Cell::figure(candidate.memory, memory),
                    Cell::text(&why),
                ],
            }
        })
        .collect()
}
