//! Each requirement has a design that passes it and a change of one field that flips exactly
//! its id; each proven fix removes its finding and brings no new blocker; each rule has a page.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::check::{Finding, Severity, Status, fixes, rules};
use plumbline_engine::design::{Design, Edit, Waiver, apply_all};
use plumbline_engine::load::data_from_text;
use plumbline_engine::reference::{World, instantiate};
use plumbline_engine::scalar::Scalar;
use plumbline_engine::written::Read;
use plumbline_engine::{assess, priced_fixes, world};
use plumbline_tests::designs::{Random, random_design};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

#[derive(Read)]
struct Case {
    id: String,
    reference: String,
    units: u32,
    variant: String,
    given: Vec<(String, Scalar)>,
    then: (String, Scalar),
}

/// All cases, from the files of all publishers.
fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases/requirements");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "ron"))
        .collect();
    files.sort();
    let read = |path: &PathBuf| -> Vec<Case> {
        let text = fs::read_to_string(path).expect("a file of cases");
        data_from_text(&text).unwrap_or_else(|faults| panic!("{}: {}", path.display(), faults[0]))
    };
    files.iter().flat_map(read).collect()
}

fn set((path, value): &(String, Scalar)) -> Edit {
    Edit::Set {
        path: path.clone(),
        value: value.to_json(),
    }
}

fn failing(findings: &[Finding]) -> BTreeSet<String> {
    findings
        .iter()
        .filter(|f| f.status == Status::Fail)
        .map(|f| f.id.clone())
        .collect()
}

fn reference_design(world: &World, id: &str, units: u32, variant: &str) -> Design {
    let reference = world
        .references
        .get(id)
        .unwrap_or_else(|| panic!("no reference {id}"));
    instantiate(reference, units, None, Some(variant)).expect("a size of the reference")
}

#[test]
fn one_changed_field_flips_exactly_its_requirement() {
    let world = world();
    let cases = cases();
    for case in &cases {
        let design = reference_design(&world, &case.reference, case.units, &case.variant);
        let given: Vec<Edit> = case.given.iter().map(set).collect();
        let (design, _) = apply_all(&design, &given).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        let before = assess(&design, &world).findings;
        let own: Vec<Status> = before
            .iter()
            .filter(|f| f.id == case.id)
            .map(|f| f.status)
            .collect();
        assert!(
            !own.is_empty() && own.iter().all(|s| *s == Status::Pass),
            "{} before: {own:?}",
            case.id
        );
        let (broken, _) =
            apply_all(&design, &[set(&case.then)]).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        let after = assess(&broken, &world).findings;
        let flipped: BTreeSet<String> = failing(&after)
            .difference(&failing(&before))
            .cloned()
            .collect();
        assert_eq!(
            flipped,
            BTreeSet::from([case.id.clone()]),
            "{} by {}",
            case.id,
            case.then.0
        );
    }
    let covered: BTreeSet<&String> = cases.iter().map(|case| &case.id).collect();
    for reference in world.references.values() {
        for requirement in &reference.requirements {
            assert!(
                covered.contains(&requirement.id),
                "{} {} has no case",
                reference.id,
                requirement.id
            );
        }
    }
}

