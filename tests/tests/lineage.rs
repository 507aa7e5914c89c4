//! A reference that follows another takes over what it does not state itself, and files that
//! follow wrongly say where and how.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::load::{LoadError, WorldFile, world_from_files};
use plumbline_engine::reference::{Reference, Strength, World, instantiate};

/// A small reference: `head` is the start of the file, `template` and `requirements` are
/// entries of their lists.
fn file(id: &str, head: &str, template: &str, requirements: &str) -> WorldFile {
    WorldFile {
        path: format!("architectures/p/{id}.ron"),
        text: format!(
            "(\n    id: \"{id}\", publisher: \"P\", title: \"T\", document: \"D\", version: \"1\", date: \"2026\", source: \"s\", summary: \"x\",\n    {head}\n    unit: (nodes: Primary(4, \"s\", \"t\")), sizes: [Primary(1, \"s\", \"t\")], tested_units: Primary(1, \"s\", \"t\"),\n    variants: [(id: \"v\", summary: \"x\", nodes_given_up: Primary(0, \"s\", \"t\"))],\n    template: [{template}],\n    storage_levels: [{}],\n    requirements: [{requirements}],\n)",
            level("Own", id)
        ),
    }
}

fn level(name: &str, purpose: &str) -> String {
    let rate = "Primary(\"1 GB/s\", \"s\", \"t\")";
    format!(
        "(name: \"{name}\", purpose: \"{purpose}\", read: {rate}, write: {rate}, node_read: {rate}, node_write: {rate})"
    )
}

fn setting(path: &str, value: &str) -> String {
    format!("(path: \"{path}\", value: Primary(Is({value}), \"s\", \"t\")),")
}

fn requirement(id: &str, statement: &str) -> String {
    format!(
        "(id: \"{id}\", strength: Must, statement: \"{statement}\", why: \"w\", origin: (grade: Primary, source: \"s\", section: \"t\"), test: Facts([(fact: \"compute.nodes\", must: AtLeast(1))])),"
    )
}

fn load(files: Vec<WorldFile>) -> Result<World, Vec<LoadError>> {
    let mut files = files;
    files.push(WorldFile {
        path: "sources.ron".into(),
        text: "{\"s\": (publisher: \"p\", title: \"t\", date: \"2026\")}".into(),
    });
    world_from_files(&files, "2026-11-24")
}

fn parent() -> WorldFile {
    let template = [
        setting("orchestration.servers[0].part", "\"a\""),
        setting("orchestration.servers[0].count", "2"),
        setting("orchestration.servers[1].part", "\"b\""),
        setting("orchestration.servers[1].count", "3"),
        setting("site.pdus_per_rack", "3"),
    ];
    let requirements = [
        requirement("P-1", "one"),
        requirement("P-2", "two"),
        requirement("P-3", "three"),
    ];
    file("parent", "", &template.concat(), &requirements.concat())
}

fn ids(reference: &Reference) -> Vec<&str> {
    reference
        .requirements
        .iter()
        .map(|r| r.id.as_str())
        .collect()
}

#[test]
fn a_child_takes_over_what_it_does_not_state() {
    // A grandchild stands before its parent in the order of the files.
    let template = [
        setting("orchestration.servers[1].count", "5"),
        setting("orchestration.servers[2].part", "\"c\""),
        "(path: \"site.pdus_per_rack\", variant: \"other\", value: Primary(Is(9), \"s\", \"t\")),"
            .into(),
    ];
    let head = "follows: Some(\"parent\"), drops: [\"P-3\"],";
    let child = file(
        "child",
        head,
        &template.concat(),
        &requirement("P-2", "stricter"),
    );
    let grandchild = file("a-grandchild", "follows: Some(\"child\"),", "", "");
    let world = load(vec![grandchild, child, parent()]).expect("references that follow");
    for id in ["child", "a-grandchild"] {
        let reference = world.references.get(id).expect("a reference");
        assert_eq!(ids(reference), ["P-2", "P-1"], "{id}");
        assert_eq!(reference.requirements[0].statement, "stricter");
        let levels: Vec<&str> = reference
            .storage_levels
            .iter()
            .map(|l| l.purpose.as_str())
            .collect();
        assert_eq!(levels, [id]);
        let design = instantiate(reference, 1, None, None).expect("a size");
        let servers = design.orchestration.servers;
        let seen: Vec<_> = servers.iter().map(|s| (s.part.as_str(), s.count)).collect();
        assert_eq!((seen[0], seen[1], seen[2].0), (("a", 2), ("b", 5), "c"));
        // A setting of a variant that is not there hides nothing.
        assert_eq!(design.site.pdus_per_rack, Some(3));
    }
    let parent = world.references.get("parent").expect("a reference");
    assert_eq!((ids(parent).len(), parent.template.len()), (3, 5));
}

fn fault(files: Vec<WorldFile>) -> LoadError {
    let faults = load(files).expect_err("broken");
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].clone()
}

