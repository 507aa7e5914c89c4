//! Bad input gets a message that says where and what; old links open for ever.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::design::Design;
use plumbline_engine::load::{
    LinkError, MAX_LINK, data_from_text, design_from_text, from_link, to_link,
};
use plumbline_engine::written::Read;
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

fn cases(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("cases")
        .join(folder)
}

#[derive(Read)]
struct BrokenFile {
    file: String,
    line: usize,
    says: Vec<String>,
}

#[test]
fn each_broken_file_says_where_and_what() {
    let expected = fs::read_to_string(cases("broken/expected.json")).expect("fixture");
    let expected: Vec<BrokenFile> = data_from_text(&expected).expect("fixture");
    assert!(expected.len() >= 20);
    for case in expected {
        let text = fs::read_to_string(cases("broken").join(&case.file)).expect("fixture");
        let error = design_from_text(&text).expect_err(&case.file);
        let message = error.to_string();
        assert_eq!(error.line, case.line, "{}: {message}", case.file);
        for says in case.says {
            assert!(
                message.contains(&says),
                "{}: {message}\nlacks {says:?}",
                case.file
            );
        }
    }
}

#[derive(Read)]
struct BrokenLink {
    name: String,
    link: String,
    says: Vec<String>,
}

#[test]
fn each_broken_link_says_at_which_stage() {
    let expected = fs::read_to_string(cases("broken/links.json")).expect("fixture");
    let expected: Vec<BrokenLink> = data_from_text(&expected).expect("fixture");
    assert!(expected.len() >= 20);
    for case in expected {
        let message = from_link(&case.link).expect_err(&case.name).to_string();
        for says in case.says {
            assert!(
                message.contains(&says),
                "{}: {message}\nlacks {says:?}",
                case.name
            );
        }
    }
}

/// Links that were once made. None is ever removed: a link must open to the same design.
#[test]
fn links_of_every_schema_version_open_to_the_same_designs() {
    let mut opened = 0;
    for entry in fs::read_dir(cases("links")).expect("fixture").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let link = fs::read_to_string(&path).expect("fixture");
        let json = fs::read_to_string(path.with_extension("json"))
            .expect("a link's designs stand beside it");
        let tree: serde_json::Value = serde_json::from_str(&json).expect("fixture");
        let trees = tree
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![tree.clone()]);
        let expected: Vec<Design> = trees
            .into_iter()
            .map(|t| design_from_text(&t.to_string()).expect("fixture"))
            .collect();
        assert_eq!(
            from_link(&link).expect("an old link opens"),
            expected,
            "{}",
            path.display()
        );
        opened += 1;
    }
    assert!(opened >= 2);
}

#[test]
fn a_link_with_ten_overrides_and_five_waivers_is_short() {
    let text =
        fs::read_to_string(cases("links/schema-1-h100-overrides-waivers.json")).expect("fixture");
    let design = design_from_text(&text).expect("fixture");
    assert_eq!(
        design
            .overrides
            .values()
            .map(|fields| fields.len())
            .sum::<usize>(),
        10
    );
    assert_eq!(design.waivers.len(), 5);
    let link = to_link(&[design]).expect("a link");
    assert!(link.len() <= 2_000, "{} characters", link.len());
}

#[test]
fn a_design_too_large_for_a_link_is_refused_with_its_length() {
    let mut design = Design::default();
    let mut random = plumbline_tests::designs::Random::new(3);
    for line in 0..200 {
        let note = (0..40).map(|_| format!("{:x}", random.bits())).collect();
        design.quotes.insert(
            format!("capex/{line}"),
            plumbline_engine::design::Quote { price: None, note },
        );
    }
    match to_link(&[design]) {
        Err(LinkError::TooLong { found }) => assert!(found > MAX_LINK),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,400}") {
        let _ = design_from_text(&text);
        let _ = from_link(&text);
        let _ = from_link(&format!("1.{text}"));
    }

    #[test]
    fn no_damaged_design_panics(at in 0_usize..3000, with in any::<char>(), seed in 0_u64..8) {
        let world = plumbline_tests::world();
        let design = plumbline_tests::designs::random_design(world, &mut plumbline_tests::designs::Random::new(seed), 3);
        let text = plumbline_engine::load::design_to_ron(&design);
        let damaged: String = text.chars().enumerate().map(|(n, c)| if n == at { with } else { c }).collect();
        let _ = design_from_text(&damaged);
        let link = to_link(&[design]).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let damaged: String = link.chars().enumerate().map(|(n, c)| if n == at % link.len() { with } else { c }).collect();
        if damaged != link {
            prop_assert!(from_link(&damaged).is_err());
        }
    }
}

/// What Plumbline writes is RON as the `ron` crate reads it, so that other tools can.
#[test]
fn the_ron_that_is_written_is_read_by_the_ron_crate_alike() {
    let world = plumbline_tests::world();
    for seed in 0..60 {
        let mut random = plumbline_tests::designs::Random::new(seed);
        let design = plumbline_tests::designs::random_design(world, &mut random, 20);
        let text = plumbline_engine::load::design_to_ron(&design);
        let options = ron::Options::default();
        if let Err(error) = options.from_str::<ron::Value>(&text) {
            panic!("{error}\n{text}");
        }
        assert_eq!(design_from_text(&text).expect("written"), design);
    }
}

/// People write RON by hand: comments, `Some`, struct names, no trailing comma, escapes.
#[test]
fn hand_written_ron_and_json_are_read() {
    let ron = "// mine\nDesign(schema: 1, /* note */ name: \"a \\\"b\\\" \\u{fc}\",\n  site: Site(rack_power: Some(\"40 kW\"), pdus_per_rack: 3),\n  fabrics: (compute: (topology: SharedLeaf, uplinks: None, unit_nodes: 1_6)),\n  overrides: {\"qm9700\": {\"ports\": 48}}, waivers: [])";
    let design = design_from_text(ron).expect("hand-written RON");
    assert_eq!(design.name, "a \"b\" ü");
    assert_eq!(design.site.pdus_per_rack, Some(3));
    assert_eq!(design.fabrics.compute.unit_nodes, 16);
    let json = r#"{"name": "\ud83d\ude00 \u00fc", "economics": {"years": 5, "utilisation": 0.7}}"#;
    let design = design_from_text(json).expect("hand-written JSON");
    assert_eq!((design.name.as_str(), design.economics.years), ("😀 ü", 5));
    assert!(
        design_from_text("(name: \"a\", name: \"b\")").is_err(),
        "a field twice"
    );
    assert!(
        design_from_text("(name: \"a\") x").is_err(),
        "text after the end"
    );
}
