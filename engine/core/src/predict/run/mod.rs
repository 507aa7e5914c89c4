//! What a training job comes to in practice: from the time of one step to the days of the run,
//! its energy, and the campaign around it. Where the step time comes from is not decided here.
//!
//! Of every range, `low` is the optimistic case and `high` the pessimistic one.

mod availability;
mod batch;
mod benchmark;
mod campaign;
mod checkpoint;
mod crew;
mod energy;
mod failures;
pub(in crate::predict) mod figures;
mod goodput;
mod levers;
mod loss;
mod practice;
mod software;
mod spares;

pub use availability::{enough_up, fewest, node_availability, quantile};
pub use batch::{Batch, critical_batch, most_replicas, steps, trade};
pub use benchmark::{samples_to_target, time_to_train};
pub use campaign::{Campaign, Multipliers};
pub use checkpoint::{Checkpoint, best, daly, young};
pub use crew::{Crew, Spares};
pub use energy::{Draw, Footprint, capped_speed};
pub(super) use energy::{Facility, made};
pub use failures::{Cause, Early, Failures, Fleet, PartFaults};
pub use goodput::{efficiency, expected};
pub use levers::{Lever, LeverKind};
pub use loss::Law;
pub use practice::Goodput;
pub use spares::{at_least, enough, missing, shortage};

use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::quantity::{Parameters, Seconds, Tokens};
use crate::reference::World;
use crate::written::Write;
use figures::Figures;
use practice::Practice;

/// One step of a job: what a model of the step time, or a stated efficiency, says of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Job {
    /// Accelerators that train.
    pub accelerators: u64,
    /// Tokens of one step.
    pub tokens_per_step: Tokens,
    /// Time of one step, with its band.
    pub step: Range<Seconds>,
    /// All parameters, which are saved.
    pub parameters: Parameters,
    /// Parameters that a token uses.
    pub active: Parameters,
}

/// A training run in practice, and the campaign around it.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Outlook {
    /// Who trains, in units of nodes or scale-up domains.
    pub crew: Crew,
    /// Batch and steps.
    pub batch: Batch,
    /// Time of the steps alone.
    pub ideal: Range<Seconds>,
    /// Interruptions.
    pub failures: Failures,
    /// What stands by.
    pub spares: Spares,
    /// Saving; `None` while the storage's rates are not known.
    pub checkpoint: Option<Checkpoint>,
    /// Share of the time that is progress.
    pub goodput: Option<Goodput>,
    /// From start to end, with evaluation, interruptions and what is missing.
    pub time: Option<Range<Seconds>>,
    /// Accelerator-hours kept for the run.
    pub accelerator_hours: Option<Range<f64>>,
    /// Accelerators that train, for the deadline of the plan at the same speed of each;
    /// `None` = no deadline, or none that more accelerators meet.
    pub needed: Option<Range<u64>>,
    /// What a change would buy.
    pub levers: Vec<Lever>,
    /// Power and emissions of an accelerator-hour.
    pub draw: Option<Draw>,
    /// The models of the cluster's life.
    pub campaign: Option<Campaign>,
    /// The datum that is missing for what is `None`.
    pub missing: Option<String>,
}

/// The crew of a workload: a model of the step time is to be asked for these accelerators.
pub(super) fn crew(derived: &Derived<'_>, workload: &Workload) -> Result<Crew, String> {
    crew::crew(derived, Figures(&derived.world.constants), workload)
}

/// The batch that a plan states, or the critical one.
pub(super) fn batch(
    derived: &Derived<'_>,
    workload: &Workload,
    tokens: Tokens,
    active: Parameters,
) -> Result<Batch, String> {
    let figures = Figures(&derived.world.constants);
    batch::batch(figures, &workload.plan, tokens.get(), active.get())
}

/// The critical batch of a run of so many tokens, by the law of the world's constants.
pub(super) fn usual_batch(world: &World, tokens: f64) -> Option<f64> {
    batch::by_law(Figures(&world.constants), tokens).ok()
}

