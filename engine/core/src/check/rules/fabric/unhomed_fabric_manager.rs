use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// The leaves of the last unit have a free port for each link of the fabric manager.
    /// ## Why it matters
    /// A fabric manager that runs in band attaches to leaves. When every unit is full, those
    /// ports do not exist: one node place must be given up, or the manager cannot be cabled.
    /// ## Evidence
    /// Table 4 of the DGX SuperPOD H100 and B200 architectures counts one node less per POD and
    /// four links for the manager.
    /// ## Example
    /// 128 nodes in four units of 32 leave no leaf port; 127 leave eight.
    /// ## How to fix
    /// Remove a node from the last unit, or attach the manager elsewhere.
    /// ## Limits
    /// Assumes that the manager attaches to the last unit.
    pub struct UnhomedFabricManager;
    "FAB006" "unhomed_fabric_manager" Blocker "every link of the fabric manager has a leaf port"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let fabric = &on.derived.design.fabrics.compute;
    let Some(counts) = on.derived.fabric().filter(|_| fabric.ufm_links > 0) else {
        return Vec::new();
    };
    let wanted = u64::from(fabric.ufm_links);
    let placed = wanted - counts.ufm_without_port.min(wanted);
    let mut outcome = Outcome::compared(
        "compute.groups[0].nodes",
        FactUnit::Count,
        placed.into(),
        "leaf ports for at least",
        wanted.into(),
        placed == wanted,
    )
    .at(Severity::Blocker);
    if let Some(group) = on.derived.main_group().filter(|group| group.nodes > 1) {
        outcome = outcome.with_fix(
            "give up one node place for the fabric manager",
            vec![Edit::set("compute.groups[0].nodes", group.nodes - 1)],
        );
    }
    vec![outcome.with_fix(
        "attach the fabric manager outside of the leaves",
        vec![Edit::set("fabrics.compute.ufm_links", Value::from(0))],
    )]
}
