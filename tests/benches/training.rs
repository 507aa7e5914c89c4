//! How fast training is predicted. Targets: a prediction in 1 µs on one core.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::catalogue::Family;
use plumbline_engine::predict::training::*;
use plumbline_engine::world;

fn main() {
    divan::main();
}

fn calibration() -> Calibration {
    let world = world();
    Calibration::from_names(|name| {
        world
            .training
            .constants
            .get(name)
            .map(|c| c.value)
            .ok_or(name)
    })
    .expect("all constants")
}

fn job(shape: &plumbline_engine::catalogue::Shape, accelerators: u32, layout: Layout) -> Job<'_> {
    Job {
        shape,
        task: Task::PreTraining,
        sequence: 8192.0,
        packed: None,
        batch: 2048.0,
        accelerators,
        precision: Precision::Fp8,
        layout,
        machine: Machine {
            family: Family::Hopper,
            half: 989.5e12,
            fp8: 1979e12,
            fp4: 1979e12,
            memory_bandwidth: 3.35e12,
            memory: 80e9,
            scale_up: 450e9,
            domain: 8,
            network: 50e9,
        },
        stack: Stack {
            framework: Framework::Megatron,
            year: 2026.0,
            token_drop: false,
        },
        mtp: false,
    }
}

fn layout(tp: u32, pp: u32, vp: u32, cp: u32, ep: u32, dp: u32) -> Layout {
    Layout {
        tp,
        pp,
        vp,
        cp,
        ep,
        dp,
        micro_batch: 1,
        recompute: Recompute::None,
        sharding: Sharding::Optimizer,
        schedule: Schedule::OneForwardOneBackward,
    }
}

#[divan::bench(args = ["llama-3.1-405b", "deepseek-v3"])]
fn one_step(bencher: divan::Bencher<'_, '_>, model: &str) {
    let world = world();
    let shape = world
        .model(model)
        .and_then(|m| m.shape.get())
        .expect("a shape")
        .clone();
    let c = calibration();
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
    let c = calibration();
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
