//! Every reference holds against itself, reproduces every row it prints, and hides no figure
//! without a source.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::assess;
use plumbline_engine::check::{Severity, Status, holds, rule_by_code};
use plumbline_engine::derive::{derive, fact, fact_value};
use plumbline_engine::reference::{
    Comparator, Comparison, Reference, Test, UnitName, World, instantiate, provenance,
};
use plumbline_engine::sourced::Grade;
use plumbline_engine::world;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// Every printed size, and a few that are not printed but within the range that the document
/// covers, in every variant. Of a document that counts nodes only what is printed: not every
/// number of nodes in its range is a size that it allows.
fn sizes(reference: &Reference) -> Vec<(u32, String)> {
    let printed = reference.sizes.iter().filter_map(|size| size.known());
    let smallest = reference.smallest.known().unwrap_or(1);
    let largest = reference.largest.known().unwrap_or(u32::MAX);
    let others = [1, 2, 3, 5, 8, 16].into_iter();
    let whole = reference.unit.name != UnitName::Node;
    let others = others.filter(|units| whole && (smallest..=largest).contains(units));
    let units: BTreeSet<u32> = printed.chain(others).collect();
    let variants = reference.variants.iter();
    variants
        .flat_map(|v| units.iter().map(|units| (*units, v.id.clone())))
        .collect()
}

#[test]
fn each_reference_holds_against_itself_at_every_size_and_variant() {
    let world = world();
    assert!(world.references.len() >= 8);
    for reference in world.references.values() {
        for (units, variant) in sizes(reference) {
            let design = instantiate(reference, units, None, Some(&variant))
                .expect("a size of the reference");
            let failing: Vec<_> = assess(&design, &world)
                .findings
                .into_iter()
                .filter(|f| f.status == Status::Fail && f.severity <= Severity::Deviation)
                .map(|f| format!("{} {}: {}", f.id, f.subject, f.message))
                .collect();
            assert!(
                failing.is_empty(),
                "{} at {units} {variant}:\n{}",
                reference.id,
                failing.join("\n")
            );
        }
    }
}

/// The unknowns of a reference against itself are a committed list, so that a datum that goes
/// missing, or is found, is seen. `UPDATE=1` writes the list anew.
#[test]
fn the_unknowns_of_each_reference_are_exactly_the_committed_list() {
    let world = world();
    let mut found = String::new();
    for reference in world.references.values() {
        for variant in &reference.variants {
            for units in reference.sizes.iter().filter_map(|size| size.known()) {
                let design =
                    instantiate(reference, units, None, Some(&variant.id)).expect("a printed size");
                let mut lines: Vec<String> = assess(&design, &world)
                    .findings
                    .iter()
                    .filter(|f| f.status == Status::Unknown)
                    .map(|f| {
                        format!(
                            "{} {units} {}: {} {}",
                            reference.id,
                            variant.id,
                            f.id,
                            f.missing.as_deref().unwrap_or("?")
                        )
                    })
                    .collect();
                lines.sort();
                found += &(lines.join("\n") + if lines.is_empty() { "" } else { "\n" });
            }
        }
    }
    assert!(!found.contains(": ?"), "an unknown finding names no datum");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases/unknowns.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).expect("the list can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, committed,
        "tests/cases/unknowns.txt; UPDATE=1 writes it anew"
    );
}

