use super::services;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::quantity::{Quantity, RequestsPerSec};
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The accelerators of a service have room for the replicas that its busiest hour needs within
    /// the limits of latency, spare ones included.
    /// ## Why it matters
    /// Beyond that, requests wait without end, and every limit is missed.
    /// ## Evidence
    /// The rate of a replica is predicted from measured engines; queueing theory says the rest.
    /// ## Example
    /// 100 requests a second where six replicas answer 12 each.
    /// ## How to fix
    /// Give the service more accelerators, relax its limits, take a narrower format or a smaller
    /// model, or serve fewer requests.
    /// ## Limits
    /// The middle of the prediction's band is taken; the Inference page shows the band.
    pub struct ShortOfReplicas;
    "INF002" "short_of_replicas" Deviation "the accelerators have room for the replicas that the traffic needs"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let outcomes = services(on).filter_map(|(place, workload, service)| {
        let needed = service.needed?.mid;
        let room = f64::from(service.replicas);
        let outcome = Outcome::compared(
            format!("{place}.serving.requests"),
            FactUnit::Count,
            Scalar::Num(room),
            "at least",
            Scalar::Num(needed),
            room >= needed,
        );
        let mut outcome = outcome.at(Severity::Deviation);
        if workload.accelerators.is_some() {
            let count = libm::ceil(needed * service.used() / room);
            let path = format!("{place}.accelerators");
            outcome = outcome.with_fix(
                format!("serve on {count} accelerators"),
                vec![Edit::set(path, count as u32)],
            );
        }
        let spare = f64::from(workload.serving.spare.unwrap_or(0));
        let served = service.requests.mid * (1.0 - spare / room).max(0.0);
        let fewer = RequestsPerSec::new(served);
        Some(outcome.with_fix(
            format!("serve {}", fewer.pretty()),
            vec![Edit::set(
                format!("{place}.serving.requests"),
                fewer.exact(),
            )],
        ))
    });
    outcomes.collect()
}
