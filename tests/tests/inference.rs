//! What must hold of predictions of inference whatever the constants: more is never slower, parts add
//! up, nothing beats the hardware, and the signs that simple tools get wrong.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_core::catalogue::{EngineKind, Generation, Limits, Shape};
use plumbline_core::load::Csv;
use plumbline_core::predict::inference::*;
use plumbline_core::predict::measured::{InferenceRow, Measured, predict_inference_rows};
use plumbline_core::quantity::Seconds;
use plumbline_core::reference::World;
use proptest::prelude::*;
use std::sync::OnceLock;

fn shipped() -> &'static (World, Calibration) {
    static SHIPPED: OnceLock<(World, Calibration)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let world = plumbline_engine::world();
        let c = InferenceRow::shipped(&world).expect("all constants");
        (world, c)
    })
}

fn shape(model: &str) -> &'static Shape {
    let model = shipped().0.model(model);
    model.and_then(|model| model.shape.get()).expect("a shape")
}

fn machine(id: &str) -> Machine {
    let world = &shipped().0;
    let part = world.catalogue.accelerators.get(id).expect("a part");
    let known = world.inference.machines.get(id).expect("a machine");
    Machine::of(part, known).expect("its figures")
}

const VLLM: Stack = Stack {
    kind: EngineKind::Vllm,
    generation: Generation::VllmRecent,
    chunk: 8192.0,
    batch: 1024.0,
};

const TRT: Stack = Stack {
    kind: EngineKind::TensorRtTorch,
    generation: Generation::TensorRt1x,
    chunk: 8192.0,
    batch: 2048.0,
};

fn job(model: &str, accelerator: &str, tp: u32, format: Format) -> Job<'static> {
    Job {
        shape: shape(model),
        format,
        cache: if format == Format::Half { 2.0 } else { 1.0 },
        layout: Layout { tp, ..Layout::ONE },
        machine: machine(accelerator),
        stack: VLLM,
        speculation: None,
    }
}

fn load(prompt: f64, output: f64) -> Load {
    Load {
        prompt,
        output,
        cached: 0.0,
    }
}

/// Output tokens per second and accelerator of a saturated instance.
fn rate(job: &Job<'_>, load: &Load) -> f64 {
    saturated(&shipped().1, job, load).requests * load.output / job.layout.instance()
}

#[test]
fn memory_is_the_sum_of_its_parts_and_bounds_the_batch() {
    let c = &shipped().1;
    let job = job("llama-3.1-70b", "h100-sxm", 4, Format::Fp8);
    let load = load(1000.0, 1000.0);
    let held = memory(c, &job, &load, 10.0);
    let parts = held.dense + held.experts + held.embedding + held.runtime + held.cache;
    assert!((held.total() - parts).abs() < 1.0);
    // 70.6e9 weights, all but embedding and head in 8 bits.
    assert!((held.weights() * 4.0 - (68.5e9 + 2.0 * 2.1e9)).abs() < 1e9);
    let most = capacity(c, &job, &load);
    assert!(memory(c, &job, &load, most).total() <= job.machine.memory);
    assert!(memory(c, &job, &load, 1.3 * most).total() > 0.95 * job.machine.memory);
}

/// Weights of 140 GB on two accelerators of 80 GB leave no room for keys and values.
#[test]
fn a_model_that_just_fits_is_faster_on_twice_the_accelerators_each() {
    let load = load(1000.0, 1000.0);
    let two = rate(&job("llama-3.1-70b", "h100-sxm", 2, Format::Half), &load);
    let four = rate(&job("llama-3.1-70b", "h100-sxm", 4, Format::Half), &load);
    assert!(four > 1.5 * two, "{four} on four, {two} on two, each");
    // With room, wider is not better each.
    let two = rate(&job("llama-3.1-70b", "h100-sxm", 2, Format::Fp8), &load);
    let eight = rate(&job("llama-3.1-70b", "h100-sxm", 8, Format::Fp8), &load);
    assert!(eight < two, "{eight} on eight, {two} on two, each");
}

#[test]
fn drafting_helps_a_few_users_and_slows_many() {
    let c = &shipped().1;
    let plain = job("llama-3.1-70b", "h100-sxm", 4, Format::Fp8);
    let mut drafted = plain.clone();
    drafted.speculation = Some(Speculation {
        drafted: 4.0,
        accepted: 2.2,
        drafter: 0.03,
    });
    let load = load(1000.0, 500.0);
    let speed = |job: &Job<'_>, users: f64| closed_loop(c, job, &load, users).rate;
    assert!(speed(&drafted, 2.0) > 1.3 * speed(&plain, 2.0));
    assert!(speed(&drafted, 512.0) < speed(&plain, 512.0));
}

