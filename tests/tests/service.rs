//! A model served on a design: what it yields within limits, what its latency is under load, and
//! what that costs.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::check::{Status, fixes};
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::inference::*;
use plumbline_engine::{Assessment, assess};
use plumbline_tests::served::{prediction, serving};
use plumbline_tests::world;
use serde_json::{Value, json};

const H100: &str = "nvidia-dgx-superpod-h100";

/// A unit of a reference that serves a model with this plan.
fn design(reference: &str, model: &str, accelerators: u32, plan: Value) -> Design {
    serving(reference, 1, (model, accelerators), plan)
}

/// Llama 3.1 70B on so many H100.
fn service(accelerators: u32, serving: Value) -> Service {
    let prediction = prediction(&design(H100, "llama-3.1-70b", accelerators, serving));
    assert_eq!(prediction.service_missing, None);
    prediction.service.expect("a service")
}

fn plan(more: Value) -> Value {
    let mut plan = json!({ "prompt": 1000, "output": 500 });
    for (field, value) in more.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    plan
}

#[test]
fn tighter_limits_yield_no_more() {
    let mut last = service(8, plan(json!({}))).per_accelerator.mid;
    for each in [200, 100, 50, 30, 20, 15, 12] {
        let limits = json!({ "each": format!("{each} ms"), "first": "2 s" });
        let service = service(8, plan(limits));
        if !service.missed {
            assert!(service.met.each.most <= f64::from(each) / 1e3 * 1.000_001);
            assert!(service.met.first.most <= 2.0);
        }
        assert!(service.per_accelerator.mid <= last * 1.000_001, "{each} ms");
        last = service.per_accelerator.mid;
    }
    let impossible = service(8, plan(json!({ "each": "0.1 ms" })));
    assert!(impossible.missed);
}

#[test]
fn replicas_fill_the_accelerators_and_the_traffic_says_how_many_it_needs() {
    let eight = service(8, plan(json!({ "tp": 4, "pp": 1 })));
    let all = service(
        64,
        plan(json!({ "tp": 4, "pp": 1, "requests": "30 requests/s", "spare": 1 })),
    );
    assert_eq!((eight.replicas, all.replicas), (2, 16));
    assert!((all.requests.mid / eight.requests.mid - 8.0).abs() < 1e-9);
    let each = all.requests.mid / 16.0;
    assert_eq!(
        all.needed.expect("traffic is stated").mid,
        (30.0 / each).ceil() + 1.0
    );
    assert!(eight.needed.is_none());
}

/// Memory is what decides: 16-bit weights of 70 billion parameters leave two accelerators of 80 GB
/// almost nothing for keys and values, so that four yield more each; in FP8 it is the reverse.
#[test]
fn memory_decides_between_two_and_four_accelerators() {
    let each = |format: &str, tp: u32| {
        let fixed = json!({ "format": format, "tp": tp, "pp": 1, "engine": "tensorrt-llm-0.14" });
        service(8, plan(fixed)).per_accelerator.mid.get()
    };
    assert!(each("Half", 4) > 1.2 * each("Half", 2));
    assert!(each("Fp8", 2) > each("Fp8", 4));
}

/// A replica leaves its node only where the model or the plan asks for it, and says so.
#[test]
fn a_replica_stays_in_its_domain_where_it_can() {
    let inside = service(64, plan(json!({ "each": "40 ms" })));
    assert!(inside.layout.instance() <= 8.0, "{:?}", inside.layout);
    let far = |service: &Service| {
        service
            .remarks
            .iter()
            .any(|said| said.contains("scale-up domain"))
    };
    assert!(!far(&inside));
    let asked = service(64, plan(json!({ "tp": 8, "pp": 4 })));
    assert_eq!(asked.layout.instance(), 32.0);
    assert!(far(&asked));
    let large = prediction(&design(H100, "deepseek-v3", 64, plan(json!({}))));
    let large = large.service.expect("a service on several nodes");
    assert!(large.layout.instance() > 8.0 && far(&large));
}

#[test]
fn what_is_not_stated_is_named_and_traffic_states_it() {
    let of = |plan: Value| prediction(&design(H100, "llama-3.1-70b", 8, plan));
    assert_eq!(
        of(json!({})).service_missing.as_deref(),
        Some("serving.prompt")
    );
    let missing = of(json!({ "prompt": 100 })).service_missing;
    assert_eq!(missing.as_deref(), Some("serving.output"));
    let missing = of(json!({ "traffic": "nowhere" })).service_missing;
    assert_eq!(missing.as_deref(), Some("inference.traffics.nowhere"));
    let known = of(json!({ "traffic": "azure-conversation" }))
        .service
        .expect("a service");
    assert_eq!((known.load.prompt, known.load.output), (1155.0, 211.0));
    let large = prediction(&design(H100, "llama-3.1-405b", 2, plan(json!({}))));
    let reason = large
        .service_missing
        .expect("405 billion parameters do not fit on two");
    assert!(
        reason.contains("memory") && reason.contains('2'),
        "{reason}"
    );
}

