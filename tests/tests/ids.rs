//! Every requirement that the facts propose stands in some reference, or a reason says why not.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::reference::{Requirement, Test, World};
use plumbline_engine::world;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

fn case(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("cases")
        .join(name)
}

/// A line of `proposed-ids.txt`.
struct Proposed {
    id: String,
    severity: String,
    /// Why no reference carries it; empty where one does, or will.
    reason: String,
}

fn proposed() -> Vec<Proposed> {
    let text = fs::read_to_string(case("proposed-ids.txt")).expect("the list of ids");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut columns = line.split(" | ").map(str::to_owned);
            let mut next = || columns.next().unwrap_or_default();
            let (id, severity, reason) = (next(), next(), next());
            let known = ["must", "should", "info"].contains(&severity.as_str());
            assert!(known, "{line}: no severity");
            Proposed {
                id,
                severity,
                reason,
            }
        })
        .collect()
}

/// Where an id stands, and what checks it: rules, and facts that are compared.
#[derive(Default)]
struct Carried {
    references: BTreeSet<String>,
    checks: BTreeSet<String>,
}

fn carried(world: &World) -> BTreeMap<String, Carried> {
    let mut all: BTreeMap<String, Carried> = BTreeMap::new();
    for reference in world.references.values() {
        for requirement in &reference.requirements {
            let entry = all.entry(requirement.id.clone()).or_default();
            entry.references.insert(reference.id.clone());
            entry.checks.extend(checks(requirement));
        }
    }
    all
}

fn checks(requirement: &Requirement) -> Vec<String> {
    let facts = requirement.comparisons().map(|c| c.fact.clone());
    let rule = match &requirement.test {
        Test::Rule { rule, .. } => Some(rule.clone()),
        Test::Facts(_) | Test::Any(_) => None,
    };
    rule.into_iter().chain(facts).collect()
}

/// The table is committed, so that a requirement that is lost or found is seen. `UPDATE=1`
/// writes it anew.
#[test]
fn each_proposed_requirement_is_encoded_or_says_why_not() {
    let carried = carried(&world());
    let mut table = "id,severity,references,checked by,not encoded because\n".to_owned();
    let mut listed = BTreeSet::new();
    for Proposed {
        id,
        severity,
        reason,
    } in proposed()
    {
        assert!(listed.insert(id.clone()), "{id} is listed twice");
        let (references, checks, reason) = match carried.get(&id) {
            Some(carried) => {
                assert!(
                    reason.is_empty(),
                    "{id} is encoded; its reason is no longer true"
                );
                (joined(&carried.references), joined(&carried.checks), reason)
            }
            None if reason.is_empty() => Default::default(),
            None => (String::new(), String::new(), reason),
        };
        let reason = match (references.is_empty(), reason.is_empty()) {
            (true, true) => "not yet encoded".to_owned(),
            _ => reason,
        };
        let cells = [id, severity, references, checks, reason].map(|cell| quoted(&cell));
        table += &(cells.join(",") + "\n");
    }
    for (id, carried) in &carried {
        let by = joined(&carried.references);
        assert!(
            listed.contains(id),
            "{id} of {by} is not in proposed-ids.txt"
        );
    }
    let path = case("requirement-ids.csv");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &table).expect("the table can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        table, committed,
        "tests/cases/requirement-ids.csv; UPDATE=1 writes it anew"
    );
}

fn joined(names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.join(" ")
}

/// A cell of a table with commas between cells.
fn quoted(cell: &str) -> String {
    match cell.contains([',', '"']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