/// Every broken case, and random designs, offer fixes that hold what they promise.
#[test]
fn a_fix_removes_its_finding_and_brings_no_new_blocker() {
    let world = world();
    let cases = cases();
    let mut designs: Vec<Design> = cases
        .iter()
        .map(|case| {
            let design = reference_design(&world, &case.reference, case.units, &case.variant);
            let edits: Vec<Edit> = case.given.iter().chain([&case.then]).map(set).collect();
            apply_all(&design, &edits).expect("a fixture").0
        })
        .collect();
    designs.extend((0..40).map(|seed| random_design(&world, &mut Random::new(seed), 10)));
    let (mut failed, mut offered) = (0, 0);
    for (at, design) in designs.iter().enumerate() {
        let against: Vec<_> = design
            .claim
            .iter()
            .filter_map(|claim| world.references.get(&claim.reference))
            .collect();
        let findings = assess(design, &world).findings;
        let before = blockers(&findings);
        for finding in findings.iter().filter(|f| f.status == Status::Fail) {
            failed += 1;
            let fixes = fixes(design, &world, &against, finding);
            offered += usize::from(!fixes.is_empty());
            // A case that had to state a figure of its own is not mended by the catalogue's.
            let mendable = cases
                .get(at)
                .is_some_and(|case| case.id == finding.id && case.given.is_empty());
            assert!(!mendable || !fixes.is_empty(), "{} has no fix", finding.id);
            for fix in fixes {
                let (mended, _) = apply_all(design, &fix.edits).expect("a fix applies");
                let after = assess(&mended, &world).findings;
                let same = after.iter().any(|f| {
                    f.id == finding.id && f.subject == finding.subject && f.status == Status::Fail
                });
                assert!(!same, "{} stays after {:?}", finding.id, fix.title);
                assert!(
                    blockers(&after).is_subset(&before),
                    "{:?} brings a blocker",
                    fix.title
                );
            }
        }
    }
    println!("{failed} failing findings, {offered} of them with a fix");
}

fn blockers(findings: &[Finding]) -> BTreeSet<(String, String)> {
    let failing = findings
        .iter()
        .filter(|f| f.status == Status::Fail && f.severity == Severity::Blocker);
    failing.map(|f| (f.id.clone(), f.subject.clone())).collect()
}

#[test]
fn a_waiver_takes_its_finding_out_of_the_count_and_keeps_its_reason() {
    let world = world();
    let mut design = reference_design(&world, "nvidia-dgx-superpod-h100", 4, "with-ufm");
    design.fabrics.compute.uplinks = Some(16);
    let before = assess(&design, &world);
    let finding = before
        .findings
        .iter()
        .find(|f| f.id == "NV-CF-01")
        .expect("the requirement");
    assert_eq!(finding.status, Status::Fail);
    design.waivers.push(Waiver {
        id: "NV-CF-01".into(),
        subject: finding.subject.clone(),
        reason: "single-rack jobs only".into(),
        date: "2026-11-24".into(),
    });
    let after = assess(&design, &world);
    let finding = after
        .findings
        .iter()
        .find(|f| f.id == "NV-CF-01")
        .expect("the requirement");
    assert_eq!(finding.status, Status::Waived);
    assert_eq!(
        finding.waiver.as_ref().map(|w| w.reason.as_str()),
        Some("single-rack jobs only")
    );
    assert_eq!(after.summary.deviation + 1, before.summary.deviation);
    assert_eq!(after.summary.waived, 1);
}