#[test]
fn every_published_row_is_reproduced() {
    let world = world();
    let mut rows = 0;
    for reference in world.references.values() {
        for row in &reference.published {
            let design = instantiate(reference, row.units, None, Some(&row.variant))
                .expect("a printed size");
            let derived = derive(&design, &world);
            for (name, printed) in &row.counts {
                let fact = fact(name).unwrap_or_else(|| panic!("{}: no fact {name}", reference.id));
                let found = fact_value(fact, &derived).and_then(|value| value.as_f64());
                let printed = printed.known().expect("a printed count is known");
                assert_eq!(
                    found,
                    Some(printed as f64),
                    "{} {} SU {}: {name}",
                    reference.id,
                    row.units,
                    row.variant
                );
            }
            let rounding = world.constants.ratios.get("print-rounding");
            let rounding = rounding.and_then(|r| r.known()).expect("a constant").get();
            for (name, printed) in &row.figures {
                let at = format!("{} {} {}: {name}", reference.id, row.units, row.variant);
                let fact = fact(name).unwrap_or_else(|| panic!("{at}: no such fact"));
                let found = fact_value(fact, &derived).and_then(|value| value.as_f64());
                let printed = printed.get().and_then(|printed| fact.unit.read(printed));
                let printed = printed.and_then(|p| p.as_f64()).expect("a printed figure");
                let found = found.unwrap_or_else(|| panic!("{at}: unknown"));
                let off = (found - printed).abs() / printed.abs();
                assert!(off <= rounding, "{at}: {found}, printed {printed}");
            }
            rows += 1;
        }
    }
    assert!(rows >= 27, "{rows} rows");
}

#[test]
fn requirements_compare_facts_and_rules_that_exist_and_figures_that_may_bind() {
    let world = world();
    for reference in world.references.values() {
        let mut ids = BTreeSet::new();
        for requirement in &reference.requirements {
            let at = format!("{} {}", reference.id, requirement.id);
            assert!(ids.insert(&requirement.id), "{at}: twice");
            assert!(
                !requirement.statement.is_empty() && !requirement.why.is_empty(),
                "{at}"
            );
            assert!(!requirement.origin.section.is_empty(), "{at}: no section");
            let soft = matches!(
                requirement.origin.grade,
                Grade::Memory | Grade::Estimate | Grade::Unknown | Grade::User
            );
            assert!(
                !soft,
                "{at}: a demand may not rest on {}",
                requirement.origin.grade
            );
            match &requirement.test {
                Test::Rule { rule, .. } => {
                    assert!(rule_by_code(rule).is_some(), "{at}: no rule {rule}");
                }
                Test::Facts(all) => assert!(!all.is_empty(), "{at}: nothing to compare"),
                Test::Any(groups) => {
                    let whole = groups.len() > 1 && groups.iter().all(|group| !group.is_empty());
                    assert!(whole, "{at}: a group without comparisons, or one alone");
                }
            }
            for comparison in requirement.comparisons() {
                compares(comparison, &at);
            }
            for fix in &requirement.fix {
                let known =
                    fix.value.is_some() || reference.template.iter().any(|s| s.path == fix.path);
                assert!(known, "{at}: the fix of {} has no value", fix.path);
            }
        }
    }
}

/// A comparison is of facts that exist, with limits that are figures of the fact's unit.
fn compares(comparison: &Comparison, at: &str) {
    let name = &comparison.fact;
    let unit = fact(name)
        .unwrap_or_else(|| panic!("{at}: no fact {name}"))
        .unit;
    let limits = match &comparison.must {
        Comparator::AtLeastFact(other, _)
        | Comparator::AtMostFact(other, _)
        | Comparator::IsFact(other) => {
            assert!(fact(other).is_some(), "{at}: no fact {other}");
            &[]
        }
        Comparator::OneOf(limits) => limits.as_slice(),
        Comparator::Is(limit)
        | Comparator::IsNot(limit)
        | Comparator::AtLeast(limit)
        | Comparator::AtMost(limit)
        | Comparator::MultipleOf(limit) => std::slice::from_ref(limit),
    };
    for limit in limits {
        let read = unit.read(limit);
        let fits = read.is_some_and(|read| holds(unit, &read, &comparison.must).is_some());
        assert!(fits, "{at}: {name} cannot be compared with {limit}");
    }
}