/// Relative error of a stated efficiency, where the plan states none.
pub(super) fn spread(derived: &Derived<'_>) -> Result<f64, String> {
    Figures(&derived.world.constants).ratio("efficiency-spread")
}

/// The outlook of a job. An `Err` names the datum without which nothing can be said.
pub(super) fn outlook(
    derived: &Derived<'_>,
    workload: &Workload,
    crew: Crew,
    batch: Batch,
    tokens: Tokens,
    job: &Job,
) -> Result<Outlook, String> {
    let figures = Figures(&derived.world.constants);
    let plan = &workload.plan;
    let cap = plan.power_cap.map_or(1.0, |cap| cap.get().clamp(0.0, 1.0));
    let slower = match plan.power_cap {
        Some(_) if cap > 0.0 => capped_speed(
            cap,
            figures.ratio("power-cap/compute-share")?,
            figures.ratio("power-cap/exponent")?,
        ),
        _ => 1.0,
    };
    let steps = tokens.get() / job.tokens_per_step.get();
    let ideal = job.step.map(|step| step.get() * steps / slower);
    let fabric = derived.fabric();
    let fleet = Fleet {
        accelerators: job.accelerators,
        node: crew.node,
        domain: crew.domain,
        cables: fabric.map(|counts| counts.fibre_runs),
        switches: fabric.map(|counts| {
            counts.leaf + counts.shared_leaf + counts.spine.unwrap_or(0) + counts.core.unwrap_or(0)
        }),
    };
    let failures = failures::failures(figures, &plan.reliability, fleet, ideal.mid)?;
    let spares = crew.spares(figures, workload, failures.per_accelerator_day, 0)?;
    let mut outlook = Outlook {
        crew,
        batch,
        ideal: ideal.map(Seconds::new),
        failures,
        spares,
        checkpoint: None,
        goodput: None,
        time: None,
        accelerator_hours: None,
        needed: None,
        levers: Vec::new(),
        draw: None,
        campaign: None,
        missing: None,
    };
    let result = complete(derived, figures, workload, job, cap, &mut outlook);
    outlook.missing = result.err();
    Ok(outlook)
}

/// Adds what needs storage, power and region.
fn complete(
    derived: &Derived<'_>,
    figures: Figures<'_>,
    workload: &Workload,
    job: &Job,
    cap: f64,
    outlook: &mut Outlook,
) -> Result<(), String> {
    let plan = &workload.plan;
    let ideal = outlook.ideal.map(Seconds::get);
    let practice = Practice::new(derived, figures, workload, job, &outlook.failures)?;
    let checkpoint = practice.checkpoint(1.0);
    let spares = outlook.spares;
    let time = practice.time(ideal, &checkpoint, spares.capacity);
    outlook.checkpoint = Some(checkpoint);
    outlook.goodput = Some(practice.goodput(&checkpoint, spares.capacity, time));
    if !time.high.is_finite() {
        return Err("time of a run that ends: it is interrupted before it gets on".into());
    }
    let hours = time.map(|seconds| seconds / SECONDS_PER_HOUR * spares.reserved as f64);
    outlook.time = Some(time.map(Seconds::new));
    outlook.accelerator_hours = Some(hours);
    outlook.needed = plan
        .deadline
        .and_then(|deadline| practice.needed(ideal, &checkpoint, spares.capacity, deadline.get()));
    outlook.levers = levers::levers(derived, figures, workload, &practice, outlook)?;
    let training = job.accelerators as f64 / spares.reserved.max(1) as f64;
    let draw = energy::draw(derived, figures, workload.class, cap, training.min(1.0));
    outlook.draw = draw.as_ref().ok().copied();
    let multipliers = campaign::multipliers(figures, &plan.campaign, workload.class)?;
    let campaign = campaign::campaign(
        figures,
        &plan.campaign,
        multipliers,
        hours,
        derived
            .design
            .economics
            .years
            .clamp(1, crate::design::MAX_YEARS),
        derived.accelerators.unwrap_or(0),
        outlook.draw.as_ref(),
    );
    outlook.campaign = Some(campaign?);
    draw.map(|_| ())
}

const SECONDS_PER_HOUR: f64 = 3600.0;
