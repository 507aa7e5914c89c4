//! How long a replica takes until it serves: its weights, its engine, and the machine where that is not
//! there yet.

use super::forecast::Service;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::predict::run::figures::Figures;

/// Seconds until a replica on a node that stands by serves: its weights from storage or over the links
/// of the hosts, whichever is slower, then the engine's compilation and graphs. The image is on the node.
///
/// # Errors
/// The constant that is missing.
pub(super) fn reload(
    derived: &Derived<'_>,
    service: &Service,
    remarks: &mut Vec<String>,
) -> Result<Range<f64>, String> {
    let figures = Figures(&derived.world.constants);
    let instance = service.size();
    let weights = service.memory.weights() * instance;
    let hosts = figures.rate("host-copy")? * instance;
    let storage = derived.storage.read.map(|rate| rate.get());
    let storage = storage.filter(|rate| *rate > 0.0);
    if storage.is_none() {
        remarks.push(
            "the read rate of the storage is not known: weights load as fast as hosts take them"
                .into(),
        );
    }
    let seconds = weights / storage.unwrap_or(f64::INFINITY).min(hosts);
    let engine = figures.time("cold-start/engine")?;
    Ok(engine.map(|engine| engine + seconds))
}

/// The same on a virtual machine that is not there yet.
///
/// # Errors
/// The constant that is missing.
pub(super) fn cold(derived: &Derived<'_>, warm: Range<f64>) -> Result<Range<f64>, String> {
    let machine = Figures(&derived.world.constants).time("cold-start/machine")?;
    Ok(machine.zip(warm, |machine, warm| machine + warm))
}
