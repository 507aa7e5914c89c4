//! Jobs of which the time of a prediction is taken.

#![allow(
    clippy::expect_used,
    reason = "a world without its constants measures nothing"
)]

use plumbline_core::catalogue::{Family, Shape};
use plumbline_core::predict::training::*;
use plumbline_core::reference::World;

/// The shipped constants.
///
/// # Panics
/// If one is missing.
pub fn calibration(world: &World) -> Calibration {
    Calibration::from_names(|name| {
        world
            .training
            .constants
            .get(name)
            .map(|c| c.value)
            .ok_or(name)
    })
    .expect("all constants")
}

/// Pre-training in FP8 on nodes of eight H100.
pub fn job(shape: &Shape, accelerators: u32, layout: Layout) -> Job<'_> {
    Job {
        shape,
        task: Task::PreTraining,
        sequence: 8192.0,
        packed: None,
        batch: 2048.0,
        accelerators,
        precision: Precision::Fp8,
        layout,
        machine: Machine {
            family: Family::Hopper,
            half: 989.5e12,
            fp8: 1979e12,
            fp4: 1979e12,
            memory_bandwidth: 3.35e12,
            memory: 80e9,
            scale_up: 450e9,
            domain: 8,
            network: 50e9,
        },
        stack: Stack {
            framework: Framework::Megatron,
            year: 2026.0,
            token_drop: false,
        },
        mtp: false,
    }
}

/// Micro-batches of one sequence, nothing computed again.
pub fn layout(tp: u32, pp: u32, vp: u32, cp: u32, ep: u32, dp: u32) -> Layout {
    Layout {
        tp,
        pp,
        vp,
        cp,
        ep,
        dp,
        micro_batch: 1,
        recompute: Recompute::None,
        sharding: Sharding::Optimizer,
        schedule: Schedule::OneForwardOneBackward,
    }
}
