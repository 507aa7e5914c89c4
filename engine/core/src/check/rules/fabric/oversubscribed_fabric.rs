use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::scalar::Scalar;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// The highest ratio of down-links to uplinks at any tier of the compute fabric.
    /// ## Why it matters
    /// All-reduce and all-to-all of a job that spans leaves run at the speed of the narrowest
    /// tier. At 3:1 two thirds of the accelerators' network bandwidth is bought and not used.
    /// ## Evidence
    /// The DGX SuperPOD and Enterprise reference architectures ask for a non-blocking compute
    /// fabric; other publishers allow a stated ratio, which their requirement then carries.
    /// ## Example
    /// A leaf with 32 down-links and 16 uplinks is oversubscribed 2:1.
    /// ## How to fix
    /// Give the leaf as many uplinks as down-links, or leave the number to the generator.
    /// ## Limits
    /// A ratio of counts: it does not say how much a given job loses. Without a reference that
    /// sets a limit, a ratio above 1 is advice.
    pub struct OversubscribedFabric;
    "FAB002" "oversubscribed_fabric" Advice "the compute fabric is not oversubscribed"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(counts) = on.derived.fabric() else {
        return Vec::new();
    };
    let limit = match on.demand {
        Some(_) => on.limit_number("oversubscription"),
        None => on
            .derived
            .world
            .constants
            .ratios
            .get("oversubscription-advice")
            .and_then(|r| r.known())
            .map(|r| r.get()),
    };
    let Some(limit) = limit else {
        return Vec::new();
    };
    let found = counts.oversubscription;
    let severity = if on.demand.is_some() {
        Severity::Deviation
    } else {
        Severity::Advice
    };
    let outcome = Outcome::compared(
        "fabrics.compute.uplinks",
        FactUnit::Ratio,
        Scalar::Num(found),
        "at most",
        Scalar::Num(limit),
        found <= limit + 1e-9,
    );
    vec![outcome.at(severity).with_fix(
        "give each leaf as many uplinks as down-links",
        vec![Edit::set("fabrics.compute.uplinks", Value::Null)],
    )]
}
