//! The four networks and the edge: the compute fabric as a recipe with what the generator
//! makes of it, the others as counted.

mod drawing;
mod networks;

use super::layout::{group, more, readout};
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, part_field, quantity_field, select_field, toggle_field,
    yes_no_field,
};

pub(super) fn editor() -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &["fabrics.compute.", name].concat());
    let topologies = vec![
        Choice::new("RailOptimised", "rail-optimised"),
        Choice::new("RailPerUnit", "rail-optimised, spines per unit"),
        Choice::new("SharedLeaf", "all adapters of a node on one leaf"),
    ];
    let joining = vec![
        Choice::new("Spread", "spines, uplinks spread over them"),
        Choice::new("Peers", "nothing: a pair joined to one another"),
        Choice::new("Scheduled", "a scheduled fabric"),
    ];
    let recipe = vec![
        select_field(field("Topology", "topology"), topologies),
        select_field(field("Above the leaves", "joining"), joining),
        part_field(field("Leaf switch", "leaf").optional("none"), "switch"),
        part_field(field("Spine switch", "spine").optional("none"), "switch"),
        part_field(
            field("Core switch", "core").optional("as the spine"),
            "switch",
        ),
        count_field(field("Nodes per unit", "unit_nodes")),
        count_field(field("Rails", "rails")),
        count_field(field("Planes", "planes")),
        count_field(field("Uplinks per leaf", "uplinks").optional("as many as down-ports")),
        count_field(
            field("Nodes per leaf of a rail", "leaf_nodes").optional("half the leaf's ports"),
        ),
        count_field(field("Spines in all", "spines").optional("fewest that spread evenly")),
        count_field(field("Cores in all", "cores").optional("fewest that spread evenly")),
        count_field(field("Tiers", "tiers").optional("fewest the radix allows")),
    ];
    let rest = vec![
        toggle_field(
            field("Whole units are built", "whole_units").hint("even where node places stay empty"),
        ),
        toggle_field(field("No switch serves two planes", "disjoint_planes")),
        toggle_field(field(
            "Shares its leaves with the in-band network",
            "converged",
        )),
        count_field(field("Rails per leaf", "rails_per_leaf")),
        count_field(
            field("Links to the other leaf", "peer_links").optional("as many as down-links"),
        ),
        quantity_field(field("Uplink to downlink planned", "uplink_ratio").optional("1")),
        yes_no_field(field("Priority flow control", "pfc")),
        yes_no_field(field("Congestion notification", "ecn")),
        yes_no_field(field("Dynamic load balancing", "dynamic_load_balancing")),
        count_field(field("Links to the fabric manager", "ufm_links")),
        part_field(
            field("Optic at the node", "node_optic").optional("none stated"),
            "transceiver",
        ),
        part_field(
            field("Optic at a switch", "switch_optic").optional("none stated"),
            "transceiver",
        ),
        part_field(field("Cable", "cable").optional("none stated"), "cable"),
    ];
    view! {
        {readout("Compute fabric, as generated", &[
            ("compute.leaf", "Leaf"),
            ("compute.spine", "Spine"),
            ("compute.core", "Core"),
            ("compute.tiers", "Tiers"),
            ("compute.links.node_leaf", "Links node–leaf"),
            ("compute.links.leaf_spine", "Links leaf–spine"),
            ("compute.links.spine_core", "Links spine–core"),
            ("compute.cages_node", "Cages at nodes"),
            ("compute.cages_switch", "Cages at switches"),
            ("compute.fibre_runs", "Fibre runs"),
            ("compute.oversubscription", "Oversubscription :1"),
            ("compute.uneven_uplinks", "Uneven uplinks"),
        ])}
        {drawing::drawing()}
        {group("Compute fabric", "", recipe)}
        {more("Optics, cables and what else the recipe says", rest)}
        {networks::networks()}
    }
    .into_any()
}
