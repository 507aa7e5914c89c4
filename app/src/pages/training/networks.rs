//! The same step on other networks: what a cheaper or a better one would do.

use super::Shown;
use super::words::seconds;
use crate::format;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{Cell, Column, Note, Row, SortKey, data_table, source_note};
use plumbline_engine::catalogue::OtherNetwork;
use plumbline_engine::predict::training::Forecast;

/// The section; nothing where the job stays inside a scale-up domain.
pub(super) fn networks(shown: Shown) -> AnyView {
    let any = Memo::new(move |_| shown.forecast(|forecast| !forecast.elsewhere.is_empty()));
    let view = move || {
        any.get().unwrap_or_default().then(|| {
            let columns = vec![
                Column::text("Network"),
                Column::figures("Bandwidth").sortable(),
                Column::figures("Time of a step").sortable(),
                Column::figures("Against this design").sortable(),
            ];
            let rows = move || shown.forecast(rows).unwrap_or_default();
            view! {
                <section class="training-networks">
                    <h2>"If the network were another"</h2>
                    <p class="muted">
                        "The same layout. No published measurement changes the network of a job alone: these are reckoned, and labelled so."
                    </p>
                    <div class="scroll" role="region" aria-label="Other networks" tabindex="0">
                        {data_table("The step on other networks".into(), columns, rows)}
                    </div>
                </section>
            }
        })
    };
    view.into_any()
}

fn rows(forecast: &Forecast) -> Vec<Row> {
    let rows = forecast.elsewhere.iter().filter_map(|other| {
        let network = world().training.networks.get(&other.network)?;
        let share = network.share.known()?.get();
        let change = forecast.longer(other);
        let sign = if change < 0.0 { "−" } else { "+" };
        Some(Row {
            cells: vec![
                Cell::text(&network.what),
                bandwidth(network, share),
                Cell::figure(other.seconds, seconds(other.seconds)),
                Cell::figure(change, [sign, &format::percent(change.abs())].concat()),
            ],
        })
    });
    rows.collect()
}

/// The share of the bandwidth, with its source.
fn bandwidth(network: &OtherNetwork, share: f64) -> Cell {
    let value = [&format::significant(share, 2), " ×"].concat();
    let note = Note {
        title: ["Bandwidth: ", &network.what].concat(),
        value: value.clone(),
        origin: network.share.origin(),
        formula: match network.gradients {
            true => "of gradients and gathered weights only".into(),
            false => "of all that crosses the network".into(),
        },
        inputs: Vec::new(),
    };
    let button = source_note(&note.title.clone(), move || note.clone());
    Cell {
        view: view! { {value}{button} }.into_any(),
        key: SortKey::Number(share),
    }
}
