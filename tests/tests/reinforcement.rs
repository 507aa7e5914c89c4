//! Post-training by reinforcement: generated, scored, learned from.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::training::Forecast;
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;
use serde_json::{Value, json};

/// Fine-tuning of a model of 70 billion parameters on 128 H100 with this plan of reinforcement.
fn prediction(plan: Value) -> Prediction {
    let reference = world().references.get("nvidia-dgx-superpod-h100");
    let design = instantiate(reference.expect("a reference"), 1, None, None).expect("a design");
    let edits = [
        Edit::set("workloads[0].class", "FineTuning"),
        Edit::set("workloads[0].tokens", "2 B tokens"),
        Edit::set("workloads[0].accelerators", 128),
        Edit::set("workloads[0].plan.reinforcement", plan),
    ];
    let design = apply_all(&design, &edits).expect("edits").0;
    assess(&design, world()).predictions.workloads.remove(0)
}

fn forecast(plan: Value) -> Forecast {
    let prediction = prediction(plan);
    assert_eq!(prediction.forecast_missing, None);
    prediction.forecast.expect("a forecast")
}

fn grpo() -> Value {
    json!({ "method": "Grpo", "prompts": 128, "samples": 16, "prompt": 500, "answer": 4000 })
}

fn with(field: &str, value: Value) -> Value {
    let mut plan = grpo();
    plan[field] = value;
    plan
}

#[test]
fn a_step_is_generated_scored_and_learned_from() {
    let forecast = forecast(grpo());
    assert_eq!(forecast.batch, 2048.0);
    assert_eq!(forecast.sequence, 4500.0);
    let step = &forecast.step;
    assert!((step.total() / forecast.seconds.mid.get() - 1.0).abs() < 1e-9);
    let update = step.total() - step.generation - step.scoring;
    // Reading is a third of reading, remembering and learning.
    assert!(
        (0.2..0.4).contains(&(step.scoring / update)),
        "{}",
        step.scoring / update
    );
    // Answers come token by token: the larger part, as is reported.
    assert!(step.generation > update, "{} {update}", step.generation);
    assert!(
        forecast
            .remarks
            .iter()
            .any(|remark| remark.contains("reinforcement"))
    );
    let errors = world()
        .training
        .errors
        .get("an accelerator left out")
        .expect("errors");
    let high = forecast.seconds.high.get() / forecast.seconds.mid.get();
    assert!(
        (high - errors.band.1).abs() < 1e-9,
        "the band is that of a case unlike any"
    );
}

#[test]
fn every_part_follows_what_decides_it() {
    let plain = forecast(grpo());
    let twice = forecast(with("epochs", json!(2)));
    assert!((twice.step.matrices / plain.step.matrices - 2.0).abs() < 1e-9);
    assert!((twice.step.generation - plain.step.generation).abs() < 1e-9);
    let critic = forecast(with("method", json!("Ppo")));
    assert!((critic.step.matrices / plain.step.matrices - 2.0).abs() < 1e-9);
    assert!((critic.step.scoring / plain.step.scoring - 3.0).abs() < 1e-9);
    let waiting = forecast(with("longest", json!(4.0)));
    assert!(waiting.step.generation > 1.2 * plain.step.generation);
    assert!((waiting.step.matrices - plain.step.matrices).abs() < 1e-9);
    let long = forecast(with("answer", json!(8000)));
    assert!(long.step.generation > 1.5 * plain.step.generation);
}

#[test]
fn what_is_not_stated_is_named() {
    for field in ["prompts", "samples", "prompt", "answer"] {
        let missing = prediction(with(field, Value::Null)).forecast_missing;
        assert_eq!(
            missing.expect("a missing field"),
            format!("plan.reinforcement.{field}")
        );
    }
}

/// The run follows from the step: its tokens in steps, its days with interruptions.
#[test]
fn the_run_follows() {
    let prediction = prediction(grpo());
    let forecast = prediction.forecast.expect("a forecast");
    let steps = 2e9 / (forecast.batch * forecast.sequence);
    let run = prediction.run.expect("a run");
    let hours = steps * forecast.seconds.mid.get() * 128.0 / 3600.0;
    assert!(
        (run.accelerator_hours / hours - 1.0).abs() < 0.02,
        "{} {hours}",
        run.accelerator_hours
    );
}
