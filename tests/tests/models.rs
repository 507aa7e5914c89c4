//! The model library: shapes agree with published counts, and measured data finds its models.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::catalogue::{ModelArchitecture, Shape};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, OwnModel, Workload};
use plumbline_engine::sourced::Grade;
use plumbline_engine::world;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Lines of a file of cases, without comments, split at their bars.
fn lines(name: &str) -> Vec<Vec<String>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases");
    let text = fs::read_to_string(path.join(name)).expect("a file of cases");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split(" | ").map(str::to_owned).collect())
        .collect()
}

/// By how much the count of a shape departs from what is published, and the tolerance.
fn departures(model: &ModelArchitecture) -> Vec<(&'static str, f64, f64)> {
    let Some(shape) = model.shape.get() else {
        return Vec::new();
    };
    let counts = [
        ("all", &model.parameters, shape.parameters(), 0.01),
        ("active", &model.active, shape.active_parameters(), 0.03),
    ];
    let known = counts
        .into_iter()
        .filter_map(|(what, published, counted, most)| {
            let published = published.known()?.get();
            Some((what, counted / published - 1.0, most))
        });
    known.collect()
}

#[test]
fn parameters_counted_from_a_shape_are_those_published() {
    let mut reasons: BTreeMap<(String, String), String> = BTreeMap::new();
    for line in lines("model-counts.txt") {
        let [id, what, why] = <[String; 3]>::try_from(line).expect("model | which | why");
        assert!(!why.is_empty(), "{id}: no reason");
        reasons.insert((id, what), why);
    }
    let mut faults = Vec::new();
    for model in world().models.values() {
        for (what, off, most) in departures(model) {
            let excused = reasons
                .remove(&(model.id.clone(), what.to_owned()))
                .is_some();
            if excused != (off.abs() > most) {
                faults.push(format!("{}, {what}: {:+.1} %", model.id, off * 100.0));
            }
        }
    }
    faults.extend(
        reasons
            .keys()
            .map(|(id, what)| format!("{id}, {what}: not there")),
    );
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_shape_is_whole() {
    for model in world().models.values() {
        let Some(shape) = model.shape.get() else {
            assert!(!model.shape.section.is_empty(), "{}: no reason", model.id);
            continue;
        };
        let id = &model.id;
        let expert_layers = shape.expert_layers();
        let linear = shape.linear.map_or(0, |linear| linear.layers);
        let networks = shape.dense_layers() + expert_layers;
        assert!(shape.vocab > 0 && shape.head_dim() > 0, "{id}");
        assert_eq!(
            shape.heads % shape.kv_heads(),
            0,
            "{id}: heads by key heads"
        );
        let window = shape.window.map_or(0, |window| window.layers);
        assert!(
            window <= shape.attention_layers(),
            "{id}: layers with a window"
        );
        // A layer mixes tokens and then words; in a Nemotron hybrid it does one of the two.
        let mixing = shape.attention_layers() + linear;
        let each = mixing == shape.layers && networks == shape.layers;
        assert!(each || mixing + networks == shape.layers, "{id}: layers");
    }
}

#[test]
fn a_name_means_one_model() {
    let world = world();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for model in world.models.values() {
        for name in model.also.iter().chain([&model.id]) {
            let other = seen.insert(name, &model.id);
            assert_eq!(other, None, "{name} is also {}", model.id);
        }
    }
}

#[test]
fn measured_data_finds_its_models() {
    let world = world();
    for line in lines("models.txt") {
        let name = line.first().expect("a name");
        let model = world.model(name);
        let model = model.unwrap_or_else(|| panic!("no model goes by {name}"));
        let reason = line.get(1).is_some_and(|reason| !reason.is_empty());
        assert_eq!(
            model.shape.get().is_none(),
            reason,
            "{name}: {:?}",
            model.shape
        );
    }
}

#[test]
fn a_design_may_bring_its_own_model() {
    let world = world();
    let shape = world
        .model("llama-3.1-8b")
        .and_then(|model| model.shape.get());
    let own = |id: &str, shape: &Shape| OwnModel {
        id: id.into(),
        name: "Ours".into(),
        shape: shape.clone(),
    };
    let design = Design {
        workloads: vec![Workload::default()],
        models: vec![
            own("ours", shape.expect("a shape")),
            own("llama-3.1-70b", shape.expect("a shape")),
            own("empty", &Shape::default()),
            OwnModel::default(),
        ],
        ..Design::default()
    };
    let derived = derive(&design, &world);
    let count = |id: &str| derived.model(id).and_then(|model| model.parameters.known());
    let ours = derived.model("ours").expect("the design's own");
    assert_eq!(ours.parameters.grade, Grade::User);
    assert_eq!(
        count("ours"),
        count("llama-3.1-70b"),
        "the own one goes first"
    );
    assert_eq!(count("empty"), None, "dimensions that nobody states");
    assert!(
        count("llama-3.1-405b").is_some(),
        "the world's is still there"
    );
    assert!(derived.model("theirs").is_none());
    assert!(derived.model("").is_none(), "a workload without a model");
}
