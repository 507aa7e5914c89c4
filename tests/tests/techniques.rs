//! Published tables of serving that the model must know: static against continuous batches, what limits
//! of latency cost, what a rack is worth, the roofline, and levers pulled together.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_core::load::Csv;
use plumbline_core::predict::measured::predict_inference_rows;
use plumbline_engine::assess;
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{break_even, distilling};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::inference::*;
use plumbline_engine::quantity::{Money, TokenPrice};
use plumbline_tests::served::serving;
use plumbline_tests::world;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ROWS: &str = include_str!("../../references/measured/inference.csv");

fn design(reference: &str, model: &str, accelerators: u32, plan: Value) -> Design {
    serving(reference, 1, (model, accelerators), plan)
}

/// The longest of 8 to 64 answers of the traces, against the distribution that the model uses: within
/// 40 %, most within a fifth, as traces end where a model's answers do not.
#[test]
fn the_longest_of_a_batch_is_that_of_the_traces() {
    let mut off = Vec::new();
    for key in ["azure-conversation", "azure-coding"] {
        let traffic = world().inference.traffics.get(key).expect("a traffic");
        let variation = traffic.output_scatter.known().expect("a scatter").get();
        assert_eq!(traffic.longest.len(), 4);
        for (batch, longest) in &traffic.longest {
            let ratio = longest_of(variation, *batch) / longest;
            assert!((0.71..1.4).contains(&ratio), "{key} at {batch}: {ratio}");
            off.push((ratio.ln()).abs());
        }
    }
    off.sort_by(f64::total_cmp);
    assert!(off[off.len() / 2] < 0.2, "{off:?}");
    assert_eq!(longest_of(0.0, 64.0), 1.0);
    assert!((longest_of(1.0, 1.0) - 1.0).abs() < 1e-3);
}

/// Rates within limits as share of the offline one of the same system, predicted and measured.
fn shares(scenario: &str) -> BTreeMap<String, Vec<(f64, f64)>> {
    let table = Csv::read(ROWS).expect("a table");
    let column = |name: &str| table.column(name).expect("a column");
    let system = ["model", "source_key", "accelerator", "num_accel", "notes"].map(column);
    let (ran, model) = (column("scenario"), column("model"));
    let rows = predict_inference_rows(world(), &table).expect("columns");
    let mut offline = BTreeMap::new();
    let mut limited = Vec::new();
    for (row, prediction) in table.rows.iter().zip(rows) {
        let (Ok(band), Some(measured)) = (prediction.prediction, prediction.measured) else {
            continue;
        };
        let key = system.map(|at| row.cells[at].clone());
        let rates = (band.predicted, measured);
        if row.cells[ran].starts_with("MLPerf") && row.cells[ran].ends_with("Offline") {
            offline.insert(key, rates);
        } else if row.cells[ran].ends_with(scenario) {
            limited.push((row.cells[model].clone(), key, rates));
        }
    }
    let mut shares: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for (model, key, (predicted, measured)) in limited {
        if let Some((most, seen)) = offline.get(&key) {
            shares
                .entry(model)
                .or_default()
                .push((predicted / most, measured / seen));
        }
    }
    shares
}

fn median(all: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = all.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().expect("a row")
}

/// Scenarios of the same system: what a server's limits and a person's cost of the offline rate, against
/// the published medians. The bands are what is reached: a tenth for six of ten, two fifths for
/// DeepSeek's server load, and seven tenths for the two rows of 405 B, whose tuning differs most.
#[test]
fn limits_cost_what_the_benchmark_shows() {
    let published = [
        ("Server", "Llama 2 70B", 0.96, 1.1),
        ("Server", "Mixtral 8x7B", 0.97, 1.1),
        ("Server", "Llama 3.1 8B", 0.90, 1.1),
        ("Server", "Llama 3.1 405B", 0.63, 1.3),
        ("Server", "DeepSeek-R1", 0.62, 1.45),
        ("Server", "gpt-oss-120b", 0.95, 1.1),
        ("Interactive", "Llama 2 70B", 0.71, 1.15),
        ("Interactive", "Llama 3.1 8B", 0.74, 1.1),
        ("Interactive", "Llama 3.1 405B", 0.38, 1.7),
        ("Interactive", "gpt-oss-120b", 0.71, 1.1),
    ];
    for (scenario, model, share, band) in published {
        let all = shares(scenario);
        let rows = all.get(model).unwrap_or_else(|| unreachable!("{model}"));
        let ratio = median(rows.iter().map(|(predicted, _)| *predicted)) / share;
        assert!(
            (1.0 / band..band).contains(&ratio),
            "{scenario} {model}: {ratio}"
        );
    }
}

