//! The answer on top: requests, tokens, speed, latency and replicas, each with its band.

use super::Shown;
use super::evidence;
use super::missing::missing;
use super::words::{layout, requests, tokens};
use crate::format;
use crate::pages::predicted::{self, Total};
use crate::pages::training::words::{seconds, three};
use crate::state::{Page, world};
use crate::ui::*;
use plumbline_engine::design::ServingPlan;
use plumbline_engine::predict::Basis;
use plumbline_engine::predict::inference::{Percentiles, Service, UNLIKE};
use plumbline_engine::quantity::TokensPerSec;
use plumbline_engine::reference::Measurements;

/// Figures that follow, or what is missing for them.
pub(super) fn answer(shown: Shown) -> AnyView {
    view! {
        <section class="training-answer" aria-label="Prediction">
            {missing(shown)}
            {basis(shown)}
            {limits(shown)}
            {shown.with_service(totals)}
            {shown.with_service(evidence::backing)}
            {shown.with_service(band)}
        </section>
    }
    .into_any()
}

/// A stated throughput goes first; it says so, and how to do without.
fn basis(shown: Shown) -> AnyView {
    let stated = Memo::new(move |_| {
        shown.prediction.with(|prediction| {
            let prediction = prediction.as_ref()?;
            let stated = prediction.serving.as_ref()?.per_accelerator;
            let predicted = prediction.service.as_ref()?.per_accelerator.mid;
            let stands = prediction.basis == Basis::Stated;
            stands.then(|| (stated, predicted, prediction.subject.clone()))
        })
    });
    let view = move || {
        let (stated, predicted, subject) = stated.get()?;
        let words = format!(
            "What tokens cost follows from the {} for each accelerator that the design states. Predicted are {}.",
            tokens(stated.get()),
            tokens(predicted.get())
        );
        let path = [&subject, ".throughput"].concat();
        let set = move |_| {
            shown.workbench.set(
                "use the predicted throughput",
                &path,
                serde_json::Value::Null,
            )
        };
        let button = view! { <button type="button" on:click=set>"Use the prediction"</button> };
        Some(predicted::stated(words, Some(button.into_any())))
    };
    view.into_any()
}

/// Limits that cannot be held, and traffic that does not fit.
fn limits(shown: Shown) -> AnyView {
    let said = Memo::new(move |_| shown.planned(troubles).unwrap_or_default());
    let view = move || {
        let said = said.get();
        (!said.is_empty()).then(|| {
            let said = said
                .into_iter()
                .map(|words| view! { <p class="field-error">{words}</p> });
            view! { <div role="status">{said.collect_view()}</div> }
        })
    };
    view.into_any()
}

fn troubles(service: &Service, plan: &ServingPlan) -> Vec<String> {
    let mut all = Vec::new();
    if service.missed {
        let share = plan.share();
        let limit = |name: &str, limit: f64, met: f64| {
            format!(
                "{name} {}, where at most {} are asked for",
                seconds(met),
                seconds(limit)
            )
        };
        let first = plan.first.map(|at| at.get());
        let each = plan.each.map(|at| at.get());
        let met = [
            first.map(|at| limit("the first token takes", at, service.met.first.at(share))),
            each.map(|at| limit("between tokens pass", at, service.met.each.at(share))),
        ];
        let slow = plan.sizing.speed.map(|asked| {
            let found = tokens(service.met.speed());
            format!(
                "a user sees {found}, at least {} are asked for",
                tokens(asked.get())
            )
        });
        let met: Vec<String> = met.into_iter().flatten().chain(slow).collect();
        all.push(format!(
            "The limits cannot be held: even at the lightest load of {} ({}) {}. Shown is what that load yields.",
            layout(&service.layout),
            Percentiles::name(share),
            met.join("; ")
        ));
    }
    if let Some(needed) = service.needed.filter(|_| !service.missed)
        && needed.mid > f64::from(service.replicas)
    {
        all.push(format!(
            "The busiest hour needs {} replicas; the accelerators have room for {}.",
            format::count(needed.mid),
            format::count(f64::from(service.replicas))
        ));
    }
    all
}