/// The largest rate per accelerator within a limit, over all layouts.
fn within_limit(model: &str, accelerator: &str, n: u32, each: f64) -> f64 {
    let c = &shipped().1;
    let mut job = job(model, accelerator, 1, Format::Nvfp4);
    job.stack = TRT;
    // The model's own predictor, as entries of the benchmark with such a limit use it.
    job.speculation = Some(Speculation {
        drafted: 2.0,
        accepted: 2.27,
        drafter: 1.0 / 61.0,
    });
    let load = load(1000.0, 3000.0);
    let limits = Limits {
        first: Seconds::new(5.0),
        each: Seconds::new(each),
    };
    let mut best = 0.0_f64;
    for layout in layouts(&job, n) {
        job.layout = layout;
        if capacity(c, &job, &load) < 1.0 {
            continue;
        }
        let found = within(c, &job, &load, &limits);
        if found.between(c, &job, &load) <= each {
            let rate = found.requests * load.output * f64::from(layout.replicas);
            best = best.max(rate / f64::from(n));
        }
    }
    best
}

/// A large mixture at 15 ms a token: one node of eight must cut what a rack of 72 spreads.
#[test]
fn a_tight_limit_costs_a_node_more_than_a_rack() {
    let price = |accelerator, n| {
        within_limit("deepseek-v3", accelerator, n, 0.08)
            / within_limit("deepseek-v3", accelerator, n, 0.015)
    };
    let (node, rack) = (price("b200-sxm", 8), price("gb200", 64));
    assert!(node > 1.2 * rack, "{node} on a node, {rack} on a rack");
}

#[test]
fn an_8_bit_cache_pays_with_long_contexts() {
    let c = &shipped().1;
    let wide = job("llama-3.1-8b", "h100-sxm", 1, Format::Half);
    let mut narrow = wide.clone();
    narrow.cache = 1.0;
    let gain = |context: f64| step(c, &wide, 8.0, context) / step(c, &narrow, 8.0, context);
    assert!(gain(500.0) < 1.05, "{}", gain(500.0));
    assert!(gain(20_000.0) > 1.2, "{}", gain(20_000.0));
}

/// The host's work for each running sequence is most of a step of a small model at a large batch.
#[test]
fn the_host_limits_small_models_at_large_batches() {
    let c = &shipped().1;
    let job = job("qwen3-0.6b", "h100-sxm", 1, Format::Half);
    let what = Pass {
        tokens: 1024.0,
        sequences: 1024.0,
        context: 200.0,
        chosen: 1024.0,
        prompt: false,
    };
    let time = pass(c, &job, &what);
    assert!(time.host > 0.5 * time.total(), "{time:?}");
}

/// Static batches wait for their longest answer; here all are equal, and only filling differs.
#[test]
fn continuous_batching_is_never_slower_than_static() {
    let c = &shipped().1;
    let job = job("llama-3.1-8b", "h100-sxm", 1, Format::Half);
    let load = load(500.0, 500.0);
    for batch in [4.0, 32.0, 128.0] {
        let fixed = batch / static_batch(c, &job, &load, batch);
        let running = balance(c, &job, &load, batch).requests;
        assert!(running > 0.85 * fixed, "{batch}: {running} against {fixed}");
    }
}

#[test]
fn what_is_cached_of_a_prompt_is_not_computed() {
    let c = &shipped().1;
    let job = job("llama-3.1-70b", "h100-sxm", 4, Format::Fp8);
    let cold = load(8000.0, 200.0);
    let warm = Load {
        cached: 0.9,
        ..cold
    };
    let first = |load: &Load| closed_loop(c, &job, load, 4.0).first;
    assert!(first(&warm) < 0.4 * first(&cold));
    assert!(rate(&job, &warm) > 1.5 * rate(&job, &cold));
}

#[test]
fn latency_grows_with_users_and_waits_beyond_memory() {
    let c = &shipped().1;
    let job = job("llama-3.1-70b", "h100-sxm", 2, Format::Fp8);
    let load = load(2000.0, 2000.0);
    let most = most(c, &job, &load);
    let mut last = closed_loop(c, &job, &load, 1.0);
    for users in [2.0, 8.0, 32.0, most, 2.0 * most] {
        let now = closed_loop(c, &job, &load, users);
        assert!(now.first >= last.first && now.between >= 0.999 * last.between);
        last = now;
    }
    assert!(last.first > 10.0, "{} s over memory", last.first);
}

