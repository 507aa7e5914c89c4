//! What keeps accelerators busy: continuous batches against static ones, and batches that fill the night.

use super::super::chosen::Chosen;
use super::super::forecast::Setup;
use super::super::serve::static_batch;
use super::{Bench, Lever};

/// What continuous batching is worth, and why.
struct Batching {
    /// The longest answer of a batch as multiple of the mean one: static batches wait for it.
    lengths: f64,
    /// Sequences that paged memory holds for one where each reserves the longest.
    memory: f64,
    /// Multiple of the yield that is left of both on the roofline.
    gain: f64,
}

impl Bench<'_> {
    /// The same replica with static batches: each place is held until the longest answer has ended,
    /// and memory is reserved as it was before it came in pages.
    pub(super) fn batching(&self, setup: &Setup<'_>, found: &Chosen<'_>) -> Option<Lever> {
        if found.disaggregated.is_some() {
            return None;
        }
        let known = &self.derived.world.inference.techniques;
        let reserved = known.figure("reserved-share").ok()?;
        let memory = known.figure("paged-share").ok()? / reserved;
        let batch = libm::floor(found.met.running / memory).max(1.0);
        let lengths = longest_of(found.asked.scatter.outputs, batch);
        let mut load = found.asked.load;
        load.output *= lengths;
        let seconds = static_batch(&setup.c, &found.job, &load, batch);
        let rate = batch * found.asked.load.output / seconds / found.job.layout.instance();
        let worth = Batching {
            lengths,
            memory,
            gain: self.own / rate,
        };
        Some(Lever {
            name: format!("static batches of {batch} in place of continuous ones"),
            yields: 1.0 / worth.gain,
            costs: format!(
                "answers wait for the longest of their batch, {:.1} times the mean; times {:.1} for memory that is reserved, not paged: {:.1}, of which the roofline leaves {:.1}",
                worth.lengths,
                worth.memory,
                worth.lengths * worth.memory,
                worth.gain
            ),
            origin: known.origin("reserved-share"),
            edits: Vec::new(),
        })
    }

    /// Batches that wait for the night fill what the traffic's days leave.
    pub(super) fn night(&self) -> Option<Lever> {
        let (now, then) = self.utilisation()?;
        let known = &self.derived.world.inference.techniques;
        Some(Lever {
            name: format!(
                "nights filled with batches: {then:.2} of the hours in use, not {now:.2}"
            ),
            yields: then / now,
            costs: "batches wait for hours; only where there is such work, or a buyer of it".into(),
            origin: known.origin("night-mean"),
            edits: Vec::new(),
        })
    }

    /// Mean utilisation of an interactive service of this traffic, and with its nights filled.
    pub(super) fn utilisation(&self) -> Option<(f64, f64)> {
        let known = &self.derived.world.inference.techniques;
        let traffic = self.workload.serving.traffic.as_ref()?;
        let traffic = self.derived.world.inference.traffics.get(traffic)?;
        let even = traffic.mean_by_peak.known()?.get();
        let now = even * known.figure("usual-sizing").ok()?;
        let then = known.figure("night-mean").ok()? * known.figure("night-sizing").ok()?;
        (now > 0.0 && then > now).then_some((now, then))
    }
}

/// The longest of so many lengths as multiple of their mean, in the mean, where they scatter in a
/// logarithmic normal way.
pub fn longest_of(variation: f64, batch: f64) -> f64 {
    let variance = libm::log(1.0 + variation * variation);
    let sigma = libm::sqrt(variance);
    if sigma <= 0.0 || batch <= 1.0 {
        return 1.0;
    }
    // The mean of the longest: the integral of the share of batches that have one beyond a length,
    // over the logarithm of the length.
    let at = |step: i32| {
        let normal = REACH * (2.0 * f64::from(step) / f64::from(STEPS) - 1.0);
        let below = 0.5 * libm::erfc(-normal / core::f64::consts::SQRT_2);
        let beyond = 1.0 - libm::pow(below, batch);
        beyond * libm::exp(sigma * normal - variance / 2.0)
    };
    let width = 2.0 * REACH / f64::from(STEPS);
    let shortest = libm::exp(-sigma * REACH - variance / 2.0);
    let sum: f64 = (0..STEPS).map(|step| (at(step) + at(step + 1)) / 2.0).sum();
    shortest + sigma * width * sum
}

/// Standard deviations of the logarithm that are summed over, either way.
const REACH: f64 = 9.0;
/// Steps of the sum.
const STEPS: i32 = 720;
