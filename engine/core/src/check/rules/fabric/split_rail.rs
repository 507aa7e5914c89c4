use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity, Status};
use crate::derive::FactUnit;
use crate::design::{Edit, Topology};
use serde_json::Value;

rule! {
    /// ## What it checks
    /// The nodes of a scalable unit share one leaf per rail, so that traffic of one rail inside
    /// a unit crosses one switch.
    /// ## Why it matters
    /// With two leaves per rail, half of a unit's same-rail traffic takes three switches in place
    /// of one and loads the spines that were sized for traffic between units.
    /// ## Evidence
    /// The DGX SuperPOD reference architectures state one switch hop on a rail inside a unit.
    /// ## Example
    /// A 48-port leaf has 24 down-ports: a unit of 32 nodes needs two leaves per rail.
    /// ## How to fix
    /// Use a leaf with at least twice as many ports as a unit has nodes, or smaller units.
    /// ## Limits
    /// Says nothing where adapters are not rail-aligned; that is another rule's finding.
    pub struct SplitRail;
    "FAB004" "split_rail" Deviation "the nodes of a unit share one leaf per rail"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    if on.demand.is_none() {
        return Vec::new();
    }
    let subject = "fabrics.compute.unit_nodes";
    if on.derived.design.fabrics.compute.topology == Topology::SharedLeaf {
        let message = "adapters are not rail-aligned, so that no rail can be split";
        return vec![Outcome::new(Status::NotApplicable, subject, message)];
    }
    let Some(counts) = on.derived.fabric() else {
        return Vec::new();
    };
    let leaves = counts.leaves_per_rail;
    let outcome = Outcome::compared(
        subject,
        FactUnit::Count,
        leaves.into(),
        "at most",
        1_u64.into(),
        leaves <= 1,
    );
    vec![outcome.at(Severity::Deviation).with_fix(
        "let the generator split the leaf's ports evenly",
        vec![
            Edit::set("fabrics.compute.leaf_nodes", Value::Null),
            Edit::set("fabrics.compute.uplinks", Value::Null),
        ],
    )]
}
