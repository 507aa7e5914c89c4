use super::services;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::quantity::{Quantity, Seconds, TokensPerSec};
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// There is a layout and a load at which the service holds its limits of latency.
    /// ## Why it matters
    /// A limit that even a lightly loaded replica misses cannot be bought with more replicas: it
    /// takes another accelerator, a narrower format, a smaller model or drafted tokens.
    /// ## Evidence
    /// MLPerf Inference: 15 ms between tokens of DeepSeek-R1 left one server of eight accelerators
    /// a fourteenth of its offline rate, and a rack of 72 half of it.
    /// ## Example
    /// 405 billion parameters on 8 H100 within 10 ms between tokens.
    /// ## How to fix
    /// Allow more time, leave the layout to the search, or change model, format or accelerator.
    /// ## Limits
    /// Predicted, with the band that the Inference page shows; tokens are drafted only
    /// where the plan says so.
    pub struct MissedLimit;
    "INF001" "missed_limit" Deviation "the service can hold its limits of latency"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let outcomes = services(on).flat_map(|(place, workload, service)| {
        let plan = &workload.serving;
        let limits = [
            ("first", plan.first, service.met.first),
            ("each", plan.each, service.met.each),
        ];
        let speed = plan.sizing.speed.map(|asked| {
            let found = service.met.speed();
            let subject = format!("{place}.serving.sizing.speed");
            let slower = TokensPerSec::new(found / LONGER);
            Outcome::compared(
                subject.clone(),
                FactUnit::Ratio,
                Scalar::Num(found),
                "at least",
                Scalar::Num(asked.get()),
                !service.missed || found >= asked.get(),
            )
            .at(Severity::Deviation)
            .with_fix(
                format!("allow {}", slower.pretty()),
                vec![Edit::set(subject, slower.exact())],
            )
        });
        let times = limits.into_iter().filter_map(move |(field, limit, met)| {
            let limit = limit?;
            let found = met.at(plan.share());
            let subject = format!("{place}.serving.{field}");
            let outcome = Outcome::compared(
                subject.clone(),
                FactUnit::Time,
                Scalar::Num(found),
                "at most",
                Scalar::Num(limit.get()),
                !service.missed || found <= limit.get(),
            );
            let longer = Seconds::new(found * LONGER);
            Some(outcome.at(Severity::Deviation).with_fix(
                format!("allow {}", longer.pretty()),
                vec![Edit::set(subject, longer.exact())],
            ))
        });
        times.chain(speed)
    });
    outcomes.collect()
}

/// A limit with a little room.
const LONGER: f64 = 1.05;
