//! What must hold of predictions of training whatever the constants: more is never slower, parts
//! add up, and what cannot be is explained.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_core::catalogue::{Family, Shape};
use plumbline_core::predict::training::*;
use plumbline_core::reference::World;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::reference::instantiate;
use plumbline_engine::{assess, world};
use proptest::prelude::*;
use std::sync::OnceLock;

fn shipped() -> &'static (World, Calibration) {
    static SHIPPED: OnceLock<(World, Calibration)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let world = world();
        let c = calibration(&world).expect("all constants");
        (world, c)
    })
}

fn shape(model: &str) -> &'static Shape {
    let (world, _) = shipped();
    world
        .model(model)
        .and_then(|model| model.shape.get())
        .expect("a shape")
}

const H100: Machine = Machine {
    family: Family::Hopper,
    half: 989.5e12,
    fp8: 1979e12,
    fp4: 1979e12,
    memory_bandwidth: 3.35e12,
    memory: 80e9,
    scale_up: 450e9,
    domain: 8,
    network: 50e9,
};

fn job(model: &str, accelerators: u32, batch: f64) -> Job<'static> {
    Job {
        shape: shape(model),
        task: Task::PreTraining,
        sequence: 8192.0,
        packed: None,
        batch,
        accelerators,
        precision: Precision::Half,
        layout: Layout::ONE,
        machine: H100,
        stack: Stack {
            framework: Framework::Megatron,
            year: 2025.5,
            token_drop: false,
        },
        mtp: false,
    }
}

fn best(job: &Job<'_>) -> Candidate {
    let found = search(&shipped().1, job, &Fixed::default(), 3);
    *found.best.first().expect("a layout that fits")
}

fn layouts() -> impl Strategy<Value = Layout> {
    let powers = |most: u32| (0..=most).prop_map(|exponent| 1_u32 << exponent);
    (
        powers(3),
        powers(4),
        powers(2),
        powers(4),
        powers(2),
        1_u32..4,
    )
        .prop_map(|(tp, pp, cp, dp, micro_batch, vp)| Layout {
            tp,
            pp,
            vp,
            cp,
            ep: 1,
            dp,
            micro_batch,
            ..Layout::ONE
        })
}

proptest! {
    /// Faster links, memory or arithmetic never make a step slower.
    #[test]
    fn more_bandwidth_is_never_slower(layout in layouts(), factor in 1.0_f64..8.0, which in 0_usize..4) {
        let c = &shipped().1;
        let mut slow = job("llama-3.1-70b", layout.tp * layout.pp * layout.cp * layout.dp, 512.0);
        slow.layout = layout;
        let mut fast = slow.clone();
        match which {
            0 => fast.machine.network *= factor,
            1 => fast.machine.scale_up *= factor,
            2 => fast.machine.memory_bandwidth *= factor,
            _ => fast.machine.half *= factor,
        }
        prop_assert!(step(c, &fast).total() <= step(c, &slow).total() * (1.0 + 1e-12));
    }

    /// Times and bytes are finite, none is negative, and the parts add up.
    #[test]
    fn parts_add_up(layout in layouts(), batch in 1_u32..4096) {
        let mut job = job("deepseek-v3", layout.tp * layout.pp * layout.cp * layout.dp, f64::from(batch));
        job.layout = layout;
        let step = step(&shipped().1, &job);
        prop_assert!(step.parts().iter().all(|(_, seconds)| seconds.is_finite() && *seconds >= 0.0));
        let memory = memory(&shipped().1, &job);
        let parts = [
            memory.weights, memory.gradients, memory.optimizer, memory.activations, memory.working, memory.logits, memory.reserve,
        ];
        prop_assert!(parts.iter().all(|bytes| bytes.is_finite() && *bytes >= 0.0));
        prop_assert!((memory.total() - parts.iter().sum::<f64>()).abs() < 1.0);
    }

    /// Anything may be asked; nothing panics.
    #[test]
    fn nothing_panics(
        accelerators in 0_u32..200_000, batch in 0.0_f64..1e9, sequence in 0.0_f64..1e9,
        layers in 0_u32..400, hidden in 0_u32..100_000, heads in 0_u32..1000, vocab in 0_u32..1_000_000,
    ) {
        let shape = Shape { layers, hidden, heads, ffn: hidden, vocab, ..Shape::default() };
        let job = Job { shape: &shape, batch, sequence, accelerators, ..job("llama-3.1-8b", 8, 8.0) };
        let found = search(&shipped().1, &job, &Fixed::default(), 2);
        prop_assert!(found.best.iter().all(|candidate| !candidate.seconds.is_nan()));
    }
}

/// At the best layout and a fixed batch, twice the accelerators never take longer.
#[test]
fn more_accelerators_never_take_longer() {
    for model in [
        "llama-3.1-8b",
        "llama-3.1-70b",
        "llama-3.1-405b",
        "qwen3-30b-a3b",
    ] {
        let first = if model == "llama-3.1-405b" { 512 } else { 64 };
        let mut last = f64::INFINITY;
        for doubling in 0..6 {
            let seconds = best(&job(model, first << doubling, 4096.0)).seconds;
            assert!(
                seconds <= last,
                "{model} on {}: {seconds} after {last}",
                first << doubling
            );
            last = seconds;
        }
    }
}

