//! The same service on other accelerators, at the same speed for a user: per accelerator, rack and
//! megawatt; and the front of each.

use super::adapters::slowed;
use super::choose::Choice;
use super::chosen::Chosen;
use super::forecast::{Setup, UNLIKE, usual_format};
use super::job::{Format, Layout, Machine};
use crate::catalogue::{Accelerator, Range, ServingMachine};
use crate::derive::Derived;
use crate::design::Workload;
use crate::quantity::Watts;
use crate::reference::World;
use crate::written::Write;

/// A service on all accelerators that are known to serve.
#[derive(Debug, Clone, PartialEq, Default, Write)]
pub struct Across {
    /// Tokens per second that half of the users see at least on each of them.
    pub speed: f64,
    /// Where that speed is from.
    pub speed_of: SpeedOf,
    /// Those that hold the limits and the speed, the highest yield first.
    pub others: Vec<OnOther>,
    /// Speed of a user against yield, of all that hold the model, by the accelerator's id.
    pub fronts: Vec<Front>,
    /// Accelerators without a row, by id, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// Where the speed that all are held to is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write)]
pub enum SpeedOf {
    /// The plan states it.
    Stated,
    /// The limit of the time between two tokens.
    Limit,
    /// No limit is stated: the speed of the design's own service.
    #[default]
    Own,
}

/// The same service on another accelerator.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct OnOther {
    /// The accelerator's id.
    pub accelerator: String,
    /// The layout.
    pub layout: Layout,
    /// Format of the weights.
    pub format: Format,
    /// Tokens per second that half of the users see.
    pub speed: f64,
    /// Output tokens per second and accelerator, with the band of a case unlike any measured.
    pub per_accelerator: Range<f64>,
    /// The band meets that of the highest yield: the two cannot be told apart.
    pub near_best: bool,
    /// The same, in the middle, per kilowatt of the accelerator's rating.
    pub per_kilowatt: Option<f64>,
    /// Output tokens per second of a megawatt of systems, or of ratings where no system's is known.
    pub per_megawatt: Option<Range<f64>>,
    /// The power is that of whole systems; else the rating of the accelerator alone.
    pub system: bool,
    /// Accelerators in a rack of the usual system.
    pub rack: Option<u32>,
    /// Output tokens per second of such a rack.
    pub per_rack: Option<Range<f64>>,
}

/// What layouts and loads of one accelerator trade.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Front {
    /// The accelerator's id.
    pub accelerator: String,
    /// Format of the weights.
    pub format: Format,
    /// Layouts and loads that no other beats in both, the fastest for a user first.
    pub choices: Vec<Choice>,
}

