//! What a prediction needs to know: the job, its layout, the machine and the software.

use crate::catalogue::{Family, Shape};
pub use crate::design::{Precision, Recompute, Schedule};
use crate::written::Write;

/// What is computed for each token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Task {
    /// All weights are trained from scratch.
    PreTraining,
    /// All weights are trained further.
    FineTuning,
    /// Adapters are trained, the weights are frozen: no weight gradients of theirs.
    Lora,
    /// The same over weights held in 4 bits, which every pass turns back into 16 (QLoRA).
    Qlora,
}

impl Task {
    /// Adapters are trained, the weights are frozen.
    pub fn adapters(self) -> bool {
        matches!(self, Task::Lora | Task::Qlora)
    }
}

/// What the data-parallel ranks hold once between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Sharding {
    /// Nothing.
    None,
    /// The optimiser's state (ZeRO-1, distributed optimiser).
    Optimizer,
    /// And the gradients (ZeRO-2).
    Gradients,
    /// And the weights (ZeRO-3, FSDP full shard).
    Weights,
}

/// Degrees of parallelism and the micro-batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub struct Layout {
    /// Tensor parallel.
    pub tp: u32,
    /// Pipeline stages.
    pub pp: u32,
    /// Chunks of layers per stage.
    pub vp: u32,
    /// Context parallel.
    pub cp: u32,
    /// Expert parallel, carved out of tp, cp and dp.
    pub ep: u32,
    /// Data parallel.
    pub dp: u32,
    /// Sequences of a micro-batch.
    pub micro_batch: u32,
    /// Recomputation.
    pub recompute: Recompute,
    /// Sharding over the data-parallel ranks.
    pub sharding: Sharding,
    /// Schedule of the pipeline.
    pub schedule: Schedule,
}

impl Layout {
    /// Everything on one accelerator.
    pub const ONE: Self = Self {
        tp: 1,
        pp: 1,
        vp: 1,
        cp: 1,
        ep: 1,
        dp: 1,
        micro_batch: 1,
        recompute: Recompute::None,
        sharding: Sharding::Optimizer,
        schedule: Schedule::OneForwardOneBackward,
    };

    /// Accelerators of all replicas.
    pub fn ranks(&self) -> u32 {
        let replica = self.tp.saturating_mul(self.pp).saturating_mul(self.cp);
        replica.saturating_mul(self.dp).max(1)
    }
}

/// One accelerator and the links that leave it. Rates in operations and bytes per second, one
/// direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Machine {
    /// Family.
    pub family: Family,
    /// Dense 16-bit rate.
    pub half: f64,
    /// Dense FP8 rate; the 16-bit rate where there is none.
    pub fp8: f64,
    /// Dense FP4 rate; the FP8 rate where there is none.
    pub fp4: f64,
    /// Memory bandwidth.
    pub memory_bandwidth: f64,
    /// Memory, bytes.
    pub memory: f64,
    /// Scale-up bandwidth.
    pub scale_up: f64,
    /// Accelerators in one scale-up domain that a job uses.
    pub domain: u32,
    /// Network bandwidth per accelerator, after oversubscription and losses of the fabric's kind.
    pub network: f64,
}

impl Machine {
    /// Dense peak at a precision.
    pub fn peak(&self, precision: Precision) -> f64 {
        match precision {
            Precision::Half => self.half,
            Precision::Fp8 | Precision::Mxfp8 => self.fp8,
            Precision::Nvfp4 => self.fp4,
        }
    }
}

/// The kind of software, which decides what overlaps and what is fused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    /// Megatron-Core and what is built on it.
    Megatron,
    /// Megatron as tuned for a benchmark: graphs, no logging, no data loading.
    Tuned,
    /// Megatron-LM and its relatives without overlap of tensor and data parallel traffic.
    Plain,
    /// The same with DeepSpeed's pipeline.
    DeepSpeedPlain,
    /// PyTorch with fully sharded data parallelism.
    Fsdp,
    /// DeepSpeed with ZeRO-3 over flat rings.
    DeepSpeed,
    /// XLA.
    Xla,
}

impl Framework {
    /// Traffic is not hidden behind work.
    pub fn plain(self) -> bool {
        matches!(self, Framework::Plain | Framework::DeepSpeedPlain)
    }
}

/// The software and its month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stack {
    /// Kind.
    pub framework: Framework,
    /// Year with fraction: 2025.5 is the middle of 2025.
    pub year: f64,
    /// Tokens over an expert's capacity are dropped, so that shapes are static.
    pub token_drop: bool,
}

impl Stack {
    /// The year of a date such as 2025-09 or 2026-11-24, with its fraction: the middle of its month.
    pub fn year_of(date: &str) -> Option<f64> {
        let mut parts = date.split('-').map(|part| part.parse::<f64>().ok());
        let (year, month) = (parts.next()??, parts.next()??);
        Some(year + (month - 0.5) / 12.0)
    }

    /// The stack is of the time before attention was fused: scores are written and read, and
    /// layers are computed again on the way back.
    pub fn unfused(&self) -> bool {
        self.year < FUSED_FROM
    }
}

/// The year from which stacks fuse attention.
pub(super) const FUSED_FROM: f64 = 2023.0;

/// A training job.
#[derive(Debug, Clone, PartialEq)]
pub struct Job<'a> {
    /// The model.
    pub shape: &'a Shape,
    /// Task.
    pub task: Task,
    /// Tokens of a sequence.
    pub sequence: f64,
    /// Mean length of the samples that sequences are packed from; `None` = one sample each.
    pub packed: Option<f64>,
    /// Sequences of a step.
    pub batch: f64,
    /// Accelerators.
    pub accelerators: u32,
    /// Precision.
    pub precision: Precision,
    /// Layout.
    pub layout: Layout,
    /// Machine.
    pub machine: Machine,
    /// Software.
    pub stack: Stack,
    /// Further next-token predictors are trained too.
    pub mtp: bool,
}
