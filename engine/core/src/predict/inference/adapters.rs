//! Fine-tuned variants that share one model as adapters: what they take of memory and of the rate.

use super::forecast::Service;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::ServingPlan;
use crate::predict::run::figures::Figures;
use crate::reference::World;
use crate::written::Write;

/// Adapters beside a model.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Adapters {
    /// How many.
    pub count: f64,
    /// Bytes of all of them.
    pub bytes: f64,
    /// The same as share of what a replica's accelerators have beside weights and runtime.
    pub of_room: f64,
    /// Longer time of each pass, as share.
    pub overhead: Range<f64>,
}

/// Key of what adapters add to the time of the bare model.
const OVERHEAD: &str = "serving/adapter-overhead";

/// A rate with the adapters of a plan; as it is where there are none.
///
/// # Errors
/// The constant that is missing.
pub(super) fn slowed(
    world: &World,
    plan: &ServingPlan,
    rate: Range<f64>,
) -> Result<Range<f64>, String> {
    if plan.sizing.adapters.unwrap_or(0) == 0 {
        return Ok(rate);
    }
    let overhead = Figures(&world.constants).range(OVERHEAD)?;
    Ok(Range {
        low: rate.low / (1.0 + overhead.high),
        mid: rate.mid / (1.0 + overhead.mid),
        high: rate.high / (1.0 + overhead.low),
    })
}

/// The adapters of a plan beside a service; `None` where there are none.
///
/// # Errors
/// The constant that is missing.
pub(super) fn adapters(
    derived: &Derived<'_>,
    plan: &ServingPlan,
    service: &Service,
) -> Result<Option<Adapters>, String> {
    let count = f64::from(plan.sizing.adapters.unwrap_or(0));
    if count <= 0.0 {
        return Ok(None);
    }
    let figures = Figures(&derived.world.constants);
    let each = match plan.sizing.adapter {
        Some(stated) => stated.get(),
        None => figures.bytes("serving/adapter")?,
    };
    let taken = service.memory.weights() + service.memory.runtime;
    let room = (service.capacity - taken) * service.layout.instance();
    Ok(Some(Adapters {
        count,
        bytes: count * each,
        of_room: count * each / room.max(1.0),
        overhead: figures.range(OVERHEAD)?,
    }))
}