#[test]
fn following_wrongly_says_file_line_path_and_nearest() {
    let child = |head: &str| file("child", head, "", "");
    let unknown = fault(vec![child("follows: Some(\"parnet\"),"), parent()]);
    assert_eq!(
        unknown.to_string(),
        "architectures/p/child.ron:3:19: follows: found \"parnet\", expected the id of a reference; nearest: \"parent\""
    );
    let drop = fault(vec![
        child("follows: Some(\"parent\"), drops: [\"P-1\", \"P-9\"],"),
        parent(),
    ]);
    assert_eq!((drop.line, drop.path.as_str()), (3, "drops[1]"));
    assert!(
        drop.message
            .contains("\"P-9\", expected a requirement of \"parent\""),
        "{drop}"
    );
    assert!(drop.nearest.is_some());
    let alone = fault(vec![child("drops: [\"P-1\"],")]);
    assert_eq!((alone.line, alone.path.as_str()), (3, "drops"));
    let itself = fault(vec![child("follows: Some(\"child\"),")]);
    assert!(itself.message.contains("child > child"), "{itself}");
}

#[test]
fn a_circle_of_references_is_refused_where_it_stands() {
    let follows =
        |id: &str, parent: &str| file(id, &format!("follows: Some(\"{parent}\"),"), "", "");
    let files = vec![
        follows("a", "b"),
        follows("b", "c"),
        follows("c", "b"),
        parent(),
    ];
    let faults = load(files).expect_err("a circle");
    let said: Vec<String> = faults.iter().map(LoadError::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("architectures/p/b.ron:3:"),
        "{}",
        said[0]
    );
    assert!(
        said[0].contains("b > c > b") && said[1].contains("c > b > c"),
        "{said:?}"
    );
}

fn library(text: &str) -> WorldFile {
    WorldFile {
        path: "requirements/p.ron".into(),
        text: format!("[\n{text}\n]"),
    }
}

const TEST: &str = "test: Facts([(fact: \"compute.nodes\", must: AtLeast(1))])";
const ORIGIN: &str = "origin: (grade: Primary, source: \"s\", section: \"t\")";

#[test]
fn a_short_requirement_is_completed_from_the_library() {
    let shared = library(&format!(
        "(id: \"P-1\", strength: Should, statement: \"shared\", why: \"w\", {TEST}, fix: [(path: \"site.bms\", value: true)]),\n(id: \"P-2\", strength: Must, why: \"w\"),"
    ));
    let short = format!(
        "(id: \"P-1\", {ORIGIN}),\n(id: \"P-2\", {ORIGIN}, strength: Info, statement: \"own\", {TEST}, fix: [])"
    );
    let world = load(vec![file("r", "", "", &short), shared]).expect("short requirements");
    let reference = world.references.get("r").expect("a reference");
    let [first, second] = reference.requirements.as_slice() else {
        panic!("two requirements");
    };
    assert_eq!(
        (first.strength, first.statement.as_str()),
        (Strength::Should, "shared")
    );
    assert_eq!((first.fix.len(), first.origin.section.as_str()), (1, "t"));
    assert_eq!(
        (second.strength, second.statement.as_str()),
        (Strength::Info, "own")
    );
    assert_eq!((second.why.as_str(), second.fix.len()), ("w", 0));
}

#[test]
fn what_neither_reference_nor_library_states_is_named_with_its_place() {
    let shared = || library("(id: \"P-1\", strength: Must, why: \"w\"),");
    let said = |requirement: String, library| {
        let files = vec![file("r", "", "", &format!("\n{requirement}")), library];
        let faults = load(files).expect_err("broken");
        let said: Vec<String> = faults.iter().map(LoadError::to_string).collect();
        said.join("\n")
    };
    let open = said(format!("(id: \"P-1\", {ORIGIN}, {TEST})"), shared());
    assert_eq!(
        open,
        "architectures/p/r.ron:9:1: requirements[0]: missing field `statement`, which requirements/ leaves open for \"P-1\""
    );
    let typo = said(
        format!("(id: \"P1\", {ORIGIN}, {TEST}, statement: \"x\", why: \"y\")"),
        shared(),
    );
    assert_eq!(
        typo,
        "architectures/p/r.ron:9:1: requirements[0]: missing field `strength`, and requirements/ has no \"P1\"; nearest: \"P-1\""
    );
    let ground = said(format!("(id: \"P-1\", statement: \"x\", {TEST})"), shared());
    assert!(
        ground.ends_with("requirements[0]: missing field `origin`"),
        "{ground}"
    );
    let misspelt = said(
        format!("(id: \"P-1\", {ORIGIN}, statment: \"x\", {TEST})"),
        shared(),
    );
    assert!(misspelt.contains("nearest: \"statement\""), "{misspelt}");
    // A broken library is said once, not by each reference that names it.
    let twice = said(
        format!("(id: \"P-1\", {ORIGIN})"),
        library("(id: \"P-1\"),\n(id: \"P-1\"),"),
    );
    assert_eq!(
        twice,
        "requirements/p.ron:3:6: [1].id: requirement \"P-1\" is defined twice"
    );
    let wrong = said(
        String::new(),
        library("(id: \"P-1\", test: Facts([(fact: \"x\", must: Atleast(1))])),"),
    );
    assert!(
        wrong.starts_with("requirements/p.ron:2:") && wrong.contains("nearest: \"AtLeast\""),
        "{wrong}"
    );
}
