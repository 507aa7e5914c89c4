//! The references nearest to a design, as JSON and text.

use super::SCHEMA;
use crate::Neighbour;
use crate::design::Edit;
use crate::quantity::Quantity;
use crate::reference::World;
use crate::written::tree;
use serde_json::{Value, json};

/// Neighbours as JSON, nearest first.
pub fn nearest_json(world: &World, neighbours: &[Neighbour]) -> Value {
    let rows: Vec<Value> = neighbours
        .iter()
        .map(|n| {
            let reference = world.references.get(&n.reference);
            json!({
                "reference": n.reference,
                "publisher": reference.map(|r| r.publisher.as_str()),
                "title": reference.map(|r| r.title.as_str()),
                "size": n.units, "variant": n.variant,
                "changes": tree(&n.changes),
                "cost": n.cost.map(|cost| cost.get()),
                "deviations": n.deviations,
            })
        })
        .collect();
    json!({ "schema": SCHEMA, "nearest": rows })
}

/// Neighbours as text, nearest first, each with what would change.
pub fn nearest_text(world: &World, neighbours: &[Neighbour]) -> String {
    let mut out = String::new();
    for n in neighbours {
        let reference = world.references.get(&n.reference);
        let unit = reference.map_or("", |r| r.unit.name.words(n.units.into()));
        let cost = n.cost.map_or_else(
            || "cost of the changes not known".to_owned(),
            |cost| format!("{} over the life", signed(cost.pretty(), cost.get())),
        );
        out += &format!(
            "{} · {} {unit}, {} · {} changes · {cost} · {} deviations\n",
            n.reference,
            n.units,
            n.variant,
            n.changes.len(),
            n.deviations,
        );
        for change in &n.changes {
            out += &format!("  {}\n", words(change));
        }
    }
    out
}

fn signed(text: String, value: f64) -> String {
    if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

fn words(edit: &Edit) -> String {
    match edit {
        Edit::Set { path, value } => format!("{path} = {value}"),
        Edit::Insert { path, value } => format!("{path} + {value}"),
        Edit::Remove { path } => format!("{path} removed"),
    }
}