/// A token each 15 ms of DeepSeek-R1, with its own predictor: 0.07 of the offline rate on a node of 8,
/// 0.49 on a rack of 72, by the benchmark. Predicted are 0.16 and 0.46.
#[test]
fn a_tight_token_costs_far_more_on_a_node_than_on_a_rack() {
    let yielded = |reference: &str, n: u32, tight: bool| {
        let mut plan = json!({
            "prompt": 800, "output": 3740, "format": "Nvfp4", "engine": "mlperf-6.0", "percentile": 0.99,
        });
        if tight {
            plan["each"] = "15 ms".into();
            plan["drafting"] = json!({ "drafter": "mtp", "drafted": 3 });
        }
        let design = design(reference, "deepseek-v3", n, plan);
        let prediction = assess(&design, world()).predictions.workloads.remove(0);
        let service = prediction.service.expect("a service");
        assert!(!service.missed);
        service.per_accelerator.mid.get()
    };
    let share =
        |reference: &str, n: u32| yielded(reference, n, true) / yielded(reference, n, false);
    let node = share("nvidia-dgx-superpod-b200", 8);
    let rack = share("nvidia-dgx-superpod-gb200", 72);
    assert!((0.04..0.25).contains(&node), "{node}");
    assert!((0.3..0.65).contains(&rack), "{rack}");
    assert!(rack > 2.0 * node, "{rack} {node}");
}

#[test]
fn the_roofline_has_the_published_ridge() {
    // 295 tokens of 16-bit weights on an H100, and as many of 8-bit ones at twice the rate.
    assert!((critical_batch(989.5e12, 3.35e12, 2.0) - 295.0).abs() < 1.0);
    assert!((critical_batch(1979e12, 3.35e12, 1.0) - 295.0).abs() < 1.0);
    let plan = json!({ "prompt": 2000, "output": 500, "format": "Fp8" });
    for (model, n) in [("llama-3.1-70b", 8), ("deepseek-v3", 16)] {
        let design = design("nvidia-dgx-superpod-h100", model, n, plan.clone());
        let derived = derive(&design, world());
        let service = assess(&design, world())
            .predictions
            .workloads
            .remove(0)
            .service;
        let service = service.expect("a service");
        let found = roofline(&derived, &design.workloads[0], &service).expect("a roofline");
        assert!((found.critical - 295.0).abs() < 1.0, "{}", found.critical);
        assert!((found.ridge - found.peak / found.bandwidth).abs() < 1e-9);
        for spot in &found.spots {
            assert!(
                spot.rate <= spot.roof * 1.000_001,
                "{spot:?}: beyond physics"
            );
            assert!(spot.rate > 0.0);
        }
        let [one, here, full, prompts] = &found.spots[..] else {
            unreachable!("four passes")
        };
        // One sequence reads a weight of one byte for two operations.
        assert!(one.intensity < 4.0, "{}", one.intensity);
        assert!(one.intensity < here.intensity && here.intensity <= full.intensity);
        assert!(
            prompts.intensity > found.ridge,
            "prompts are bound by arithmetic"
        );
        assert!(full.intensity < found.ridge, "answers by memory");
    }
}

fn plan() -> Value {
    json!({ "traffic": "azure-conversation", "format": "Half", "each": "50 ms" })
}

/// Each lever on top of those before it: yields never fall, what brings nothing is left out, and the
/// joint effect is no product of the single ones.
#[test]
fn levers_together_are_reckoned_and_not_multiplied() {
    let design = design("nvidia-dgx-superpod-b200", "llama-3.1-70b", 64, plan());
    let derived = derive(&design, world());
    let workload = &design.workloads[0];
    let steps = together(&derived, workload, 64).expect("levers");
    assert!(steps.len() >= 6, "{steps:?}");
    assert!(steps.is_sorted_by(|a, b| a.yields <= b.yields));
    let mut before = 1.0;
    for step in &steps {
        assert_eq!(step.left_out, step.yields == before, "{step:?}");
        before = step.yields;
    }
    // The plan with the first levers pulled yields what is said of them.
    let at = |name: &str| {
        let found = steps.iter().find(|step| step.name.contains(name));
        found
            .unwrap_or_else(|| unreachable!("{name}: {steps:?}"))
            .yields
    };
    let format = steps[0].name.trim_start_matches("weights in ");
    let format = match format {
        "NVFP4" => "Nvfp4",
        _ => "Fp8",
    };
    let edits = [
        Edit::set("workloads[0].serving.format", format),
        Edit::set("workloads[0].serving.narrow_cache", true),
        Edit::set("workloads[0].serving.prefixes.reuse", "alibaba-chat"),
    ];
    let yielded = |design: &Design| {
        let prediction = assess(design, world()).predictions.workloads.remove(0);
        prediction
            .service
            .expect("a service")
            .per_accelerator
            .mid
            .get()
    };
    let own = yielded(&design);
    let changed = apply_all(&design, &edits).expect("edits").0;
    assert!((yielded(&changed) / own / at("prefixes") - 1.0).abs() < 1e-9);
    let single = levers(&derived, workload, "workloads[0]", 64).expect("levers");
    let alone = |name: &str| {
        let found = single.iter().find(|lever| lever.name.contains(name));
        found.unwrap_or_else(|| unreachable!("{name}")).yields
    };
    let product = alone("in FP8") * alone("in 8 bits") * alone("prefixes cached");
    assert!((at("prefixes") / product - 1.0).abs() > 0.01, "{product}");
    // Nights of this traffic: 0.68 of the hours, not 0.61 x 0.7.
    let night = alone("nights filled");
    assert!((night - 0.68 / (0.61 * 0.7)).abs() < 1e-9, "{night}");
}

