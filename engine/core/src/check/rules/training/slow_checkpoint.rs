use super::outlooks;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::quantity::Seconds;
use crate::scalar::Scalar;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// A stated checkpoint interval is long enough for the design's storage to take a checkpoint.
    /// ## Why it matters
    /// A checkpoint that has not drained when the next is due delays it: the interval is then
    /// the storage's, not the plan's, and an interruption costs more work than planned.
    /// ## Evidence
    /// 14 bytes per parameter for Adam (the size that BLOOM's and the storage benchmark's
    /// checkpoints have), over the write rate of the storage or of the nodes' links to it.
    /// ## Example
    /// 405 billion parameters are 5.7 TB: at 62 GB/s they drain in 92 s, so that an interval of
    /// one minute cannot be kept.
    /// ## How to fix
    /// Save less often, add storage units, or save less state.
    /// ## Limits
    /// Storage is taken at its rated write, with nothing else written at the time.
    pub struct SlowCheckpoint;
    "TRN010" "slow_checkpoint" Deviation "a checkpoint drains within the interval of the plan"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let stated = outlooks(on).filter_map(|(place, workload, outlook)| {
        let interval = workload
            .plan
            .checkpoint
            .interval
            .filter(|t| t.get() > 0.0)?;
        let subject = format!("{place}.plan.checkpoint.interval");
        let Some(checkpoint) = outlook.checkpoint else {
            let missing = outlook.missing.clone().unwrap_or_default();
            return Some(Outcome::unknown(
                subject,
                missing,
                "time to write a checkpoint",
            ));
        };
        let least = checkpoint.drain.max(checkpoint.blocking);
        let holds = interval >= least;
        let (found, required) = (Scalar::Num(interval.get()), Scalar::Num(least.get()));
        let outcome = Outcome::compared(
            subject.clone(),
            FactUnit::Time,
            found,
            "at least",
            required,
            holds,
        );
        let longer = Seconds::new(libm::ceil(least.get()));
        Some(
            outcome
                .at(Severity::Deviation)
                .with_fix(
                    format!("save every {longer}"),
                    vec![Edit::set(subject.clone(), longer.to_string())],
                )
                .with_fix(
                    "save at the best interval",
                    vec![Edit::set(subject, Value::Null)],
                ),
        )
    });
    stated.collect()
}
