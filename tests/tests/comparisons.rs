//! What each comparator asks, in every kind of unit, of values that are there and that are
//! not; what conditions and groups of comparisons make of it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::check::{Finding, Status, check, holds};
use plumbline_engine::derive::{FactUnit, derive, facts};
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::load::data_from_text;
use plumbline_engine::reference::{Comparator, Reference, Requirement, instantiate};
use plumbline_engine::scalar::Scalar;
use plumbline_tests::world;
use proptest::prelude::*;
use std::cmp::Ordering;

const REFERENCE: &str = "nvidia-dgx-superpod-h100";

/// The reference with one requirement: `rest` is what differs of it.
fn demanding(rest: &str) -> Reference {
    let text = format!(
        "[(id: \"X-1\", strength: Must, statement: \"s\", why: \"w\", origin: (grade: Primary, source: \"s\", section: \"t\"), {rest})]"
    );
    let requirements: Vec<Requirement> = data_from_text(&text).expect("a requirement");
    let reference = world().references.get(REFERENCE).expect("a reference");
    Reference {
        requirements,
        ..reference.clone()
    }
}

fn design(edits: &[(&str, &str)]) -> Design {
    let reference = world().references.get(REFERENCE).expect("a reference");
    let design = instantiate(reference, 3, None, Some("idealised")).expect("a size");
    let edits: Vec<Edit> = edits
        .iter()
        .map(|(path, value)| Edit::set(*path, *value))
        .collect();
    apply_all(&design, &edits).expect("edits that fit").0
}

/// The finding of a requirement on a design of 96 nodes in three units.
fn found(rest: &str, edits: &[(&str, &str)]) -> Finding {
    let (reference, design) = (demanding(rest), design(edits));
    let findings = check(&derive(&design, world()), &[&reference]);
    let own = findings.into_iter().find(|f| f.id == "X-1");
    own.expect("a finding of the requirement")
}

fn facts_of(must: &str) -> String {
    format!("test: Facts([{must}])")
}

fn comparison(fact: &str, must: &str) -> String {
    format!("(fact: \"{fact}\", must: {must})")
}

#[test]
fn each_comparator_says_what_was_found_and_what_is_required() {
    let nodes = |must: &str| {
        let finding = found(&facts_of(&comparison("compute.nodes", must)), &[]);
        (finding.status, finding.message)
    };
    use Status::{Fail, Pass};
    let cases = [
        ("Is(96)", Pass, "96"),
        ("Is(95)", Fail, "95"),
        ("IsNot(95)", Pass, "anything but 95"),
        ("IsNot(96)", Fail, "anything but 96"),
        ("AtLeast(96)", Pass, "at least 96"),
        ("AtLeast(97)", Fail, "at least 97"),
        ("AtMost(96)", Pass, "at most 96"),
        ("AtMost(95)", Fail, "at most 95"),
        ("MultipleOf(32)", Pass, "a multiple of 32"),
        ("MultipleOf(36)", Fail, "a multiple of 36"),
        ("OneOf([95, 96])", Pass, "95 or 96"),
        ("OneOf([95, 97])", Fail, "95 or 97"),
        ("IsFact(\"compute.nodes\")", Pass, "96"),
        ("AtLeastFact(\"compute.units\", 32.0)", Pass, "at least 96"),
        ("AtMostFact(\"compute.units\", 31.0)", Fail, "at most 93"),
    ];
    for (must, status, required) in cases {
        let said = format!("found 96 of nodes, required {required}");
        assert_eq!(nodes(must), (status, said), "{must}");
    }
}

