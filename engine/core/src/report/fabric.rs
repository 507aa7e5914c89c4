//! Switch and link counts of each fabric.

use super::SCHEMA;
use crate::derive::{Derived, NetworkCounts};
use crate::written::tree;
use serde_json::{Value, json};

/// Counts as JSON: an integer, `null` for a tier that does not exist, `"unknown"` for a
/// figure that no document states.
pub fn fabric_json(derived: &Derived<'_>) -> Value {
    let claim = derived.design.claim.as_ref();
    let networks = &derived.networks;
    json!({
        "schema": SCHEMA,
        "reference": claim.map(|c| c.reference.as_str()),
        "size": claim.map(|c| c.units),
        "variant": claim.map(|c| c.variant.as_str()),
        "nodes": derived.nodes,
        "accelerators": or_unknown(derived.accelerators),
        "racks": derived.racks.total(),
        "racks_compute": derived.racks.compute,
        "racks_support": or_unknown(derived.racks.support),
        "fabrics": {
            "compute": compute(derived),
            "storage": network(networks.storage),
            "in_band": network(networks.in_band),
            "out_of_band": network(networks.out_of_band),
        },
    })
}

fn compute(derived: &Derived<'_>) -> Value {
    match &derived.compute {
        Some(Ok(c)) => json!({
            "leaf": c.leaf, "spine": c.spine, "core": c.core, "planes": c.planes, "tiers": c.tiers,
            "links": { "node_leaf": c.node_leaf, "leaf_spine": c.leaf_spine, "spine_core": c.spine_core },
            "joining": tree(&derived.design.fabrics.compute.joining), "peer_links": c.peer_links,
            "shared_leaf": c.shared_leaf,
            "cages_node": c.cages_node, "cages_switch": c.cages_switch, "cages_ufm": c.cages_ufm,
            "fibre_runs": c.fibre_runs, "oversubscription": c.oversubscription,
        }),
        Some(Err(why)) => json!({ "impossible": why.reason, "field": why.field }),
        None => json!("unknown"),
    }
}

fn network(counts: NetworkCounts) -> Value {
    json!({
        "switches": or_unknown(counts.switches),
        "leaf": or_unknown(counts.leaf),
        "spine": or_unknown(counts.spine),
    })
}

fn or_unknown(value: Option<u64>) -> Value {
    value.map_or_else(|| json!("unknown"), Value::from)
}

/// Counts as text.
pub fn fabric_text(derived: &Derived<'_>) -> String {
    let mut out = format!(
        "{}\n{} nodes, {} accelerators, {} racks\n\n",
        derived.design.name,
        derived.nodes,
        derived
            .accelerators
            .map_or("unknown".into(), |n| n.to_string()),
        derived.racks.total(),
    );
    match &derived.compute {
        Some(Ok(c)) => {
            let tier = |n: Option<u64>| n.map_or("none".into(), |n| n.to_string());
            out += &format!(
                "compute      leaf {}  spine {}  core {}  planes {}\n",
                c.leaf,
                tier(c.spine),
                tier(c.core),
                c.planes
            );
            out += &format!(
                "  links      node-leaf {}  leaf-spine {}  spine-core {}  leaf-leaf {}\n",
                c.node_leaf,
                tier(c.leaf_spine),
                tier(c.spine_core),
                tier(c.peer_links)
            );
            out += &format!(
                "  cages      node {}  switch {}  fabric manager {}\n  fibre runs {}\n  oversubscription {}:1\n",
                c.cages_node, c.cages_switch, c.cages_ufm, c.fibre_runs, c.oversubscription
            );
        }
        Some(Err(why)) => out += &format!("compute      cannot be built: {}\n", why.reason),
        None => out += "compute      unknown: a part of it is not chosen\n",
    }
    let networks = &derived.networks;
    for (name, counts) in [
        ("storage", networks.storage),
        ("in-band", networks.in_band),
        ("out-of-band", networks.out_of_band),
    ] {
        let n = |n: Option<u64>| n.map_or("unknown".into(), |n| n.to_string());
        out += &format!(
            "{name:<12} switches {}  leaf {}  spine {}\n",
            n(counts.switches),
            n(counts.leaf),
            n(counts.spine)
        );
    }
    out
}
