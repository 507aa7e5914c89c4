//! Storage fabric, in-band and out-of-band network, and the edge.

use super::super::layout::{List, at, list, readout};
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, part_field, quantity_field, select_field, toggle_field,
    yes_no_field,
};
use serde_json::json;

pub(super) fn networks() -> AnyView {
    let field = |label: &str, path: &str| Field::new(label, &["fabrics.", path].concat());
    let storage = vec![
        toggle_field(field("Shares no switch with compute", "storage.separate")),
        quantity_field(
            field(
                "Oversubscription, node side",
                "storage.node_oversubscription",
            )
            .optional("not stated")
            .hint("down to up, such as 4:3 as 1.333"),
        ),
        quantity_field(
            field(
                "Oversubscription, storage side",
                "storage.storage_oversubscription",
            )
            .optional("not stated"),
        ),
        quantity_field(
            field(
                "Storage-side bandwidth per unit",
                "storage.storage_uplink_per_unit",
            )
            .optional("not stated")
            .hint("such as 1.6 Tb/s"),
        ),
    ];
    let in_band = vec![
        toggle_field(field("Nodes homed on two switches", "in_band.dual_homed")),
        count_field(field("In-band uplinks per leaf", "in_band.uplinks").optional("not stated")),
    ];
    let out_of_band = vec![
        toggle_field(field("Not reachable by users", "out_of_band.isolated")),
        count_field(
            field("Out-of-band uplinks per switch", "out_of_band.uplinks").optional("not stated"),
        ),
    ];
    let edge = vec![
        count_field(field("Edge links", "edge.links").optional("not stated")),
        quantity_field(
            field("Rate of an edge link", "edge.rate")
                .optional("not stated")
                .hint("such as 100 Gb/s"),
        ),
        yes_no_field(field("Routed by BGP", "edge.bgp")),
    ];
    view! {
        <section class="group">
            <h2>"Storage fabric"</h2>
            <p class="about">"From the nodes to high-performance storage."</p>
            {switches("fabrics.storage.switches")}
            <div class="fields">{storage}</div>
        </section>
        <section class="group">
            <h2>"In-band network"</h2>
            <p class="about">"Provisioning, home directories, scheduler, users."</p>
            {switches("fabrics.in_band.switches")}
            <div class="fields">{in_band}</div>
        </section>
        <section class="group">
            <h2>"Out-of-band network"</h2>
            <p class="about">"Management ports. A count left open follows from the ports to wire."</p>
            {readout("Management ports", &[
                ("out_of_band.switches", "Switches"),
                ("out_of_band.ports", "Ports"),
                ("out_of_band.ports_needed", "Ports to wire"),
            ])}
            {switches("fabrics.out_of_band.switches")}
            <div class="fields">{out_of_band}</div>
        </section>
        <section class="group"><h2>"Edge"</h2><div class="fields">{edge}</div></section>
    }
    .into_any()
}

fn switches(path: &'static str) -> AnyView {
    list(List {
        path,
        one: "switch group",
        empty: "No switches stated.",
        add: vec![("Add switches", json!({"tier": "Any", "count": 1}))],
        fields: switch_group,
    })
}

fn switch_group(place: &str) -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &at(place, name));
    let tiers = vec![
        Choice::new("Any", "a total"),
        Choice::new("Leaf", "leaf"),
        Choice::new("Spine", "spine"),
    ];
    let fields = vec![
        part_field(field("Switch", "part").optional("none"), "switch"),
        count_field(field("Switch count", "count").optional("not stated")),
        select_field(field("Tier", "tier"), tiers),
    ];
    view! { <div class="fields">{fields}</div> }.into_any()
}
