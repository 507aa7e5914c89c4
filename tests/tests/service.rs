//! A model served on a design.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::inference::Service;
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;
use serde_json::{Value, json};

/// A workload of inference on a unit of a reference, with these fields.
fn prediction(reference: &str, model: &str, accelerators: u32, serving: Value) -> Prediction {
    let reference = world().references.get(reference).expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let edits = [
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", model),
        Edit::set("workloads[0].accelerators", accelerators),
        Edit::set("workloads[0].mfu", Value::Null),
        Edit::set("workloads[0].serving", serving),
    ];
    let design = apply_all(&design, &edits).expect("edits").0;
    assess(&design, world()).predictions.workloads.remove(0)
}

const H100: &str = "nvidia-dgx-superpod-h100";

fn service(model: &str, accelerators: u32, serving: Value) -> Service {
    let prediction = prediction(H100, model, accelerators, serving);
    assert_eq!(prediction.service_missing, None);
    prediction.service.expect("a service")
}

#[test]
fn show() {
    for (reference, model, n, plan) in [
        (
            H100,
            "llama-3.1-70b",
            8,
            json!({"prompt": 1000, "output": 1000}),
        ),
        (
            H100,
            "llama-3.1-70b",
            8,
            json!({"prompt": 1000, "output": 1000, "each": "50 ms", "first": "2 s"}),
        ),
        (
            H100,
            "llama-3.1-70b",
            8,
            json!({"prompt": 1000, "output": 1000, "each": "15 ms", "first": "2 s"}),
        ),
        (
            H100,
            "deepseek-v3",
            16,
            json!({"prompt": 1000, "output": 1000, "each": "50 ms"}),
        ),
        (
            "nvidia-dgx-superpod-gb200",
            "deepseek-v3",
            72,
            json!({"prompt": 1000, "output": 1000, "each": "15 ms"}),
        ),
        (
            "nvidia-dgx-superpod-b200",
            "deepseek-v3",
            8,
            json!({"prompt": 1000, "output": 1000, "each": "15 ms"}),
        ),
        (
            "nvidia-dgx-superpod-b200",
            "deepseek-v3",
            8,
            json!({"prompt": 1000, "output": 1000}),
        ),
    ] {
        let start = std::time::Instant::now();
        let p = prediction(reference, model, n, plan);
        let time = start.elapsed();
        match p.service {
            Some(s) => println!(
                "{model} {reference} {:?} x{} per acc {:?} met {:?} missed {} front {} curve {} {:?} {time:?}",
                s.layout,
                s.replicas,
                s.per_accelerator,
                s.met,
                s.missed,
                s.front.len(),
                s.curve.len(),
                s.remarks
            ),
            None => println!("{model}: {:?}", p.service_missing),
        }
    }
}
