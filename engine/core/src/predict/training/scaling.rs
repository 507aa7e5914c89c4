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
    /// The part that most is lost to against the most efficient size, with that loss as share of
    /// the step; at that size itself the largest part besides the matrix products.
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
    let found: Vec<_> = sizes
        .into_iter()
        .map(|size| (size, forecast(derived, workload, size, per_step)))
        .collect();
    // Accelerator-seconds of a step: the fewer, the better the size.
    let work = |found: &Forecast| found.step.total() * f64::from(found.accelerators);
    let runs = found.iter().filter_map(|(_, found)| found.as_ref().ok());
    let best = runs
        .filter(|found| !found.too_large)
        .min_by(|a, b| work(a).total_cmp(&work(b)));
    let scaled = |(accelerators, found): &(u64, Result<Forecast, String>)| Scaled {
        accelerators: *accelerators,
        run: found
            .as_ref()
            .map(|found| of(found, best.unwrap_or(found), steps))
            .map_err(String::clone),
    };
    found.iter().map(scaled).collect()
}

fn of(found: &Forecast, best: &Forecast, steps: f64) -> ScaledRun {
    let total = found.step.total();
    let (n, fewest) = (f64::from(found.accelerators), f64::from(best.accelerators));
    let least = best.step.scaled(fewest / n);
    let (name, seconds) = match best.accelerators == found.accelerators {
        true => found.step.largest_besides_work(),
        false => found.step.loses_by(&least),
    };
    ScaledRun {
        layout: found.layout,
        step: found.seconds,
        steps: found.seconds.map(|step| Seconds::new(step.get() * steps)),
        efficiency: least.total() / total,
        bottleneck: (name, seconds / total),
        too_large: found.too_large,
    }
}
