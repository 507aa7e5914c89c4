//! Edits, undo, files and links: nothing a person does is lost on the way.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::design::{Design, Edit, History, apply, apply_all, difference};
use plumbline_engine::load::{design_from_text, design_to_json, design_to_ron, from_link, to_link};
use plumbline_tests::designs::{Random, random_design, random_edit};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_design_survives_files_and_links(seed in any::<u64>()) {
        let world = plumbline_tests::world();
        let design = random_design(world, &mut Random::new(seed), 25);
        let ron = design_to_ron(&design);
        prop_assert_eq!(&design_from_text(&ron).map_err(|e| TestCaseError::fail(format!("{e}\n{ron}")))?, &design);
        let json = design_to_json(&design);
        prop_assert_eq!(&design_from_text(&json).map_err(|e| TestCaseError::fail(e.to_string()))?, &design);
        let link = to_link(std::slice::from_ref(&design)).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(from_link(&link).map_err(|e| TestCaseError::fail(e.to_string()))?, vec![design]);
    }

    #[test]
    fn every_edit_has_an_inverse(seed in any::<u64>()) {
        let world = plumbline_tests::world();
        let mut random = Random::new(seed);
        let mut design = random_design(world, &mut random, 5);
        for _ in 0..10 {
            let edit = random_edit(&design, world, &mut random);
            if let Ok((next, inverse)) = apply(&design, &edit) {
                let (back, _) = apply(&next, &inverse).map_err(|e| TestCaseError::fail(format!("{inverse:?}: {e}")))?;
                prop_assert_eq!(&back, &design);
                design = next;
            }
        }
    }

    #[test]
    fn undo_and_redo_walk_the_same_way(seed in any::<u64>()) {
        let world = plumbline_tests::world();
        let mut random = Random::new(seed);
        let start = random_design(world, &mut random, 3);
        let mut history = History::new(start.clone());
        let mut steps = 0;
        for _ in 0..12 {
            let edit = random_edit(history.design(), world, &mut random);
            let before = history.design().clone();
            if history.edit("edit", vec![edit], false).is_ok() && *history.design() != before {
                steps += 1;
            }
        }
        let end = history.design().clone();
        for _ in 0..steps {
            prop_assert!(history.undo().is_some());
        }
        prop_assert_eq!(history.design(), &start);
        for _ in 0..steps {
            prop_assert!(history.redo().is_some());
        }
        prop_assert_eq!(history.design(), &end);
    }

    #[test]
    fn the_difference_of_two_designs_turns_one_into_the_other(a in any::<u64>(), b in any::<u64>()) {
        let world = plumbline_tests::world();
        let from = random_design(world, &mut Random::new(a), 15);
        let to = random_design(world, &mut Random::new(b), 15);
        let edits = difference(&from, &to);
        let (made, inverses) = apply_all(&from, &edits).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(&made, &to);
        let (back, _) = apply_all(&made, &inverses).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(back, from);
    }
}

#[test]
fn a_refused_edit_changes_nothing_and_says_why() {
    let mut history = History::new(Design::default());
    let before = history.design().clone();
    for (path, value, says) in [
        (
            "fabrics.compute.uplinkz",
            serde_json::json!(3),
            "nearest: \"uplinks\"",
        ),
        (
            "fabrics.compute.uplinks",
            serde_json::json!("many"),
            "whole number",
        ),
        ("site.rack_power", serde_json::json!("40 kg"), "power"),
        ("site.rack_power", serde_json::json!(40), "unit"),
        ("economics.years", serde_json::json!(11), "1 to 10"),
        (
            "site.rack_power",
            serde_json::json!("-3 kW"),
            "zero or more",
        ),
        (
            "compute.groups[4].nodes",
            serde_json::json!(1),
            "no such field",
        ),
        ("a..b", serde_json::json!(1), "a step is empty"),
    ] {
        let error = history
            .edit(
                "try",
                vec![Edit::Set {
                    path: path.into(),
                    value,
                }],
                false,
            )
            .expect_err(path);
        assert!(error.to_string().contains(says), "{path}: {error}");
        assert_eq!(history.design(), &before);
        assert!(history.next_undo().is_none());
    }
}

#[test]
fn typing_one_figure_is_one_undo() {
    let mut history = History::new(Design::default());
    for text in ["4 kW", "40 kW", "40.8 kW"] {
        history
            .edit(
                "set rack power",
                vec![Edit::set("site.rack_power", text)],
                true,
            )
            .expect("a power");
    }
    assert_eq!(history.undo().as_deref(), Some("set rack power"));
    assert_eq!(history.design(), &Design::default());
    assert_eq!(history.undo(), None);
}

/// Software is a map inside a section: its entries come and go, the map stays.
#[test]
fn software_is_added_and_taken_away_by_name() {
    let path = "orchestration.software.rocm";
    let start = Design::default();
    let (with, inverses) = apply_all(&start, &[Edit::set(path, "6.4")]).expect("a new entry");
    assert_eq!(
        with.orchestration.software.get("rocm").map(String::as_str),
        Some("6.4")
    );
    let removed = apply_all(&with, &[Edit::Remove { path: path.into() }]).expect("an entry");
    assert_eq!(removed.0, start);
    let emptied = [Edit::set(path, serde_json::Value::Null)];
    let emptied = apply_all(&with, &emptied).expect("a name without a version");
    assert_eq!(emptied.0, start);
    let back = apply_all(&emptied.0, &emptied.1).expect("its inverse");
    assert_eq!(back.0, with);
    assert_eq!(apply_all(&with, &inverses).expect("its inverse").0, start);
    assert_eq!(
        apply_all(&removed.0, &removed.1).expect("its inverse").0,
        with
    );
}

/// What holds for random designs holds for services too: enough of them have one.
#[test]
fn random_designs_serve_models() {
    let world = plumbline_tests::world();
    let serves = |seed: &u64| {
        let design = random_design(world, &mut Random::new(*seed), 12);
        let predictions = plumbline_engine::assess(&design, world).predictions;
        let mut workloads = predictions.workloads.iter();
        workloads.any(|workload| workload.service.is_some())
    };
    let count = (0..200).filter(serves).count();
    assert!(count > 30, "{count} of 200");
}
