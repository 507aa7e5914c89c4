//! How a model is served, and what is asked of it.

use super::{DisaggregationPlan, DraftingPlan, EasyPlan, LifetimePlan, PrefixPlan, SizingPlan};
use crate::quantity::*;
use crate::written::{Read, Write};

/// Number format of the weights of a served model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Format {
    /// 16 bits.
    Half,
    /// 8-bit floating point.
    Fp8,
    /// 8-bit integers.
    Int8,
    /// 4-bit integers, computed in 16 bits.
    Int4,
    /// 4 bits with a scale for each 16.
    Nvfp4,
    /// 4 bits with a scale for each 32.
    Mxfp4,
}

impl Format {
    /// Bytes of a weight with its share of the scales.
    pub fn bytes(self) -> f64 {
        match self {
            Format::Half => 2.0,
            Format::Fp8 | Format::Int8 => 1.0,
            Format::Int4 | Format::Nvfp4 => 0.5 + 1.0 / 16.0,
            Format::Mxfp4 => 0.5 + 1.0 / 32.0,
        }
    }

    /// Whether weights take less than 8 bits.
    pub fn is_narrow(self) -> bool {
        matches!(self, Format::Int4 | Format::Nvfp4 | Format::Mxfp4)
    }

    /// Its name for people.
    pub fn word(self) -> &'static str {
        match self {
            Format::Half => "BF16",
            Format::Fp8 => "FP8",
            Format::Int8 => "INT8",
            Format::Int4 => "INT4",
            Format::Nvfp4 => "NVFP4",
            Format::Mxfp4 => "MXFP4",
        }
    }
}

impl ServingPlan {
    /// The share of the requests for which limits are meant: 95 of 100 where none is stated.
    pub fn share(&self) -> f64 {
        self.percentile.map_or(USUAL_SHARE, |share| share.get())
    }
}

/// How a model is served. What is `None` is chosen: the layout by search, the rest by the data.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct ServingPlan {
    /// Key of the serving engine's release.
    pub engine: Option<String>,
    /// Number format of the weights.
    pub format: Option<Format>,
    /// Keys and values are held in 8 bits; `None` = as the engine does with such weights.
    pub narrow_cache: Option<bool>,
    /// Tensor-parallel degree.
    pub tp: Option<u32>,
    /// Pipeline stages.
    pub pp: Option<u32>,
    /// Groups of ranks that attend to sequences of their own (attention-DP).
    pub groups: Option<u32>,
    /// Key of the traffic whose lengths and bursts are meant.
    pub traffic: Option<String>,
    /// Mean tokens of a prompt; `None` = as in the traffic.
    pub prompt: Option<u32>,
    /// Mean tokens of an answer; `None` = as in the traffic.
    pub output: Option<u32>,
    /// Share of the prompts' tokens whose keys and values are at hand.
    pub cached: Option<Ratio>,
    /// Requests of the busiest hour.
    pub requests: Option<RequestsPerSec>,
    /// Longest time to the first token.
    pub first: Option<Seconds>,
    /// Longest time between two further tokens.
    pub each: Option<Seconds>,
    /// Share of the requests that must meet both.
    pub percentile: Option<Ratio>,
    /// Replicas beyond those that the traffic needs.
    pub spare: Option<u32>,
    /// Key of the language that is served; `None` = English.
    pub language: Option<String>,
    /// What is assumed over its life.
    pub lifetime: LifetimePlan,
    /// What it is sized for over hours and years.
    pub sizing: SizingPlan,
    /// Experts of a mixture may be spread beyond a scale-up domain; `None` = only where the model
    /// needs it, or in units of their own.
    pub wide: Option<bool>,
    /// Copies of the busiest experts that are held besides.
    pub redundant: Option<u32>,
    /// Prefill and decode in units of their own.
    pub disaggregation: DisaggregationPlan,
    /// Prompts that come again.
    pub prefixes: PrefixPlan,
    /// Drafted tokens.
    pub drafting: DraftingPlan,
    /// Easy requests and a smaller model.
    pub easy: EasyPlan,
}

/// Share of the requests that limits are for, where none is stated.
const USUAL_SHARE: f64 = 0.95;
