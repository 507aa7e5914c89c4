//! A service sized for its traffic over hours and years: whole replicas, spares for availability,
//! nodes, use, and what is free at night.

use super::forecast::Service;
use super::handover::{Handover, handover};
use super::profile::Profile;
use super::start::reload;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::{MAX_YEARS, Workload};
use crate::predict::run::{enough_up, fewest, node_availability};
use crate::written::Write;

/// What a service needs over its life. Counts of replicas are whole; of every range `low` is the
/// smallest figure.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Sizing {
    /// Requests per second that one replica answers within the limits.
    pub each: Range<f64>,
    /// The same without limits, in full load.
    pub saturated: Range<f64>,
    /// What fails as one.
    pub unit: Unit,
    /// The week, 24 hours of a weekday, then 24 of a day at the weekend.
    pub hours: Vec<Hour>,
    /// Mean load as share of the busiest hour.
    pub mean_by_peak: f64,
    /// The quietest hour as share of the busiest.
    pub trough_by_peak: f64,
    /// The years of the design's life.
    pub years: Vec<Year>,
    /// Replicas of the busiest hour of the first year, spare ones included.
    pub replicas: Range<f64>,
    /// Spare replicas: none, one unit more, and those that targets of availability ask for.
    pub spares: Vec<Spare>,
    /// Busiest hour as share of what all replicas answer in full load.
    pub peak_load: Range<f64>,
    /// Use over the week: mean by peak times the load in the busiest hour.
    pub utilisation: Range<f64>,
    /// Use that those who serve such traffic plan for, where it is known.
    pub usual: Option<f64>,
    /// What is free outside the busiest hours.
    pub free: Handover,
    /// What was assumed.
    pub remarks: Vec<String>,
}

/// Replicas that fail as one: those of a node, or one on several nodes, which fails with any.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Unit {
    /// Replicas of it.
    pub replicas: f64,
    /// Nodes of it.
    pub nodes: f64,
    /// Accelerators of a node.
    pub node: f64,
    /// Accelerators of a replica.
    pub instance: f64,
    /// Share of the time that it is up.
    pub availability: Range<f64>,
}

/// One hour of the day, in the mean of its kind of days.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Hour {
    /// It is of the weekend.
    pub weekend: bool,
    /// Hour of the day.
    pub hour: u32,
    /// Requests per second.
    pub requests: f64,
    /// Replicas that they take, spare ones included.
    pub replicas: Range<f64>,
    /// Accelerators of whole nodes that are free, of those that the busiest hour takes.
    pub free: Range<f64>,
}

/// A year of the design's life.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Year {
    /// The year, from one on.
    pub year: u32,
    /// Requests per second in its busiest hour.
    pub requests: f64,
    /// Replicas for these.
    pub needed: Range<f64>,
    /// All replicas, spare ones included; infinite where no number reaches the target.
    pub replicas: Range<f64>,
    /// Accelerators of all.
    pub accelerators: Range<f64>,
    /// Nodes of all.
    pub nodes: Range<f64>,
    /// Whether the accelerators at hand are enough.
    pub fits: Fit,
}

/// Whether something fits, as far as its band tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Fit {
    /// All of the band does.
    Yes,
    /// Some of it does.
    Unclear,
    /// None of it does.
    No,
}

impl Fit {
    /// A need against what is there.
    pub fn of(need: Range<f64>, there: f64) -> Self {
        match () {
            () if need.high <= there => Fit::Yes,
            () if need.low <= there => Fit::Unclear,
            () => Fit::No,
        }
    }
}

/// Spare replicas for a target.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Spare {
    /// The target; `None` = whole units more rather than a target.
    pub target: Option<f64>,
    /// Units more than the busiest hour takes, where no target asks for them.
    pub more: u32,
    /// Spare replicas beside those of the busiest hour; infinite where no number reaches the target.
    pub spare: Range<f64>,
    /// Share of the time that all replicas of the busiest hour are up, the pessimistic end first.
    pub up: Range<f64>,
}

