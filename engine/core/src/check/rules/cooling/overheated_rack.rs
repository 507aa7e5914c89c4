use crate::catalogue::CoolingMethod;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::load::may_bind;
use crate::quantity::Watts;
use crate::scalar::Scalar;
use crate::sourced::Origin;

rule! {
    /// ## What it checks
    /// The heat of a full compute rack is within what the hall's cooling method removes; where
    /// the design states the air capacity per rack, that figure decides.
    /// ## Why it matters
    /// A rack denser than its cooling throttles or shuts down. Perimeter cooling ends far below
    /// the density of accelerator racks, and changing the method is building work.
    /// ## Evidence
    /// Planning ranges and limits per method, with their spread, in the engineering constants.
    /// ## Example
    /// 40.8 kW of air-cooled nodes in a hall planned for 20 kW with contained aisles.
    /// ## How to fix
    /// Choose a cooling method for that density, or put fewer nodes into a rack.
    /// ## Limits
    /// Above the method's limit it is a blocker, above its usual range advice. Ranges are of
    /// products in general: the rating of the chosen product overrides them.
    pub struct OverheatedRack;
    "COO001" "overheated_rack" Blocker "a full compute rack makes no more heat than its cooling removes"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let site = &on.derived.design.site;
    let subject = "site.cooling";
    let methods = &on.derived.world.constants.cooling;
    let Some(method) = methods.get(&site.cooling) else {
        return vec![Outcome::unknown(
            subject,
            subject,
            "cooling method of the hall",
        )];
    };
    let mut outcomes = demanded(on, method);
    let physical = physical(on, method).into_iter().map(|outcome| Outcome {
        own: true,
        ..outcome
    });
    outcomes.extend(physical);
    outcomes
}

/// What holds for any design.
fn physical(on: &On<'_>, method: &CoolingMethod) -> Vec<Outcome> {
    let site = &on.derived.design.site;
    let subject = "site.cooling";
    let methods = &on.derived.world.constants.cooling;
    let Some(load) = on.derived.racks.load else {
        return vec![Outcome::unknown(
            subject,
            "rating of the nodes",
            "heat of a rack",
        )];
    };
    let fitting = methods.iter().find(|(_, other)| {
        let node = on.derived.main_node();
        let serves = node.is_some_and(|node| other.serves.contains(&node.cooling));
        serves && planning_high(other).is_some_and(|high| high.get() >= load.get())
    });
    let fix = |outcome: Outcome| match fitting {
        Some((id, other)) => outcome.with_fix(
            format!("cool by {}", other.name),
            vec![Edit::set(subject, id.clone())],
        ),
        None => outcome,
    };
    let compared = |limit: Watts, severity: Severity, origin: Origin| {
        let (found, required) = (Scalar::Num(load.get()), Scalar::Num(limit.get()));
        let holds = load.get() <= limit.get() * (1.0 + 1e-9);
        let must = format!("for {} at most", method.name);
        Outcome::compared(subject, FactUnit::Power, found, &must, required, holds)
            .at(severity)
            .by(origin)
    };
    let mut outcomes = Vec::new();
    if let Some(air) = air_share(on).zip(site.air_per_rack) {
        let (heat, capacity) = air;
        let holds = heat.get() <= capacity.get() * (1.0 + 1e-9);
        let (found, required) = (Scalar::Num(heat.get()), Scalar::Num(capacity.get()));
        let own = "site.air_per_rack";
        outcomes.push(
            Outcome::compared(
                own,
                FactUnit::Power,
                found,
                "air capacity of at most",
                required,
                holds,
            )
            .with_fix(
                format!("remove {heat} by air from each rack"),
                vec![Edit::set(own, heat.to_string())],
            ),
        );
    }
    let limit = method
        .limit
        .known()
        .filter(|_| may_bind(method.limit.grade));
    match (limit, planning_high(method)) {
        (Some(limit), _) if load.get() > limit.get() => outcomes.push(fix(compared(
            limit,
            Severity::Blocker,
            method.limit.origin(),
        ))),
        (_, Some(high)) => outcomes.push(fix(compared(
            high,
            Severity::Advice,
            method.planning.origin(),
        ))),
        _ => outcomes.push(Outcome::unknown(
            subject,
            format!("planning range of {}", method.name),
            "limit of the cooling method",
        )),
    }
    outcomes
}

/// A document's own demand: enough air capacity per rack, stated or by the method's range.
fn demanded(on: &On<'_>, method: &CoolingMethod) -> Vec<Outcome> {
    let capacity = on
        .limit("air_capacity")
        .and_then(|limit| FactUnit::Power.read(limit))
        .and_then(|l| l.as_f64());
    let Some(required) = capacity else {
        return Vec::new();
    };
    let stated = on.derived.design.site.air_per_rack;
    let subject = if stated.is_some() {
        "site.air_per_rack"
    } else {
        "site.cooling"
    };
    let Some(found) = stated.or_else(|| planning_high(method)) else {
        return vec![Outcome::unknown(subject, subject, "air capacity per rack")];
    };
    let holds = found.get() >= required * (1.0 - 1e-9);
    let (found, required) = (Scalar::Num(found.get()), Scalar::Num(required));
    vec![
        Outcome::compared(subject, FactUnit::Power, found, "at least", required, holds)
            .at(Severity::Deviation),
    ]
}

fn planning_high(method: &CoolingMethod) -> Option<Watts> {
    method.planning.get().map(|range| range.high)
}

/// Heat that a full rack gives to air.
fn air_share(on: &On<'_>) -> Option<Watts> {
    let liquid = on.derived.main_node()?.liquid_share.known()?;
    Some(on.derived.racks.load? * (1.0 - liquid.get()))
}
