//! How long a benchmark with a target takes, once the step is known.

use super::Row;
use crate::catalogue::Benchmark;
use crate::reference::World;

/// Steps to the target and what comes besides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    /// Steps to the target.
    pub count: f64,
    /// Evaluation as share of the training time.
    pub evaluation: f64,
    /// Time around, s.
    pub start: f64,
    /// Factor of the score for convergence.
    pub scaling: f64,
}

impl Steps {
    /// Time to the target, s, as the benchmark scores it.
    pub fn time(&self, step: f64) -> f64 {
        self.scaling * (self.count * step * (1.0 + self.evaluation) + self.start)
    }
}

/// The steps of a row.
pub(super) fn steps(row: &Row<'_>, world: &World, lora: bool, batch: f64) -> Result<Steps, String> {
    let name = row.text("model");
    let mut all = world.training.benchmarks.iter();
    let benchmark = all
        .find(|benchmark| benchmark.lora == lora && benchmark.model == name)
        .ok_or_else(|| format!("no benchmark with a target is known for the model \"{name}\""))?;
    let known = benchmark.samples.get().map_or(&[][..], Vec::as_slice);
    let samples = row
        .number("samples_to_target")?
        .or_else(|| between(known, batch))
        .ok_or_else(|| {
            format!(
                "samples_to_target is blank, and how many a batch of {batch} takes is not known"
            )
        })?;
    let scaling = row
        .text("notes")
        .split("convergence_scaling=")
        .nth(1)
        .and_then(|rest| rest.split(';').next())
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(1.0);
    Ok(Steps {
        count: samples / batch,
        evaluation: evaluation(benchmark, batch),
        start: benchmark.start.known().map_or(0.0, |time| time.get()),
        scaling,
    })
}

/// Evaluation as share of training time: whole batches of forward passes, after whole batches of
/// training; a training step is three forward passes, with adapters two.
fn evaluation(benchmark: &Benchmark, batch: f64) -> f64 {
    let interval = benchmark.interval.known().map_or(f64::INFINITY, f64::from);
    let evaluated = benchmark.evaluated.known().map_or(0.0, f64::from);
    let passes = if benchmark.lora { 2.0 } else { 3.0 };
    libm::ceil(evaluated / batch) / (passes * libm::ceil(interval / batch))
}

/// At a known batch, or between two on a straight line.
fn between(known: &[(u32, f64)], batch: f64) -> Option<f64> {
    let below = known
        .iter()
        .rev()
        .find(|(size, _)| f64::from(*size) <= batch)?;
    let above = known.iter().find(|(size, _)| f64::from(*size) >= batch)?;
    let width = f64::from(above.0) - f64::from(below.0);
    let part = if width > 0.0 {
        (batch - f64::from(below.0)) / width
    } else {
        0.0
    };
    Some(below.1 + part * (above.1 - below.1))
}