/// The sizing of a service of a workload.
///
/// # Errors
/// The field below the workload that is missing or cannot be read, or a name in the world.
pub fn sizing(
    derived: &Derived<'_>,
    workload: &Workload,
    service: &Service,
) -> Result<Sizing, String> {
    let plan = &workload.serving;
    let peak = plan.requests.map(|rate| rate.get());
    let peak = peak.filter(|rate| *rate > 0.0).ok_or("serving.requests")?;
    if service.missed {
        return Err("limits that a replica can hold".into());
    }
    let mut remarks = Vec::new();
    let profile = Profile::of(derived, plan, &mut remarks)?;
    let supply = supply(derived, workload, service)?;
    let growth = plan.sizing.growth.map_or(0.0, |share| share.get());
    let there = f64::from(service.accelerators);
    let life = derived.design.economics.years.clamp(1, MAX_YEARS);
    let years = (0..life).map(|year| {
        let requests = peak * libm::pow(1.0 + growth, f64::from(year));
        supply.year(year + 1, requests, there)
    });
    let years: Vec<Year> = years.collect();
    let needed = supply.needed(peak);
    let replicas = supply.all(peak);
    if !replicas.mid.is_finite() {
        return Err("serving.sizing.availability: no number of replicas reaches it".into());
    }
    let full = service.curve.last().map_or(0.0, |met| met.requests);
    let saturated = supply
        .each
        .map(|rate| rate / service.met.requests * full.max(service.met.requests));
    // The most replicas are those of the slowest ones.
    let peak_load = Range {
        low: peak / replicas.low / saturated.high,
        mid: peak / replicas.mid / saturated.mid,
        high: peak / replicas.high / saturated.low,
    };
    let peak_load = ordered(peak_load);
    let mean = profile.mean();
    let reload = reload(derived, service, &mut remarks)?;
    let free = handover(&profile, peak, &supply, reload);
    let traffics = &derived.world.inference.traffics;
    let traffic = plan.traffic.as_ref().and_then(|key| traffics.get(key));
    Ok(Sizing {
        hours: hours(&profile, peak, &supply),
        mean_by_peak: mean,
        trough_by_peak: profile.trough(),
        spares: supply.spares(needed),
        replicas,
        saturated,
        peak_load,
        utilisation: peak_load.map(|load| load * mean),
        usual: traffic.and_then(|traffic| traffic.usual_use()),
        free,
        each: supply.each,
        unit: supply.unit,
        years,
        remarks,
    })
}

/// The supply of a service.
///
/// # Errors
/// The datum that is missing.
pub(super) fn supply(
    derived: &Derived<'_>,
    workload: &Workload,
    service: &Service,
) -> Result<Supply, String> {
    let plan = &workload.serving;
    Ok(Supply {
        each: service.replica(),
        unit: unit(derived, workload, service)?,
        target: plan.sizing.availability.map(|share| share.get()),
        spare: f64::from(plan.spare.unwrap_or(0)),
    })
}

/// What replicas do and what they stand on.
pub(super) struct Supply {
    pub(super) each: Range<f64>,
    pub(super) unit: Unit,
    target: Option<f64>,
    spare: f64,
}

impl Supply {
    /// Replicas for so many requests per second; the fewest where each does most.
    pub(super) fn needed(&self, requests: f64) -> Range<f64> {
        Range {
            low: libm::ceil(requests / self.each.high),
            mid: libm::ceil(requests / self.each.mid),
            high: libm::ceil(requests / self.each.low),
        }
    }

    /// Replicas for so many requests per second, spare ones included: as many beside as is stated, or
    /// as the target asks for in whole units. Infinite where no number reaches it.
    pub(super) fn all(&self, requests: f64) -> Range<f64> {
        let needed = self.needed(requests);
        let up = self.unit.availability;
        let one = |needed: f64, availability: f64| {
            let asked = self.target.map_or(needed, |target| {
                needed + self.beside(needed, availability, target)
            });
            asked.max(needed + self.spare)
        };
        Range {
            low: one(needed.low, up.high),
            mid: one(needed.mid, up.mid),
            high: one(needed.high, up.low),
        }
    }

    fn beside(&self, needed: f64, availability: f64, target: f64) -> f64 {
        let units = libm::ceil(needed / self.unit.replicas);
        let all = fewest(units, availability, target);
        all.map_or(f64::INFINITY, |all| all * self.unit.replicas - needed)
    }

    /// Replicas of so many that may be counted on, those beside them being spare.
    pub(super) fn usable(&self, replicas: f64, availability: f64) -> f64 {
        let kept = (replicas - self.spare).max(0.0);
        let Some(target) = self.target else {
            return kept;
        };
        let units = libm::floor(replicas / self.unit.replicas);
        let (mut low, mut high) = (0.0, units);
        while low < high {
            let middle = libm::ceil((low + high) / 2.0);
            let enough = fewest(middle, availability, target).is_some_and(|all| all <= units);
            if enough {
                low = middle;
            } else {
                high = middle - 1.0;
            }
        }
        (low * self.unit.replicas).min(kept)
    }

