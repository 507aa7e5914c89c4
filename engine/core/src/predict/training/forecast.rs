//! The training of a workload on a design: its step, its layout, and how far off it may be.

use super::super::network;
use super::reinforcement::{Asked, generation};
use super::*;
use crate::catalogue::{Family, Range, Shape};
use crate::derive::Derived;
use crate::design::{Workload, WorkloadClass};
use crate::quantity::Seconds;
use crate::reference::World;
use crate::written::Write;

/// A predicted step of a workload with the layouts that were considered.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Forecast {
    /// Accelerators that the layout uses.
    pub accelerators: u32,
    /// Tokens of a sequence.
    pub sequence: f64,
    /// Sequences of a step.
    pub batch: f64,
    /// Number format of the large matrix products.
    pub precision: Precision,
    /// The layout: as the design states it, or the fastest that fits.
    pub layout: Layout,
    /// Where the time goes, s.
    pub step: Step,
    /// Time of a step, with the band in which 80 % of measured rows of its class lie.
    pub seconds: Range<Seconds>,
    /// Tokens per second and accelerator.
    pub tokens_per_second: f64,
    /// Model operations as share of the peak at this precision.
    pub mfu: f64,
    /// The same against the 16-bit peak, by which the cost is reckoned.
    pub mfu_half: f64,
    /// Memory of the fullest rank, part by part, bytes.
    pub memory: Memory,
    /// Memory of an accelerator, bytes.
    pub capacity: f64,
    /// Nothing fits: the smallest layout is shown.
    pub too_large: bool,
    /// The fastest layouts, this one first.
    pub candidates: Vec<Candidate>,
    /// Layouts tried.
    pub tried: u64,
    /// Of them, those that do not fit.
    pub misfits: u64,
    /// The same layout on other networks, the slowest first: reckoned, as no row measures it.
    pub elsewhere: Vec<Elsewhere>,
    /// The class of measured rows by whose errors the band goes.
    pub class: String,
    /// What was assumed, and what no measured row covers.
    pub remarks: Vec<String>,
}

impl Forecast {
    /// Tokens per second of the whole job. `low` is the slowest.
    pub fn rate(&self) -> Range<f64> {
        let tokens = self.batch * self.sequence;
        self.by_speed(tokens / self.seconds.mid.get())
    }

    /// Model operations as share of the peak at this precision. `low` is the slowest.
    pub fn efficiency(&self) -> Range<f64> {
        self.by_speed(self.mfu)
    }

    /// A figure that is the larger the shorter the step, with the band of the step.
    fn by_speed(&self, mid: f64) -> Range<f64> {
        let seconds = self.seconds.map(Seconds::get);
        Range {
            low: mid * seconds.mid / seconds.high,
            mid,
            high: mid * seconds.mid / seconds.low,
        }
    }

    /// By how much longer a step on another network takes, as share of this one.
    pub fn longer(&self, other: &Elsewhere) -> f64 {
        other.seconds / self.seconds.mid.get() - 1.0
    }

    /// Seconds by which another layout is slower.
    pub fn behind(&self, other: &Candidate) -> f64 {
        other.seconds - self.seconds.mid.get()
    }
}

/// The constants of the world; an `Err` names one that is missing.
///
/// # Errors
/// The name of a constant that the world does not have.
pub fn calibration(world: &World) -> Result<Calibration, String> {
    Calibration::shipped(&world.training.constants, "training")
}

