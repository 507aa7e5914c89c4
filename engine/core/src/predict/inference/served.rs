//! A model as a design serves it: constants, machine and engine from the world and the design.

use super::calibration::Calibration;
use super::job::{Machine, Stack};
use crate::catalogue::{EngineKind, EngineRelease};
use crate::derive::Derived;
use crate::reference::World;

/// The constants of the world; an `Err` names one that is missing.
///
/// # Errors
/// The name of a constant that the world does not have.
pub fn calibration(world: &World) -> Result<Calibration, String> {
    Calibration::from_names(|name| {
        let constant = world.inference.constants.get(name);
        constant
            .map(|constant| constant.value)
            .ok_or_else(|| format!("inference.constants.{name}"))
    })
}

/// The accelerator of a design's first group as it serves, with the network of its nodes.
///
/// # Errors
/// The datum that is missing: a path in the design or a name in the world.
pub fn machine(derived: &Derived<'_>) -> Result<Machine, String> {
    let node = derived.main_node().ok_or("compute.groups[0].part")?;
    let id = &node.accelerator;
    let known = derived.world.inference.machines.get(id);
    let known = known.ok_or_else(|| format!("inference.machines.{id}"))?;
    let part = derived.parts.accelerator(id).ok_or_else(|| id.clone())?;
    let mut machine = Machine::of(part, known)?;
    let each = f64::from(node.accelerators.known().unwrap_or(known.node).max(1));
    let ports = &node.compute_ports;
    let built = ports.count.known().zip(ports.rate.known());
    let built = built.map(|(count, rate)| f64::from(count) * rate.get() / 8.0 / each);
    if let Some(built) = built.filter(|rate| *rate > 0.0) {
        machine.network = built;
    }
    let taper = derived.fabric().map(|fabric| fabric.oversubscription);
    machine.network /= taper.unwrap_or(1.0).max(1.0);
    Ok(machine)
}

/// The release of a serving engine by its key, or the newest open one.
///
/// # Errors
/// The key that the world does not have.
pub fn release<'w>(world: &'w World, key: Option<&str>) -> Result<&'w EngineRelease, String> {
    let engines = &world.inference.engines;
    let key = key.unwrap_or(USUAL_ENGINE);
    engines
        .get(key)
        .ok_or_else(|| format!("inference.engines.{key}"))
}

/// Where a design names no engine: the one that most deploy, in its newest measured releases.
pub const USUAL_ENGINE: &str = "vllm-recent";

impl Stack {
    /// A release as it comes.
    pub fn of(release: &EngineRelease) -> Self {
        let nvidia = matches!(
            release.kind,
            EngineKind::TensorRt | EngineKind::TensorRtTorch
        );
        Self {
            kind: release.kind,
            generation: release.generation,
            chunk: release.chunk.known().map_or(USUAL_CHUNK, f64::from),
            batch: release.batch.known().map_or(
                if nvidia {
                    2.0 * USUAL_BATCH
                } else {
                    USUAL_BATCH
                },
                f64::from,
            ),
        }
    }
}

/// Prompt tokens of a step where a release's figure is not known.
const USUAL_CHUNK: f64 = 8192.0;
/// Running sequences where a release's figure is not known.
const USUAL_BATCH: f64 = 1024.0;
