//! Rules on training in practice: saving, standing by, batch, length.

mod batch_above_critical;
mod blocking_checkpoint;
mod missing_spare;
mod overlong_run;
mod slow_checkpoint;

pub use batch_above_critical::BatchAboveCritical;
pub use blocking_checkpoint::BlockingCheckpoint;
pub use missing_spare::MissingSpare;
pub use overlong_run::OverlongRun;
pub use slow_checkpoint::SlowCheckpoint;

use crate::check::On;
use crate::design::Workload;
use crate::predict::run::Outlook;

/// Workloads with their path and outlook, those that have one.
fn outlooks<'a>(on: &'a On<'a>) -> impl Iterator<Item = (&'a str, &'a Workload, &'a Outlook)> {
    let workloads = &on.derived.design.workloads;
    let pairs = on.predictions.workloads.iter().zip(workloads);
    pairs.filter_map(|(prediction, workload)| {
        let outlook = prediction.outlook.as_ref()?;
        Some((prediction.subject.as_str(), workload, outlook))
    })
}
