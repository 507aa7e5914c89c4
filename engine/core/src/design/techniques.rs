//! Techniques of serving that a plan may choose: disaggregation, caching of prefixes, drafting, and
//! routing of easy requests.

use crate::quantity::*;
use crate::written::{Read, Write};

/// Whether prompts are read and answers written by units of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Disaggregation {
    /// Each replica does both.
    No,
    /// Units of their own.
    Yes,
    /// Whichever yields more within the limits.
    Search,
}

/// Prefill and decode in units of their own.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct DisaggregationPlan {
    /// Whether; `None` = no.
    pub mode: Option<Disaggregation>,
    /// A batch is cut in two halves that hide each other's exchanges; `None` = where experts are
    /// spread beyond a scale-up domain.
    pub overlap: Option<bool>,
    /// Units that read prompts.
    pub prefill: UnitPlan,
    /// Units that write answers.
    pub decode: UnitPlan,
}

/// One kind of unit; what is `None` is found by search.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct UnitPlan {
    /// How many of them.
    pub units: Option<u32>,
    /// Tensor-parallel degree of one.
    pub tp: Option<u32>,
    /// Pipeline stages of one.
    pub pp: Option<u32>,
    /// Groups of ranks that attend to sequences of their own (attention-DP) of one; with a mixture
    /// its experts are spread over them.
    pub groups: Option<u32>,
}

/// How requests reach the replica that may hold their prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CacheRouting {
    /// To the replica that holds it.
    Aware,
    /// To any replica: each sees its share of every session.
    Random,
}

/// The slowest tier that holds keys and values of prefixes; the faster ones are always used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CacheDepth {
    /// What running sequences leave of the accelerators' memory.
    Accelerator,
    /// Memory of the hosts.
    Host,
    /// Drives in the nodes.
    Local,
    /// The shared storage of the design.
    Shared,
}

/// Keys and values of prompts that come again.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct PrefixPlan {
    /// Key of the recorded traffic whose prompts come again so often; `None` = nothing is found
    /// again but what the plan states as cached.
    pub reuse: Option<String>,
    /// Time within which a session goes on; `None` = as recorded.
    pub window: Option<Seconds>,
    /// `None` = to the replica that holds it.
    pub routing: Option<CacheRouting>,
    /// `None` = all tiers that the design has.
    pub depth: Option<CacheDepth>,
}

/// Tokens that a small model drafts and the large one verifies.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct DraftingPlan {
    /// Key of the way to draft; `None` = no tokens are drafted.
    pub drafter: Option<String>,
    /// Tokens drafted for a pass; `None` = as usual with this drafter.
    pub drafted: Option<u32>,
    /// Tokens that a pass yields, as measured by the person; `None` = as published.
    pub accepted: Option<f64>,
}

/// A smaller model that easy requests go to.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct EasyPlan {
    /// Id of the smaller model.
    pub model: Option<String>,
    /// Share of the requests that it answers well enough; `None` = as published.
    pub share: Option<Ratio>,
    /// Key of the published scores that the floor is on.
    pub scores: Option<String>,
    /// Least score of the smaller model in that column.
    pub floor: Option<f64>,
    /// Cost of distilling a model of one's own, data and training; `None` = by the prediction of training.
    pub distillation: Option<Money>,
}