/// Predicts the step of a training workload on so many accelerators with so many tokens a step.
///
/// # Errors
/// The datum that is missing: a path in the design or a name in the world.
pub fn forecast(
    derived: &Derived<'_>,
    workload: &Workload,
    accelerators: u64,
    tokens_per_step: f64,
) -> Result<Forecast, String> {
    let world = derived.world;
    let c = calibration(world)?;
    let model = derived.model(&workload.model).ok_or("model")?;
    let shape = model
        .shape
        .get()
        .ok_or_else(|| format!("models.{}.shape", model.id))?;
    let mut remarks = Vec::new();
    let machine = machine(derived, accelerators, &mut remarks)?;
    let plan = &workload.plan.step;
    let learned = &workload.plan.reinforcement;
    let asked = Asked::of(learned)?;
    let sequence = plan.sequence.map_or(DEFAULT_SEQUENCE, f64::from).max(1.0);
    let sequence = asked.map_or(sequence, |asked| asked.sequence());
    if plan.sequence.is_none() && asked.is_none() {
        remarks.push(format!("sequences of {sequence} tokens are assumed"));
    }
    let precision = plan.precision.unwrap_or_else(|| usual_precision(&machine));
    if plan.precision.is_none() {
        remarks.push(format!("{} is assumed", precision.word()));
    }
    let today = || Stack::year_of(&world.as_of).ok_or("as_of");
    let year = plan.software.map_or_else(today, Ok)?;
    let task = match workload.class {
        _ if plan.lora && plan.quantised => Task::Qlora,
        _ if plan.lora => Task::Lora,
        WorkloadClass::FineTuning => Task::FineTuning,
        _ => Task::PreTraining,
    };
    if task == Task::Qlora {
        remarks.push("no measured row holds its weights in 4 bits: what turning them back costs is reckoned from its bytes".into());
    }
    if plan.schedule.is_some_and(Schedule::split) {
        remarks.push(
            "few rows measure this schedule: on experts such schedules gained less than reckoned, or nothing".into(),
        );
    }
    let framework = if plan.tuned {
        Framework::Tuned
    } else {
        Framework::Megatron
    };
    let job = Job {
        shape,
        task,
        sequence,
        packed: None,
        batch: asked.map_or(libm::round(tokens_per_step / sequence).max(1.0), |asked| {
            asked.answers
        }),
        accelerators: u32::try_from(accelerators).unwrap_or(u32::MAX),
        precision,
        layout: Layout {
            schedule: plan.schedule.unwrap_or(Layout::ONE.schedule),
            ..Layout::ONE
        },
        machine,
        stack: Stack {
            framework,
            year,
            token_drop: false,
        },
        mtp: false,
    };
    let fixed = Fixed {
        tp: plan.tp,
        pp: plan.pp,
        cp: plan.cp,
        ep: plan.ep,
        micro_batch: plan.micro_batch,
        recompute: plan.recompute,
    };
    let mut found = search(&c, &job, &fixed, SHOWN);
    if let Some(asked) = &asked {
        let seconds = generation(derived, &job, learned, asked)?;
        for candidate in found.best.iter_mut().chain(&mut found.smallest) {
            candidate.step = asked.step(&candidate.step, seconds);
            candidate.seconds = candidate.step.total();
        }
    }
    let chosen = found.best.first().or(found.smallest.as_ref());
    let chosen = *chosen.ok_or_else(|| impossible(&job, &fixed))?;
    let mut forecast = shown(world, &c, &job, chosen, found, remarks)?;
    if let Some(asked) = &asked {
        asked.told(&mut forecast, world);
    }
    Ok(forecast)
}

/// Sequences of this many tokens where a plan states none: as most measured rows have them.
const DEFAULT_SEQUENCE: f64 = 8192.0;
/// Layouts that are shown.
const SHOWN: usize = 6;

/// Puts a prediction into the terms of a person.
fn shown(
    world: &World,
    c: &Calibration,
    job: &Job<'_>,
    chosen: Candidate,
    found: Found,
    mut remarks: Vec<String>,
) -> Result<Forecast, String> {
    let used = chosen.layout.ranks();
    let mut at = job.clone();
    at.layout = chosen.layout;
    at.accelerators = used;
    let tokens = job.batch * job.sequence;
    let per_token = model_flops(job.shape, job.sequence, job.task);
    let rate = per_token * tokens / chosen.seconds / f64::from(used.max(1));
    let class = class(job, chosen.layout);
    let errors = &world.training.errors;
    let own = errors.get(class);
    if own.is_none() {
        remarks.push(format!(
            "no measured rows are of this kind: the band is that of {UNLIKE}"
        ));
    }
    let band = own.or_else(|| errors.get(UNLIKE));
    let (low, high) = band.ok_or_else(|| format!("training.errors.{class}"))?.band;
    Ok(Forecast {
        accelerators: used,
        sequence: job.sequence,
        batch: job.batch,
        precision: job.precision,
        layout: chosen.layout,
        step: chosen.step,
        seconds: Range {
            low: Seconds::new(chosen.seconds * low),
            mid: Seconds::new(chosen.seconds),
            high: Seconds::new(chosen.seconds * high),
        },
        tokens_per_second: tokens / chosen.seconds / f64::from(used.max(1)),
        mfu: rate / job.machine.peak(job.precision),
        mfu_half: rate / job.machine.half,
        memory: memory(c, &at),
        capacity: job.machine.memory,
        too_large: found.best.is_empty(),
        candidates: found.best,
        tried: found.tried,
        misfits: found.too_large,
        elsewhere: elsewhere(c, &at, &world.training.networks),
        class: class.to_owned(),
        remarks,
    })
}

