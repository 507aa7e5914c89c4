//! The batch: what it costs in tokens and in loss to train in few, large steps.

use super::figures::Figures;
use super::loss::Law;
use crate::catalogue::Range;
use crate::design::TrainingPlan;
use crate::quantity::Tokens;
use crate::written::Write;

/// Batch, steps, and how far more accelerators still help.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Batch {
    /// Tokens of a step at full size.
    pub size: Tokens,
    /// The plan states none: the critical batch is assumed.
    pub assumed: bool,
    /// Steps of the run, smaller first batches counted.
    pub steps: f64,
    /// Batch at which the run needs twice the fewest steps and twice the fewest tokens, with
    /// the band of its law. Larger is better.
    pub critical: Range<Tokens>,
    /// Tokens beyond the fewest that reach the same loss, as share of these.
    pub extra_tokens: Range<f64>,
    /// Time of the run with twice the batch on twice the accelerators at the same rate of
    /// each, for the same loss: 0.5 is perfect.
    pub doubled: f64,
    /// Loss of the run by the law of dense models of the active size.
    pub loss: f64,
    /// The same if it were trained in small steps.
    pub loss_small_batch: f64,
}

/// Critical batch in tokens for a run of so many, by a power law.
pub fn critical_batch(tokens: f64, factor: f64, exponent: f64) -> f64 {
    factor * libm::pow(tokens / PER_MILLION, exponent)
}

/// Steps and tokens to a loss, as multiples of the fewest of each, at a batch.
pub fn trade(batch: f64, critical: f64) -> (f64, f64) {
    (1.0 + critical / batch, 1.0 + batch / critical)
}

/// Steps of a run of so many tokens: each stage of the ramp until its end, then the batch.
pub fn steps(tokens: f64, plan: &TrainingPlan, batch: f64) -> f64 {
    let (mut done, mut steps) = (0.0, 0.0);
    for stage in &plan.ramp {
        let end = stage.until.get().min(tokens);
        if end > done && stage.batch.get() > 0.0 {
            steps += (end - done) / stage.batch.get();
            done = end;
        }
    }
    steps + (tokens - done) / batch
}

/// Most replicas that a batch feeds, at one sequence for each: beyond, more accelerators have
/// nothing to do.
pub fn most_replicas(batch: f64, sequence: f64) -> f64 {
    libm::floor(batch / sequence).max(1.0)
}

/// Critical batch by the law of the constants.
pub(super) fn by_law(figures: Figures<'_>, tokens: f64) -> Result<f64, String> {
    let factor = figures.ratio("critical-batch/factor")?;
    let exponent = figures.ratio("critical-batch/exponent")?;
    Ok(critical_batch(tokens, factor, exponent))
}

/// The batch of a run. An `Err` names the constant that is missing.
pub(super) fn batch(
    figures: Figures<'_>,
    plan: &TrainingPlan,
    tokens: f64,
    active: f64,
) -> Result<Batch, String> {
    let law = by_law(figures, tokens)?;
    let critical = match plan.critical_batch.filter(|stated| stated.get() > 0.0) {
        Some(stated) => Range::exactly(stated.get()),
        None => figures.range("critical-batch/band")?.map(|band| band * law),
    };
    let stated = plan.batch.filter(|batch| batch.get() > 0.0);
    let size = stated.map_or(critical.mid, Tokens::get);
    let law = Law {
        floor: figures.ratio("loss/floor")?,
        a: figures.ratio("loss/a")?,
        b: figures.ratio("loss/b")?,
        alpha: figures.ratio("loss/alpha")?,
        beta: figures.ratio("loss/beta")?,
    };
    let (steps_now, tokens_now) = trade(size, critical.mid);
    let (steps_doubled, _) = trade(2.0 * size, critical.mid);
    Ok(Batch {
        size: Tokens::new(size),
        assumed: stated.is_none(),
        steps: steps(tokens, plan, size),
        critical: critical.map(Tokens::new),
        extra_tokens: Range {
            low: size / critical.high,
            mid: size / critical.mid,
            high: size / critical.low,
        },
        doubled: steps_doubled / steps_now,
        loss: law.loss(active, tokens / tokens_now),
        loss_small_batch: law.loss(active, tokens),
    })
}

const PER_MILLION: f64 = 1e6;
