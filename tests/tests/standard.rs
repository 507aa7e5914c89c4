//! A company's own standard: the example works, and each fault in one is told with its place.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::check::{Status, check, standard};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::load::{design_to_json, design_to_ron, is_standard};
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;

const EXAMPLE: &str = include_str!("../../public/lazy/example-standard.ron");

fn failing(edits: &[Edit]) -> Vec<String> {
    let standard = standard(EXAMPLE, world()).expect("the example is right");
    let design = instantiate(&standard.reference, 4, None, None).expect("a size");
    let (design, _) = apply_all(&design, edits).expect("edits of fields");
    let findings = check(&derive(&design, world()), &[&standard.reference]);
    let failed = findings.iter().filter(|f| f.status == Status::Fail);
    failed.map(|f| f.id.clone()).collect()
}

#[test]
fn the_example_takes_over_and_demands_more() {
    let read = standard(EXAMPLE, world()).expect("the example is right");
    let reference = &read.reference;
    let has = |id: &str| reference.requirements.iter().any(|r| r.id == id);
    assert!(has("ACME-01") && has("NV-CF-01") && !has("NV-MG-01"));
    assert!(!reference.sizes.is_empty() && reference.publisher == "ACME");
    let design = instantiate(reference, 4, None, None).expect("a size");
    assert_eq!(
        design.compute.groups.first().map(|g| g.nodes_per_rack),
        Some(2)
    );
    let ours = |id: &String| id.starts_with("ACME");
    assert!(!failing(&[]).iter().any(ours));
    let fuller = failing(&[Edit::set("compute.groups[0].nodes_per_rack", 4)]);
    assert!(fuller.iter().any(|id| id == "ACME-01"), "{fuller:?}");
}

#[test]
fn own_standards_stand_behind_the_published_and_the_newest_holds() {
    let world = plumbline_engine::world();
    let published = world.references.len();
    let bring = |title: &str| {
        let text = EXAMPLE.replace("ACME standard for AI clusters", title);
        let read = standard(&text, &world).expect("the example is right");
        world.references.bring(read.reference, read.sources);
    };
    bring("first");
    let held = world.references.get("acme-ai-standard");
    bring("second");
    let newest = world.references.get("acme-ai-standard");
    assert_eq!(held.map(|r| r.title.as_str()), Some("first"));
    assert_eq!(newest.map(|r| r.title.as_str()), Some("second"));
    assert_eq!(world.references.len(), published + 1);
    assert_eq!(world.references.keys().count(), published + 1);
    let titles: Vec<&str> = world
        .references
        .own()
        .map(|own| own.entry.title.as_str())
        .collect();
    assert_eq!(titles, ["second"]);
    assert!(world.source("acme-eng-0042").is_some() && world.source("nv-ra-h100").is_some());
    world.references.take_away("acme-ai-standard");
    assert!(world.references.get("acme-ai-standard").is_none());
    assert!(world.source("acme-eng-0042").is_none());
    assert_eq!(world.references.len(), published);
    bring("third");
    let again = world.references.get("acme-ai-standard");
    assert_eq!(again.map(|r| r.title.as_str()), Some("third"));
}

#[test]
fn a_standard_is_told_from_a_design_by_what_it_holds() {
    assert!(is_standard(EXAMPLE));
    assert!(
        is_standard(&EXAMPLE.replacen("strength", "strength: :", 1)),
        "also where it is broken"
    );
    assert!(is_standard("Reference(id: \"x\")"));
    let h100 = world()
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a reference");
    let design = instantiate(h100, 4, None, None).expect("a size");
    for text in [
        design_to_ron(&design),
        design_to_json(&design),
        String::new(),
        "[1]".into(),
        "(name: \"x".into(),
    ] {
        assert!(!is_standard(&text), "{text}");
    }
    for case in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/cases/broken"))
        .expect("the folder")
        .flatten()
    {
        let text = std::fs::read(case.path()).expect("a file");
        assert!(!is_standard(&String::from_utf8_lossy(&text)), "{case:?}");
    }
}

#[test]
fn each_fault_says_where_what_and_what_is_near() {
    let cases = [
        (
            "strength: Must",
            "strength: Mast",
            "variant `Mast`",
            Some("Must"),
        ),
        (
            "fact: \"rack.load\"",
            "fact: \"rack.lod\"",
            "name of a fact",
            Some("rack.load"),
        ),
        (
            "AtMost(\"22 kW\")",
            "AtMost(\"22 kg\")",
            "expected a value of rack.load",
            None,
        ),
        (
            "nvidia-dgx-superpod-h100\"),",
            "nvidia-dgx-superpod-h10\"),",
            "id of a reference",
            Some("nvidia-dgx-superpod-h100"),
        ),
        (
            "drops: [\"NV-MG-01\"]",
            "drops: [\"NV-MG-9\"]",
            "expected a requirement of",
            None,
        ),
        (
            "origin: (grade: Primary, source: \"acme-eng-0042\", section: \"section 7\")",
            "origin: (grade: Memory, source: \"acme-eng-0042\", section: \"section 7\")",
            "grade that may bind",
            None,
        ),
        (
            "source: \"acme-eng-0042\", section: \"section 4\"",
            "source: \"acme-eng-42\", section: \"section 4\"",
            "neither in `sources`",
            Some("acme-eng-0042"),
        ),
        (
            "path: \"site.rack_power\"",
            "path: \"site.rack_powr\"",
            "unknown field `rack_powr`",
            None,
        ),
        (
            "must: AtLeast(65)",
            "must: AtLeest(65)",
            "variant `AtLeest`",
            Some("AtLeast"),
        ),
        (
            "id: \"acme-ai-standard\"",
            "id: \"nvidia-dgx-superpod-h200\"",
            "expected an id of its own",
            None,
        ),
        (
            "statement: \"A rack",
            "statment: \"A rack",
            "field `statment`",
            Some("statement"),
        ),
    ];
    for (right, wrong, says, near) in cases {
        let text = EXAMPLE.replacen(right, wrong, 1);
        assert_ne!(text, EXAMPLE, "{right}");
        let faults = standard(&text, world()).expect_err(wrong);
        let found = faults.iter().find(|fault| fault.message.contains(says));
        let found = found.unwrap_or_else(|| panic!("{wrong}: {faults:?}"));
        assert!(found.line > 0 && found.column > 0, "{wrong}: {found}");
        if let Some(near) = near {
            assert_eq!(found.nearest.as_deref(), Some(near), "{wrong}: {found}");
        }
        assert!(found.line <= text.lines().count());
    }
}
