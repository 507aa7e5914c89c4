//! A model as a design serves it: constants, machine and engine from the world and the design.

use super::calibration::Calibration;
use super::job::{Machine, Stack};
use crate::catalogue::EngineRelease;
use crate::derive::Derived;
use crate::predict::network;
use crate::reference::World;
use crate::sourced::Sourced;

/// The constants of the world; an `Err` names one that is missing.
///
/// # Errors
/// The name of a constant that the world does not have.
pub fn calibration(world: &World) -> Result<Calibration, String> {
    Calibration::shipped(&world.inference.constants, "inference")
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
    let each = node.accelerators.known().unwrap_or(known.node);
    let (built, taper) = network(derived, each);
    machine.network = built.unwrap_or(machine.network) / taper;
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
    ///
    /// # Errors
    /// The figure that is not known of it.
    pub fn of(release: &EngineRelease) -> Result<Self, String> {
        let need = |figure: &Sourced<u32>, what: &str| {
            let known = figure.known().map(f64::from);
            known.ok_or_else(|| format!("the {what} of {:?}", release.generation))
        };
        Ok(Self {
            kind: release.kind,
            generation: release.generation,
            chunk: need(&release.chunk, "prompt tokens of a step")?,
            batch: need(&release.batch, "running sequences")?,
        })
    }
}