const MODELS: [&str; 7] = [
    "llama-3.1-8b",
    "llama-3.1-70b",
    "mixtral-8x7b",
    "deepseek-v3",
    "gpt-oss-120b",
    "gemma-3-27b",
    "qwen3.5-397b-a17b",
];
const FORMATS: [Format; 4] = [Format::Half, Format::Fp8, Format::Nvfp4, Format::Mxfp4];
const MACHINES: [&str; 6] = [
    "a100-sxm", "h100-sxm", "b200-sxm", "l40s", "mi300x", "mi355x",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// More bandwidth, arithmetic, links or memory never make a saturated instance slower, and more
    /// sequences never make it less productive.
    #[test]
    fn more_is_never_slower(
        model in 0..MODELS.len(), format in 0..FORMATS.len(), machine in 0..MACHINES.len(),
        tp in 0_u32..4, prompt in 1.0..20_000.0_f64, output in 2.0..8000.0_f64, running in 1.0..2000.0_f64,
    ) {
        let c = &shipped().1;
        let plain = job(MODELS[model], MACHINES[machine], 1 << tp, FORMATS[format]);
        let load = load(prompt, output);
        let at = |job: &Job<'_>, running: f64| balance(c, job, &load, running).requests;
        let base = at(&plain, running);
        prop_assert!(base.is_finite() && base > 0.0);
        let raises: [fn(&mut Machine); 3] = [
            |machine| machine.memory_bandwidth *= 1.3,
            |machine| { machine.half *= 1.3; machine.eight *= 1.3; machine.four *= 1.3; },
            |machine| machine.scale_up *= 1.3,
        ];
        for raise in raises {
            let mut better = plain.clone();
            raise(&mut better.machine);
            prop_assert!(at(&better, running) >= base * 0.9999);
        }
        prop_assert!(at(&plain, running * 1.2) >= base * 0.995);
    }

    /// No step is shorter than reading what it needs at full bandwidth, or computing it at the peak.
    #[test]
    fn nothing_beats_the_hardware(
        model in 0..MODELS.len(), format in 0..FORMATS.len(), machine in 0..MACHINES.len(),
        tp in 0_u32..4, context in 1.0..100_000.0_f64, running in 1.0..4000.0_f64,
    ) {
        let (_, c) = shipped();
        let job = job(MODELS[model], MACHINES[machine], 1 << tp, FORMATS[format]);
        let seconds = step(c, &job, running, context);
        let machine = &job.machine;
        let tp = f64::from(job.layout.tp);
        let shape = job.shape;
        let active = shape.active_parameters() - shape.embedding_parameters();
        let reading = active * 0.5 / tp / machine.memory_bandwidth;
        let computing = 2.0 * active * running / tp / machine.four.max(machine.eight);
        prop_assert!(seconds > reading, "{seconds} s, {reading} s to read");
        prop_assert!(seconds > computing, "{seconds} s, {computing} s to compute");
    }

    /// A table of nonsense gives reasons or finite figures, never a panic.
    #[test]
    fn a_strange_row_is_read_or_explained(
        cells in proptest::collection::vec("[0-9a-zA-Z .,_-]{0,12}", 20),
        count in "(|0|1|7|8|72|4294967295|99999999999|-3|1e9)",
        size in "(|0|1|1000|1e12|-5|nan|1e300)",
    ) {
        let (world, _) = shipped();
        let head = "id,model,weight_precision,kv_precision,accelerator,num_accel,tp,pp,ep,dp,engine,engine_version,software_date,isl,osl,concurrency,scenario,metric,value,notes";
        let clean = |at: usize| cells[at].replace(',', " ");
        for (model, accelerator, scenario, metric) in [
            ("DeepSeek-V3", "B200 180GB", "aggregated serving", "ttft_ms"),
            ("Llama 3.1 70B", "L40S", "MLPerf Server", "output_tokens_per_s"),
            ("gpt-oss-120b", "H100 SXM 80GB", "static batch", "tokens_per_s_per_gpu"),
        ] {
            let text = format!(
                "{head}\nx,{model},fp8,,{accelerator},{count},{count},,{count},{count},vLLM,{},{},{size},{size},{size},{scenario},{metric},,{}\n\
                 y,{},{},{},{},{count},,,,,{},,,{size},,{size},{},{},,\n",
                clean(0), clean(1), clean(2), clean(3), clean(4), clean(5), clean(6), clean(7), clean(8), clean(9),
            );
            let table = Csv::read(&text).expect("a table");
            for row in predict_inference_rows(world, &table).expect("its columns") {
                match row.prediction {
                    Ok(band) => prop_assert!(band.predicted > 0.0 && !band.predicted.is_nan()),
                    Err(reason) => prop_assert!(!reason.is_empty()),
                }
            }
        }
    }
}
