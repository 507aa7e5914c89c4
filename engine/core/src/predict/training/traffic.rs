//! Traffic of a step besides that of single layers: between stages, and between data-parallel
//! ranks.

use super::calibration::Calibration;
use super::job::*;
use super::layer::Rank;
use super::memory::held;

/// Time in which one micro-batch passes from a stage to the next and its gradient comes back,
/// over all chunks.
pub(super) fn transfer(rank: &Rank<'_>, pp: f64, vp: f64) -> f64 {
    if pp <= 1.0 {
        return 0.0;
    }
    let (c, job) = (rank.c, rank.job);
    // Tensor-parallel ranks each send a part and gather it there; DeepSpeed's do not.
    let parts = if job.stack.framework == Framework::DeepSpeedPlain {
        1.0
    } else {
        rank.tp
    };
    let bytes = 2.0 * rank.tokens * f64::from(job.shape.hidden) / parts;
    let (bandwidth, latency) = if job.accelerators <= job.machine.domain {
        (job.machine.scale_up * c.scale_up, c.latency_scale_up)
    } else {
        (rank.network(), c.latency_network)
    };
    2.0 * vp * (bytes / bandwidth + latency)
}

/// Share of the transfers between stages that nothing hides in the steady state.
pub(super) fn exposed_transfers(c: &Calibration, job: &Job<'_>) -> f64 {
    match job.stack.framework {
        Framework::Plain | Framework::DeepSpeedPlain => 1.0,
        _ => c.exposed_pp,
    }
}

/// Data-parallel traffic that nothing hides.
pub(super) fn data_parallel(rank: &Rank<'_>, micro_batches: f64, body: f64) -> f64 {
    let (c, job) = (rank.c, rank.job);
    let layout = &job.layout;
    let n = f64::from(layout.dp.max(1)) * f64::from(layout.cp.max(1));
    if n <= 1.0 || job.task.adapters() && layout.sharding != Sharding::Weights {
        return 0.0;
    }
    let held = held(job);
    let per_parameter = if job.precision == Precision::Half {
        c.state_traffic
    } else {
        c.state_traffic_low
    };
    let domain = f64::from(job.machine.domain);
    let time = |parameters: f64, ranks: f64, stride: f64, bytes: f64, network: f64| {
        if parameters <= 0.0 || ranks <= 1.0 {
            return 0.0;
        }
        // Ranks of the group that share a scale-up domain reduce there first.
        let inside = (domain / stride).clamp(1.0, ranks);
        let up = bytes * parameters * (inside - 1.0) / inside / (job.machine.scale_up * c.scale_up);
        let out = if ranks > inside {
            bytes * parameters / inside * (1.0 - inside / ranks) / network
        } else {
            0.0
        };
        up.max(out) + 0.25 * up.min(out)
    };
    let stride = rank.tp;
    let ep = f64::from(layout.ep.max(1));
    if layout.sharding == Sharding::Weights
        || layout.sharding == Sharding::Gradients && layout.pp <= 1
    {
        let gathers = if layout.sharding == Sharding::Weights {
            2.0
        } else {
            1.0
        };
        let weight = if job.precision == Precision::Half {
            2.0
        } else {
            1.5
        };
        let flat = job.stack.framework == Framework::DeepSpeed;
        let bytes = weight * gathers + 2.0;
        let once = if flat {
            bytes * held.dense / (job.machine.network * c.flat_ring)
        } else {
            time(held.dense, n, stride, bytes, rank.network())
        };
        let window = c.window * body;
        let each = c.exposed_shards * once + (once * (1.0 - c.exposed_shards) - window).max(0.0);
        return each * micro_batches;
    }
    let once = time(held.dense, n, stride, per_parameter, rank.network())
        + time(
            held.experts,
            n * rank.tp / ep,
            ep,
            per_parameter,
            rank.expert_network(),
        )
        + 2.0 * c.latency_network;
    if job.stack.framework.plain() {
        return once;
    }
    let window = c.window * body * f64::from(layout.vp.max(1)).min(micro_batches);
    c.exposed_dp * once + (once * (1.0 - c.exposed_dp) - window).max(0.0)
}