#[test]
fn the_front_has_no_member_that_another_beats() {
    let front = service(16, plan(json!({}))).front;
    assert!(front.len() > 5);
    assert!(front.is_sorted_by(|a, b| a.speed > b.speed && a.per_accelerator < b.per_accelerator));
}

#[test]
fn more_load_means_more_latency() {
    let curve = service(8, plan(json!({}))).curve;
    assert!(curve.len() > 5);
    for pair in curve.windows(2) {
        let [before, after] = pair else { continue };
        assert!(before.requests < after.requests);
        for (a, b) in [(before.first, after.first), (before.each, after.each)] {
            assert!(a.most <= b.most * 1.001 && a.nearly <= b.nearly * 1.001);
            assert!(b.half <= b.most && b.most <= b.nearly);
        }
    }
}

/// Chunks of prompts that are cached are not read: more requests, at lower cost.
#[test]
fn cached_prompts_yield_more() {
    let yielded = |cached: f64| service(8, plan(json!({ "prompt": 4000, "cached": cached })));
    let (none, most) = (yielded(0.0), yielded(0.8));
    assert!(most.requests.mid > 1.2 * none.requests.mid);
    assert!(most.met.reading < none.met.reading);
}

#[test]
fn a_service_is_priced_by_request_and_token() {
    let design = design(H100, "llama-3.1-70b", 8, plan(json!({})));
    let Assessment {
        predictions, costs, ..
    } = assess(&design, world());
    let service = predictions.workloads[0]
        .service
        .as_ref()
        .expect("a service");
    let outcome = &costs.outcomes[0];
    let served = outcome.served.expect("a price");
    let hour = costs.per_accelerator_hour.expect("a price").mid.get();
    let request = served.request.mid.get();
    let requests = service.requests.mid / 8.0 * 3600.0;
    assert!(
        (request * requests / hour - 1.0).abs() < 1e-9,
        "{request} {requests} {hour}"
    );
    // What is read and what is answered make up the request.
    let parts = served.million_read.mid.get() * 1000.0 / 1e6
        + served.million_answered.mid.get() * 500.0 / 1e6;
    assert!((parts / request - 1.0).abs() < 1e-9, "{parts} {request}");
    let all = outcome.million_tokens.expect("a price").mid.get();
    assert!((all * 500.0 / 1e6 / request - 1.0).abs() < 1e-9);
    assert!(served.million_cached.is_none());
    // A stated throughput goes first, and its work is not told apart.
    let stated = apply_all(
        &design,
        &[Edit::set("workloads[0].throughput", "1000 tokens/s")],
    );
    let costs = assess(&stated.expect("an edit").0, world()).costs;
    assert!(costs.outcomes[0].served.is_none());
    assert!(
        (costs.outcomes[0].million_tokens.expect("a price").mid.get() * 3.6 / hour - 1.0).abs()
            < 1e-9
    );
}

/// Tokens of prompts that are found cached cost little, and something; with what is read and answered
/// they make up the request.
#[test]
fn cached_tokens_have_a_price_of_their_own() {
    let design = design(
        H100,
        "llama-3.1-70b",
        8,
        plan(json!({ "prompt": 20000, "cached": 0.8 })),
    );
    let outcome = assess(&design, world()).costs.outcomes.remove(0);
    let served = outcome.served.expect("a price");
    let cached = served.million_cached.expect("cached tokens").mid.get();
    let read = served.million_read.mid.get();
    assert!(cached > 0.0 && cached < 0.5 * read, "{cached} {read}");
    let parts = read * 4000.0 + cached * 16000.0 + served.million_answered.mid.get() * 500.0;
    let request = served.request.mid.get();
    assert!(
        (parts / 1e6 / request - 1.0).abs() < 1e-9,
        "{parts} {request}"
    );
}

/// Bought by the token: by the hosts' prices, and from which use of the design on it is cheaper.
#[test]
fn a_service_is_held_against_bought_tokens() {
    let design = design(H100, "llama-3.1-70b", 8, plan(json!({})));
    let costs = assess(&design, world()).costs;
    let served = costs.outcomes[0].served.expect("a price");
    let bought = served.bought.expect("hosts' prices");
    // 1,000 tokens at 0.59 and 500 at 0.79 a million.
    assert!((bought.request.mid.get() - (1000.0 * 0.59 + 500.0 * 0.79) / 1e6).abs() < 1e-12);
    // At the use where both cost the same, the design is used as much as it says.
    let even = bought.break_even;
    let low = even
        .low
        .expect("the dearest host is dearer than a full design");
    assert!((0.0..=1.0).contains(&low));
    if let Some(mid) = even.mid {
        assert!(low <= mid && mid <= 1.0);
        let dearer = bought.request.mid > served.request.mid;
        assert_eq!(dearer, mid < costs.utilisation.get());
    }
    let unknown = self::design(H100, "llama-3.1-8b", 8, plan(json!({})));
    let costs = assess(&unknown, world()).costs;
    assert!(costs.outcomes[0].served.expect("a price").bought.is_none());
}

