//! Energy from power measured under the work, and the greenhouse gas of it and of the hardware.

use super::figures::Figures;
use crate::catalogue::{Range, Supply};
use crate::derive::Derived;
use crate::design::WorkloadClass;
use crate::quantity::{Carbon, Quantity, Ratio, WattHours, Watts};
use crate::written::Write;

/// Energy and emissions of an accelerator-hour of a job.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Draw {
    /// Power per accelerator that trains: its share of the node.
    pub node: Range<Watts>,
    /// The node's power was measured under such work; else it is a share of its rating.
    pub measured: bool,
    /// Power per accelerator kept for the job, with network, storage, management, what stands
    /// by, and the facility.
    pub all: Range<Watts>,
    /// Emissions of electricity per accelerator-hour; `None` where the region's are not known.
    pub operational: Option<Range<Carbon>>,
    /// Emissions of making the hardware per accelerator-hour of its life; `None` where they
    /// are not known.
    pub embodied: Option<Carbon>,
}

/// Energy and emissions of a number of accelerator-hours.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Footprint {
    /// Energy at the meter.
    pub energy: Range<WattHours>,
    /// Emissions of that energy.
    pub operational: Option<Range<Carbon>>,
    /// Share of the hardware's own.
    pub embodied: Option<Range<Carbon>>,
}

impl Draw {
    /// What so many accelerator-hours take.
    pub fn of(&self, hours: Range<f64>) -> Footprint {
        let carbon = |each: Range<Carbon>| each.zip(hours, |each, hours| each * hours);
        Footprint {
            energy: self
                .all
                .zip(hours, |power, hours| WattHours::new(power.get() * hours)),
            operational: self.operational.map(carbon),
            embodied: self.embodied.map(|each| carbon(Range::exactly(each))),
        }
    }
}

/// Speed of a training step under a power limit, as share of its speed without. Arithmetic
/// slows down with the clock, the exposed communication does not.
pub fn capped_speed(cap: f64, compute: f64, exponent: f64) -> f64 {
    1.0 / (compute * libm::pow(cap, -exponent) + 1.0 - compute)
}

/// What an accelerator-hour takes while `training` of each accelerator kept trains.
pub(super) fn draw(
    derived: &Derived<'_>,
    figures: Figures<'_>,
    class: WorkloadClass,
    cap: f64,
    training: f64,
) -> Result<Draw, String> {
    let part = || "compute.groups[0].part".to_owned();
    let node = derived.main_node().ok_or_else(part)?;
    let accelerators = derived.accelerators.filter(|n| *n > 0).ok_or_else(part)? as f64;
    let rating = derived.power.compute.get() / accelerators;
    if rating <= 0.0 {
        return Err(format!("{}.power_max", node.id));
    }
    let share = figures.utilisation(match node.supply {
        Supply::DcBusbar => "training-nvl72",
        Supply::Ac => "training-air",
    })?;
    let work = match class {
        WorkloadClass::FineTuning => "fine-tuning",
        _ => "pre-training",
    };
    let key = format!("{work}/{}", node.accelerator);
    let found = figures.0.loads.get(&key).and_then(|load| load.known());
    // The limit binds the accelerator; fans, processors and adapters draw on.
    let rest = figures.ratio("power-cap/rest-to-accelerator")?;
    let capped = (cap + rest) / (1.0 + rest);
    let busy = match found {
        Some(measured) => measured.map(Watts::get),
        None => share.map(|share| rating * share),
    };
    let busy = busy.map(|power| power * capped);
    let idle = figures.utilisation("idle")?.map(|share| rating * share);
    let around = around(derived, accelerators);
    let it = busy.zip(idle, |busy, idle| busy * training + idle * (1.0 - training));
    let it = it.zip(share, |power, share| power + around * share);
    let (pue, grid) = site(derived)?;
    let all = it.zip(pue, |power, pue| power * pue);
    Ok(Draw {
        node: busy.map(Watts::new),
        measured: found.is_some(),
        all: all.map(Watts::new),
        operational: grid.map(|grid| all.zip(grid, |power, grid| Carbon::new(power * grid))),
        embodied: embodied(derived, &node.accelerator),
    })
}

/// What stands around servers: the rest of the IT, the facility and the grid.
pub(in crate::predict) struct Facility {
    /// Power of network, storage and management while the design serves, for each accelerator, W.
    pub around: Range<f64>,
    /// Power usage effectiveness.
    pub pue: Range<f64>,
    /// Emissions of a watt-hour, kg; `None` where the region's are not known.
    pub grid: Option<Range<f64>>,
}

impl Facility {
    /// Of a design that serves.
    ///
    /// # Errors
    /// The datum that is missing.
    pub fn of(derived: &Derived<'_>) -> Result<Self, String> {
        let accelerators = derived.accelerators.filter(|n| *n > 0);
        let accelerators = accelerators.ok_or("compute.groups[0].part")? as f64;
        let around = around(derived, accelerators);
        let share = Figures(&derived.world.constants).utilisation("inference-batch")?;
        let (pue, grid) = site(derived)?;
        Ok(Self {
            around: share.map(|share| around * share),
            pue,
            grid,
        })
    }
}

/// Rating of what is not in the nodes, for each accelerator.
fn around(derived: &Derived<'_>, accelerators: f64) -> f64 {
    (derived.power.it() - derived.power.compute).get() / accelerators
}

/// Power usage effectiveness and emissions of the site, kg per watt-hour.
fn site(derived: &Derived<'_>) -> Result<(Range<f64>, Option<Range<f64>>), String> {
    let site = derived.world.sites.get(&derived.design.site.region);
    let pue = match (derived.design.site.pue, site) {
        (Some(stated), _) => Range::exactly(stated.get()),
        (None, Some(site)) => site.pue.range.map(Ratio::get),
        (None, None) => return Err("site.region".into()),
    };
    let grid = site.and_then(|site| site.carbon.known());
    Ok((pue, grid.map(|grid| grid.map(Quantity::base))))
}

/// The hardware's own emissions, spread over the hours in which it works.
fn embodied(derived: &Derived<'_>, accelerator: &str) -> Option<Carbon> {
    let figures = Figures(&derived.world.constants);
    let stated = derived.design.economics.utilisation.map(Ratio::get);
    let used = stated.or_else(|| figures.ratio("utilisation").ok())?;
    let made = made(derived, accelerator)?;
    (used > 0.0).then(|| made / used.min(1.0))
}

/// The same, spread over all hours of the life.
pub(in crate::predict) fn made(derived: &Derived<'_>, accelerator: &str) -> Option<Carbon> {
    let all = derived.world.constants.embodied.get(accelerator)?.known()?;
    let hours = f64::from(derived.design.economics.years) * HOURS_PER_YEAR;
    (hours > 0.0).then(|| all / hours)
}

const HOURS_PER_YEAR: f64 = 8760.0;
