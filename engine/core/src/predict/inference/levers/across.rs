//! The same service on other accelerators.

use super::super::chosen::Chosen;
use super::super::forecast::{Setup, UNLIKE, usual_format};
use super::super::job::{Format, Layout, Machine};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::quantity::Watts;
use crate::written::Write;

/// The same service on another accelerator.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct OnOther {
    /// The accelerator's id.
    pub accelerator: String,
    /// The layout.
    pub layout: Layout,
    /// Format of the weights.
    pub format: Format,
    /// Output tokens per second and accelerator, with the band of a case unlike any measured.
    pub per_accelerator: Range<f64>,
    /// The same, in the middle, per kilowatt of the accelerator's rating.
    pub per_kilowatt: Option<f64>,
}

/// The service of a workload on each accelerator that is known to serve, within the same limits, the
/// highest yield first; those that cannot hold them are left out.
///
/// # Errors
/// The datum that is missing for the service itself.
pub fn across(derived: &Derived<'_>, workload: &Workload) -> Result<Vec<OnOther>, String> {
    let world = derived.world;
    let band = world.inference.errors.get(UNLIKE);
    let (low, high) = band.map_or((1.0, 1.0), |class| class.band);
    let one = |id: &str| {
        let known = world.inference.machines.get(id)?;
        let part = world.catalogue.accelerators.get(id)?;
        let mut setup = Setup::of(derived, workload).ok()?;
        setup.job.machine = Machine::of(part, known).ok()?;
        if workload.serving.format.is_none() {
            setup.job.format = usual_format(&setup.job.machine);
        }
        let n = setup.job.machine.domain.max(known.node);
        let found = Chosen::of(&setup, &workload.serving, n).ok()?;
        if found.missed {
            return None;
        }
        let mid = found.per_accelerator();
        let per_accelerator = Range {
            low: mid / high,
            mid,
            high: mid / low,
        };
        let watts = part.power_max.known().map(Watts::get);
        Some(OnOther {
            accelerator: id.to_owned(),
            layout: found.job.layout,
            format: setup.job.format,
            per_kilowatt: watts.map(|watts| mid / watts * 1e3),
            per_accelerator,
        })
    };
    Setup::of(derived, workload)?;
    let mut all: Vec<OnOther> = world
        .inference
        .machines
        .keys()
        .filter_map(|id| one(id))
        .collect();
    all.sort_by(|a, b| b.per_accelerator.mid.total_cmp(&a.per_accelerator.mid));
    Ok(all)
}
