//! The same run on more and fewer accelerators: the batch is fixed, so that at some size there is
//! too little work for each, and traffic or waiting takes over.

use super::{Forecast, Layout, forecast};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::quantity::Seconds;

/// A run on a number of accelerators.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaled {
    /// Accelerators that there are.
    pub accelerators: u64,
    /// What they do; an `Err` says why nothing.
    pub run: Result<ScaledRun, String>,
}

/// What a number of accelerators makes of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaledRun {
    /// The layout found.
    pub layout: Layout,
    /// Time of a step.
    pub step: Range<Seconds>,
    /// Time of all steps, without interruptions.
    pub steps: Range<Seconds>,
    /// Work per accelerator-hour, as share of the best of all sizes.
    pub efficiency: f64,
    /// The part that takes most besides the matrix products, with its share of the step.
    pub bottleneck: (&'static str, f64),
    /// Nothing fits into memory: the smallest layout is shown.
    pub too_large: bool,
}

/// The sizes of a curve: powers of two from 8 up, and 100,000 where eights of them fit.
const SIZES: [u64; 15] = [
    8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 98304,
];

/// The run of a forecast on 8 to 100,000 accelerators of its kind, at its batch, and on the
/// number that it was made for.
pub fn scaling(derived: &Derived<'_>, workload: &Workload, own: &Forecast) -> Vec<Scaled> {
    let here = u64::from(own.accelerators);
    let mut sizes = SIZES.to_vec();
    if let Err(at) = sizes.binary_search(&here) {
        sizes.insert(at, here);
    }
    let per_step = own.batch * own.sequence;
    let steps = workload
        .tokens
        .map_or(0.0, |tokens| tokens.get() / per_step);
    let mut all: Vec<(Scaled, f64)> = sizes
        .into_iter()
        .map(|accelerators| {
            let found = forecast(derived, workload, accelerators, per_step);
            let used = found.as_ref().map_or(0, |found| found.accelerators);
            let run = found.map(|found| of(&found, steps));
            let pace = run.as_ref().ok().filter(|run| !run.too_large);
            let pace = pace.map_or(0.0, |run| 1.0 / (run.step.mid.get() * f64::from(used)));
            (Scaled { accelerators, run }, pace)
        })
        .collect();
    let best = all.iter().fold(0.0, |best: f64, (_, pace)| best.max(*pace));
    for (scaled, pace) in &mut all {
        if let Ok(run) = &mut scaled.run
            && best > 0.0
        {
            run.efficiency = *pace / best;
        }
    }
    all.into_iter().map(|(scaled, _)| scaled).collect()
}

fn of(found: &Forecast, steps: f64) -> ScaledRun {
    let (name, seconds) = found.step.largest_besides_work();
    ScaledRun {
        layout: found.layout,
        step: found.seconds,
        steps: found.seconds.map(|step| Seconds::new(step.get() * steps)),
        efficiency: 0.0,
        bottleneck: (name, seconds / found.step.total()),
        too_large: found.too_large,
    }
}
