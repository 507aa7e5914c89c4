use super::outlooks;
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The stated batch is at most twice the critical batch of the run.
    /// ## Why it matters
    /// Beyond the critical batch more accelerators save few steps and cost many tokens: at twice
    /// of it a run needs three times the fewest tokens for the same loss, so that the cluster
    /// grows and the run does not become shorter in proportion.
    /// ## Evidence
    /// The trade of steps against tokens by McCandlish et al.; the critical batch by the law of
    /// Zhang et al. on the tokens of the run, or as the person measured it.
    /// ## Example
    /// For 15 trillion tokens the law gives 28 M tokens. Llama 3 405B trained with 16 M,
    /// DeepSeek-V3 with 63 M.
    /// ## How to fix
    /// Train with a smaller batch on fewer accelerators, or state the critical batch as measured.
    /// ## Limits
    /// The law is fitted on models below 1.2 billion parameters and used far beyond: half and
    /// twice of it are as likely. It is advice.
    pub struct BatchAboveCritical;
    "TRN012" "batch_above_critical" Advice "the batch is at most twice the critical batch"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let limit = on.derived.world.constants.ratios.get("batch-advice");
    let Some((times, origin)) = limit.and_then(|l| Some((l.known()?.get(), l.origin()))) else {
        return Vec::new();
    };
    let stated = outlooks(on).filter(|(_, _, outlook)| !outlook.batch.assumed);
    let outcomes = stated.map(|(place, _, outlook)| {
        let batch = outlook.batch;
        let subject = format!("{place}.plan.batch");
        let most = batch.critical.mid * times;
        Outcome::compared(
            subject.clone(),
            FactUnit::Tokens,
            Scalar::Num(batch.size.get()),
            "at most",
            Scalar::Num(most.get()),
            batch.size <= most,
        )
        .by(origin.clone())
        .with_fix(
            "train with the critical batch",
            vec![Edit::set(subject, batch.critical.mid.to_string())],
        )
    });
    outcomes.collect()
}
