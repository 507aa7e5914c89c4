//! A size that an offer states is held against the design in the unit in which it is stated.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::check::{Finding, Severity, Status};
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::reference::{World, instantiate};
use plumbline_engine::{assess, world};

fn stating(world: &World, reference: &str, units: u32, count: u32, unit: &str) -> Design {
    let reference = world.references.get(reference).expect("a reference");
    let design = instantiate(reference, units, None, None).expect("a size of the reference");
    let edits = [
        Edit::set("claim.stated.count", count),
        Edit::set("claim.stated.unit", unit),
    ];
    apply_all(&design, &edits).expect("a stated size").0
}

fn finding(world: &World, design: &Design) -> Option<Finding> {
    let findings = assess(design, world).findings;
    let by_rule = |f: &Finding| f.id == "REF002" || f.also.iter().any(|id| id == "REF002");
    let mut spoken = findings.into_iter().filter(by_rule);
    let first = spoken.next();
    assert!(spoken.next().is_none(), "a stated size is read once");
    first
}

#[test]
fn a_number_of_nodes_read_as_units_is_found_and_mended() {
    let world = world();
    let design = stating(&world, "lenovo-hybrid-ai-289", 3, 12, "Units");
    let finding = finding(&world, &design).expect("a stated size");
    assert_eq!(
        (finding.id.as_str(), finding.status, finding.severity),
        ("GEN-05", Status::Fail, Severity::Deviation)
    );
    assert_eq!(
        finding.message,
        "stated 12 scalable units, which are 48 nodes; the design has 12 nodes; read as nodes it fits"
    );
    let titles: Vec<&str> = finding.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles, ["read it as nodes", "48 nodes, as stated"]);
    for fix in &finding.fixes {
        let (mended, _) = apply_all(&design, &fix.edits).expect("a fix applies");
        let after = self::finding(&world, &mended).expect("a stated size");
        assert_eq!(after.status, Status::Pass, "{}", fix.title);
    }
}

#[test]
fn a_number_that_fits_nowhere_is_shown_in_units() {
    let world = world();
    let design = stating(&world, "lenovo-hybrid-ai-289", 3, 20, "Accelerators");
    let finding = finding(&world, &design).expect("a stated size");
    assert_eq!(
        (finding.id.as_str(), finding.status),
        ("GEN-03", Status::Fail)
    );
    assert_eq!(
        finding.message,
        "stated 20 accelerators; the design has 96 accelerators; read as scalable units it would be 80 nodes"
    );
}

/// Places that a variant gives up are no nodes, and nobody has to demand the comparison.
#[test]
fn units_of_a_document_count_what_its_variant_leaves() {
    let world = world();
    let held = |count, unit| {
        let design = stating(&world, "nvidia-dgx-superpod-h100", 4, count, unit);
        let finding = finding(&world, &design).expect("a stated size");
        (finding.id, finding.status, finding.severity)
    };
    let rule = |status| ("REF002".to_owned(), status, Severity::Advice);
    assert_eq!(held(4, "Units"), rule(Status::Pass));
    assert_eq!(held(127, "Nodes"), rule(Status::Pass));
    assert_eq!(held(128, "Nodes"), rule(Status::Fail));
    assert_eq!(held(1016, "Accelerators"), rule(Status::Pass));
    assert_eq!(held(32, "Racks"), rule(Status::Pass));
    assert_eq!(held(32, "AcceleratorsPerRack"), rule(Status::Pass));
}

#[test]
fn without_a_stated_size_nothing_is_said_and_the_first_field_states_it() {
    let world = world();
    let stated = stating(&world, "lenovo-hybrid-ai-289", 3, 12, "Nodes");
    let unstated = Design {
        claim: stated.claim.clone().map(|claim| {
            let mut claim = claim;
            claim.stated = None;
            claim
        }),
        ..stated
    };
    assert_eq!(finding(&world, &unstated), None);
    let (one, inverse) = apply_all(&unstated, &[Edit::set("claim.stated.unit", "Nodes")])
        .expect("the first field of a stated size");
    assert!(one.claim.as_ref().is_some_and(|c| c.stated.is_some()));
    assert_eq!(apply_all(&one, &inverse).expect("its inverse").0, unstated);
    let wrong = apply_all(&unstated, &[Edit::set("claim.stated.units", 3)]);
    assert!(wrong.is_err_and(|error| error.to_string().contains("nearest: \"unit\"")));
}
