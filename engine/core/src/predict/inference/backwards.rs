//! A service backwards: what so many accelerators serve.

use super::forecast::Service;
use super::profile::Profile;
use super::sizing::supply;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::{ServingPlan, Workload};
use crate::predict::run::figures::Figures;
use crate::quantity::Ratio;
use crate::written::Write;

/// What accelerators serve within the limits in their busiest hour.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Served {
    /// Replicas that there is room for.
    pub replicas: Range<f64>,
    /// Replicas of these that may be down: as stated, or as the target of availability asks for.
    pub spare: Range<f64>,
    /// Requests per second.
    pub requests: Range<f64>,
    /// Output tokens per second.
    pub tokens: Range<f64>,
    /// Users that are answered at once, at the speed of the service.
    pub at_once: Range<f64>,
    /// Users a day, each with so many requests, spread over the day as the load is; `None` where that
    /// is not known.
    pub users: Option<Range<f64>>,
}

/// What so many accelerators serve; more of them where the design is cheap.
///
/// # Errors
/// The datum that is missing: a field below the workload, or a name in the world.
pub fn serves(
    derived: &Derived<'_>,
    workload: &Workload,
    service: &Service,
    accelerators: Range<f64>,
) -> Result<Served, String> {
    let plan = &workload.serving;
    if service.missed {
        return Err("limits that a replica can hold".into());
    }
    let supply = supply(derived, workload, service)?;
    let replicas = accelerators.map(|count| libm::floor(count / supply.unit.instance));
    let up = supply.unit.availability;
    let usable = Range {
        low: supply.usable(replicas.low, up.low),
        mid: supply.usable(replicas.mid, up.mid),
        high: supply.usable(replicas.high, up.high),
    };
    let requests = usable.zip(supply.each, |count, each| count * each);
    let mean = Profile::of(derived, plan, &mut Vec::new()).map(|profile| profile.mean());
    let per_user = per_user(derived, plan)?;
    let users = mean.ok().filter(|_| per_user > 0.0);
    Ok(Served {
        spare: super::sizing::ordered(replicas.zip(usable, |all, usable| all - usable)),
        tokens: requests.map(|rate| rate * service.load.output),
        at_once: usable.map(|count| count * service.met.running),
        users: users.map(|mean| requests.map(|rate| rate * mean * SECONDS_PER_DAY / per_user)),
        replicas,
        requests,
    })
}

const SECONDS_PER_DAY: f64 = 86_400.0;

/// Requests of a user a day: as stated, else the estimate of the data.
///
/// # Errors
/// The name of the figure where the data do not have it.
pub fn per_user(derived: &Derived<'_>, plan: &ServingPlan) -> Result<f64, String> {
    match plan.sizing.per_user.map(Ratio::get) {
        Some(stated) => Ok(stated),
        None => Figures(&derived.world.constants).ratio("serving/requests-per-user-day"),
    }
}