#[test]
fn quantities_and_versions_are_compared_with_written_limits() {
    use Status::{Fail, Pass, Unknown};
    let feed = [("site.feed_voltage", "415 V")];
    let rocm = |version: &'static str| [("orchestration.software.rocm", version)];
    let site = |fact: &str, must: &str, edits: &[(&str, &str)]| {
        found(&facts_of(&comparison(fact, must)), edits)
    };
    let status = |fact: &str, must: &str, edits: &[(&str, &str)]| site(fact, must, edits).status;
    assert_eq!(
        status("site.feed_voltage", "AtLeast(\"0.4 kV\")", &feed),
        Pass
    );
    assert_eq!(
        status("site.feed_voltage", "AtMost(\"240 V\")", &feed),
        Fail
    );
    let warm = [
        ("site.coolant_supply", "45 C"),
        ("site.coolant_flow", "64 L/min"),
    ];
    let finding = site("site.coolant_supply", "AtMost(\"43 C\")", &warm);
    assert_eq!(
        (finding.status, finding.message.as_str(), finding.unit),
        (
            Fail,
            "found 45 °C of temperature of the coolant supply, required at most 43 °C",
            "°C"
        )
    );
    assert_eq!(
        status(
            "site.coolant_per_accelerator",
            "AtLeast(\"2 l/min\")",
            &warm
        ),
        Pass
    );
    assert_eq!(
        status(
            "site.altitude",
            "AtMost(\"3 km\")",
            &[("site.altitude", "3050 m")]
        ),
        Fail
    );
    let mass = [("overrides.dgx-h100.mass", "131 kg")];
    assert_eq!(status("rack.gear_mass", "AtMost(\"0.524 t\")", &mass), Pass);
    assert_eq!(status("rack.gear_mass", "AtMost(\"520 kg\")", &mass), Fail);
    // Part by part, not as text and not as decimal numbers.
    assert_eq!(
        status("software.rocm", "AtLeast(\"6.4\")", &rocm("6.10.1")),
        Pass
    );
    assert_eq!(status("software.rocm", "Is(\"6.4\")", &rocm("6.4.0")), Pass);
    let old = site("software.rocm", "AtLeast(\"6.4.1\")", &rocm("6.4"));
    assert_eq!(
        (old.status, old.message.as_str()),
        (
            Fail,
            "found 6.4 of version of ROCm, required at least 6.4.1"
        )
    );
    // What is no version is no fault of the design's: it is not known.
    for edits in [&rocm("latest")[..], &[]] {
        let finding = site("software.rocm", "AtLeast(\"6.4\")", edits);
        assert_eq!(finding.status, Unknown);
        assert_eq!(
            finding.missing.as_deref(),
            Some("orchestration.software.rocm")
        );
    }
}

#[test]
fn an_unknown_fact_is_unknown_to_every_comparator_and_a_broken_limit_never_passes() {
    let comparators = [
        "Is(\"400 V\")",
        "IsNot(\"400 V\")",
        "AtLeast(\"400 V\")",
        "AtMost(\"400 V\")",
        "MultipleOf(\"100 V\")",
        "OneOf([\"400 V\", \"415 V\"])",
        "IsFact(\"compute.nodes\")",
        "AtLeastFact(\"compute.nodes\", 1.0)",
        "AtMostFact(\"compute.nodes\", 1.0)",
    ];
    for must in comparators {
        let finding = found(&facts_of(&comparison("site.feed_voltage", must)), &[]);
        assert_eq!(finding.status, Status::Unknown, "{must}");
        assert_eq!(
            finding.missing.as_deref(),
            Some("site.feed_voltage"),
            "{must}"
        );
    }
    for must in ["IsFact", "AtLeastFact", "AtMostFact"] {
        let times = if must == "IsFact" { "" } else { ", 1.0" };
        let must = format!("{must}(\"site.feed_voltage\"{times})");
        let finding = found(&facts_of(&comparison("compute.nodes", &must)), &[]);
        assert_eq!(
            finding.missing.as_deref(),
            Some("site.feed_voltage"),
            "{must}"
        );
    }
    let broken = [
        ("compute.nodes", "AtLeast(\"many\")"),
        ("compute.nodes", "MultipleOf(0)"),
        ("compute.topology", "AtLeast(\"Rail\")"),
        ("compute.topology", "IsFact(\"compute.nodes\")"),
        ("storage_fabric.separate", "Is(\"yes\")"),
        ("site.no_such_fact", "Is(1)"),
    ];
    for (fact, must) in broken {
        let finding = found(&facts_of(&comparison(fact, must)), &[]);
        assert_eq!(
            (finding.status, finding.missing),
            (Status::Unknown, None),
            "{fact} {must}"
        );
    }
}

