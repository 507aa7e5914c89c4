//! Prefill and decode in units of their own, and what is found again of prompts.

use super::Shown;
use super::words::{layout, requests};
use crate::format;
use crate::pages::training::words::{bytes, seconds};
use crate::ui::*;
use crate::widgets::{Cell, Column, Note, Row, data_table, source_note};
use plumbline_engine::predict::inference::{
    Bound, Caching, Disaggregated, PhaseUnit, Service, Tier,
};

/// The section of both kinds of units; nothing where each replica does both.
pub(super) fn units(shown: Shown) -> AnyView {
    let apart =
        Memo::new(move |_| shown.service(|service| service.disaggregated.is_some()) == Some(true));
    let section = move || {
        apart.get().then(|| {
            let columns = vec![
                Column::text("Unit"),
                Column::figures("Units"),
                Column::figures("Accelerators"),
                Column::text("Layout of one"),
                Column::figures("Requests/s of one"),
                Column::figures("Busy"),
            ];
            let rows = move || shown.service(unit_rows).unwrap_or_default();
            let words = move || shown.service(says);
            view! {
                <section class="inference-units">
                    <h2>"Prefill and decode apart"</h2>
                    <p>{words}</p>
                    <div class="scroll" role="region" aria-label="Units" tabindex="0">
                        {data_table("Units that read prompts and units that write answers".into(), columns, rows)}
                    </div>
                </section>
            }
        })
    };
    section.into_any()
}

fn unit_rows(service: &Service) -> Vec<Row> {
    let row = |name: &str, unit: &PhaseUnit| Row {
        cells: vec![
            Cell::text(name),
            Cell::figure(
                f64::from(unit.layout.replicas),
                format::count(f64::from(unit.layout.replicas)),
            ),
            Cell::figure(unit.accelerators(), format::count(unit.accelerators())),
            Cell::text(&layout(&unit.layout)),
            Cell::figure(unit.rate, format::significant(unit.rate, 3)),
            Cell::figure(unit.busy, format::percent(unit.busy)),
        ],
    };
    let fleet = service.disaggregated.as_ref();
    let both =
        fleet.map(|fleet| vec![row("prefill", &fleet.prefill), row("decode", &fleet.decode)]);
    both.unwrap_or_default()
}

fn says(service: &Service) -> String {
    let Some(fleet) = &service.disaggregated else {
        return String::new();
    };
    format!(
        "{} Keys and values of a prompt, {}, travel {} in {}. The whole answers {}; matched rates are known to promise up to {} too much, which the low end of the band counts in.",
        bound(fleet),
        bytes(fleet.moved),
        match fleet.inside {
            true => "inside the scale-up domain",
            false => "over the network",
        },
        seconds(fleet.transfer),
        requests(service.met.requests),
        format::percent(fleet.optimism)
    )
}

fn bound(fleet: &Disaggregated) -> &'static str {
    match fleet.bound {
        Bound::Prefill => "Units that read prompts bind.",
        Bound::Decode => "Units that write answers bind.",
        Bound::FirstToken => "The limit of the first token binds.",
    }
}

/// The section of what caches hold; nothing where it does not follow from them.
pub(super) fn prefixes(shown: Shown) -> AnyView {
    let known =
        Memo::new(move |_| shown.service(|service| service.caching.is_some()) == Some(true));
    let section = move || {
        known.get().then(|| {
            let columns = vec![
                Column::text("Tier"),
                Column::figures("Holds"),
                Column::figures("Found there"),
                Column::figures("A prompt loads at"),
                Column::text("Faster than computing"),
            ];
            let cached = move |look: fn(&Caching) -> Vec<Row>| {
                let rows = shown.service(|service| service.caching.as_ref().map(look));
                rows.flatten().unwrap_or_default()
            };
            let words = move || shown.service(|service| service.caching.as_ref().map(found));
            view! {
                <section class="inference-prefixes">
                    <h2>"Prompts that come again"</h2>
                    <p>{move || words().flatten()}</p>
                    <div class="scroll" role="region" aria-label="Tiers of the cache" tabindex="0">
                        {data_table("Where keys and values of prefixes lie, the fastest tier first".into(), columns, move || cached(tier_rows))}
                    </div>
                </section>
            }
        })
    };
    section.into_any()
}

fn found(caching: &Caching) -> String {
    let chance = match caching.spread > 1.0 {
        true => format!(
            " Requests reach any of {} replicas, so that each has seen only its share of a session.",
            format::count(caching.spread)
        ),
        false => String::new(),
    };
    format!(
        "{} of the prompts' tokens are found again, of {} in a cache without bounds ({}). Within {} that sessions go on, {} are written at {} a token. What is found takes {} of a prompt's time to the first token to load.{chance}",
        format::percent(caching.found),
        format::percent(caching.most),
        caching.reuse,
        seconds(caching.window),
        bytes(caching.footprint),
        bytes(caching.bytes),
        seconds(caching.loading)
    )
}

fn tier_rows(caching: &Caching) -> Vec<Row> {
    caching.tiers.iter().map(tier_row).collect()
}

fn tier_row(tier: &Tier) -> Row {
    let rate = tier
        .bandwidth
        .map(|rate| [bytes(rate).as_str(), "/s"].concat());
    let rate = rate.unwrap_or_else(|| "at hand".into());
    let shown = match tier.origin.clone() {
        None => Cell::figure(tier.bandwidth.unwrap_or(0.0), rate),
        Some(origin) => {
            let note = Note {
                title: tier.name.clone(),
                value: rate.clone(),
                origin,
                formula: "times the ranks that share a prompt; no more than the storage delivers"
                    .into(),
                inputs: Vec::new(),
            };
            let button = source_note(&tier.name, move || note.clone());
            Cell::view(view! { {rate}" "{button} }.into_any())
        }
    };
    Row {
        cells: vec![
            Cell::text(&tier.name),
            Cell::figure(tier.capacity, bytes(tier.capacity)),
            Cell::figure(tier.found, format::percent(tier.found)),
            shown,
            Cell::text(match tier.pays {
                true => "yes",
                false => "no: not used",
            }),
        ],
    }
}
