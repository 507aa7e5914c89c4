//! How long a benchmark with a target takes, once the step is known.

use super::Row;
use crate::catalogue::Benchmark;
use crate::predict::run::{samples_to_target, time_to_train};
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
        self.scaling * time_to_train(self.count, step, self.evaluation, self.start)
    }
}

/// The steps of a row.
pub(super) fn steps(row: &Row<'_>, world: &World, lora: bool, batch: f64) -> Result<Steps, String> {
    let name = row.text("model");
    let benchmark = benchmark(world, name, lora)
        .ok_or_else(|| format!("no benchmark with a target is known for the model \"{name}\""))?;
    let published = || samples_to_target(benchmark, batch as u32).map(|samples| samples.mid);
    let samples = row
        .number("samples_to_target")?
        .or_else(published)
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
        evaluation: benchmark
            .evaluation
            .known()
            .map_or(0.0, |share| share.mid.get()),
        start: benchmark.start.known().map_or(0.0, |time| time.get()),
        scaling,
    })
}

fn benchmark<'w>(world: &'w World, model: &str, lora: bool) -> Option<&'w Benchmark> {
    let id = &world.model(model)?.id;
    let key = if lora {
        format!("{id}-lora")
    } else {
        id.clone()
    };
    world.constants.benchmarks.get(&key)
}