/// Each rule fails, has a fix that holds, and is silent where nothing is asked.
#[test]
fn limits_and_traffic_are_checked() {
    for (code, asked) in [
        ("INF001", json!({ "each": "2 ms" })),
        ("INF002", json!({ "requests": "500 requests/s" })),
    ] {
        let design = design(H100, "llama-3.1-70b", 8, plan(asked));
        let against = [world().references.get(H100).expect("a reference")];
        let of = |design: &Design| {
            let findings = assess(design, world()).findings;
            findings.into_iter().find(|finding| finding.id == code)
        };
        let finding = of(&design).expect("a finding");
        assert_eq!(finding.status, Status::Fail, "{code}: {}", finding.message);
        let fixes = fixes(&design, world(), &against, &finding);
        assert!(!fixes.is_empty(), "{code} has no fix");
        for fix in fixes {
            let mended = apply_all(&design, &fix.edits).expect("edits").0;
            let still = of(&mended).is_some_and(|finding| finding.status == Status::Fail);
            assert!(!still, "{code}: {}", fix.title);
        }
    }
    let quiet = assess(&design(H100, "llama-3.1-70b", 8, plan(json!({}))), world()).findings;
    assert!(quiet.iter().all(|finding| !finding.id.starts_with("INF")));
}

/// A model in FP8 on one H100, as the usual engine comes.
fn on_h100(model: &str) -> Job<'static> {
    let world = world();
    let shape = world.model(model).and_then(|model| model.shape.get());
    let part = world.catalogue.accelerators.get("h100-sxm");
    let known = world.inference.machines.get("h100-sxm").expect("a machine");
    let release = release(world, None).expect("a release");
    Job {
        shape: shape.expect("a shape"),
        format: Format::Fp8,
        cache: 1.0,
        layout: Layout::ONE,
        machine: Machine::of(part.expect("a part"), known).expect("a machine"),
        stack: Stack::of(release).expect("its figures"),
        speculation: None,
    }
}

/// The closed form against the scheduler, event by event. Measured engines lose more to the prompts
/// of others than a scheduler alone does, and the closed form with them.
#[test]
fn latency_agrees_with_the_scheduler() {
    let c = calibration(world()).expect("constants");
    let mut job = on_h100("llama-3.1-70b");
    for (tp, prompt, output) in [
        (2, 1000.0, 200.0),
        (4, 1155.0, 211.0),
        (8, 4000.0, 500.0),
        (4, 200.0, 1000.0),
    ] {
        job.layout.tp = tp;
        let load = Load {
            prompt,
            output,
            cached: 0.0,
        };
        let scatter = Scatter {
            arrivals: 1.0,
            prompts: 0.96,
            outputs: 0.77,
        };
        let loaded = Loaded::new(&c, &job, load, scatter);
        let busiest = 0.8 * loaded.at(loaded.room()).requests;
        for share in [0.01, 0.03, 0.1, 0.3] {
            let met = loaded.at(loaded.room() * share);
            // Nearer to saturation a run of any length has not settled.
            if met.requests > busiest {
                continue;
            }
            let mut simulation = Simulation::new(&c, &job, (load, scatter), met.requests, 4000, 7);
            while simulation.advance(10_000) {}
            let seen = simulation.seen();
            let case = format!("tp {tp}, {prompt} and {output} tokens, {share} full");
            assert_eq!((seen.ended, seen.progress), (4000, 1.0), "{case}");
            assert!(
                (0.8..1.05).contains(&(seen.requests / met.requests)),
                "{case}: {}",
                seen.requests / met.requests
            );
            for (name, closed, played, most) in [
                ("between, half", met.each.half, seen.each.half, 1.7),
                ("between, 95", met.each.most, seen.each.most, 1.7),
                ("first, half", met.first.half, seen.first.half, 2.0),
                ("first, 95", met.first.most, seen.first.most, 2.2),
                ("whole, half", met.whole.half, seen.whole.half, 1.7),
            ] {
                let ratio = closed / played;
                assert!(
                    (1.0 / most..most).contains(&ratio),
                    "{case}: {name} {closed} {played}"
                );
            }
        }
    }
}

/// The same seed gives the same run; a rate beyond what the replica can do ends none the less.
#[test]
fn simulations_repeat_and_end() {
    let c = calibration(world()).expect("constants");
    let job = on_h100("llama-3.1-8b");
    let load = Load {
        prompt: 500.0,
        output: 100.0,
        cached: 0.0,
    };
    let run = |rate: f64, seed: u64| {
        let mut simulation = Simulation::new(&c, &job, (load, Scatter::NONE), rate, 500, seed);
        while simulation.advance(1000) {}
        simulation.seen()
    };
    assert_eq!(run(5.0, 3), run(5.0, 3));
    assert_ne!(run(5.0, 3), run(5.0, 4));
    let flooded = run(1e9, 1);
    assert_eq!(flooded.ended, 500);
    assert!(flooded.first.most > 3.0 * run(5.0, 1).first.most);
    for rate in [0.0, f64::NAN, f64::INFINITY] {
        assert!(run(rate, 1).ended <= 500);
    }
}
