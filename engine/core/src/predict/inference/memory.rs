//! Memory of a served model, part by part, and how many sequences it leaves room for.

use super::calibration::Calibration;
use super::job::{Format, Job, Load};
use crate::catalogue::EngineKind;
use crate::written::Write;

/// Bytes on the fullest accelerator.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Memory {
    /// Weights of attention and dense networks.
    pub dense: f64,
    /// Weights of experts.
    pub experts: f64,
    /// Embedding and head.
    pub embedding: f64,
    /// Runtime, graphs and buffers.
    pub runtime: f64,
    /// Keys, values and states of the running sequences.
    pub cache: f64,
}

impl Memory {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.weights() + self.runtime + self.cache
    }

    /// Weights.
    pub fn weights(&self) -> f64 {
        self.dense + self.experts + self.embedding
    }
}

/// Format of what is not an expert: with 4-bit experts of a mixture the rest often stays wider.
pub(super) fn dense_format(job: &Job<'_>) -> Format {
    match job.format {
        Format::Mxfp4 if job.shape.experts.is_some() => Format::Half,
        Format::Nvfp4 if job.shape.latent.is_some() => Format::Fp8,
        format => format,
    }
}

/// Bytes of keys and values on one accelerator of a stage for one sequence that looks back on
/// `context` tokens, all layers.
pub(super) fn cache(job: &Job<'_>, context: f64) -> f64 {
    let shape = job.shape;
    let full = f64::from(shape.attention_layers());
    if let Some(latent) = shape.latent {
        return full * context * f64::from(latent.rank + latent.rope) * job.cache;
    }
    let heads = f64::from(shape.kv_heads().max(1));
    // Beyond the number of heads, ranks hold copies.
    let shared = heads.min(f64::from(job.layout.tp.max(1)));
    let each = 2.0 * heads * f64::from(shape.head_dim()) * job.cache / shared;
    let window = shape.window.map_or((0.0, 0.0), |window| {
        (f64::from(window.layers).min(full), f64::from(window.tokens))
    });
    let state = shape.linear.map_or(0.0, |linear| {
        f64::from(linear.layers) * f64::from(linear.inner) * f64::from(linear.state) * STATE_BYTES
            / f64::from(job.layout.tp.max(1))
    });
    each * ((full - window.0) * context + window.0 * context.min(window.1)) + state
}

/// States of linear layers are held in 32 bits.
const STATE_BYTES: f64 = 4.0;

/// Memory on the fullest accelerator with so many running sequences.
pub fn memory(c: &Calibration, job: &Job<'_>, load: &Load, sequences: f64) -> Memory {
    let shape = job.shape;
    let (tp, pp) = (
        f64::from(job.layout.tp.max(1)),
        f64::from(job.layout.pp.max(1)),
    );
    let ranks = job.layout.ranks();
    let wide = dense_format(job).bytes();
    let attention = f64::from(shape.attention_layers()) * shape.attention_parameters()
        + f64::from(shape.linear.map_or(0, |linear| linear.layers)) * shape.linear_parameters();
    let dense = f64::from(shape.dense_layers()) * shape.dense_parameters();
    let common = f64::from(shape.expert_layers()) * shape.common_parameters();
    let experts = shape.experts.map_or(0.0, |experts| {
        f64::from(shape.expert_layers()) * f64::from(experts.routed) * shape.expert_parameters()
    });
    let tables = if shape.tied { 1.0 } else { 2.0 };
    let held = load.prompt
        + load.output
            * match job.stack.kind {
                EngineKind::TensorRt | EngineKind::TensorRtTorch => c.held_nvidia,
                EngineKind::Vllm | EngineKind::Sglang => c.held_open,
            };
    let own = sequences / f64::from(job.layout.groups.max(1));
    Memory {
        dense: wide * (attention + dense + common) / tp / pp,
        experts: job.format.bytes() * experts / ranks / pp,
        embedding: 2.0 * tables * shape.embedding_parameters() / tp / pp,
        runtime: c.runtime,
        cache: own * cache(job, held) / pp,
    }
}

/// Sequences that there is memory for on one instance; below one where weights leave too little.
pub fn capacity(c: &Calibration, job: &Job<'_>, load: &Load) -> f64 {
    let empty = memory(c, job, load, 0.0).total();
    let one = memory(c, job, load, f64::from(job.layout.groups.max(1))).total() - empty;
    let room = (job.machine.memory - empty) * c.usable;
    (room / one.max(1.0)).max(0.0) * f64::from(job.layout.groups.max(1))
}
