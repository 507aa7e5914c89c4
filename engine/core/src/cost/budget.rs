//! A service backwards from what may be spent: what the design as it is, a power or a sum of money
//! serves, at what the design's own nodes take of it.

use super::assumptions::assumptions;
use super::running::HOURS_PER_YEAR;
use super::types::Costs;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::predict::Prediction;
use crate::predict::inference::{Served, Sizing, serves};
use crate::quantity::{HourlyPrice, Money, Quantity};
use crate::written::Write;

/// What limits a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Bound {
    /// The accelerators of the design.
    Design,
    /// IT power, watts.
    ItPower,
    /// Power of the facility, watts.
    FacilityPower,
    /// Money at first.
    Capex,
    /// Money a year.
    Yearly,
}

/// What a limit serves.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Budget {
    /// What limits.
    pub bound: Bound,
    /// How much of it there is, in base units; accelerators of the design.
    pub limit: f64,
    /// What a node takes of it with its share of networks, storage and management; nothing for the
    /// design as it is.
    pub per_node: Option<Range<f64>>,
    /// Whole nodes.
    pub nodes: Option<Range<f64>>,
    /// What they serve.
    pub served: Option<Served>,
    /// A part of what a node takes is not known: the figures are at most.
    pub at_most: bool,
    /// The datum that is missing.
    pub missing: Option<String>,
}

/// What the design as it is and each stated limit of a workload's plan serve; none where there is no
/// service.
pub fn budgets(
    derived: &Derived<'_>,
    workload: &Workload,
    prediction: &Prediction,
    costs: &Costs,
) -> Vec<Budget> {
    let Some(service) = &prediction.service else {
        return Vec::new();
    };
    let plan = &workload.serving.sizing;
    let served = |accelerators: Range<f64>| serves(derived, workload, service, accelerators);
    let own = served(Range::exactly(f64::from(service.accelerators)));
    let (own, missing) = (own.as_ref().ok().copied(), own.err());
    let mut all = vec![Budget {
        bound: Bound::Design,
        limit: f64::from(service.accelerators),
        per_node: None,
        nodes: None,
        served: own,
        at_most: false,
        missing,
    }];
    let nodes = derived.nodes as f64;
    let each = derived.accelerators.map_or(0.0, |all| all as f64) / nodes;
    let mut bound =
        |bound: Bound, limit: Option<f64>, taken: Result<Range<f64>, String>, at_most: bool| {
            let Some(limit) = limit else { return };
            let taken = taken.and_then(|taken| {
                let fit = nodes > 0.0 && each > 0.0 && taken.low > 0.0;
                match fit {
                    true => Ok(taken.map(|all| all / nodes)),
                    false => Err("compute.groups[0].nodes".to_owned()),
                }
            });
            let mut budget = Budget {
                bound,
                limit,
                per_node: taken.as_ref().ok().copied(),
                nodes: None,
                served: None,
                at_most,
                missing: None,
            };
            let found = taken.and_then(|taken| {
                // The dearest nodes are the fewest.
                let count = Range {
                    low: libm::floor(limit / taken.high),
                    mid: libm::floor(limit / taken.mid),
                    high: libm::floor(limit / taken.low),
                };
                Ok((count, served(count.map(|count| count * each))?))
            });
            match found {
                Ok((count, served)) => {
                    budget.nodes = Some(count);
                    budget.served = Some(served);
                }
                Err(missing) => budget.missing = Some(missing),
            }
            all.push(budget);
        };
    let it = Range::exactly(derived.power.it().get());
    let unpowered = !derived.power.missing.is_empty();
    bound(
        Bound::ItPower,
        plan.it_power.map(Quantity::base),
        Ok(it),
        unpowered,
    );
    let pue = assumptions(derived).pue;
    bound(
        Bound::FacilityPower,
        plan.facility_power.map(Quantity::base),
        pue.map(|pue| it.zip(pue.range, |it, pue| it * pue)),
        unpowered,
    );
    let unpriced = !costs.missing.is_empty();
    bound(
        Bound::Capex,
        plan.capex.map(Quantity::base),
        Ok(costs.capex.map(Money::get)),
        unpriced,
    );
    let yearly = installed_hour(costs).ok_or_else(|| "cost per accelerator-hour".to_owned());
    bound(
        Bound::Yearly,
        plan.yearly.map(Quantity::base),
        yearly.map(|hour| hour.map(|hour| hour.get() * HOURS_PER_YEAR * each * nodes)),
        unpriced,
    );
    all
}

/// What an hour of an installed accelerator costs, used or not.
fn installed_hour(costs: &Costs) -> Option<Range<HourlyPrice>> {
    let used = costs.utilisation.get();
    let price = costs.per_accelerator_hour?;
    Some(price.map(|price| HourlyPrice::new(price.get() * used)))
}

/// What the accelerator-hours that a service leaves free are worth a year: at what an installed hour
/// costs, and at the compared rent.
pub fn lent_worth(costs: &Costs, sizing: &Sizing) -> (Option<Range<Money>>, Option<Range<Money>>) {
    let hours = sizing.free.accelerator_hours;
    let worth = |price: Range<HourlyPrice>| {
        price.zip(hours, |price, hours| {
            Money::new(price.get() * hours * HOURS_PER_YEAR / HOURS_PER_DAY)
        })
    };
    let rent = costs.rent.as_ref().map(|comparison| comparison.rent);
    (installed_hour(costs).map(worth), rent.map(worth))
}

const HOURS_PER_DAY: f64 = 24.0;
