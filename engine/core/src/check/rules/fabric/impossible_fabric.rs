use crate::check::rule::rule;
use crate::check::{On, Outcome, Status};
use crate::design::Edit;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// The compute fabric can be built from its recipe at all.
    /// ## Why it matters
    /// Without a fabric there are no switch, cable or power counts, and most other findings are
    /// unknown.
    /// ## Evidence
    /// Port arithmetic of the generator; the message names the field at fault and the bound.
    /// ## Example
    /// A two-tier fabric of 64-port spines cannot join 65 leaves.
    /// ## How to fix
    /// Follow the message: fewer units, more tiers, or a switch with more ports.
    /// ## Limits
    /// Knows trees of two and three tiers, leaves joined to one another, and scheduled fabrics.
    pub struct ImpossibleFabric;
    "FAB005" "impossible_fabric" Blocker "the compute fabric can be built"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    match &on.derived.compute {
        Some(Ok(_)) => vec![Outcome::new(
            Status::Pass,
            "fabrics.compute",
            "the fabric can be built",
        )],
        Some(Err(why)) => {
            let free = [
                "uplinks",
                "spines",
                "cores",
                "tiers",
                "leaf_nodes",
                "peer_links",
                "uplink_ratio",
            ];
            let edits =
                free.map(|field| Edit::set(format!("fabrics.compute.{field}"), Value::Null));
            vec![
                Outcome::new(Status::Fail, "fabrics.compute", why.reason.clone())
                    .with_fix("let the generator choose all counts", edits.to_vec()),
            ]
        }
        None => vec![Outcome::unknown(
            "fabrics.compute",
            "ports of a switch or node of the compute fabric",
            "the compute fabric",
        )],
    }
}
