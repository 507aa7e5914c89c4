//! Who trains and who stands by: a job takes whole units, nodes or scale-up domains, and of a
//! domain of several nodes a large job takes the scheduler's segment and leaves the rest.

use super::figures::Figures;
use super::spares::{at_least, enough, missing, shortage};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::written::Write;

/// The accelerators of a job in practice, by unit.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Crew {
    /// Accelerators that train.
    pub accelerators: u64,
    /// Accelerators of one node.
    pub node: u64,
    /// Nodes of one unit: of a scale-up domain, or one.
    pub domain: u64,
    /// Nodes of it that the job uses.
    pub used: u64,
    /// Units that train.
    pub units: u64,
    /// Units of the design beside them.
    pub free: u64,
    /// Units of these that the plan says stand by.
    pub stated: Option<u64>,
}

/// What stands by, and what is lost while that is too little.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Spares {
    /// Nodes of one unit.
    pub unit_nodes: u64,
    /// Units that train.
    pub units: u64,
    /// Share of the time that one unit has the nodes that the job uses of it.
    pub unit_up: f64,
    /// Units out at once, on average.
    pub out: f64,
    /// Units that stand by.
    pub spares: u64,
    /// Units that would do, at the chance of a shortage that the constants name.
    pub enough: u64,
    /// Share of the job's capacity that is there (optimistic, middle, pessimistic).
    pub capacity: Range<f64>,
    /// Accelerators kept for the job, what stands by and what it leaves of its units counted.
    pub reserved: u64,
}

/// A domain larger than this is no rack, and its nodes count one by one.
const LARGEST_RACK: u64 = 64;

/// The crew of a workload; an `Err` names the datum that is missing.
pub(super) fn crew(
    derived: &Derived<'_>,
    figures: Figures<'_>,
    workload: &Workload,
) -> Result<Crew, String> {
    let part = || "compute.groups[0].part".to_owned();
    let node = derived.main_node().ok_or_else(part)?;
    let each = u64::from(node.accelerators.known().ok_or_else(part)?.max(1));
    let all = derived.accelerators.ok_or_else(part)?;
    let accelerator = derived.parts.accelerator(&node.accelerator);
    let together = accelerator.and_then(|part| part.scale_up_domain.known());
    let domain = together.map_or(1, |of| u64::from(of) / each);
    let nodes = all / each;
    let rack = (2..=LARGEST_RACK).contains(&domain) && domain <= nodes;
    let domain = if rack { domain } else { 1 };
    let plan = &workload.plan.reliability;
    let stated = workload.accelerators.map(u64::from);
    let asked = stated.unwrap_or(all);
    let used = match plan.domain_nodes.map(u64::from) {
        Some(used) => used.clamp(1, domain),
        None if asked as f64 >= figures.ratio("large-job/accelerators")? => {
            (figures.ratio("large-job/segment")? as u64).clamp(1, domain)
        }
        None => domain,
    };
    let present = nodes / domain;
    let by = plan.spares.map(|nodes| u64::from(nodes) / domain);
    let units = match stated {
        Some(asked) => asked.div_ceil(used * each),
        None => present.saturating_sub(by.unwrap_or(0)),
    };
    let free = present.saturating_sub(units);
    Ok(Crew {
        accelerators: stated.unwrap_or(units * used * each),
        node: each,
        domain,
        used,
        units,
        free,
        stated: by,
    })
}

impl Crew {
    /// What stands by at a rate of interruptions per accelerator and day, with `more` units
    /// beside those of the plan.
    pub(super) fn spares(
        &self,
        figures: Figures<'_>,
        workload: &Workload,
        rate: Range<f64>,
        more: u64,
    ) -> Result<Spares, String> {
        let plan = &workload.plan.reliability;
        let days = match plan.repair {
            Some(stated) => stated.get(),
            None => figures.time("repair")?.mid,
        } / super::failures::DAY;
        let days = figures.ratio("interruptions/needs-repair")? * days;
        let shared = match self.domain {
            1 => 0.0,
            _ => figures.ratio("failures/rack-parts")?,
        };
        let up = |rate: f64| {
            let out = rate * self.node as f64 * days;
            let node = 1.0 / (1.0 + out / (1.0 + shared));
            let rest = out * self.domain as f64 * shared / (1.0 + shared);
            at_least(self.used, self.domain, node) / (1.0 + rest)
        };
        let units = self.units as f64;
        let out = rate.map(|rate| units * (1.0 - up(rate)));
        let chance = figures.ratio("spare-shortage")?;
        let enough = enough(out.mid, chance);
        let spares = self.stated.unwrap_or(enough).min(self.free) + more;
        let capacity = out.map(|mean| match plan.rigid {
            true => 1.0 - shortage(mean, spares),
            false => 1.0 - missing(mean, spares) / units.max(1.0),
        });
        Ok(Spares {
            unit_nodes: self.domain,
            units: self.units,
            unit_up: up(rate.mid),
            out: out.mid,
            spares,
            enough,
            capacity,
            reserved: (self.units + spares) * self.domain * self.node,
        })
    }
}