#[test]
fn a_fix_says_what_it_costs() {
    let world = world();
    let mut design = reference_design(&world, "nvidia-dgx-superpod-h100", 4, "with-ufm");
    design.storage.units = 8;
    let against = [world
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a reference")];
    let findings = assess(&design, &world).findings;
    let finding = findings
        .iter()
        .find(|f| f.id == "NV-ST-01" && f.status == Status::Fail)
        .expect("too slow");
    let priced = priced_fixes(&design, &world, &against, finding);
    let cost = priced
        .first()
        .and_then(|fix| fix.capex)
        .expect("a priced fix");
    assert!(
        cost.get() > 0.0,
        "eight more storage pairs cost money: {cost}"
    );
}

#[test]
fn every_rule_has_a_code_a_name_a_statement_and_a_whole_page() {
    let headings = [
        "What it checks",
        "Why it matters",
        "Evidence",
        "Example",
        "How to fix",
        "Limits",
    ];
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for rule in rules() {
        let meta = rule.meta();
        assert!(
            codes.insert(meta.code) && names.insert(meta.name),
            "{} is not unique",
            meta.code
        );
        let (letters, digits) = meta.code.split_at(3);
        assert!(
            letters.chars().all(|c| c.is_ascii_uppercase()) && digits.len() == 3,
            "{}",
            meta.code
        );
        assert!(digits.chars().all(|c| c.is_ascii_digit()), "{}", meta.code);
        assert!(
            !meta.name.starts_with("check_") && !meta.name.starts_with("must_"),
            "{}",
            meta.name
        );
        for heading in headings {
            assert!(
                meta.page.contains(&format!("## {heading}\n")),
                "{} lacks {heading:?}",
                meta.code
            );
        }
    }
}

/// Messages start small, end without a period, and name what was found before what is required.
#[test]
fn messages_follow_one_style() {
    let world = world();
    for seed in 0..60 {
        let design = random_design(&world, &mut Random::new(seed), 12);
        for finding in assess(&design, &world).findings {
            let message = &finding.message;
            assert!(!message.ends_with('.'), "{}: {message}", finding.id);
            let found = message.find("found");
            let required = message.find("required");
            assert!(
                found.zip(required).is_none_or(|(f, r)| f < r),
                "{}: {message}",
                finding.id
            );
        }
    }
}

/// A rule with no failing and no passing case would be dead code.
#[test]
fn every_rule_speaks_in_some_design() {
    let world = world();
    let mut spoken: BTreeSet<String> = BTreeSet::new();
    let mut note = |design: &Design| {
        for finding in assess(design, &world).findings {
            if finding.status == Status::Fail || finding.status == Status::Unknown {
                spoken.insert(finding.id);
                spoken.extend(finding.also);
            }
        }
    };
    let cases = cases();
    for case in &cases {
        let design = reference_design(&world, &case.reference, case.units, &case.variant);
        let edits: Vec<Edit> = case.given.iter().chain([&case.then]).map(set).collect();
        note(&apply_all(&design, &edits).expect("a fixture").0);
    }
    let service = serde_json::json!({
        "class": "Inference",
        "model": "llama-3.1-8b",
        "serving": { "traffic": "azure-conversation", "requests": "100000 requests/s" },
    });
    let broken = [
        vec![Edit::set("fabrics.compute.leaf", "qm970")],
        vec![Edit::set("overrides.qm9700.port", 3)],
        vec![Edit::set("fabrics.compute.uplinks", 64)],
        vec![
            Edit::set("workloads[0].accelerators", 8),
            Edit::set("workloads[0].model", "llama-3.1-405b"),
        ],
        vec![Edit::set("overrides.dgx-h100.power_supplies/needed", 6)],
        vec![Edit::set("site.cooling", "perimeter")],
        vec![
            Edit::set("workloads[0].model", "llama-3.1-405b"),
            Edit::set("workloads[0].accelerators", 1008),
            Edit::set("workloads[0].tokens", "15 T"),
            Edit::set("workloads[0].plan.batch", "128 M"),
            Edit::set("workloads[0].plan.checkpoint.interval", "1 s"),
            Edit::set("workloads[0].plan.checkpoint.saving", "Blocking"),
            Edit::set("workloads[0].plan.reliability.spares", 0),
            Edit::set("storage.units", 1),
        ],
        vec![
            Edit::set("workloads[0].class", "Inference"),
            Edit::set("workloads[0].serving.prompt", 1000),
            Edit::set("workloads[0].serving.output", 500),
            Edit::set("workloads[0].serving.each", "1 ms"),
            Edit::set("workloads[0].serving.requests", "1000000 requests/s"),
        ],
        vec![Edit::set(
            "workloads",
            serde_json::json!([service.clone(), service]),
        )],
    ];
    for edits in broken {
        let design = reference_design(&world, "nvidia-dgx-superpod-h100", 4, "with-ufm");
        note(&apply_all(&design, &edits).expect("edits that fit").0);
    }
    for rule in rules() {
        assert!(
            spoken.contains(rule.meta().code),
            "{} never speaks",
            rule.meta().code
        );
    }
}
