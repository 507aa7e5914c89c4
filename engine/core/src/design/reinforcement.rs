//! Post-training by reinforcement: what a step generates, scores and learns from.

use crate::quantity::Ratio;
use crate::written::{Read, Write};

/// Which models take part besides the one that is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Reinforcement {
    /// Answers to the same prompt are held against each other: a reference scores them (GRPO).
    Grpo,
    /// A reference and a reward model score, and a critic is trained too, all of the same size (PPO).
    Ppo,
}

impl Reinforcement {
    /// Models that read every answer once without learning.
    pub fn scorers(self) -> f64 {
        match self {
            Reinforcement::Grpo => 1.0,
            Reinforcement::Ppo => 3.0,
        }
    }

    /// Models that learn.
    pub fn learners(self) -> f64 {
        match self {
            Reinforcement::Grpo => 1.0,
            Reinforcement::Ppo => 2.0,
        }
    }
}

/// A step of post-training by reinforcement. What is `None` and has no default is asked for.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct ReinforcementPlan {
    /// The method; `None` = the workload does not learn by reinforcement.
    pub method: Option<Reinforcement>,
    /// Prompts of a step.
    pub prompts: Option<u32>,
    /// Answers to each.
    pub samples: Option<u32>,
    /// Mean tokens of a prompt.
    pub prompt: Option<u32>,
    /// Mean tokens of an answer.
    pub answer: Option<u32>,
    /// The longest answer of a step as multiple of the mean one; `None` = all are alike.
    pub longest: Option<Ratio>,
    /// How often a step's answers are learned from; `None` = once.
    pub epochs: Option<u32>,
    /// Key of the engine that generates; `None` = the newest open one.
    pub engine: Option<String>,
}