    fn year(&self, year: u32, requests: f64, there: f64) -> Year {
        let (needed, all) = (self.needed(requests), self.all(requests));
        let accelerators = all.map(|replicas| replicas * self.unit.instance);
        Year {
            year,
            requests,
            needed,
            replicas: all,
            accelerators,
            nodes: all.map(|replicas| libm::ceil(replicas / self.unit.replicas) * self.unit.nodes),
            fits: Fit::of(accelerators, there),
        }
    }

    fn spares(&self, needed: Range<f64>) -> Vec<Spare> {
        let up = self.unit.availability;
        let held = |needed: f64, spare: f64, availability: f64| {
            let unit = self.unit.replicas;
            enough_up(
                libm::ceil(needed / unit),
                libm::ceil((needed + spare) / unit),
                availability,
            )
        };
        let row = |target: Option<f64>, more: u32, spare: Range<f64>| Spare {
            target,
            more,
            spare: ordered(spare),
            up: ordered(Range {
                low: held(needed.high, spare.high, up.low),
                mid: held(needed.mid, spare.mid, up.mid),
                high: held(needed.low, spare.low, up.high),
            }),
        };
        let asked = |target: f64| Range {
            low: self.beside(needed.low, up.high, target),
            mid: self.beside(needed.mid, up.mid, target),
            high: self.beside(needed.high, up.low, target),
        };
        let one_more = needed.map(|needed| {
            let units = libm::ceil(needed / self.unit.replicas) + 1.0;
            units * self.unit.replicas - needed
        });
        let mut all = vec![row(None, 0, Range::exactly(0.0)), row(None, 1, one_more)];
        let mut targets: Vec<f64> = TARGETS.into_iter().chain(self.target).collect();
        targets.sort_by(f64::total_cmp);
        targets.dedup();
        all.extend(
            targets
                .into_iter()
                .map(|target| row(Some(target), 0, asked(target))),
        );
        all
    }
}

/// Targets that people name: two, three and four nines.
const TARGETS: [f64; 3] = [0.99, 0.999, 0.9999];

fn unit(derived: &Derived<'_>, workload: &Workload, service: &Service) -> Result<Unit, String> {
    let node = derived.main_node().ok_or("compute.groups[0].part")?;
    let part = derived.parts.accelerator(&node.accelerator);
    let each = node.accelerators.known();
    let each = f64::from(each.ok_or("compute.groups[0].part")?.max(1));
    let domain = part.and_then(|part| part.scale_up_domain.known());
    let rack_scale = f64::from(domain.unwrap_or(1)) > each;
    let up = node_availability(derived, &workload.plan.reliability, each, rack_scale)?;
    let instance = service.size();
    let nodes = libm::ceil(instance / each);
    Ok(Unit {
        replicas: libm::floor(each / instance).max(1.0),
        nodes,
        node: each,
        instance,
        availability: up.map(|up| libm::pow(up, nodes)),
    })
}

fn hours(profile: &Profile, peak: f64, supply: &Supply) -> Vec<Hour> {
    let most = supply.all(peak);
    let hours = [false, true].into_iter().flat_map(|weekend| {
        (0..HOURS).map(move |hour| {
            let requests = peak * profile.hour(hour as usize, weekend);
            let replicas = supply.all(requests);
            let free = most.zip(replicas, |most, now| {
                supply.unit.free_nodes(most - now) * supply.unit.node
            });
            Hour {
                weekend,
                hour,
                requests,
                replicas,
                free: ordered(free),
            }
        })
    });
    hours.collect()
}

const HOURS: u32 = 24;

impl Unit {
    /// Whole nodes of so many replicas.
    pub(super) fn free_nodes(&self, replicas: f64) -> f64 {
        let units = libm::floor(replicas.max(0.0) / self.replicas);
        // All spares are infinitely many where no number reaches the target.
        if units.is_finite() {
            units * self.nodes
        } else {
            0.0
        }
    }
}

/// Whole replicas turn the order of ends where loads are small.
pub(super) fn ordered(range: Range<f64>) -> Range<f64> {
    Range {
        low: range.low.min(range.mid).min(range.high),
        mid: range.mid,
        high: range.high.max(range.mid).max(range.low),
    }
}
