//! Prefill and decode in units of their own, wide EP, and the production day that was published of both.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::check::{Status, fixes};
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::inference::*;
use plumbline_tests::served::{service, serving};
use plumbline_tests::world;
use serde_json::{Value, json};

const H100: &str = "nvidia-dgx-superpod-h100";
const NVL72: &str = "nvidia-dgx-superpod-gb200";

fn design(reference: &str, model: &str, accelerators: u32, plan: Value) -> Design {
    serving(reference, 8, (model, accelerators), plan)
}

fn fleet(service: &Service) -> Disaggregated {
    service.disaggregated.expect("a fleet")
}

/// The day of February 2025 that DeepSeek published: 8 x H800 nodes, prefill on 4 with EP32, decode on
/// 18 with EP144, FP8 with 16-bit attention, 56.3 % of the prompts' tokens found cached.
fn deepseek_day() -> Design {
    // 608 billion tokens in for 168 out, and 4,989 tokens looked back on in the mean.
    let output = 4989.0 / (608.0 / 168.0 + 0.5);
    let serving = json!({
        "engine": "sglang-1", "format": "Fp8", "narrow_cache": false,
        "prompt": (output * 608.0 / 168.0) as u32, "output": output as u32, "cached": 0.563,
        // 20 to 22 tokens per second of a user.
        "each": "47.6 ms", "percentile": 0.5, "redundant": 32,
        "disaggregation": {
            "mode": "Yes",
            "prefill": { "groups": 32, "tp": 1, "pp": 1 },
            "decode": { "groups": 144, "tp": 1, "pp": 1 },
        },
    });
    let design = design(H100, "deepseek-v3", 1816, serving);
    // An H800 is an H100 with its scale-up links cut.
    let links = Edit::set("overrides.h100-sxm.scale_up", "200 GB/s");
    apply_all(&design, &[links]).expect("an override").0
}

/// Nothing is fitted to it. The prompts come out at 1.03 of what was published, within a fifth; the
/// answers at 0.55, within a factor of two: DeepSeek cuts attention in stages and balances experts by
/// their load, which no constant here knows.
#[test]
fn the_production_day_of_deepseek_comes_out() {
    let service = service(&deepseek_day());
    assert!(!service.missed);
    let fleet = fleet(&service);
    let (prompt, output) = (service.load.prompt, service.load.output);
    let read = fleet.prefill.rate * prompt / 4.0 / 73_700.0;
    let answered = fleet.decode.rate * output / 18.0 / 14_800.0;
    assert!((0.83..1.2).contains(&read), "{read}");
    assert!((0.5..1.0).contains(&answered), "{answered}");
    assert!((1.0 / 22.5..1.0 / 19.5).contains(&service.met.each.half));
    // Copies of experts: 9 of 288 on a rank that reads, 2 on one that answers, and the shared one.
    let (c, known) = (
        calibration(world()).expect("constants"),
        &fleet.decode.layout,
    );
    assert_eq!((known.ep, fleet.prefill.layout.ep), (144, 32));
    let shape = world().model("deepseek-v3").expect("a model").shape.get();
    let shape = shape.expect("a shape");
    let experts = f64::from(shape.expert_layers()) * shape.expert_parameters() * 2.0;
    assert!((service.memory.experts / experts - 1.0).abs() < 1e-9);
    assert!(service.memory.total() < service.capacity && c.network > 0.0);
}

/// 226.75 nodes at $2 an accelerator-hour are $87,072 a day, through the functions that price tokens.
#[test]
fn the_production_day_costs_what_was_published() {
    let (nodes, output): (f64, f64) = (226.75, 168e9);
    let each = output / (nodes * 86_400.0);
    assert!((each - 8_575.0).abs() < 1.0, "{each}");
    // Nodes that answer at 14.8 thousand a second make up 58 % of them all.
    assert!((each / 14_800.0 - 0.58).abs() < 0.005);
    let rate = format!("{} tokens/s", each / 8.0);
    let edits = [
        Edit::set("workloads[0].throughput", rate),
        Edit::set("economics.rent", "2 $/hr"),
    ];
    let design = apply_all(&deepseek_day(), &edits).expect("edits").0;
    let costs = assess(&design, world()).costs;
    let million = costs.outcomes[0]
        .million_tokens_rented
        .expect("a price")
        .mid;
    let day = million.get() * output / 1e6;
    assert!((day - 87_072.0).abs() < 1.0, "{day}");
}