/// The class whose errors stand for those of a case unlike any measured.
pub(super) const UNLIKE: &str = "an accelerator left out";

/// Operations that the mathematics of a token needs, forward and backward, attention halved for
/// the causal mask; with adapters the weights have no gradients.
pub fn model_flops(shape: &Shape, sequence: f64, task: Task) -> f64 {
    let tables = if shape.tied { 1.0 } else { 2.0 };
    let body = shape.active_parameters() - (tables - 1.0) * shape.embedding_parameters();
    let width = f64::from(shape.heads) * f64::from(shape.head_dim());
    let attention = 2.0 * f64::from(shape.attention_layers()) * width * sequence;
    let passes = if task.adapters() { 2.0 } else { 3.0 };
    passes * 2.0 * body + 3.0 * attention
}

/// The class of measured rows that a job belongs to.
pub fn class(job: &Job<'_>, layout: Layout) -> &'static str {
    if job.task.adapters() {
        "lora"
    } else if job.shape.experts.is_none() {
        "dense"
    } else if layout.ep > job.machine.domain {
        "experts over the network"
    } else {
        "experts"
    }
}

/// The machine of a design: its first group's accelerator with the links of node and fabric.
fn machine(
    derived: &Derived<'_>,
    accelerators: u64,
    remarks: &mut Vec<String>,
) -> Result<Machine, String> {
    let node = derived.main_node().ok_or("compute.groups[0].part")?;
    let id = &node.accelerator;
    let known = derived
        .world
        .training
        .machines
        .get(id)
        .ok_or_else(|| format!("training.machines.{id}"))?;
    let part = derived.parts.accelerator(id).ok_or_else(|| id.clone())?;
    let each = node.accelerators.known().unwrap_or(known.node);
    let (built, taper) = network(derived, each);
    if built.is_none() {
        remarks.push(
            "the node's ports are not known: the usual network of this accelerator is assumed"
                .into(),
        );
    }
    let mut machine = Machine::of(part, known, built)?;
    if taper > 1.0 && accelerators > u64::from(machine.domain.max(known.node)) {
        machine.network /= taper;
        remarks.push(format!(
            "the fabric is oversubscribed {taper:.2}:1, which no measured row is: extrapolated"
        ));
    }
    Ok(machine)
}

/// What most train in on a family: FP8 where it came with the recipes of the time, 16 bits before.
fn usual_precision(machine: &Machine) -> Precision {
    match machine.family {
        Family::Blackwell | Family::BlackwellUltra | Family::Cdna4 => Precision::Fp8,
        Family::Ampere | Family::Hopper | Family::Cdna3 | Family::Tpu | Family::Gaudi => {
            Precision::Half
        }
    }
}

/// Why no layout divides model, batch and machine.
fn impossible(job: &Job<'_>, fixed: &Fixed) -> String {
    let n = job.accelerators;
    let product = [fixed.tp, fixed.pp, fixed.cp]
        .into_iter()
        .flatten()
        .fold(1_u32, u32::saturating_mul);
    if product > n {
        format!("a layout: the degrees stated need {product} accelerators, the job has {n}")
    } else if let Some(pp) = fixed.pp.filter(|pp| !divides(job.shape.layers, *pp)) {
        format!(
            "a layout: {} layers cannot be dealt out to {pp} stages evenly",
            job.shape.layers
        )
    } else if let Some(tp) = fixed.tp.filter(|tp| !job.shape.heads.is_multiple_of(*tp)) {
        format!(
            "a layout: {} heads cannot be divided by {tp}",
            job.shape.heads
        )
    } else {
        format!(
            "a layout that divides this model, {} sequences and {n} accelerators",
            job.batch
        )
    }
}
