//! From the catalogue's accelerator to the machine that a job runs on.

use super::job::Machine;
use crate::catalogue::{Accelerator, TrainingMachine};

impl Machine {
    /// An accelerator with the network that is built or stated for it, bytes per second; the usual
    /// one where that is not known.
    ///
    /// # Errors
    /// The figure that is missing.
    pub fn of(
        part: &Accelerator,
        known: &TrainingMachine,
        network: Option<f64>,
    ) -> Result<Self, String> {
        let need =
            |value: Option<f64>, what: &str| value.ok_or_else(|| format!("{}.{what}", part.id));
        let half = need(part.bf16.known().map(|rate| rate.get()), "bf16")?;
        let integers = known.integers.known().map_or(half, |rate| rate.get());
        let fp8 = part.fp8.known().map_or(half, |rate| rate.get());
        let fp8 = fp8.max(integers);
        let usual = known.network.known().map(|rate| rate.get() / 8.0);
        let network = need(network.or(usual), "network")?;
        // What the accelerator's own link to the adapter lets through.
        let network = network.min(known.attach.known().map_or(network, |rate| rate.get()));
        let bandwidth = part.memory_bandwidth.known().map(|rate| rate.get());
        Ok(Self {
            family: known.family,
            half,
            fp8,
            fp4: part.fp4.known().map_or(fp8, |rate| rate.get()),
            memory_bandwidth: need(bandwidth, "memory_bandwidth")?,
            memory: need(part.memory.known().map(|size| size.get()), "memory")?,
            // Without links of their own, those of a node meet on the bus that attaches them.
            scale_up: part
                .scale_up
                .known()
                .or(known.attach.known())
                .map_or(network, |rate| rate.get()),
            domain: part.scale_up_domain.known().unwrap_or(known.node).max(1),
            network,
        })
    }
}
