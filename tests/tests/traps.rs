//! Figures of documents that mislead who takes them as they stand: the finding says what is so.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::check::{Finding, Severity, Status, check, fixes};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::reference::{Reference, instantiate};
use plumbline_tests::world;

fn reference(id: &str) -> &'static Reference {
    let found = world().references.get(id);
    found.unwrap_or_else(|| panic!("no reference {id}"))
}

fn made(id: &str, units: u32, edits: &[Edit]) -> Design {
    let design = instantiate(reference(id), units, None, None).expect("a size");
    apply_all(&design, edits).expect("edits of fields").0
}

fn failing(design: &Design, against: &str, id: &str) -> Option<Finding> {
    let findings = check(&derive(design, world()), &[reference(against)]);
    let named = |f: &Finding| f.id == id || f.also.iter().any(|also| also == id);
    findings
        .into_iter()
        .find(|f| f.status == Status::Fail && named(f))
}

/// A sheet names 192 accelerators per rack; 24 nodes of three open units are 72, the rack has 50.
#[test]
fn the_ceiling_of_a_product_line_is_no_count() {
    const DELL: &str = "dell-ir7000-xe9780l";
    let edits = [
        Edit::set("compute.groups[0].nodes_per_rack", 24),
        Edit::set("claim.stated.count", 192),
        Edit::set("claim.stated.unit", "AcceleratorsPerRack"),
    ];
    let design = made(DELL, 1, &edits);
    let height = failing(&design, DELL, "MEC001").expect("it does not fit");
    for said in [
        "16 nodes fit",
        "128 accelerators",
        "ceiling of the product line",
    ] {
        assert!(height.message.contains(said), "{}", height.message);
    }
    let demanded = failing(&design, DELL, "DELL-06").expect("the document's own limit");
    assert_eq!(demanded.severity, Severity::Deviation);
    assert!(failing(&made(DELL, 1, &[]), DELL, "MEC001").is_none());
}

/// Six supplies of 2.7 kW keep 8.1 kW as 3+3; a node of the rack is planned with 9.15 kW.
#[test]
fn installed_supplies_are_no_load_and_3_plus_3_is_no_n_plus_1() {
    const RACK: &str = "supermicro-ai-factory-rtx-pro";
    let design = made(RACK, 1, &[Edit::set("site.power_redundancy", "TwoN")]);
    let found = failing(&design, RACK, "PWR004").expect("half of them do not carry a node");
    for said in ["8.1 kW", "9.15 kW", "13.5 kW"] {
        assert!(found.message.contains(said), "{}", found.message);
    }
    let fixes = fixes(&design, world(), &[reference(RACK)], &found);
    let edits = fixes.iter().flat_map(|fix| &fix.edits);
    let mut edits = edits.filter(|edit| edit.path() == "site.power_redundancy");
    assert!(edits.any(|edit| *edit == Edit::set("site.power_redundancy", "NPlusOne")));
    assert!(failing(&made(RACK, 1, &[]), RACK, "PWR004").is_none());
}

/// As many uplinks as down-links: right by one publisher, short of what another recommends.
#[test]
fn how_grave_it_is_depends_on_the_document_that_is_followed() {
    const OWN: &str = "supermicro-mi3xx-pollara";
    const OTHER: &str = "amd-mi3xx-51t-tree";
    let design = made(OWN, 4, &[]);
    assert!(failing(&design, OWN, "SMC-04").is_none());
    assert!(
        failing(&design, OWN, "FAB002").is_none(),
        "it is not oversubscribed"
    );
    let own = failing(&design, OWN, "AMD-01").expect("for information");
    assert_eq!(own.severity, Severity::Advice);
    let other = failing(&design, OTHER, "AMD-01").expect("the recommendation");
    assert_eq!(other.severity, Severity::Deviation);
    assert!(other.message.contains("at least 1.16"), "{}", other.message);
}
