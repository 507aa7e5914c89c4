use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::{Edit, Workload, WorkloadClass};
use crate::scalar::Scalar;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// The model with its optimiser state fits into the memory of the accelerators that one job
    /// uses; for inference, its weights do.
    /// ## Why it matters
    /// Below that, no parallel layout helps: state has to leave for host memory, at a fraction
    /// of the speed.
    /// ## Evidence
    /// Bytes per parameter of mixed-precision training with Adam and of bf16 weights, and the
    /// head-room to keep, in the engineering constants; memory to plan with in the catalogue.
    /// ## Example
    /// 405 billion parameters at 18 bytes are 7.3 TB: more than 90 accelerators of 80 GB.
    /// ## How to fix
    /// Give the job more accelerators, or accelerators with more memory.
    /// ## Limits
    /// A necessary condition only: activations, KV cache and buffers come on top, so that a pass
    /// here does not promise that a layout exists.
    pub struct ModelLargerThanMemory;
    "MEM001" "model_larger_than_memory" Blocker "model and optimiser state fit into memory (necessary, not sufficient)"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let workloads = on.derived.design.workloads.iter().enumerate();
    workloads
        .filter(|(_, w)| !w.model.is_empty())
        .map(|(at, w)| one(on, at, w))
        .collect()
}

fn one(on: &On<'_>, at: usize, workload: &Workload) -> Outcome {
    let derived = on.derived;
    let constants = &derived.world.constants;
    let subject = format!("workloads[{at}].model");
    let unknown = |missing: String, what: &str| Outcome::unknown(subject.clone(), missing, what);
    let Some(parameters) = derived
        .model(&workload.model)
        .and_then(|m| m.parameters.known())
    else {
        return unknown(subject.clone(), "number of parameters");
    };
    let key = match workload.class {
        WorkloadClass::Inference => "weights-bf16",
        _ => "training-state",
    };
    let stated = workload.bytes_per_parameter.map(|b| b.get());
    let Some(bytes) = stated.or_else(|| constants.bytes.get(key)?.known().map(|b| b.get())) else {
        return unknown(
            format!("workloads[{at}].bytes_per_parameter"),
            "bytes per parameter",
        );
    };
    let node = derived.main_node();
    let memory = node
        .and_then(|n| derived.parts.accelerator(&n.accelerator))
        .and_then(|a| a.memory.known());
    let (Some(memory), Some(all)) = (memory, derived.accelerators) else {
        return unknown(
            "compute.groups[0].part".into(),
            "memory of the accelerators",
        );
    };
    let headroom = constants
        .ratios
        .get("memory_headroom")
        .and_then(|r| r.known())
        .map_or(0.0, |r| r.get());
    let used = workload.accelerators.map_or(all, u64::from);
    let capacity = memory * (used.min(all) as f64) * (1.0 - headroom);
    let needed = parameters.get() * bytes;
    let holds = needed <= capacity.get();
    let (found, required) = (Scalar::Num(capacity.get()), Scalar::Num(needed));
    let outcome = Outcome::compared(
        subject,
        FactUnit::Size,
        found,
        "memory of at least",
        required,
        holds,
    )
    .at(Severity::Blocker);
    let origin = constants
        .bytes
        .get(key)
        .filter(|_| stated.is_none())
        .map(|b| b.origin());
    let outcome = Outcome { origin, ..outcome };
    if workload.accelerators.is_some() {
        let path = format!("workloads[{at}].accelerators");
        return outcome.with_fix(
            "let the job use all accelerators",
            vec![Edit::set(path, Value::Null)],
        );
    }
    outcome
}
