//! How a training workload is run, saved and repeated.

use super::{ReinforcementPlan, StepPlan};
use crate::quantity::*;
use crate::written::{Read, Write};

/// How a training workload is run, and how often. What is `None` takes the default of the
/// constants, or stays unknown where there is none.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct TrainingPlan {
    /// Tokens of one optimiser step, once the batch has its full size.
    pub batch: Option<Tokens>,
    /// Smaller batches before that, in their order.
    pub ramp: Vec<BatchStage>,
    /// Critical batch as measured; `None` = by the law of the constants.
    pub critical_batch: Option<Tokens>,
    /// Time of evaluation, as share of the time of training.
    pub evaluation: Option<Ratio>,
    /// How far the stated efficiency may be off, either way.
    pub spread: Option<Ratio>,
    /// The time that the run may take; from it follow the accelerators that it needs.
    pub deadline: Option<Seconds>,
    /// Power limit of an accelerator, as share of its rating.
    pub power_cap: Option<Ratio>,
    /// How a step is computed.
    pub step: StepPlan,
    /// What a step generates and learns from, where it learns by reinforcement.
    pub reinforcement: ReinforcementPlan,
    /// How state is saved.
    pub checkpoint: CheckpointPlan,
    /// What fails, and what stands by.
    pub reliability: ReliabilityPlan,
    /// What is trained besides this run, and how often.
    pub campaign: CampaignPlan,
}

/// A batch that holds until so many tokens are trained.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct BatchStage {
    /// Tokens trained, from the start, at its end.
    pub until: Tokens,
    /// Tokens of one step.
    pub batch: Tokens,
}

/// Whether training waits while a checkpoint is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Saving {
    /// The state is copied aside, which training waits for, and drains to storage behind it.
    #[default]
    Staged,
    /// Training waits until storage has it.
    Blocking,
}

/// The optimiser, as far as its state is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Optimiser {
    /// Adam with two moments in 32 bits.
    #[default]
    Adam,
    /// Adam with moments in 8 bits.
    Adam8Bit,
    /// One moment in 32 bits: SGD with momentum, Lion.
    Momentum,
    /// Muon with its momentum in 32 bits.
    Muon,
    /// Muon with its momentum in 16 bits.
    MuonHalf,
}

/// How state is saved.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct CheckpointPlan {
    /// Whether training waits for storage.
    pub saving: Saving,
    /// Whose state is saved.
    pub optimiser: Optimiser,
    /// Bytes per parameter saved; `None` = by the optimiser.
    pub bytes_per_parameter: Option<Ratio>,
    /// From the begin of one checkpoint to that of the next; `None` = the best one.
    pub interval: Option<Seconds>,
    /// What training waits for one checkpoint, as measured.
    pub blocking: Option<Seconds>,
}

/// What fails, and what stands by.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct ReliabilityPlan {
    /// Mean time between interruptions of the job, as measured.
    pub mean_time: Option<Seconds>,
    /// From an interruption to the begin of the reload: notice, diagnose, replace, start.
    pub recovery: Option<Seconds>,
    /// From a node's fault to its return.
    pub repair: Option<Seconds>,
    /// Age of the cluster when the run begins; `None` = past its early life.
    pub age: Option<Seconds>,
    /// Parts were burnt in before they were handed over.
    pub burnt_in: bool,
    /// Nodes that stand by; `None` = of what the job leaves free, as many as it needs.
    pub spares: Option<u32>,
    /// Nodes that a large job takes of a scale-up domain of several nodes; `None` = the
    /// scheduler's usual segment.
    pub domain_nodes: Option<u32>,
    /// The job stops while it lacks a node; else it goes on with fewer.
    pub rigid: bool,
}

impl Default for ReliabilityPlan {
    fn default() -> Self {
        Self {
            mean_time: None,
            recovery: None,
            repair: None,
            age: None,
            burnt_in: true,
            spares: None,
            domain_nodes: None,
            rigid: false,
        }
    }
}

/// Who trains, as far as it decides how much is tried before the final run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Lab {
    /// Follows an open recipe.
    #[default]
    Follower,
    /// Builds a family of models in the open.
    Open,
    /// Works at the frontier.
    Frontier,
}

/// What is trained besides one run, and how often, over the life of the cluster.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct CampaignPlan {
    /// Who trains.
    pub lab: Lab,
    /// All accelerator-hours as multiple of those of the final run: with experiments,
    /// ablations and failed runs; `None` = by the lab.
    pub multiplier: Option<Ratio>,
    /// Post-training as share of the final run.
    pub post_training: Option<Ratio>,
    /// Post-training teaches reasoning by reinforcement, which takes far more.
    pub reasoning: bool,
    /// Months from one full run to the next; 0 = one run only.
    pub refresh_months: Option<u32>,
    /// Months from one continued run to the next; 0 = none.
    pub continued_months: Option<u32>,
    /// A continued run as share of the full one.
    pub continued: Option<Ratio>,
    /// Better software makes later runs shorter.
    pub software_gains: bool,
    /// Share of the accelerator-hours that is rented.
    pub rented: Option<Ratio>,
    /// Data and labelling of one model: bought, not computed.
    pub data: Option<Money>,
}

impl Default for CampaignPlan {
    fn default() -> Self {
        Self {
            lab: Lab::default(),
            multiplier: None,
            post_training: None,
            reasoning: false,
            refresh_months: None,
            continued_months: None,
            continued: None,
            software_gains: true,
            rented: None,
            data: None,
        }
    }
}
