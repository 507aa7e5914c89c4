//! How a training step is computed: what a person may fix of it.

use crate::written::{Read, Write};

/// How a training step is computed. What is `None` is chosen: the layout by search, the rest by
/// the defaults of the constants.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct StepPlan {
    /// Tokens of a sequence.
    pub sequence: Option<u32>,
    /// Number format of the large matrix products.
    pub precision: Option<Precision>,
    /// Adapters are trained (LoRA), not the weights.
    pub lora: bool,
    /// With adapters: the frozen weights are held in 4 bits (QLoRA).
    pub quantised: bool,
    /// The software is tuned as for a benchmark (MLPerf); else by its published recipes. No row
    /// measures what an untuned stack loses.
    pub tuned: bool,
    /// Year of the software, with its fraction: 2026.5 is the middle of 2026.
    pub software: Option<f64>,
    /// Tensor-parallel degree.
    pub tp: Option<u32>,
    /// Pipeline stages.
    pub pp: Option<u32>,
    /// Context-parallel degree.
    pub cp: Option<u32>,
    /// Expert-parallel degree.
    pub ep: Option<u32>,
    /// Sequences of a micro-batch.
    pub micro_batch: Option<u32>,
    /// Recomputation.
    pub recompute: Option<Recompute>,
    /// Order of forward and backward passes; `None` = one forward, one backward.
    pub schedule: Option<Schedule>,
}

/// Number formats of the large matrix products. Attention, head and optimiser stay in 16 and 32
/// bits with all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Precision {
    /// BF16 or FP16.
    Half,
    /// FP8 with one scale per tensor.
    Fp8,
    /// FP8 with a scale per block of 32 or 128.
    Mxfp8,
    /// FP4 with a scale per block of 16.
    Nvfp4,
}

impl Precision {
    /// Its name for people.
    pub fn word(self) -> &'static str {
        match self {
            Precision::Half => "BF16",
            Precision::Fp8 => "FP8",
            Precision::Mxfp8 => "MXFP8",
            Precision::Nvfp4 => "NVFP4",
        }
    }

    /// Bytes of one operand element.
    pub fn bytes(self) -> f64 {
        match self {
            Precision::Half => 2.0,
            Precision::Fp8 | Precision::Mxfp8 => 1.0,
            Precision::Nvfp4 => 0.5625,
        }
    }
}

/// Which activations are computed again on the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Recompute {
    /// None.
    None,
    /// The attention core only.
    Selective,
    /// Every layer.
    Full,
}

/// Order of forward and backward passes in a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Schedule {
    /// One forward, one backward; with more chunks than one, interleaved.
    OneForwardOneBackward,
    /// Weight gradients fill the bubble.
    ZeroBubble,
    /// The same with two chunks in the shape of a V.
    ZeroBubbleV,
    /// Half of the activations.
    VHalf,
    /// A third of the activations.
    VMin,
}

impl Schedule {
    /// The gradients of inputs and those of weights are computed apart.
    pub fn split(self) -> bool {
        self != Schedule::OneForwardOneBackward
    }

    /// Chunks of layers per stage that it asks for; `None` = any number.
    pub fn chunks(self) -> Option<u32> {
        match self {
            Schedule::OneForwardOneBackward => None,
            Schedule::ZeroBubble => Some(1),
            Schedule::ZeroBubbleV | Schedule::VHalf | Schedule::VMin => Some(2),
        }
    }
}
