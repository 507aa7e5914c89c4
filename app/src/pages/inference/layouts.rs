//! The layout that was found, and those that came next.

use super::Shown;
use super::words::{layout, tokens};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::inference::Service;

/// The section.
pub(super) fn layouts(shown: Shown) -> AnyView {
    let columns = vec![
        Column::text("Layout"),
        Column::figures("Accelerators"),
        Column::figures("Yield of each"),
        Column::figures("Less by"),
        Column::figures("Speed of a user"),
        Column::figures("Running at once"),
    ];
    let rows = move || shown.service(rows).unwrap_or_default();
    view! {
        <section class="training-layouts">
            <h2>"Layout"</h2>
            <p class="muted">
                "Each at the highest load that holds the limits; where none does, at the lightest. Those that hold them come first, the one that yields most per accelerator on top."
            </p>
            <div class="scroll" role="region" aria-label="Layouts" tabindex="0">
                {data_table("Layouts of one replica, the best first".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

fn rows(service: &Service) -> Vec<Row> {
    let best = service.candidates.first();
    let best = best.map_or(0.0, |best| best.per_accelerator);
    let candidates = service.candidates.iter().enumerate();
    candidates
        .map(|(at, one)| {
            let less = 1.0 - one.per_accelerator / best;
            let behind = match at {
                0 if one.holds => "found".to_owned(),
                _ if !one.holds => "misses the limits".to_owned(),
                _ => format::percent(less),
            };
            let instance = one.layout.instance();
            Row {
                cells: vec![
                    Cell::text(&layout(&one.layout)),
                    Cell::figure(instance, format::count(instance)),
                    Cell::figure(one.per_accelerator, tokens(one.per_accelerator)),
                    Cell::figure(less, behind),
                    Cell::figure(one.speed, tokens(one.speed)),
                    Cell::figure(one.running, format::significant(one.running, 3)),
                ],
            }
        })
        .collect()
}
