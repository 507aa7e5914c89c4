use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity, Status};
use crate::design::{Edit, Topology};

rule! {
    /// ## What it checks
    /// Adapter i of every node of a unit lands on the leaf group of rail i.
    /// ## Why it matters
    /// Collectives run between accelerators of equal rank in their nodes. On aligned rails that
    /// traffic crosses one leaf; otherwise it climbs to a spine and meets other traffic there.
    /// ## Evidence
    /// Demanded by the DGX SuperPOD reference architectures. Other publishers design otherwise
    /// (a tree over whole nodes), so that the rule speaks only for a reference that demands it.
    /// ## Example
    /// Eight adapters of one node on the same leaf are not rail-aligned.
    /// ## How to fix
    /// Choose the rail-optimised topology with as many rails as adapters.
    /// ## Limits
    /// Checks the plan; whether the cables follow it is for the cabling list.
    pub struct UnalignedRails;
    "FAB003" "unaligned_rails" Deviation "adapter i of each node meets the leaves of rail i"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    if on.demand.is_none() {
        return Vec::new();
    }
    let fabric = &on.derived.design.fabrics.compute;
    let subject = "fabrics.compute.topology";
    let Some(ports) = on
        .derived
        .main_node()
        .and_then(|n| n.compute_ports.count.known())
    else {
        return vec![Outcome::unknown(
            subject,
            "compute.groups[0].part",
            "compute ports per node",
        )];
    };
    let aligned = fabric.topology != Topology::SharedLeaf && fabric.rails == ports;
    let found = match fabric.topology {
        Topology::SharedLeaf => "all adapters of a node on one leaf".to_owned(),
        _ => format!("{} rails for {ports} adapters", fabric.rails),
    };
    let status = if aligned { Status::Pass } else { Status::Fail };
    let message = format!("found {found}, required one rail per adapter");
    vec![
        Outcome::new(status, subject, message)
            .at(Severity::Deviation)
            .with_fix(
                "use one rail per adapter",
                vec![
                    Edit::set(subject, "RailOptimised"),
                    Edit::set("fabrics.compute.rails", ports),
                ],
            ),
    ]
}
