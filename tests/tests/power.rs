//! What shelves and supplies carry when some of them fail, and what a node is held to draw
//! when nobody has rated it.

#![allow(clippy::expect_used, reason = "a test fails where it stands")]

use plumbline_engine::check::{Finding, Severity, Status, check};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, Redundancy, apply_all};
use plumbline_engine::load::data_from_text;
use plumbline_engine::reference::{Reference, Requirement, World, instantiate};
use plumbline_engine::sourced::Sourced;
use plumbline_tests::world;

fn design(reference: &str) -> Design {
    let reference = world().references.get(reference).expect("a reference");
    instantiate(reference, 1, None, None).expect("a printed size")
}

fn with(design: &Design, mode: &str) -> Design {
    let edit = Edit::set("site.power_redundancy", mode);
    apply_all(design, &[edit]).expect("a redundancy").0
}

/// The finding of a rule, against references or alone.
fn found(design: &Design, world: &World, against: &[&Reference], code: &str) -> Option<Finding> {
    let findings = check(&derive(design, world), against);
    let mut findings = findings.into_iter();
    findings.find(|f| f.id == code || f.also.iter().any(|id| id == code))
}

#[test]
fn what_may_fail_does_not_count() {
    let survivors = [Redundancy::N, Redundancy::NPlusOne, Redundancy::TwoN];
    let of = |installed| survivors.map(|mode| mode.survivors(installed));
    assert_eq!(of(6), [6.0, 5.0, 3.0]);
    assert_eq!(of(5), [5.0, 4.0, 2.0]);
    assert_eq!(of(0), [0.0, 0.0, 0.0]);
}

#[test]
fn without_a_document_both_rules_advise() {
    for (reference, code) in [
        ("supermicro-gb300-nvl72", "PWR003"),
        ("supermicro-ai-factory-rtx-pro", "PWR004"),
    ] {
        let design = design(reference);
        let held = found(&design, world(), &[], code).expect("the rule speaks");
        assert_eq!(held.status, Status::Pass, "{}", held.message);
        let short = found(&with(&design, "TwoN"), world(), &[], code).expect("the rule speaks");
        assert_eq!(
            (short.status, short.severity),
            (Status::Fail, Severity::Advice)
        );
        assert_eq!(
            short.fixes.first().map(|fix| fix.edits.clone()),
            Some(vec![Edit::set("site.power_redundancy", "NPlusOne")])
        );
    }
}

/// The rack figure of the claimed reference stands in for a missing rating; installed supplies
/// never do.
#[test]
fn a_node_without_a_rating_draws_its_share_of_the_printed_rack() {
    let mut unrated = world().clone();
    let node = "supermicro-522ga-nrt-rtx-pro-6000";
    let node = unrated.catalogue.nodes.get_mut(node).expect("a node");
    node.power_max = Sourced::default();
    let design = with(&design("supermicro-ai-factory-rtx-pro"), "TwoN");
    let short = found(&design, &unrated, &[], "PWR004").expect("the rule speaks");
    assert_eq!(short.status, Status::Fail);
    assert!(short.message.contains("8.1 kW"), "{}", short.message);
    assert!(short.message.contains("9.15 kW"), "{}", short.message);
    let unclaimed = Design {
        claim: None,
        ..design
    };
    assert_eq!(found(&unclaimed, &unrated, &[], "PWR004"), None);
}

/// A document may place the spare inside each shelf.
#[test]
fn a_share_of_each_shelf_may_be_the_spare() {
    let demand = |share: &str| {
        let text = format!(
            "[(id: \"X-1\", strength: Must, statement: \"s\", why: \"w\", origin: (grade: Primary, source: \"s\", section: \"t\"), test: Rule(rule: \"PWR003\", limits: [(\"module_share\", {share})]))]"
        );
        let requirements: Vec<Requirement> = data_from_text(&text).expect("a requirement");
        let reference = world().references.get("supermicro-gb300-nvl72");
        Reference {
            requirements,
            ..reference.expect("a reference").clone()
        }
    };
    let design = design("supermicro-gb300-nvl72");
    for (share, status) in [("0.8333333333", Status::Pass), ("0.5", Status::Fail)] {
        let demand = demand(share);
        let finding = found(&design, world(), &[&demand], "X-1").expect("the demand is met or not");
        assert_eq!(finding.status, status, "{}", finding.message);
    }
}