/// Walks everything that can hold a figure and counts by grade; none is bare.
#[test]
fn every_figure_has_source_section_date_and_grade() {
    let world = world();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let tree = plumbline_engine::written::tree(&world);
    walk(&tree, &mut |grade, source, section| {
        *counts.entry(grade.to_owned()).or_default() += 1;
        if grade == "Unknown" {
            assert!(!section.is_empty(), "an unknown without a reason");
            return;
        }
        assert!(!section.is_empty(), "{source}: a figure without a section");
        let known = world
            .sources
            .get(source)
            .unwrap_or_else(|| panic!("no source {source:?}"));
        assert!(
            !known.date.is_empty() && !known.publisher.is_empty(),
            "{source}: no date or publisher"
        );
    });
    for reference in world.references.values() {
        for variant in &reference.variants {
            for setting in provenance(reference, 4, &variant.id) {
                assert!(
                    setting.origin.grade == Grade::Unknown || !setting.origin.source.is_empty(),
                    "{}",
                    setting.path
                );
            }
        }
    }
    println!("figures by grade: {counts:?}");
    assert!(counts.values().sum::<usize>() > 500, "{counts:?}");
}

const GRADES: [&str; 7] = [
    "Measured",
    "Primary",
    "Secondary",
    "Derived",
    "Estimate",
    "Memory",
    "User",
];

fn walk(value: &serde_json::Value, seen: &mut impl FnMut(&str, &str, &str)) {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            if let Some((grade, content)) = map.iter().next().filter(|_| map.len() == 1) {
                match content {
                    Value::String(reason) if grade == "Unknown" => return seen(grade, "", reason),
                    Value::Array(parts) if GRADES.contains(&grade.as_str()) && parts.len() == 3 => {
                        return seen(
                            grade,
                            parts[1].as_str().unwrap_or(""),
                            parts[2].as_str().unwrap_or(""),
                        );
                    }
                    _ => {}
                }
            }
            if let (
                Some(Value::String(grade)),
                Some(Value::String(source)),
                Some(Value::String(section)),
            ) = (map.get("grade"), map.get("source"), map.get("section"))
            {
                seen(grade, source, section);
            }
            map.values().for_each(|entry| walk(entry, seen));
        }
        Value::Array(list) => list.iter().for_each(|entry| walk(entry, seen)),
        _ => {}
    }
}

#[test]
fn a_broken_reference_file_says_file_line_and_reason() {
    use plumbline_engine::load::{WorldFile, world_from_files};
    let file = |path: &str, text: &str| WorldFile {
        path: path.into(),
        text: text.into(),
    };
    let faults = |files: &[WorldFile]| world_from_files(files, "2026-11-24").expect_err("broken");
    let bad_unit = "[Cable((id: \"c\", vendor: \"v\", name: \"n\",\n  link_rate: Primary(\"400 kg\", \"s\", \"t\"),\n  reach: Unknown(\"x\"))) ]";
    let fault = &faults(&[file("catalogue/v/c.ron", bad_unit)])[0];
    assert_eq!((fault.file.as_str(), fault.line), ("catalogue/v/c.ron", 2));
    assert!(fault.to_string().contains("expected link rate"), "{fault}");
    let no_source = "[Cable((id: \"c\", vendor: \"v\", name: \"n\", link_rate: Primary(\"400 Gb/s\", \"nvv\", \"t\"), reach: Unknown(\"x\")))]";
    let sources = "{\"nv\": (publisher: \"p\", title: \"t\", date: \"2026\")}";
    let fault = &faults(&[
        file("catalogue/v/c.ron", no_source),
        file("sources.ron", sources),
    ])[0];
    assert!(
        fault.to_string().contains("\"nvv\" is not listed"),
        "{fault}"
    );
    assert_eq!(fault.nearest.as_deref(), Some("nv"));
    let unknown_field = "[Cable((id: \"c\", vendor: \"v\", name: \"n\", rate: 3))]";
    let fault = &faults(&[file("catalogue/v/c.ron", unknown_field)])[0];
    assert!(fault.to_string().contains("rate"), "{fault}");
}

/// The embedded world is the one in `references/`.
#[test]
fn the_embedded_world_is_read_back_whole() {
    let world: World = world();
    assert!(
        !world.revision.is_empty() && !world.prices.parts.is_empty() && !world.sources.is_empty()
    );
    for reference in world.references.values() {
        assert!(
            world.sources.contains_key(&reference.source),
            "{}",
            reference.id
        );
    }
}