/// A router pays for one model, a cascade twice for what the small one gives up.
#[test]
fn easy_requests_cost_what_the_formulas_say() {
    assert_eq!(easy_cost(0.6, 0.1, 1.0, false), 0.6 * 0.1 + 0.4);
    assert_eq!(easy_cost(0.6, 0.1, 1.0, true), 0.1 + 0.4);
    let of = |easy: Value| {
        let mut plan = plan();
        plan["easy"] = easy;
        let design = design("nvidia-dgx-superpod-b200", "qwen2.5-72b", 8, plan);
        let derived = derive(&design, world());
        let all = levers(&derived, &design.workloads[0], "workloads[0]", 8).expect("levers");
        let easy = |part: &str| all.iter().find(|lever| lever.name.contains(part)).cloned();
        (easy("by a router"), easy("asked first"))
    };
    let (router, cascade) = of(json!({ "share": 0.6 }));
    let (router, cascade) = (router.expect("a router"), cascade.expect("a cascade"));
    assert!(router.yields > 1.0 && router.yields > cascade.yields);
    let (router, _) = of(json!({ "share": 0.0 }));
    assert!((router.expect("a router").yields - 1.0).abs() < 1e-9);
    // A floor that only the large model reaches leaves none.
    let (none, _) = of(json!({ "scores": "gpqa-epoch", "floor": 99.0 }));
    assert!(none.is_none());
    let floor = of(json!({ "scores": "gpqa-epoch", "floor": 48.0 }))
        .0
        .expect("one");
    assert!(
        floor.costs.contains("GPQA") && floor.name.contains("Gemma 3 27B"),
        "{floor:?}"
    );
}

/// $100,000 are back after 111 billion tokens where a tenth of a dollar per million is paid in place of one.
#[test]
fn a_distilled_model_breaks_even() {
    let lever = Lever {
        name: "a distilled model".into(),
        yields: 10.0,
        costs: String::new(),
        origin: None,
        edits: Vec::new(),
    };
    let price = Range::exactly(TokenPrice::new(1.0));
    let making = Range::exactly(Money::new(100_000.0));
    let tokens = break_even(&lever, price, making)
        .expect("a break-even")
        .mid
        .get();
    assert!((tokens / 1e9 - 111.1).abs() < 0.1, "{tokens}");
    let none = Lever {
        yields: 1.0,
        ..lever
    };
    assert!(break_even(&none, price, making).is_none());
    let mut design = design("nvidia-dgx-superpod-b200", "llama-3.1-70b", 8, plan());
    let costs = assess(&design, world()).costs;
    assert!(
        distilling(&design, &costs, 0).is_none(),
        "nothing is stated and nothing is tuned"
    );
    design.workloads[0].serving.easy.distillation = Some(Money::new(5e4));
    let stated = distilling(&design, &costs, 0).expect("stated");
    assert_eq!(stated.mid, Money::new(5e4));
}

/// What levers take off adds up to the whole difference, those left out take off nothing.
#[test]
fn savings_add_up() {
    let step = |name: &str, yields: f64, left_out: bool| Step {
        name: name.into(),
        yields,
        left_out,
        origin: None,
    };
    let steps = [
        step("one", 2.0, false),
        step("none", 2.0, true),
        step("two", 5.0, false),
    ];
    let (savings, last) = plumbline_engine::cost::savings(&steps, TokenPrice::new(10.0), 1e3);
    assert_eq!(savings.len(), 2);
    assert_eq!(last, Money::new(2000.0));
    let sum: f64 = savings.iter().map(|saving| saving.amount.get()).sum();
    assert!((sum + 8000.0).abs() < 1e-9, "{sum}");
    let shares: f64 = savings.iter().map(|saving| saving.share).sum();
    assert!((shares - 1.0).abs() < 1e-12, "{shares}");
}
