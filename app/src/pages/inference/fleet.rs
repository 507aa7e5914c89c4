//! All models on this cluster: whole replicas of each, what rounding takes, slices, adapters, starts.

use super::Shown;
use super::sizing::{band, fit};
use super::words::{layout, requests, whole};
use crate::format;
use crate::pages::predicted::{self, Total};
use crate::pages::training::words::{bytes, range, seconds};
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::inference::{Adapters, Fit, Fleet, Member};

/// The section.
pub(super) fn fleet(shown: Shown) -> AnyView {
    let assessment = shown.workbench.assessment();
    let fleet = Memo::new(move |_| assessment.with(|a| a.predictions.fleet.clone()));
    let known = Memo::new(move |_| fleet.with(Option::is_some));
    let body = move || {
        known.get().then(|| {
            let totals = move || fleet.with(|fleet| fleet.as_ref().map(totals).unwrap_or_default());
            let rows = move || {
                fleet.with(|fleet| {
                    let members = fleet.iter().flat_map(|fleet| &fleet.members);
                    members.map(row).collect::<Vec<_>>()
                })
            };
            let starts = move || {
                fleet.with(|fleet| {
                    let members = fleet.iter().flat_map(|fleet| &fleet.members);
                    members.map(start).collect::<Vec<_>>()
                })
            };
            let left = move || fleet.with(|fleet| fleet.as_ref().and_then(left_out));
            view! {
                <section class="inference-fleet">
                    <h2>"All models on this cluster"</h2>
                    <p class="muted">
                        "Every service of the design in its busiest hour, all at once, in whole replicas with their spares. Training beside them is not counted."
                    </p>
                    {predicted::totals(totals)}
                    <div class="scroll" role="region" aria-label="All models" tabindex="0">
                        {data_table("The services of this design".into(), vec![
                            Column::text("Service"),
                            Column::figures("Requests/s").sortable(),
                            Column::figures("Replicas"),
                            Column::figures("Accelerators").sortable(),
                            Column::figures("Of that rounding and spares"),
                            Column::text("In smaller replicas"),
                            Column::text("On slices"),
                            Column::text("Adapters"),
                        ], rows)}
                    </div>
                    <h3>"Starting a replica"</h3>
                    <div class="scroll" role="region" aria-label="Starts" tabindex="0">
                        {data_table("Until a new replica serves, and whether to end the last one pays".into(), vec![
                            Column::text("Service"),
                            Column::figures("On a node that stands by"),
                            Column::figures("On a machine that is not there"),
                            Column::figures("Between requests, quietest hour"),
                            Column::text("Ending the last replica pays"),
                        ], starts)}
                    </div>
                    {left}
                </section>
            }
        })
    };
    body.into_any()
}

fn totals(fleet: &Fleet) -> Vec<Total> {
    let there = whole(fleet.there);
    let standby = &fleet.standby;
    vec![
        Total::of(
            "Accelerators of all services",
            fleet.accelerators,
            |x| x,
            whole,
            format!("of {there} of the design: fits: {}", fit(fleet.fits)),
        ),
        Total::of(
            "Rounding and spares",
            fleet.rounding,
            |x| x,
            format::percent,
            format!(
                "of these, beyond the {} that replicas of any size would take",
                format::significant(fleet.exact.mid, 3)
            ),
        ),
        Total {
            name: "Replicas on call",
            value: standby.shared,
            shown: whole(standby.shared),
            ends: None,
            meaning: format!(
                "for what comes while others start, enough in {} of the cases, if all services share them; {} if each has its own",
                format::percent(standby.target),
                whole(standby.own)
            ),
        },
    ]
}

fn row(member: &Member) -> Row {
    let rounding = member.rounding();
    Row {
        cells: vec![
            Cell::text(&member.name),
            Cell::figure(member.requests, requests(member.requests)),
            Cell::figure(member.replicas.mid, band(member.replicas, whole)),
            Cell::figure(member.accelerators.mid, band(member.accelerators, whole)),
            Cell::figure(rounding, format::percent(rounding)),
            Cell::text(&lean(member)),
            Cell::text(&slices(member)),
            Cell::text(&member.adapters.as_ref().map_or_else(String::new, adapters)),
        ],
    }
}

fn lean(member: &Member) -> String {
    match &member.leaner {
        Some((other, count)) => format!(
            "{} accelerators without spares, as {}",
            whole(*count),
            layout(other)
        ),
        None => "no fewer accelerators".into(),
    }
}

fn slices(member: &Member) -> String {
    let Some(sliced) = &member.sliced else {
        return "none known that holds it".into();
    };
    let figure = |count: f64| format::significant(count, 3);
    let stranded = match sliced.stranded > 0.0 {
        true => format!(
            ", {} of an accelerator's arithmetic out of reach",
            format::percent(sliced.stranded)
        ),
        false => String::new(),
    };
    format!(
        "{} × {}: {} accelerators{stranded}; extrapolated",
        band(sliced.slices, whole),
        sliced.profile,
        band(sliced.accelerators, figure)
    )
}

fn adapters(adapters: &Adapters) -> String {
    format!(
        "{}: {}, {} of what a replica has beside weights; passes {} longer",
        whole(adapters.count),
        bytes(adapters.bytes),
        format::percent(adapters.of_room),
        range(adapters.overhead, format::percent)
    )
}

fn start(member: &Member) -> Row {
    let pays = match member.to_zero {
        Fit::Yes => "yes: requests are further apart than a start takes",
        Fit::Unclear => "not sure: a start takes about as long",
        Fit::No => "no: requests come sooner than a start is done",
    };
    Row {
        cells: vec![
            Cell::text(&member.name),
            Cell::figure(member.warm.mid, band(member.warm, seconds)),
            Cell::figure(member.cold.mid, band(member.cold, seconds)),
            Cell::figure(member.gap, seconds(member.gap)),
            Cell::text(pays),
        ],
    }
}

fn left_out(fleet: &Fleet) -> Option<AnyView> {
    let each = fleet.left_out.iter();
    let each: Vec<String> = each
        .map(|(subject, missing)| [subject, " (", missing, ")"].concat())
        .collect();
    (!each.is_empty()).then(|| {
        view! { <p class="muted">"Not counted, for want of a datum: "{each.join(", ")}"."</p> }
            .into_any()
    })
}
