use super::outlooks;
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The run ends within the time after which a later start would overtake it.
    /// ## Why it matters
    /// Hardware, software and methods improve: a run that takes longer ends behind one that
    /// begins later on better ground.
    /// ## Evidence
    /// An estimate by Epoch AI from the rates of progress of 2025: about nine months.
    /// ## Example
    /// 15 trillion tokens through 405 billion parameters on 1,024 H100 take three years.
    /// ## How to fix
    /// Train on more accelerators, on fewer tokens, or a smaller model.
    /// ## Limits
    /// Rates of progress change; the figure is of the frontier.
    pub struct OverlongRun;
    "TRN014" "overlong_run" Advice "the run ends before a later one would overtake it"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let limit = on.derived.world.constants.times.get("longest-run");
    let Some((limit, origin)) = limit.and_then(|l| Some((l.known()?.mid, l.origin()))) else {
        return Vec::new();
    };
    let outcomes = outlooks(on).filter_map(|(place, workload, outlook)| {
        let time = outlook.time?.mid;
        let subject = format!("{place}.tokens");
        let outcome = Outcome::compared(
            subject.clone(),
            FactUnit::Time,
            Scalar::Num(time.get()),
            "at most",
            Scalar::Num(limit.get()),
            time <= limit,
        );
        let fewer = workload.tokens? * (limit / time * 0.95);
        let title = format!("train on {}", crate::quantity::Quantity::pretty(fewer));
        Some(
            outcome
                .by(origin.clone())
                .with_fix(title, vec![Edit::set(subject, fewer.to_string())]),
        )
    });
    outcomes.collect()
}
