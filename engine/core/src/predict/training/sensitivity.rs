//! What a step would take on other networks.

use super::calibration::Calibration;
use super::job::Job;
use super::step::step;
use crate::catalogue::OtherNetwork;
use crate::table::Table;
use crate::written::Write;

/// A step on another network, with the same layout.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Elsewhere {
    /// The network's key in the data.
    pub network: String,
    /// Seconds of the step.
    pub seconds: f64,
}

/// The step of a job on each of these networks, the slowest first; none where the job stays inside
/// a scale-up domain, or a share is not known.
pub fn elsewhere(c: &Calibration, job: &Job<'_>, networks: &Table<OtherNetwork>) -> Vec<Elsewhere> {
    if job.accelerators <= job.machine.domain {
        return Vec::new();
    }
    let own = step(c, job);
    let one = |(key, network): (&String, &OtherNetwork)| {
        let mut other = job.clone();
        other.machine.network *= network.share.known()?.get();
        let changed = step(c, &other);
        let seconds = match network.gradients {
            true => own.total() - own.data + changed.data,
            false => changed.total(),
        };
        Some(Elsewhere {
            network: key.clone(),
            seconds,
        })
    };
    let mut all: Vec<Elsewhere> = networks.iter().filter_map(one).collect();
    all.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    all
}