#[test]
fn a_condition_that_does_not_hold_sets_a_requirement_aside() {
    let test = facts_of(&comparison("compute.nodes", "AtMost(4)"));
    let with = |conditions: &[&str], edits: &[(&str, &str)]| {
        found(&format!("when: [{}], {test}", conditions.join(", ")), edits)
    };
    let feed = comparison("site.feed_voltage", "AtLeast(\"400 V\")");
    let rails = comparison("compute.rails", "Is(4)");
    assert_eq!(
        with(&[&feed], &[("site.feed_voltage", "415 V")]).status,
        Status::Fail
    );
    let aside = with(&[&feed], &[("site.feed_voltage", "230 V")]);
    assert_eq!(
        (aside.status, aside.subject.as_str(), aside.message.as_str()),
        (
            Status::NotApplicable,
            "site.feed_voltage",
            "found 230 V of voltage of the feed; it applies where that is at least 400 V"
        )
    );
    let unknown = with(&[&feed], &[]);
    assert_eq!(unknown.status, Status::Unknown);
    assert_eq!(unknown.missing.as_deref(), Some("site.feed_voltage"));
    // One that does not hold decides, whatever the others would be.
    for conditions in [[&feed, &rails], [&rails, &feed]] {
        let finding = with(&conditions.map(String::as_str), &[]);
        assert_eq!(finding.status, Status::NotApplicable);
        assert_eq!(finding.subject, "fabrics.compute.rails");
    }
}

#[test]
fn a_rule_that_is_not_demanded_under_a_condition_still_holds_by_itself() {
    let when = comparison("compute.rails", "Is(4)");
    let rest = format!("when: [{when}], test: Rule(rule: \"PWR001\")");
    let (reference, design) = (demanding(&rest), design(&[("site.rack_power", "5 kW")]));
    let findings = check(&derive(&design, world()), &[&reference]);
    let of = |id: &str| findings.iter().find(|f| f.id == id).map(|f| f.status);
    assert_eq!(of("X-1"), Some(Status::NotApplicable));
    assert_eq!(of("PWR001"), Some(Status::Fail));
    let plain = demanding("test: Rule(rule: \"PWR001\")");
    let findings = check(&derive(&design, world()), &[&plain]);
    let own: Vec<_> = findings
        .iter()
        .filter(|f| f.id == "X-1" || f.id == "PWR001")
        .collect();
    assert_eq!((own.len(), own[0].status), (1, Status::Fail));
}

#[test]
fn of_several_groups_one_that_holds_is_enough() {
    let nodes = |must: &str| comparison("compute.nodes", must);
    let feed = comparison("site.feed_voltage", "AtLeast(\"400 V\")");
    let any = |groups: &[&[&str]]| {
        let groups: Vec<String> = groups
            .iter()
            .map(|g| format!("[{}]", g.join(", ")))
            .collect();
        found(&format!("test: Any([{}])", groups.join(", ")), &[])
    };
    let (yes, no, few) = (
        nodes("MultipleOf(4)"),
        nodes("AtMost(16)"),
        nodes("AtMost(8)"),
    );
    assert_eq!(any(&[&[&no], &[&yes]]).status, Status::Pass);
    assert_eq!(any(&[&[&feed], &[&yes]]).status, Status::Pass);
    let open = any(&[&[&no], &[&yes, &feed]]);
    assert_eq!(open.status, Status::Unknown);
    assert_eq!(open.missing.as_deref(), Some("site.feed_voltage"));
    let neither = any(&[&[&yes, &no], &[&feed, &few]]);
    assert_eq!(
        (neither.status, neither.message.as_str()),
        (
            Status::Fail,
            "found 96 of nodes, required at most 16; or found 96 of nodes, required at most 8"
        )
    );
    assert_eq!(any(&[]).status, Status::NotApplicable);
}

