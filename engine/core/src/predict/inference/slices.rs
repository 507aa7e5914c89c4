//! A small model on a slice of an accelerator: a smaller machine with its share of arithmetic and memory.

use super::choose::Found;
use super::forecast::{Setup, with_band};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::written::Write;

/// A service on slices.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Sliced {
    /// Name of the profile.
    pub profile: String,
    /// So many fit on one accelerator.
    pub most: f64,
    /// Requests per second that one slice answers within the limits.
    pub each: Range<f64>,
    /// Slices that the busiest hour takes.
    pub slices: Range<f64>,
    /// Accelerators of these; a slice left over serves another model.
    pub accelerators: Range<f64>,
    /// Share of an accelerator's arithmetic that no slice of this profile can have.
    pub stranded: f64,
}

/// The profile that takes the smallest part of accelerators for so many requests per second, of those
/// that hold the model and the limits; `None` where there is none. No measured row is of a slice: the
/// band is that of a case unlike any.
pub(super) fn sliced(derived: &Derived<'_>, workload: &Workload, requests: f64) -> Option<Sliced> {
    let node = derived.main_node()?;
    let slicing = derived.world.inference.slices.get(&node.accelerator)?;
    let whole = (
        f64::from(slicing.compute.known()?.max(1)),
        f64::from(slicing.memory.known()?.max(1)),
    );
    let all = slicing.profiles.iter().filter_map(|profile| {
        let most = f64::from(profile.most.known()?.max(1));
        let mut setup = Setup::of(derived, workload).ok()?;
        let (compute, memory) = (
            f64::from(profile.compute) / whole.0,
            f64::from(profile.memory) / whole.1,
        );
        let machine = &mut setup.job.machine;
        machine.half *= compute;
        machine.eight *= compute;
        machine.four *= compute;
        machine.memory *= memory;
        machine.memory_bandwidth *= memory;
        machine.domain = 1;
        let plan = &workload.serving;
        let found = Found::of(&setup.c, &setup.job, plan, &setup.asked, 1).ok()?;
        let rate = found.met.requests;
        if found.missed || rate <= 0.0 {
            return None;
        }
        let each = with_band(derived.world, plan, true, rate).ok()?;
        let slices = Range {
            low: libm::ceil(requests / each.high),
            mid: libm::ceil(requests / each.mid),
            high: libm::ceil(requests / each.low),
        };
        Some(Sliced {
            profile: profile.name.clone(),
            most,
            each,
            slices,
            accelerators: slices.map(|count| count / most),
            stranded: (1.0 - most * compute).max(0.0),
        })
    });
    all.min_by(|a, b| a.accelerators.mid.total_cmp(&b.accelerators.mid))
}