fn totals(shown: Shown) -> AnyView {
    predicted::totals(move || shown.planned(of).unwrap_or_default())
}

fn of(service: &Service, plan: &ServingPlan) -> Vec<Total> {
    let (met, load, world) = (&service.met, &service.load, world());
    let cached = match load.cached > 0.0 {
        true => [", ", &format::percent(load.cached), " of prompts cached"].concat(),
        false => String::new(),
    };
    let unit = match service.disaggregated {
        Some(_) => "decode unit",
        None => "replica",
    };
    let yields = service.per_accelerator.map(TokensPerSec::get);
    let first = service.first(world, met.first.half);
    let each = service.each(world, met.each.half);
    vec![
        Total::of(
            "Requests",
            service.requests,
            |x| x,
            requests,
            format!(
                "prompts of {}, answers of {} tokens{cached}",
                format::count(load.prompt),
                format::count(load.output)
            ),
        ),
        Total::of(
            "Yield of an accelerator",
            yields,
            |x| x,
            tokens,
            [
                "of answers; ",
                &tokens(service.tokens().get()),
                " of all replicas",
            ]
            .concat(),
        ),
        Total::of(
            "Speed of a user",
            service.speed(world),
            |x| x,
            tokens,
            [&three(met.running), " requests run at once on a ", unit].concat(),
        ),
        Total::of(
            "First token",
            first,
            |x| x,
            seconds,
            beyond(&met.first.most, &met.first.nearly),
        ),
        Total::of(
            "Between tokens",
            each,
            |x| x,
            seconds,
            beyond(&met.each.most, &met.each.nearly),
        ),
        replicas(service, plan),
    ]
}

/// The percentiles beside the middle.
fn beyond(most: &f64, nearly: &f64) -> String {
    format!(
        "half of the requests; p95 {}, p99 {}",
        seconds(*most),
        seconds(*nearly)
    )
}

/// What the traffic needs against what fits.
fn replicas(service: &Service, plan: &ServingPlan) -> Total {
    let fit = f64::from(service.replicas);
    let each = match &service.disaggregated {
        None => layout(&service.layout),
        Some(fleet) => format!(
            "{} prefill and {} decode units together",
            fleet.prefill.layout.replicas, fleet.decode.layout.replicas
        ),
    };
    let Some((needed, asked)) = service.needed.zip(plan.requests) else {
        return Total {
            name: "Replicas",
            value: fit,
            shown: format::count(fit),
            ends: None,
            meaning: [&each, "; the busiest hour is not stated"].concat(),
        };
    };
    let spare = match plan.spare.unwrap_or(0) {
        0 => String::new(),
        spare => format!(", {spare} spare"),
    };
    Total::of(
        "Replicas needed",
        needed,
        |x| x,
        format::count,
        format!(
            "for {}{spare}; {} fit, each {each}",
            requests(asked.get()),
            format::count(fit)
        ),
    )
}

/// What the bands are, with the way to the evidence.
fn band(shown: Shown) -> AnyView {
    let words = move || {
        shown.service(|_| {
            let known = world().inference.errors.get(UNLIKE);
            let says = match known {
                Some(error) => format!(
                    "Each band is the wider of two in which 80 % of measured rows lie: those of its own figure, and all {} with {UNLIKE}, half of which are off by less than {}. ",
                    format::count(f64::from(error.rows)),
                    format::percent(error.median)
                ),
                None => "How far measured rows are off is not known: the figures stand without a band. ".into(),
            };
            let place = Page::Evidence(Measurements::Inference, None).fragment();
            view! { <p class="cost-ground">{says}<a href=place>"Evidence"</a></p> }
        })
    };
    words.into_any()
}