/// Facts are found by name: a second of the same name would never be seen.
#[test]
fn each_fact_has_a_name_of_its_own() {
    let mut names: Vec<&str> = facts().map(|fact| fact.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

const NUMBERS: [FactUnit; 12] = [
    FactUnit::Count,
    FactUnit::Ratio,
    FactUnit::Power,
    FactUnit::ByteRate,
    FactUnit::BitRate,
    FactUnit::Size,
    FactUnit::Height,
    FactUnit::Length,
    FactUnit::Mass,
    FactUnit::Temperature,
    FactUnit::Flow,
    FactUnit::Voltage,
];

fn version(parts: &[u64]) -> Scalar {
    let parts: Vec<String> = parts.iter().map(u64::to_string).collect();
    Scalar::Text(parts.join("."))
}

/// Order and equality as comparators tell them.
fn told(unit: FactUnit, a: &Scalar, b: &Scalar) -> (Option<bool>, Option<bool>, Option<bool>) {
    let b = || b.clone();
    let is = holds(unit, a, &Comparator::Is(b()));
    assert_eq!(is.map(|is| !is), holds(unit, a, &Comparator::IsNot(b())));
    assert_eq!(is, holds(unit, a, &Comparator::OneOf(vec![b()])));
    let least = holds(unit, a, &Comparator::AtLeast(b()));
    (is, least, holds(unit, a, &Comparator::AtMost(b())))
}

fn as_told(order: Ordering) -> (Option<bool>, Option<bool>, Option<bool>) {
    (
        Some(order.is_eq()),
        Some(order.is_ge()),
        Some(order.is_le()),
    )
}

proptest! {
    #[test]
    fn numbers_of_every_unit_are_ordered(unit in 0_usize..12, a in 0_u64..1000, b in 1_u64..1000, times in 0_u64..500) {
        let unit = NUMBERS[unit];
        let (x, y) = (Scalar::Num(a as f64), Scalar::Int(b));
        prop_assert_eq!(told(unit, &x, &y), as_told(a.cmp(&b)));
        prop_assert_eq!(holds(unit, &x, &Comparator::MultipleOf(y.clone())), Some(a % b == 0));
        let thirds = Scalar::Num(times as f64 * (b as f64 / 3.0));
        prop_assert_eq!(holds(unit, &thirds, &Comparator::MultipleOf(Scalar::Num(b as f64 / 3.0))), Some(true));
        // A limit that is written with its unit is the same limit.
        let symbol = unit.symbol();
        if !symbol.is_empty() {
            let written = Scalar::Text(format!("{b} {symbol}"));
            prop_assert_eq!(told(unit, &x, &written), as_told(a.cmp(&b)));
        }
    }

    #[test]
    fn versions_are_ordered_part_by_part(a in prop::collection::vec(0_u64..30, 1..4), b in prop::collection::vec(0_u64..30, 1..4)) {
        let padded = |parts: &[u64]| [parts, &[0, 0, 0]].concat().into_iter().take(3).collect::<Vec<_>>();
        let order = padded(&a).cmp(&padded(&b));
        prop_assert_eq!(told(FactUnit::Version, &version(&a), &version(&b)), as_told(order));
        prop_assert_eq!(holds(FactUnit::Version, &version(&a), &Comparator::MultipleOf(version(&b))), None);
    }

    #[test]
    fn no_text_is_taken_for_a_number_or_a_version(text in "[a-z +.-]{0,6}", unit in 0_usize..12) {
        let text = Scalar::Text(text);
        let limit = Comparator::AtLeast(Scalar::Int(1));
        prop_assert_eq!(holds(NUMBERS[unit], &text, &limit), None);
        prop_assert_eq!(holds(FactUnit::Version, &text, &limit), None);
        prop_assert_eq!(holds(FactUnit::Text, &text, &Comparator::Is(text.clone())), Some(true));
    }
}