/// The service of a workload on each accelerator that is known to serve, within the same limits and
/// at the same speed for a user, on one node or scale-up domain of each.
///
/// # Errors
/// The datum that is missing for the service itself.
pub fn across(
    derived: &Derived<'_>,
    workload: &Workload,
    accelerators: u64,
) -> Result<Across, String> {
    let world = derived.world;
    let own = Setup::of(derived, workload)?;
    let (speed, speed_of) = speed(&own, workload, accelerators)?;
    let band = world.inference.errors.get(UNLIKE);
    let (low, high) = band.map_or((1.0, 1.0), |class| class.band);
    let mut all = Across {
        speed,
        speed_of,
        ..Across::default()
    };
    for (id, known) in &world.inference.machines {
        let mut one = || -> Result<(), String> {
            let part = world.catalogue.accelerators.get(id);
            let part = part.ok_or("it is not in the catalogue")?;
            let mut setup = Setup::of(derived, workload)?;
            setup.asked.speed = Some(speed);
            let machine = Machine::of(part, known);
            setup.job.machine = machine.map_err(|missing| format!("{missing} is not known"))?;
            if workload.serving.format.is_none() {
                setup.job.format = usual_format(&setup.job.machine);
            }
            let n = setup.job.machine.domain.max(known.node);
            let found = Chosen::of(&setup, &workload.serving, n)?;
            all.fronts.push(Front {
                accelerator: id.clone(),
                format: setup.job.format,
                choices: found.front.clone(),
            });
            if found.missed {
                return Err("it does not hold the limits and the speed".into());
            }
            let rate = found.per_accelerator();
            let bare = Range {
                low: rate / high,
                mid: rate,
                high: rate / low,
            };
            let per_accelerator = slowed(world, &workload.serving, bare)?;
            let (watts, system) = power(world, id, part, known);
            let rack = rack(world, id);
            all.others.push(OnOther {
                accelerator: id.clone(),
                layout: found.job.layout,
                format: setup.job.format,
                speed: found.met.speed(),
                per_accelerator,
                near_best: false,
                per_kilowatt: part
                    .power_max
                    .known()
                    .map(|watts| per_accelerator.mid / watts.get() * WATTS_PER_KILOWATT),
                per_megawatt: watts
                    .map(|watts| per_accelerator.map(|rate| rate / watts * WATTS_PER_MEGAWATT)),
                system,
                rack,
                per_rack: rack.map(|count| per_accelerator.map(|rate| rate * f64::from(count))),
            });
            Ok(())
        };
        if let Err(why) = one() {
            all.left_out.push((id.clone(), why));
        }
    }
    all.others
        .sort_by(|a, b| b.per_accelerator.mid.total_cmp(&a.per_accelerator.mid));
    let yields: Vec<_> = all
        .others
        .iter()
        .map(|one| Some(one.per_accelerator))
        .collect();
    for (one, near) in all.others.iter_mut().zip(near_best(&yields, true)) {
        one.near_best = near;
    }
    Ok(all)
}

/// Of each figure, whether its band meets that of the best, so that no winner is named among them.
/// Nothing is said of what is not known.
pub fn near_best(all: &[Option<Range<f64>>], more_is_better: bool) -> Vec<bool> {
    let known = || all.iter().copied().flatten();
    let best = if more_is_better {
        known().max_by(|a, b| a.mid.total_cmp(&b.mid))
    } else {
        known().min_by(|a, b| a.mid.total_cmp(&b.mid))
    };
    let meets = |one: &Range<f64>| {
        best.is_some_and(|best| match more_is_better {
            true => one.high >= best.low,
            false => one.low <= best.high,
        })
    };
    all.iter()
        .map(|one| one.as_ref().is_some_and(meets))
        .collect()
}

/// The speed that all are held to.
fn speed(own: &Setup<'_>, workload: &Workload, n: u64) -> Result<(f64, SpeedOf), String> {
    let plan = &workload.serving;
    if let Some(stated) = plan.sizing.speed {
        return Ok((stated.get(), SpeedOf::Stated));
    }
    if let Some(each) = plan.each.filter(|each| each.get() > 0.0) {
        return Ok((1.0 / each.get(), SpeedOf::Limit));
    }
    let n = u32::try_from(n).unwrap_or(u32::MAX);
    let found = Chosen::of(own, plan, n)?;
    Ok((found.met.speed(), SpeedOf::Own))
}

/// Watts of one accelerator with its share of the system, the middle of the catalogue's systems of the
/// usual size; or its own rating.
fn power(
    world: &World,
    id: &str,
    part: &Accelerator,
    known: &ServingMachine,
) -> (Option<f64>, bool) {
    let nodes = world.catalogue.nodes.values();
    let nodes = nodes.filter(|node| node.accelerator == id);
    let mut each: Vec<f64> = nodes
        .filter(|node| node.accelerators.known() == Some(known.node))
        .filter_map(|node| Some(node.power_max.known()?.get() / f64::from(known.node.max(1))))
        .filter(|watts| *watts > 0.0)
        .collect();
    each.sort_by(f64::total_cmp);
    match each.get(each.len() / 2) {
        Some(watts) => (Some(*watts), true),
        None => (part.power_max.known().map(Watts::get), false),
    }
}

fn rack(world: &World, id: &str) -> Option<u32> {
    world.inference.racks.get(id)?.known()
}

const WATTS_PER_KILOWATT: f64 = 1e3;
const WATTS_PER_MEGAWATT: f64 = 1e6;
