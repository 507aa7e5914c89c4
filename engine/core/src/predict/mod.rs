//! What a design will do for its workloads. The efficiency of training is predicted, unless the
//! person states one; that of inference is stated. Each result says which.

mod constants;
pub mod inference;
pub mod measured;
pub mod run;
pub mod training;

use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::{Workload, WorkloadClass};
use crate::quantity::{Flops, FlopsPerSec, Parameters, Ratio, Seconds, Tokens, TokensPerSec};
use crate::written::Write;
use inference::{Fleet, Service, Sizing, fleet, service, sizing};
use run::{Job, Outlook};
use training::{Forecast, forecast};

/// Predictions for all workloads, in the order of the design.
#[derive(Debug, Clone, PartialEq, Default, Write)]
pub struct Predictions {
    /// One for each workload.
    pub workloads: Vec<Prediction>,
    /// All services on the one cluster; `None` where none is sized.
    pub fleet: Option<Fleet>,
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
    /// The predicted step of training, also beside a stated efficiency; `None` for inference
    /// and while a datum is missing.
    pub forecast: Option<Forecast>,
    /// The datum that is missing for it.
    pub forecast_missing: Option<String>,
    /// The run in practice, and the campaign around it; `None` for inference and while a
    /// datum is missing.
    pub outlook: Option<Outlook>,
    /// Why there is no outlook of a run that is known otherwise.
    pub outlook_missing: Option<String>,
    /// The predicted service, also beside a stated throughput; `None` for training and while a
    /// datum is missing.
    pub service: Option<Service>,
    /// The datum that is missing for it.
    pub service_missing: Option<String>,
    /// The service sized for its traffic over hours and years; `None` while a datum is missing.
    pub sizing: Option<Sizing>,
    /// The datum that is missing for it.
    pub sizing_missing: Option<String>,
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
    /// Accelerator-hours per million output tokens, with the band of a prediction; all work counts.
    pub hours_per_million_tokens: Range<f64>,
    /// The work of a request told apart, where it is predicted.
    pub split: Option<Split>,
}

/// The work of requests told apart by what it is for, in accelerator-hours.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Split {
    /// Per request.
    pub request: Range<f64>,
    /// Per million tokens of prompts that are read; what is cached is not.
    pub million_read: Range<f64>,
    /// Per million tokens of prompts that are found cached: looking back on them; `None` where none are.
    pub million_cached: Option<Range<f64>>,
    /// Per million tokens of answers, without what prompts take.
    pub million_answered: Range<f64>,
}

impl Split {
    fn of(service: &Service) -> Self {
        let load = &service.load;
        let hours = |rate: TokensPerSec| load.output / rate.get() / SECONDS_PER_HOUR;
        let request = Range {
            low: hours(service.per_accelerator.high),
            mid: hours(service.per_accelerator.mid),
            high: hours(service.per_accelerator.low),
        };
        let reading = service.met.reading;
        let million = |share: f64, tokens: f64| {
            request.map(|hours| hours * share / tokens * TOKENS_PER_MILLION)
        };
        Self {
            request,
            million_read: million(reading * (1.0 - service.looking), load.computed()),
            million_cached: (load.cached > 0.0)
                .then(|| million(reading * service.looking, load.prompt * load.cached)),
            million_answered: million(1.0 - reading, load.output),
        }
    }
}

/// Predicts every workload of a design.
pub fn predict(derived: &Derived<'_>) -> Predictions {
    let workloads = &derived.design.workloads;
    let all = workloads.iter().enumerate();
    let all: Vec<Prediction> = all
        .map(|(at, workload)| one(derived, at, workload))
        .collect();
    Predictions {
        fleet: fleet(derived, workloads, &all),
        workloads: all,
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
        forecast: None,
        forecast_missing: None,
        outlook: None,
        outlook_missing: None,
        service: None,
        service_missing: None,
        sizing: None,
        sizing_missing: None,
        serving: None,
        missing: None,
        subject,
    };
    let result = match workload.class {
        WorkloadClass::Inference => {
            match service(derived, workload, accelerators.unwrap_or(0)) {
                Ok(service) => prediction.service = Some(service),
                Err(missing) => prediction.service_missing = Some(missing),
            }
            let service = prediction.service.as_ref();
            match service.map(|service| sizing(derived, workload, service)) {
                Some(Ok(sizing)) => prediction.sizing = Some(sizing),
                Some(Err(missing)) => prediction.sizing_missing = Some(missing),
                None => {}
            }
            let service = service.filter(|_| workload.throughput.is_none());
            if service.is_some() {
                prediction.basis = Basis::Predicted;
            }
            serving(workload, accelerators, service)
                .map(|serving| prediction.serving = Some(serving))
        }
        WorkloadClass::PreTraining | WorkloadClass::FineTuning => {
            match predicted(derived, workload) {
                Ok(forecast) => prediction.forecast = Some(forecast),
                Err(missing) => prediction.forecast_missing = Some(missing),
            }
            // A layout that does not fit is shown, but nothing is reckoned by it.
            let forecast = prediction
                .forecast
                .as_ref()
                .filter(|forecast| workload.mfu.is_none() && !forecast.too_large);
            if forecast.is_some() {
                prediction.basis = Basis::Predicted;
            }
            training(derived, workload, accelerators, forecast)
                .map(|run| prediction.run = Some(run))
        }
    };
    prediction.missing = result.err().map(|datum| datum.path(&prediction.subject));
    if let Some(run) = &prediction.run {
        let forecast = prediction.forecast.as_ref();
        let forecast = forecast.filter(|_| prediction.basis == Basis::Predicted);
        match outlook(derived, workload, run, forecast) {
            Ok(outlook) => prediction.outlook = Some(outlook),
            Err(missing) => prediction.outlook_missing = Some(missing),
        }
    }
    prediction
}

