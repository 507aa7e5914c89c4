//! The nearest reference: a design made from one is nearest to it, and the changes that are
//! listed lead there.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::neighbours;
use plumbline_engine::reference::{ReferenceKind, instantiate};
use plumbline_tests::world;

#[test]
fn a_fresh_design_is_nearest_to_its_own_reference() {
    let world = world();
    let designs = world.references.values();
    for reference in designs.filter(|r| r.kind != ReferenceKind::Block) {
        let units = reference
            .sizes
            .iter()
            .find_map(|size| size.known())
            .unwrap_or(1);
        let design = instantiate(reference, units, None, None).expect("a printed size");
        let found = neighbours(&design, world);
        let own = found.iter().find(|n| n.reference == reference.id);
        let own = own.unwrap_or_else(|| panic!("{}: not among its neighbours", reference.id));
        assert_eq!(own.changes, [], "{}", reference.id);
        // Others may print the same design; none can be nearer.
        assert!(found.first().is_some_and(|n| n.changes.is_empty()));
    }
}

#[test]
fn the_listed_changes_lead_to_the_reference() {
    let world = world();
    let h100 = world
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a reference");
    let design = instantiate(h100, 4, None, None).expect("a printed size");
    let mut led = 0;
    for neighbour in neighbours(&design, world) {
        let Ok((next, _)) = apply_all(&design, &neighbour.changes) else {
            continue;
        };
        let again = neighbours(&next, world);
        let there = again.iter().find(|n| n.reference == neighbour.reference);
        assert_eq!(
            there.expect("still listed").changes,
            [],
            "{}",
            neighbour.reference
        );
        led += 1;
    }
    assert!(led >= 6, "{led}");
}

#[test]
fn a_change_of_the_design_is_listed_and_counted() {
    let world = world();
    let h100 = world
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a reference");
    let design = instantiate(h100, 4, None, None).expect("a printed size");
    let edits = [
        Edit::set("fabrics.compute.uplinks", 16),
        Edit::set("site.rack_power", "20 kW"),
    ];
    let (design, _) = apply_all(&design, &edits).expect("edits of fields");
    let found = neighbours(&design, world);
    let own = found
        .iter()
        .find(|n| n.reference == h100.id)
        .expect("listed");
    let paths: Vec<&str> = own.changes.iter().map(Edit::path).collect();
    assert_eq!(
        paths,
        ["site.rack_power"],
        "what the document leaves to the generator is no change"
    );
    assert!(own.deviations > 0);
}
