use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::{Edit, Workload};
use crate::predict::training::Forecast;
use crate::scalar::Scalar;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// A layout of the training job fits into the memory of one accelerator: the one that the
    /// workload states, or any that divides model, batch and machine.
    /// ## Why it matters
    /// What does not fit stops at its first step, out of memory.
    /// ## Evidence
    /// Weights, gradients and optimiser by Megatron-Core's accounting, activations by Korthikanti
    /// et al. 2022, logits, and what contexts and buffers take; the Training page shows each part.
    /// ## Example
    /// 70 billion parameters on 8 accelerators of 80 GB need 140 GB on each, however they are
    /// divided; with adapters (LoRA) they fit.
    /// ## How to fix
    /// Leave the layout to the search, compute activations again, give the job more accelerators
    /// or accelerators with more memory, or train adapters.
    /// ## Limits
    /// State that is moved to the host's memory is not considered. Fragmentation and buffers are
    /// taken as a fixed amount: a layout that fills memory to the last gigabyte may fail in use.
    pub struct NoLayoutFits;
    "MEM002" "no_layout_fits" Blocker "a layout of the training job fits into memory"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let workloads = &on.derived.design.workloads;
    let pairs = on.predictions.workloads.iter().zip(workloads);
    let outcomes = pairs.filter_map(|(prediction, workload)| {
        let forecast = prediction.forecast.as_ref()?;
        Some(one(&prediction.subject, workload, forecast))
    });
    outcomes.collect()
}

fn one(place: &str, workload: &Workload, forecast: &Forecast) -> Outcome {
    let outcome = Outcome::compared(
        format!("{place}.plan.step"),
        FactUnit::Size,
        Scalar::Num(forecast.memory.total()),
        "at most",
        Scalar::Num(forecast.capacity),
        !forecast.too_large,
    );
    let mut outcome = outcome.at(Severity::Blocker);
    let plan = &workload.plan.step;
    let stated: Vec<Edit> = [
        ("tp", plan.tp.is_some()),
        ("pp", plan.pp.is_some()),
        ("cp", plan.cp.is_some()),
        ("ep", plan.ep.is_some()),
        ("micro_batch", plan.micro_batch.is_some()),
        ("recompute", plan.recompute.is_some()),
    ]
    .into_iter()
    .filter(|(_, stated)| *stated)
    .map(|(field, _)| Edit::set(format!("{place}.plan.step.{field}"), Value::Null))
    .collect();
    if !stated.is_empty() {
        outcome = outcome.with_fix("leave the layout to the search", stated);
    }
    if workload.accelerators.is_some() {
        let all = Edit::set(format!("{place}.accelerators"), Value::Null);
        outcome = outcome.with_fix("let the job use all accelerators", vec![all]);
    }
    if !plan.lora {
        let adapters = Edit::set(format!("{place}.plan.step.lora"), true);
        outcome = outcome.with_fix("train adapters (LoRA)", vec![adapters]);
    }
    outcome
}
