//! Nodes and racks, and the size of the whole.

use super::layout::{List, at, list, readout};
use super::resize;
use crate::ui::*;
use crate::widgets::{Field, count_field, part_field, text_field};
use serde_json::json;

pub(super) fn editor() -> AnyView {
    let groups = list(List {
        path: "compute.groups",
        one: "node group",
        empty: "No nodes yet. Add a group of equal nodes.",
        add: vec![(
            "Add a node group",
            json!({"name": "Nodes", "nodes": 1, "nodes_per_rack": 4}),
        )],
        fields,
    });
    view! {
        {readout("What follows", &[
            ("compute.accelerators", "Accelerators"),
            ("compute.nodes", "Nodes"),
            ("compute.units", "Scalable units"),
            ("compute.racks", "Compute racks"),
            ("rack.load", "Load of a full rack"),
            ("power.it", "IT power"),
        ])}
        {resize::size()}
        <section class="group"><h2>"Node groups"</h2>{groups}</section>
    }
    .into_any()
}

fn fields(place: &str) -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &at(place, name));
    let fields = vec![
        text_field(field("Group name", "name")),
        count_field(field("Nodes", "nodes").hint("any number; fabric is built for whole units")),
        part_field(field("Node", "part"), "node"),
        part_field(field("Rack", "rack"), "rack"),
        count_field(field("Nodes per rack", "nodes_per_rack")),
    ];
    view! { <div class="fields">{fields}</div> }.into_any()
}