/// Gains of software go no further than there are rows.
#[test]
fn software_of_a_later_year_promises_nothing() {
    let seconds = |year: f64| {
        let mut job = job("qwen3-30b-a3b", 64, 512.0);
        job.stack.year = year;
        job.layout = Layout {
            ep: 8,
            dp: 64,
            ..Layout::ONE
        };
        step(&shipped().1, &job).total()
    };
    assert_eq!(seconds(2027.0), seconds(2060.0));
    assert!(seconds(2026.5) < seconds(2025.5));
}

/// No prediction does more than the best single matrix product that anybody measured.
#[test]
fn no_step_beats_the_best_product() {
    let ceiling = 0.803;
    for model in [
        "llama-3.1-8b",
        "llama-3.1-70b",
        "llama-3.1-405b",
        "gpt3-175b",
    ] {
        let job = job(model, 1024, 2048.0);
        let found = best(&job);
        let work = model_flops(job.shape, job.sequence, job.task) * job.batch * job.sequence;
        let mfu = work / found.seconds / 1024.0 / job.machine.half;
        assert!((0.2..ceiling).contains(&mfu), "{model}: {mfu}");
    }
}

/// Llama 3.1 405B on 16,384 H100 with the published layout: 38 to 43 % of the peak were measured.
#[test]
fn llama_on_16_384_accelerators_is_as_published() {
    for (cp, sequence, batch, dp) in [(1, 8192.0, 2048.0, 128), (16, 131_072.0, 128.0, 8)] {
        let mut job = job("llama-3.1-405b", 16_384, batch);
        job.sequence = sequence;
        job.layout = Layout {
            tp: 8,
            pp: 16,
            vp: 4,
            cp,
            dp,
            sharding: Sharding::Gradients,
            ..Layout::ONE
        };
        let seconds = step(&shipped().1, &job).total();
        let full = 6.0 * 405.85e9 + 12.0 * 126.0 * 16384.0 * sequence;
        let counted = if cp == 1 {
            model_flops(job.shape, sequence, job.task)
        } else {
            full
        };
        let mfu = counted * batch * sequence / seconds / 16_384.0 / 989.5e12;
        assert!((0.34..0.47).contains(&mfu), "context {sequence}: {mfu}");
    }
}

#[test]
fn memory_follows_the_published_formulae() {
    // Korthikanti et al., table 2: 34 s b h / t bytes a layer with sequence parallelism and
    // without scores; weights and optimiser 18 bytes a parameter unsharded.
    let mut job = job("gpt3-175b", 64, 64.0);
    job.sequence = 2048.0;
    job.stack.year = 2022.4;
    job.layout = Layout {
        tp: 8,
        pp: 8,
        recompute: Recompute::Selective,
        sharding: Sharding::None,
        ..Layout::ONE
    };
    let memory = memory(&shipped().1, &job);
    let layer = 34.0 * 2048.0 * 12288.0 / 8.0;
    let expected = layer * 96.0;
    assert!(
        (memory.activations / expected - 1.0).abs() < 0.02,
        "{}",
        memory.activations / expected
    );
    let state = memory.weights + memory.gradients + memory.optimizer;
    let held = held(&job).dense;
    assert!((state / (18.0 * held) - 1.0).abs() < 1e-9);
    // An eighth of an eighth of the layers, and an embedding on the first stage.
    assert!((held / (175.0e9 / 64.0) - 1.0).abs() < 0.05, "{held}");
}

#[test]
fn a_design_is_predicted_and_what_cannot_be_is_explained() {
    let (world, _) = shipped();
    let reference = world
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a reference");
    let design = instantiate(reference, 4, None, None).expect("a size");
    let forecast = |edits: &[Edit]| {
        let design = apply_all(&design, edits).expect("edits that fit").0;
        let mut predictions = assess(&design, world).predictions.workloads;
        predictions.swap_remove(0)
    };
    let plain = forecast(&[]);
    let step = plain.forecast.as_ref().expect("a forecast");
    assert!((0.2..0.8).contains(&step.mfu_half), "{}", step.mfu_half);
    assert!(!step.too_large && step.memory.total() <= step.capacity);
    assert!(step.seconds.low.get() < step.seconds.mid.get());

    let odd = forecast(&[Edit::set("workloads[0].plan.step.pp", 7)]);
    let reason = odd.forecast_missing.expect("80 layers do not divide by 7");
    assert!(
        reason.contains("80 layers") && reason.contains('7'),
        "{reason}"
    );

    // What fits into no memory is shown, but no cost rests on it.
    let large = forecast(&[
        Edit::set("workloads[0].model", "kimi-k2"),
        Edit::set("workloads[0].accelerators", 8),
        Edit::set("workloads[0].mfu", serde_json::Value::Null),
    ]);
    assert!(
        large
            .forecast
            .as_ref()
            .expect("the smallest layout")
            .too_large
    );
    assert!(large.run.is_none(), "{:?}", large.run);

    let many = forecast(&[
        Edit::set("workloads[0].plan.step.tp", 8),
        Edit::set("workloads[0].plan.step.cp", 1024),
    ]);
    assert!(many.forecast_missing.expect("too many").contains("8192"));
}
