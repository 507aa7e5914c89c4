//! How fast training is predicted. Targets: a prediction in 1 µs on one core.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::predict::training::*;
use plumbline_engine::world;
use plumbline_tests::jobs::{calibration, job, layout};

fn main() {
    divan::main();
}

#[divan::bench(args = ["llama-3.1-405b", "deepseek-v3"])]
fn one_step(bencher: divan::Bencher<'_, '_>, model: &str) {
    let world = world();
    let shape = world
        .model(model)
        .and_then(|m| m.shape.get())
        .expect("a shape")
        .clone();
    let c = calibration(&world);
    let job = job(&shape, 2048, layout(8, 8, 2, 2, 1, 16));
    bencher.bench_local(|| step(&c, divan::black_box(&job)));
}

#[divan::bench(args = [("llama-3.1-405b", 1016), ("llama-3.1-405b", 1024), ("llama-3.1-405b", 8192), ("deepseek-v3", 2048)])]
fn whole_search(bencher: divan::Bencher<'_, '_>, case: (&str, u32)) {
    let world = world();
    let shape = world
        .model(case.0)
        .and_then(|m| m.shape.get())
        .expect("a shape")
        .clone();
    let c = calibration(&world);
    let job = job(&shape, case.1, layout(1, 1, 1, 1, 1, 1));
    let found = search(&c, &job, &Fixed::default(), 5);
    println!(
        "{case:?}: {} tried, {} too large, best {:?}",
        found.tried,
        found.too_large,
        found.best.first().map(|b| (b.layout, b.seconds))
    );
    bencher.bench_local(|| search(&c, divan::black_box(&job), &Fixed::default(), 5));
}
