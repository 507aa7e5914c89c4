//! Memory of the fullest rank, part by part.

use super::calibration::Calibration;
use super::job::*;
use crate::written::Write;

/// Bytes on the rank that holds most: the first stage, where most micro-batches are in flight,
/// or with the head on it where there is one stage only.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Memory {
    /// Weights in use.
    pub weights: f64,
    /// Gradients.
    pub gradients: f64,
    /// Master weights and moments.
    pub optimizer: f64,
    /// Activations of the layers, of all micro-batches in flight.
    pub activations: f64,
    /// The layer at work, beside the activations that it leaves.
    pub working: f64,
    /// Logits and their gradients.
    pub logits: f64,
    /// Context of the runtime, communication buffers, fragmentation, what a layer takes while it is
    /// worked on.
    pub reserve: f64,
}

impl Memory {
    /// The parts by name, in the order in which a person reads them.
    pub fn parts(&self) -> [(&'static str, f64); 7] {
        [
            ("weights", self.weights),
            ("gradients", self.gradients),
            ("optimiser", self.optimizer),
            ("activations", self.activations),
            ("layer at work", self.working),
            ("logits", self.logits),
            ("reserve", self.reserve),
        ]
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.parts().iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Parameters that a rank holds after tensor, expert and pipeline division.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Held {
    /// All but routed experts.
    pub dense: f64,
    /// Routed experts.
    pub experts: f64,
    /// Of `dense`, the input embedding or the head, whichever stage is meant.
    pub embedding: f64,
}

/// Parameters of the first stage.
pub fn held(job: &Job<'_>) -> Held {
    let shape = job.shape;
    let layout = &job.layout;
    let [tp, pp, ep] = [layout.tp, layout.pp, layout.ep].map(|degree| f64::from(degree.max(1)));
    let experts = f64::from(shape.expert_layers())
        * shape
            .experts
            .map_or(0.0, |experts| f64::from(experts.routed))
        * shape.expert_parameters();
    let tables = if shape.tied { 1.0 } else { 2.0 };
    let body = shape.parameters() - experts - tables * shape.embedding_parameters();
    let embedding = shape.embedding_parameters() / tp * if pp > 1.0 { 1.0 } else { tables };
    Held {
        dense: body / (tp * pp) + embedding,
        experts: experts / (ep * pp),
        embedding,
    }
}

/// Ranks over which the state of dense parameters, and that of experts, is sharded.
pub fn shards(job: &Job<'_>) -> (f64, f64) {
    let layout = &job.layout;
    let dense = f64::from(layout.dp.max(1)) * f64::from(layout.cp.max(1));
    let experts = dense * f64::from(layout.tp.max(1)) / f64::from(layout.ep.max(1));
    (dense, experts.max(1.0))
}

/// Micro-batches in flight on the first stage, in units of the layers that a stage holds.
fn in_flight(job: &Job<'_>) -> f64 {
    let layout = &job.layout;
    let (pp, vp) = (f64::from(layout.pp.max(1)), f64::from(layout.vp.max(1)));
    let micro_batches = micro_batches(job);
    if pp <= 1.0 {
        return 1.0;
    }
    let most = match layout.schedule {
        Schedule::OneForwardOneBackward if vp > 1.0 => pp * (1.0 + (pp - 1.0) / (pp * vp)),
        Schedule::VHalf => pp / 2.0 + 1.0,
        Schedule::VMin => pp / 3.0 + 1.0,
        _ => pp,
    };
    most.min(micro_batches)
}

/// Micro-batches of a step; the last may be incomplete.
pub fn micro_batches(job: &Job<'_>) -> f64 {
    let sequences = f64::from(job.layout.dp.max(1)) * f64::from(job.layout.micro_batch.max(1));
    libm::ceil(job.batch / sequences).max(1.0)
}

/// Bytes of activations that one token leaves in one mean layer, for the way back.
fn activation_bytes(job: &Job<'_>, recompute: Recompute) -> f64 {
    let shape = job.shape;
    let layers = f64::from(shape.layers.max(1));
    let h = f64::from(shape.hidden);
    let tp = f64::from(job.layout.tp.max(1));
    // Without sequence parallelism every rank keeps norms' inputs in full.
    let whole = if sequence_parallel(job) { tp } else { 1.0 };
    let old = job.stack.unfused();
    let masks = if old { 2.0 } else { 0.0 };
    if recompute == Recompute::Full {
        return 2.0 * h / whole;
    }
    let d = f64::from(shape.head_dim());
    let inner = match shape.latent {
        None => (2.0 * f64::from(shape.heads) + 2.0 * f64::from(shape.kv_heads())) * d,
        Some(latent) => {
            let a = f64::from(shape.heads);
            a * f64::from(2 * (latent.nope + latent.rope) + 2 * latent.value)
                + f64::from(latent.query_rank + latent.rank)
        }
    };
    let scores = if old && recompute == Recompute::None {
        5.0 * f64::from(shape.heads) * job.sequence
    } else {
        0.0
    };
    let attention = (4.0 + masks / 2.0) * h / whole + (2.0 * inner + scores) / tp;
    let ways = shape.matrices();
    let dense = (4.0 + masks / 2.0) * h / whole + 2.0 * ways * f64::from(shape.ffn) / tp;
    let experts = shape.experts.map_or(0.0, |experts| {
        let width = f64::from(experts.width.unwrap_or(shape.hidden));
        let each = 4.0 * width + 2.0 * ways * f64::from(experts.ffn);
        (4.0 * h + f64::from(experts.active) * each + 2.0 * ways * f64::from(experts.shared_ffn))
            / tp
    });
    let linear = shape.linear.map_or(0.0, |linear| {
        4.0 * h / whole + (6.0 * f64::from(linear.inner) + 4.0 * f64::from(linear.keys)) / tp
    });
    (f64::from(shape.attention_layers()) * attention
        + f64::from(shape.dense_layers()) * dense
        + f64::from(shape.expert_layers()) * experts
        + shape.linear.map_or(0.0, |part| f64::from(part.layers)) * linear)
        / layers
}

/// Bytes that one token takes while its layer is worked on, beside what it leaves: gradients as
/// large as the activations of a layer, and the input that tensor-parallel ranks gather, with its
/// gradient.
fn working_bytes(job: &Job<'_>) -> f64 {
    let gathered = if job.layout.tp > 1 && sequence_parallel(job) {
        4.0 * f64::from(job.shape.hidden)
    } else {
        0.0
    };
    activation_bytes(job, Recompute::Selective) + gathered
}

/// Whether norms and residuals are divided over the tensor-parallel ranks too.
pub fn sequence_parallel(job: &Job<'_>) -> bool {
    // It came in the spring of 2022, with selective recomputation.
    let early = job.stack.year >= 2022.3 && job.layout.recompute != Recompute::Full;
    early || !job.stack.unfused()
}

/// Memory of the fullest rank.
pub fn memory(c: &Calibration, job: &Job<'_>) -> Memory {
    let held = held(job);
    let all = held.dense + held.experts;
    let (dense_shards, expert_shards) = shards(job);
    let sharded = |bytes: f64| bytes * (held.dense / dense_shards + held.experts / expert_shards);
    let sharding = job.layout.sharding;
    let layout = &job.layout;
    let tp = f64::from(layout.tp.max(1));
    let layers = f64::from(job.shape.layers) / f64::from(layout.pp.max(1));
    let layer =
        ((all - held.embedding) / layers.max(1.0)).max(job.shape.embedding_parameters() / tp);
    let (weights, gradients, optimizer) = if job.task.adapters() {
        let bytes = match job.precision {
            _ if job.task == Task::Qlora => FOUR_BITS,
            Precision::Half => 2.0,
            _ => 1.0,
        };
        let weights = if sharding == Sharding::Weights {
            sharded(bytes) + 2.0 * bytes * layer
        } else {
            bytes * all
        };
        (weights, 0.0, 0.0)
    } else {
        match sharding {
            Sharding::None => (2.0 * all, 4.0 * all, 12.0 * all),
            Sharding::Optimizer => (2.0 * all, 4.0 * all, sharded(12.0)),
            Sharding::Gradients => (2.0 * all, sharded(4.0), sharded(12.0)),
            // The layer at work and the one after it are gathered whole.
            Sharding::Weights => (sharded(2.0) + 4.0 * layer, sharded(4.0), sharded(12.0)),
        }
    };
    let tokens = f64::from(layout.micro_batch.max(1)) * job.sequence / f64::from(layout.cp.max(1));
    Memory {
        weights,
        gradients,
        optimizer,
        activations: tokens * layers * in_flight(job) * activation_bytes(job, layout.recompute),
        logits: if layout.pp <= 1 {
            6.0 * tokens * f64::from(job.shape.vocab) / tp
        } else {
            0.0
        },
        working: tokens * working_bytes(job),
        reserve: c.reserve,
    }
}

/// Bytes of a weight in 4 bits: a scale of 8 bits for each 64, and one of 32 bits for each 256 of
/// those.
pub(super) const FOUR_BITS: f64 = (4.0 + 8.0 / 64.0 + 32.0 / (64.0 * 256.0)) / 8.0;
