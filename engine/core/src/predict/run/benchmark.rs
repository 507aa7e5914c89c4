//! Time to train as benchmarks score it: to a quality, with evaluation, without failures.

use crate::catalogue::{Benchmark, Range};

/// Seconds from the start to the target.
pub fn time_to_train(steps: f64, step: f64, evaluation: f64, start: f64) -> f64 {
    steps * step * (1.0 + evaluation) + start
}

/// Samples that reach the target at a batch: as published, or between its neighbours in
/// proportion to the logarithm of the batch. `None` outside of what is published.
pub fn samples_to_target(benchmark: &Benchmark, batch: u32) -> Option<Range<f64>> {
    let rows = &benchmark.samples;
    let after = rows.iter().position(|row| row.batch >= batch)?;
    let known = |at: usize| {
        let row = rows.get(at)?;
        let samples = row.samples.known()?.map(crate::quantity::Ratio::get);
        Some((f64::from(row.batch), samples))
    };
    let (above, upper) = known(after)?;
    if above == f64::from(batch) {
        return Some(upper);
    }
    let (below, lower) = known(after.checked_sub(1)?)?;
    let part = libm::log(f64::from(batch) / below) / libm::log(above / below);
    Some(lower.zip(upper, |low, high| low + (high - low) * part))
}

impl Benchmark {
    /// Seconds to the target with steps of `step` seconds at a batch; `None` where the
    /// samples, the evaluation or the start are not known.
    pub fn time_to_train(&self, batch: u32, step: f64) -> Option<Range<f64>> {
        let samples = samples_to_target(self, batch)?;
        let evaluation = self.evaluation.known()?;
        let start = self.start.known()?.get();
        let steps = samples.map(|samples| samples / f64::from(batch));
        Some(steps.zip(evaluation, |steps, share| {
            time_to_train(steps, step, share.get(), start)
        }))
    }
}
