//! What a design will do for its workloads. So far the efficiency is the one that the person
//! states; each result says so, and models replace it here without a change to the cost.

pub mod measured;
pub mod training;

use crate::derive::Derived;
use crate::design::{Workload, WorkloadClass};
use crate::quantity::{Flops, FlopsPerSec, Ratio, Seconds, TokensPerSec};
use crate::written::Write;

/// Predictions for all workloads, in the order of the design.
#[derive(Debug, Clone, PartialEq, Default, Write)]
pub struct Predictions {
    /// One for each workload.
    pub workloads: Vec<Prediction>,
}

/// What the efficiency of a prediction rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Basis {
    /// The person's own figure (MFU, throughput).
    Stated,
    /// A model of the engine.
    Predicted,
}

/// What one workload needs from the design.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Prediction {
    /// The workload's name.
    pub workload: String,
    /// Path of the workload in the design.
    pub subject: String,
    /// Its class.
    pub class: WorkloadClass,
    /// Where the efficiency comes from.
    pub basis: Basis,
    /// Accelerators that one job or replica uses; `None` if a node part is not known.
    pub accelerators: Option<u64>,
    /// Training and fine-tuning; `None` for inference and while a datum is missing.
    pub run: Option<TrainingRun>,
    /// Inference; `None` for training and while a datum is missing.
    pub serving: Option<Serving>,
    /// The datum that is missing: a path in the design or a name in the world.
    pub missing: Option<String>,
}

/// One training or fine-tuning run.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct TrainingRun {
    /// Model operations of the run: what the mathematics needs, without recomputation.
    pub operations: Flops,
    /// Model FLOPS utilisation: share of the dense BF16 peak that goes into them.
    pub mfu: Ratio,
    /// Useful rate of all accelerators of the job.
    pub rate: FlopsPerSec,
    /// Accelerator-hours of the run.
    pub accelerator_hours: f64,
    /// Time from start to end, without interruptions.
    pub duration: Seconds,
}

/// Producing output tokens.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Serving {
    /// Output tokens per second and accelerator.
    pub per_accelerator: TokensPerSec,
    /// Output tokens per second of the job's accelerators; `None` if their number is not known.
    pub rate: Option<TokensPerSec>,
    /// Accelerator-hours per million output tokens.
    pub hours_per_million_tokens: f64,
}

/// Predicts every workload of a design.
pub fn predict(derived: &Derived<'_>) -> Predictions {
    let workloads = derived.design.workloads.iter().enumerate();
    Predictions {
        workloads: workloads
            .map(|(at, workload)| one(derived, at, workload))
            .collect(),
    }
}

fn one(derived: &Derived<'_>, at: usize, workload: &Workload) -> Prediction {
    let subject = format!("workloads[{at}]");
    let accelerators = workload
        .accelerators
        .map(u64::from)
        .or(derived.accelerators);
    let mut prediction = Prediction {
        workload: workload.name.clone(),
        class: workload.class,
        basis: Basis::Stated,
        accelerators,
        run: None,
        serving: None,
        missing: None,
        subject,
    };
    let result = match workload.class {
        WorkloadClass::Inference => {
            serving(workload, accelerators).map(|serving| prediction.serving = Some(serving))
        }
        WorkloadClass::PreTraining | WorkloadClass::FineTuning => {
            training(derived, workload, accelerators).map(|run| prediction.run = Some(run))
        }
    };
    prediction.missing = result.err().map(|datum| datum.path(&prediction.subject));
    prediction
}

/// A datum that is not known.
enum Missing {
    /// A field of the workload.
    Field(&'static str),
    /// A datum elsewhere.
    Elsewhere(String),
}

impl Missing {
    fn path(self, workload: &str) -> String {
        match self {
            Missing::Field(field) => format!("{workload}.{field}"),
            Missing::Elsewhere(name) => name,
        }
    }
}

/// Key of the constant: operations per active parameter and training token, forward and
/// backward pass together.
const TRAINING_OPERATIONS: &str = "training-flops-per-parameter-token";

fn training(
    derived: &Derived<'_>,
    workload: &Workload,
    accelerators: Option<u64>,
) -> Result<TrainingRun, Missing> {
    let elsewhere = |name: String| Missing::Elsewhere(name);
    let ratios = &derived.world.constants.ratios;
    let per_token = ratios
        .get(TRAINING_OPERATIONS)
        .and_then(|ratio| ratio.known())
        .ok_or_else(|| elsewhere(format!("constants.ratios.{TRAINING_OPERATIONS}")))?;
    let model = derived
        .model(&workload.model)
        .ok_or(Missing::Field("model"))?;
    let active = model
        .active
        .known()
        .ok_or_else(|| elsewhere(format!("models.{}.active", model.id)))?;
    let tokens = workload.tokens.ok_or(Missing::Field("tokens"))?;
    let mfu = workload
        .mfu
        .filter(|mfu| mfu.get() > 0.0)
        .ok_or(Missing::Field("mfu"))?;
    let unknown_node = || elsewhere("compute.groups[0].part".into());
    let node = derived.main_node().ok_or_else(unknown_node)?;
    let peak = derived
        .parts
        .accelerator(&node.accelerator)
        .and_then(|accelerator| accelerator.bf16.known())
        .filter(|peak| peak.get() > 0.0)
        .ok_or_else(|| elsewhere(format!("{}.bf16", node.accelerator)))?;
    let count = match accelerators {
        Some(0) if workload.accelerators.is_some() => return Err(Missing::Field("accelerators")),
        Some(0) => return Err(elsewhere("compute.groups[0].nodes".into())),
        Some(count) => count as f64,
        None => return Err(unknown_node()),
    };
    let operations = per_token.get() * active.get() * tokens.get();
    let useful = peak.get() * mfu.get();
    let seconds = operations / useful;
    let run = TrainingRun {
        operations: Flops::new(operations),
        mfu,
        rate: FlopsPerSec::new(useful * count),
        accelerator_hours: seconds / SECONDS_PER_HOUR,
        duration: Seconds::new(seconds / count),
    };
    // Absurdly large or small figures end in infinity, which is no prediction.
    let finite = run.rate.get().is_finite() && seconds.is_finite();
    if finite {
        Ok(run)
    } else {
        Err(Missing::Field("tokens"))
    }
}

fn serving(workload: &Workload, accelerators: Option<u64>) -> Result<Serving, Missing> {
    let stated = workload.throughput.filter(|rate| rate.get() > 0.0);
    let per_accelerator = stated.ok_or(Missing::Field("throughput"))?;
    let hours_per_million_tokens = TOKENS_PER_MILLION / per_accelerator.get() / SECONDS_PER_HOUR;
    if !hours_per_million_tokens.is_finite() {
        return Err(Missing::Field("throughput"));
    }
    let rate = accelerators.map(|count| per_accelerator * count as f64);
    Ok(Serving {
        per_accelerator,
        rate,
        hours_per_million_tokens,
    })
}

const SECONDS_PER_HOUR: f64 = 3600.0;
const TOKENS_PER_MILLION: f64 = 1e6;
