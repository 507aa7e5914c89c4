use super::outlooks;
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::scalar::Scalar;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// Training waits no more than a small share of its time for checkpoints.
    /// ## Why it matters
    /// All accelerators of the job stand still while it waits: at 5 % a run of 60 days loses
    /// three of them to storage.
    /// ## Evidence
    /// Plans keep below 5 %; BLOOM-176B waited 0.37 % of its time (40 s every 3 hours); saves
    /// that are staged aside block a second or less.
    /// ## Example
    /// 5.7 TB at 62 GB/s every 15 minutes, with training waiting: 10 %.
    /// ## How to fix
    /// Stage checkpoints aside, add storage units, or save less often.
    /// ## Limits
    /// The limit is a planning figure. A longer interval loses more work with each interruption:
    /// the best interval weighs both.
    pub struct BlockingCheckpoint;
    "TRN011" "blocking_checkpoint" Advice "training waits little for checkpoints"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let limit = on.derived.world.constants.ratios.get("blocked-advice");
    let Some((limit, origin)) = limit.and_then(|l| Some((l.known()?.get(), l.origin()))) else {
        return Vec::new();
    };
    let outcomes = outlooks(on).filter_map(|(place, _, outlook)| {
        let blocked = outlook.checkpoint?.blocked;
        let subject = format!("{place}.plan.checkpoint");
        let (found, required) = (Scalar::Num(blocked), Scalar::Num(limit));
        let outcome = Outcome::compared(
            format!("{subject}.saving"),
            FactUnit::Ratio,
            found,
            "at most",
            required,
            blocked <= limit,
        );
        let staged = vec![
            Edit::set(format!("{subject}.saving"), "Staged"),
            Edit::set(format!("{subject}.blocking"), Value::Null),
        ];
        Some(
            outcome
                .by(origin.clone())
                .with_fix("stage checkpoints aside", staged),
        )
    });
    outcomes.collect()
}