/// The share of decode nodes that follows from the predicted rates is that which the day implies, as far
/// as the rates are right: what reads and what answers stand in the ratio of the published ones.
#[test]
fn the_split_of_the_fleet_follows_from_its_rates() {
    let fleet = fleet(&service(&deepseek_day()));
    let (reads, writes) = (fleet.prefill, fleet.decode);
    let most = (reads.rate * f64::from(reads.layout.replicas))
        .min(writes.rate * f64::from(writes.layout.replicas));
    let asked = reads.busy * reads.rate * f64::from(reads.layout.replicas);
    assert!(
        (asked / most - 1.0).abs() < 1e-9,
        "the fleet is as fast as the slower side"
    );
    let share = writes.accelerators() / (writes.accelerators() + reads.accelerators());
    assert!((0.55..0.85).contains(&share), "{share}");
}

fn split(mode: &str, more: Value) -> Value {
    let mut plan = json!({
        "prompt": 4000, "output": 500, "disaggregation": { "mode": mode }
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    plan
}

#[test]
fn units_fill_no_more_than_there_is_and_the_search_is_never_worse() {
    for (model, n) in [
        ("llama-3.1-70b", 16),
        ("llama-3.1-70b", 64),
        ("deepseek-v3", 128),
    ] {
        for limits in [json!({}), json!({ "each": "30 ms", "first": "3 s" })] {
            let of = |mode: &str| service(&design(H100, model, n, split(mode, limits.clone())));
            let (together, apart, best) = (of("No"), of("Yes"), of("Search"));
            assert!(together.disaggregated.is_none());
            let known = fleet(&apart);
            let used = known.prefill.accelerators() + known.decode.accelerators();
            assert_eq!(used, apart.used());
            assert!(used <= f64::from(n), "{used} of {n}");
            assert!(known.prefill.busy <= 1.0 + 1e-9 && known.decode.busy <= 1.0 + 1e-9);
            // The one that holds goes first, then the one that yields more.
            let key = |s: &Service| (!s.missed, s.per_accelerator.mid.get());
            let highest = if key(&apart) > key(&together) {
                &apart
            } else {
                &together
            };
            assert_eq!(key(&best), key(highest), "{model} {n}");
            assert!(
                apart.requests.low < apart.requests.mid * 0.9,
                "known to promise too much"
            );
        }
    }
}

#[test]
fn tighter_limits_yield_no_more_apart() {
    let mut last = f64::INFINITY;
    for each in [100, 60, 40, 30, 20, 15] {
        let limits = json!({ "each": format!("{each} ms"), "first": "4 s" });
        let service = service(&design(H100, "llama-3.1-70b", 64, split("Yes", limits)));
        if !service.missed {
            assert!(service.met.each.most <= f64::from(each) / 1e3 * 1.000_001);
            assert!(service.met.first.most <= 4.0);
        }
        // Whole units: a little more may come of another split.
        let all = service.requests.mid;
        assert!(all <= last * 1.000_001, "{each} ms: {all} after {last}");
        last = all;
    }
}

/// Numbers of units and their layouts are taken as they are stated, and what cannot be is said.
#[test]
fn stated_units_are_kept() {
    let units = json!({ "disaggregation": {
        "mode": "Yes",
        "prefill": { "units": 3, "tp": 4, "pp": 1 }, "decode": { "units": 2, "tp": 8, "pp": 1 },
    } });
    let known = fleet(&service(&design(
        H100,
        "llama-3.1-70b",
        64,
        split("Yes", units),
    )));
    assert_eq!(
        (known.prefill.layout.replicas, known.prefill.layout.tp),
        (3, 4)
    );
    assert_eq!(
        (known.decode.layout.replicas, known.decode.layout.tp),
        (2, 8)
    );
    let none = json!({ "disaggregation": { "mode": "Yes", "prefill": { "tp": 7 } } });
    let design = design(H100, "llama-3.1-70b", 64, split("Yes", none));
    let prediction = assess(&design, world()).predictions.workloads.remove(0);
    let reason = prediction.service_missing.expect("no such unit");
    assert!(
        reason.contains("prefill unit") && reason.contains("64"),
        "{reason}"
    );
}

/// Keys and values of 8,192 tokens: 1.34 GB of Llama 3.1 70B in 8 bits, 0.58 GB of DeepSeek in 16; 27
/// and 12 ms at 50 GB/s, less over the links of a scale-up domain.
#[test]
fn keys_and_values_travel() {
    let c = calibration(world()).expect("constants");
    let of = |id: &str, cache: f64, machine: &str| {
        let part = world()
            .catalogue
            .accelerators
            .get(machine)
            .expect("an accelerator");
        let known = world().inference.machines.get(machine).expect("a machine");
        let shape = world().model(id).expect("a model").shape.get();
        let job = Job {
            shape: shape.expect("a shape"),
            format: Format::Fp8,
            cache,
            layout: Layout::ONE,
            machine: Machine::of(part, known).expect("figures"),
            stack: Stack::of(release(world(), None).expect("an engine")).expect("figures"),
            speculation: None,
        };
        let load = Load {
            prompt: 8192.0,
            output: 100.0,
            cached: 0.0,
        };
        let mut far = job.clone();
        far.layout.groups = 128;
        let (seconds, bytes) = transfer(&c, &job, &far, &load);
        let (near, same) = transfer(&c, &job, &job, &load);
        assert_eq!(bytes, same);
        assert!(near < seconds);
        (bytes / 1e9, seconds * 1e3 * c.network)
    };
    let (bytes, time) = of("llama-3.1-70b", 1.0, "h100-sxm");
    assert!(
        (bytes - 1.34).abs() < 0.005 && (time - 27.0).abs() < 0.5,
        "{bytes} {time}"
    );
    let (bytes, time) = of("deepseek-v3", 2.0, "h100-sxm");
    assert!(
        (bytes - 0.58).abs() < 0.005 && (time - 12.0).abs() < 0.5,
        "{bytes} {time}"
    );
}

/// In a rack of 72 both units lie in one domain; what moves does not see the network.
#[test]
fn a_rack_keeps_both_units_inside() {
    let serving = split(
        "Yes",
        json!({ "disaggregation": {
        "mode": "Yes", "prefill": { "groups": 8, "tp": 1 }, "decode": { "groups": 32, "tp": 1 },
    } }),
    );
    let service = service(&design(NVL72, "deepseek-v3", 72, serving));
    assert!(fleet(&service).inside && fleet(&service).transfer < 0.01);
}

/// Experts leave the domain where the plan lets them, and where it states so many groups.
#[test]
fn wide_experts_are_searched_and_stated() {
    let of = |more: Value| {
        let mut plan = json!({ "prompt": 1000, "output": 1000, "engine": "sglang-recent" });
        for (field, value) in more.as_object().into_iter().flatten() {
            plan[field] = value.clone();
        }
        service(&design(H100, "qwen3-235b-a22b", 256, plan))
    };
    let inside = of(json!({}));
    assert!(inside.layout.instance() <= 8.0);
    let stated = of(json!({ "groups": 48 }));
    assert_eq!((stated.layout.groups, stated.layout.ep), (48, 48));
    assert!(
        stated
            .remarks
            .iter()
            .any(|said| said.contains("extrapolated"))
    );
    let free = of(json!({ "wide": true }));
    assert!(free.per_accelerator.mid >= inside.per_accelerator.mid);
    // More copies of experts leave less room.
    let copied = of(json!({ "groups": 48, "redundant": 64 }));
    assert!(copied.room < stated.room && copied.memory.experts > stated.memory.experts);
}

/// A fleet that is too small for the busiest hour says how many accelerators would do, and they do.
#[test]
fn a_fleet_that_is_short_says_by_how_much() {
    let more = json!({ "requests": "60 requests/s" });
    let design = design(H100, "llama-3.1-70b", 32, split("Yes", more));
    let finding = |design: &Design| {
        let findings = assess(design, world()).findings;
        findings.into_iter().find(|finding| finding.id == "INF002")
    };
    let found = finding(&design).expect("a finding");
    assert_eq!(found.status, Status::Fail, "{}", found.message);
    let against = [world().references.get(H100).expect("a reference")];
    let all = fixes(&design, world(), &against, &found);
    let larger = all.iter().find(|fix| fix.title.contains("accelerators"));
    let larger = larger.expect("more accelerators");
    let mended = apply_all(&design, &larger.edits).expect("edits").0;
    let served = service(&mended);
    assert!(served.needed.expect("traffic").mid <= f64::from(served.replicas));
}