/// What a design's nodes give each accelerator of the network, bytes per second, where their ports are
/// known; and by how much the fabric above them divides it.
fn network(derived: &Derived<'_>, accelerators: u32) -> (Option<f64>, f64) {
    let ports = derived.main_node().map(|node| &node.compute_ports);
    let ports = ports.and_then(|ports| ports.count.known().zip(ports.rate.known()));
    let each = ports.map(|(count, rate)| {
        f64::from(count) * rate.get() / BITS_PER_BYTE / f64::from(accelerators.max(1))
    });
    let fabric = derived.fabric().map(|fabric| fabric.oversubscription);
    (
        each.filter(|rate| *rate > 0.0),
        fabric.unwrap_or(1.0).max(1.0),
    )
}

const BITS_PER_BYTE: f64 = 8.0;

/// The predicted step on the accelerators that train in practice, at the batch of the plan.
fn predicted(derived: &Derived<'_>, workload: &Workload) -> Result<Forecast, String> {
    let model = derived.model(&workload.model).ok_or("model")?;
    let active = model.active.known().ok_or("parameters of the model")?;
    let tokens = workload.tokens.ok_or("tokens")?;
    let crew = run::crew(derived, workload)?;
    let batch = run::batch(derived, workload, tokens, active)?;
    forecast(derived, workload, crew.accelerators, batch.size.get())
}

/// The run in practice. A stated efficiency holds for each accelerator, however many there are.
fn outlook(
    derived: &Derived<'_>,
    workload: &Workload,
    run: &TrainingRun,
    forecast: Option<&Forecast>,
) -> Result<Outlook, String> {
    let model = derived.model(&workload.model).ok_or("model")?;
    let known = |parameters: Option<Parameters>| parameters.ok_or("parameters of the model");
    let (parameters, active) = (
        known(model.parameters.known())?,
        known(model.active.known())?,
    );
    let tokens = workload.tokens.ok_or("tokens")?;
    let crew = run::crew(derived, workload)?;
    if crew.accelerators == 0 {
        return Err("accelerators beside what stands by".into());
    }
    let batch = run::batch(derived, workload, tokens, active)?;
    let error = match workload.plan.spread {
        Some(stated) => stated.get(),
        None => run::spread(derived)?,
    };
    let steps = tokens / batch.size;
    let step = run.accelerator_hours * SECONDS_PER_HOUR / crew.accelerators as f64 / steps;
    let stated = Range {
        low: step / (1.0 + error),
        mid: step,
        high: step * (1.0 + error),
    };
    let job = Job {
        accelerators: crew.accelerators,
        tokens_per_step: forecast.map_or(batch.size, |forecast| {
            Tokens::new(forecast.batch * forecast.sequence)
        }),
        step: forecast.map_or(stated.map(Seconds::new), |forecast| forecast.seconds),
        parameters,
        active,
    };
    run::outlook(derived, workload, crew, batch, tokens, &job)
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
    forecast: Option<&Forecast>,
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
    let stated = workload.mfu.filter(|mfu| mfu.get() > 0.0);
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
    // Of a predicted step the efficiency follows; of a stated efficiency the time.
    let predicted = forecast.map(|forecast| {
        let each = forecast.seconds.mid.get() * f64::from(forecast.accelerators);
        each * tokens.get() / (forecast.batch * forecast.sequence)
    });
    let mfu = match (stated, predicted) {
        (Some(stated), None) => stated,
        (_, Some(seconds)) => Ratio::new(operations / seconds / peak.get()),
        (None, None) => return Err(Missing::Field("mfu")),
    };
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

fn serving(
    workload: &Workload,
    accelerators: Option<u64>,
    service: Option<&Service>,
) -> Result<Serving, Missing> {
    let stated = workload.throughput.filter(|rate| rate.get() > 0.0);
    let stated = stated.map(|rate| Range {
        low: rate,
        mid: rate,
        high: rate,
    });
    let per_accelerator = stated.or(service.map(|service| service.per_accelerator));
    let per_accelerator = per_accelerator.ok_or(Missing::Field("throughput"))?;
    let hours = |rate: TokensPerSec| hours_per_million_tokens(rate.get());
    let hours_per_million_tokens = Range {
        low: hours(per_accelerator.high),
        mid: hours(per_accelerator.mid),
        high: hours(per_accelerator.low),
    };
    if !hours_per_million_tokens.high.is_finite() {
        return Err(Missing::Field("throughput"));
    }
    let rate = accelerators.map(|count| per_accelerator.mid * count as f64);
    Ok(Serving {
        per_accelerator: per_accelerator.mid,
        rate,
        hours_per_million_tokens,
        split: service.map(Split::of),
    })
}

/// Accelerator-hours of a million tokens at so many per second and accelerator.
pub fn hours_per_million_tokens(per_second: f64) -> f64 {
    TOKENS_PER_MILLION / per_second / SECONDS_PER_HOUR
}

const SECONDS_PER_HOUR: f64 = 3600.0;
const TOKENS_PER_MILLION: f64 = 1e6;
