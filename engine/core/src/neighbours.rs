//! Which published designs a design is nearest to, and what would change on the way to each.

use crate::assess::costs_of;
use crate::check::{Severity, Status, check, restorable};
use crate::derive::derive;
use crate::design::{Design, Edit, apply_all, difference};
use crate::order::sorted;
use crate::quantity::Money;
use crate::reference::{Reference, ReferenceKind, World, instantiate, provenance, units_for_nodes};
use crate::written::Write;
use std::cmp::Ordering;

/// A reference as seen from a design.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Neighbour {
    /// Id of the reference.
    pub reference: String,
    /// Size at which it is nearest, in its own units.
    pub units: u32,
    /// Variant of it that is nearest.
    pub variant: String,
    /// What would change, as edits of the design. What the document leaves open changes nothing.
    pub changes: Vec<Edit>,
    /// Change of the total cost over the life (mid, undiscounted) if all are made; `None` where
    /// a price is missing on one side only, or where the changes do not make a design.
    pub cost: Option<Money>,
    /// Blockers and deviations of the design when it is checked against this reference.
    pub deviations: usize,
}

/// All references from the nearest to the farthest: by number of changes, then by how much
/// money they move, then by id. Building blocks are left out: they are no designs.
pub fn neighbours(design: &Design, world: &World) -> Vec<Neighbour> {
    let before = costs_of(design, world);
    let derived = derive(design, world);
    let found = world
        .references
        .values()
        .filter(|reference| reference.kind != ReferenceKind::Block)
        .filter_map(|reference| {
            let variants = reference.variants.iter();
            let nearest = variants
                .filter_map(|variant| changes(design, reference, &variant.id))
                .min_by_key(|(_, _, changes)| changes.len())?;
            let (units, variant, changes) = nearest;
            let after = apply_all(design, &changes)
                .ok()
                .map(|(next, _)| costs_of(&next, world))
                .filter(|after| after.missing == before.missing);
            let grave = |severity| severity != Severity::Advice;
            let findings = check(&derived, &[reference]);
            Some(Neighbour {
                reference: reference.id.clone(),
                units,
                variant,
                cost: after.map(|after| after.tco.mid - before.tco.mid),
                deviations: findings
                    .iter()
                    .filter(|f| f.status == Status::Fail && grave(f.severity))
                    .count(),
                changes,
            })
        });
    sorted(found.collect(), order)
}

fn order(a: &Neighbour, b: &Neighbour) -> Ordering {
    let moved = |n: &Neighbour| n.cost.map_or(f64::INFINITY, |cost| libm::fabs(cost.get()));
    (a.changes.len().cmp(&b.changes.len()))
        .then(moved(a).total_cmp(&moved(b)))
        .then_with(|| a.reference.cmp(&b.reference))
}

/// What separates a design from a reference of its own size.
fn changes(
    design: &Design,
    reference: &Reference,
    variant: &str,
) -> Option<(u32, String, Vec<Edit>)> {
    let nodes = design.compute.groups.first().map(|group| group.nodes);
    let nodes = nodes.filter(|nodes| *nodes > 0)?;
    let units = units_for_nodes(reference, nodes, Some(variant)).ok()?;
    let template = instantiate(reference, units, Some(nodes), Some(variant)).ok()?;
    let stated = provenance(reference, units, variant);
    let states = |edit: &Edit| {
        let open = matches!(edit, Edit::Set { value, .. } if value.is_null());
        let path = edit.path();
        let under = |stated: &str| path == stated || stated.starts_with(path);
        !open && stated.iter().any(|p| !p.value.is_null() && under(&p.path))
    };
    let changes = difference(design, &template)
        .into_iter()
        .filter(|edit| restorable(edit) && states(edit));
    Some((units, variant.to_owned(), changes.collect()))
}
