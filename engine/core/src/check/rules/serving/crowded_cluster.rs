use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The cluster has room for the replicas of all its services together, each in its busiest hour,
    /// with the spares that availability asks for.
    /// ## Why it matters
    /// Each service by itself may fit on all accelerators; they share them.
    /// ## Evidence
    /// Whole replicas are counted: a model that needs a tenth of a replica takes one.
    /// ## Example
    /// Three models of four replicas of 8 accelerators each on 64 accelerators.
    /// ## How to fix
    /// Add nodes, serve small models on slices or as adapters of one model, or serve fewer requests.
    /// ## Limits
    /// Busiest hours are taken to come at once. The middle of each prediction's band is taken;
    /// the Inference page shows the band. Training beside the services is not counted.
    pub struct CrowdedCluster;
    "INF003" "crowded_cluster" Deviation "the cluster has room for all its services together"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(fleet) = &on.predictions.fleet else {
        return Vec::new();
    };
    // One service alone is what INF002 is about.
    if fleet.members.len() < 2 || !fleet.accelerators.mid.is_finite() {
        return Vec::new();
    }
    let needed = fleet.accelerators.mid;
    let subject = "compute.groups[0].nodes";
    let outcome = Outcome::compared(
        subject.to_owned(),
        FactUnit::Count,
        Scalar::Num(fleet.there),
        "at least",
        Scalar::Num(needed),
        fleet.there >= needed,
    )
    .at(Severity::Deviation);
    let group = on.derived.main_group();
    let each = on
        .derived
        .main_node()
        .and_then(|node| node.accelerators.known());
    let (Some(group), Some(each)) = (group, each) else {
        return vec![outcome];
    };
    let more = libm::ceil((needed - fleet.there).max(0.0) / f64::from(each.max(1)));
    let nodes = f64::from(group.nodes) + more;
    vec![outcome.with_fix(
        format!("build {nodes} nodes"),
        vec![Edit::set(subject, nodes as u32)],
    )]
}
