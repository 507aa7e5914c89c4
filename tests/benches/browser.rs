//! How fast training and inference are predicted in a browser. Targets: 300,000 steps of training a
//! second; the front of one model on all accelerators, layouts and loads in 200 ms.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, reason = "a benchmark fails where it stands")]

use plumbline_engine::derive::derive;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::predict::inference::across;
use plumbline_engine::predict::training::{Fixed, search, step};
use plumbline_engine::reference::instantiate;
use plumbline_engine::world;
use plumbline_tests::jobs::{calibration, job, layout};
use std::hint::black_box;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How often something is done in the seconds that are given to it.
fn per_second(mut action: impl FnMut()) -> f64 {
    let begin = js_sys::Date::now();
    let mut times = 0_u32;
    loop {
        for _ in 0..ROUND {
            action();
        }
        times += ROUND;
        let seconds = (js_sys::Date::now() - begin) / 1e3;
        if seconds > SECONDS {
            return f64::from(times) / seconds;
        }
    }
}

const ROUND: u32 = 10;
const SECONDS: f64 = 2.0;

#[wasm_bindgen_test]
fn training() {
    let world = world();
    let c = calibration(&world);
    for model in ["llama-3.1-405b", "deepseek-v3"] {
        let shape = world.model(model).and_then(|model| model.shape.get());
        let shape = shape.expect("a shape");
        let job = job(shape, 2048, layout(8, 8, 2, 2, 1, 16));
        let steps = per_second(|| {
            black_box(step(&c, black_box(&job)));
        });
        let searches =
            per_second(|| drop(black_box(search(&c, black_box(&job), &Fixed::default(), 6))));
        console_log!("{model}: {steps:.0} predictions and {searches:.0} whole searches a second");
    }
}

#[wasm_bindgen_test]
fn inference() {
    let world = world();
    let reference = world.references.get("nvidia-dgx-superpod-h100");
    let design = instantiate(reference.expect("a reference"), 1, None, None).expect("a design");
    for model in ["llama-3.1-70b", "deepseek-v3"] {
        let edits = [
            Edit::set("workloads[0].class", "Inference"),
            Edit::set("workloads[0].model", model),
            Edit::set("workloads[0].serving.prompt", 1000),
            Edit::set("workloads[0].serving.output", 500),
        ];
        let design = apply_all(&design, &edits).expect("edits").0;
        let derived = derive(&design, &world);
        let fronts = per_second(|| {
            drop(black_box(across(
                &derived,
                black_box(&design.workloads[0]),
                64,
            )))
        });
        console_log!(
            "{model}: fronts of all accelerators in {:.1} ms",
            1e3 / fronts
        );
    }
}
