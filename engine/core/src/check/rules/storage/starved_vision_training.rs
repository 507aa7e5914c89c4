use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::{DataLoading, Edit};
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// Training on uncompressed images or video has the read rate per accelerator that the
    /// reference names.
    /// ## Why it matters
    /// Such data sets do not fit the node's cache and are read again in every epoch: the
    /// accelerators wait for storage, not for the network or for each other.
    /// ## Evidence
    /// The DGX SuperPOD H100 architecture names 4 GB/s of read per accelerator for it.
    /// ## Example
    /// 256 accelerators on raw video ask for 1,024 GB/s.
    /// ## How to fix
    /// Add storage units, give the job fewer accelerators, or compress the data.
    /// ## Limits
    /// Only for workloads that say they load raw vision data.
    pub struct StarvedVisionTraining;
    "STO002" "starved_vision_training" Deviation "raw vision training reads at the rate its accelerators ask for"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let each = on
        .limit("read_per_accelerator")
        .and_then(|limit| FactUnit::ByteRate.read(limit))
        .and_then(|l| l.as_f64());
    let (Some(each), Some(all)) = (each, on.derived.accelerators) else {
        return Vec::new();
    };
    let workloads = on.derived.design.workloads.iter().enumerate();
    workloads
        .filter(|(_, workload)| workload.data == DataLoading::RawVision)
        .map(|(at, workload)| {
            let subject = format!("workloads[{at}].data");
            let accelerators = workload.accelerators.map_or(all, u64::from).min(all);
            let required = each * accelerators as f64;
            let Some(found) = on.derived.storage.read else {
                return Outcome::unknown(subject, "storage.system", "storage read");
            };
            let holds = found.get() >= required * (1.0 - 1e-9);
            let (found, required) = (Scalar::Num(found.get()), Scalar::Num(required));
            Outcome::compared(
                subject.clone(),
                FactUnit::ByteRate,
                found,
                "read of at least",
                required,
                holds,
            )
            .at(Severity::Deviation)
            .with_fix("load compressed data", vec![Edit::set(subject, "Streamed")])
        })
        .collect()
}
