//! The answer on top: requests, tokens, speed, latency and replicas, each with its band.

use super::Shown;
use super::missing::missing;
use super::words::{Share, layout, requests, tokens};
use crate::format;
use crate::pages::training::words::{ends, seconds, three};
use crate::state::{Page, world};
use crate::ui::*;
use plumbline_engine::catalogue::Range;
use plumbline_engine::design::ServingPlan;
use plumbline_engine::predict::Basis;
use plumbline_engine::predict::inference::Service;
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
        Some(view! {
            <p class="training-basis"><span>{words}</span>" "<button type="button" on:click=set>"Use the prediction"</button></p>
        })
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
        let share = Share::of(plan);
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
            first.map(|at| limit("the first token takes", at, share.at(&service.met.first))),
            each.map(|at| limit("between tokens pass", at, share.at(&service.met.each))),
        ];
        let met: Vec<String> = met.into_iter().flatten().collect();
        all.push(format!(
            "The limits cannot be held: even at the lightest load of {} ({}) {}. Shown is what that load yields.",
            layout(&service.layout),
            share.word(),
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

/// One figure of the answer.
struct Total {
    name: &'static str,
    value: f64,
    shown: String,
    ends: Option<String>,
    meaning: String,
}

impl Total {
    fn of(name: &'static str, range: Range<f64>, show: fn(f64) -> String, meaning: String) -> Self {
        Self {
            name,
            value: range.mid,
            shown: show(range.mid),
            ends: ends(range, show),
            meaning,
        }
    }
}

fn totals(shown: Shown) -> AnyView {
    let all = move || {
        let totals = shown.planned(of).unwrap_or_default().into_iter();
        let totals = totals.map(|total| {
            view! {
                <div class="cost-total">
                    <dt>{total.name}</dt>
                    <dd>
                        <b data-inference=total.name data-value=total.value.to_string()>{total.shown}</b>
                        <span class="ends">{total.ends}</span>
                        <span class="cost-meaning">{total.meaning}</span>
                    </dd>
                </div>
            }
        });
        totals.collect_view()
    };
    view! { <dl class="cost-totals">{all}</dl> }.into_any()
}

fn of(service: &Service, plan: &ServingPlan) -> Vec<Total> {
    let (met, load, world) = (&service.met, &service.load, world());
    let cached = match load.cached > 0.0 {
        true => [", ", &format::percent(load.cached), " of prompts cached"].concat(),
        false => String::new(),
    };
    let yields = service.per_accelerator.map(TokensPerSec::get);
    let accelerators = f64::from(service.replicas) * service.layout.instance();
    let first = service.first(world, met.first.half);
    let each = service.each(world, met.each.half);
    vec![
        Total::of(
            "Requests",
            service.requests,
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
            tokens,
            [
                "of answers; ",
                &tokens(yields.mid * accelerators),
                " of all replicas",
            ]
            .concat(),
        ),
        Total::of(
            "Speed of a user",
            service.speed(world),
            tokens,
            [&three(met.running), " requests run at once on a replica"].concat(),
        ),
        Total::of(
            "First token",
            first,
            seconds,
            beyond(&met.first.most, &met.first.nearly),
        ),
        Total::of(
            "Between tokens",
            each,
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
    let each = layout(&service.layout);
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
        shown.service(|service| {
            let known = world().inference.errors.get(&service.class);
            let says = match known {
                Some(error) => format!(
                    "Bands: 80 % of {} measured rows lie within, each predicted with {}; half of them are off by less than {}. ",
                    format::count(f64::from(error.rows)),
                    service.class,
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
