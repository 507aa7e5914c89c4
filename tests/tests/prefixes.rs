//! What is found again of prompts follows from what caches hold; and tokens that are drafted.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::design::Design;
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::inference::*;
use plumbline_tests::served::serving;
use plumbline_tests::world;
use serde_json::{Value, json};

const H100: &str = "nvidia-dgx-superpod-h100";

fn design(model: &str, accelerators: u32, plan: Value) -> Design {
    serving(H100, 1, (model, accelerators), plan)
}

fn prediction(model: &str, accelerators: u32, serving: Value) -> Prediction {
    let design = design(model, accelerators, serving);
    assess(&design, world()).predictions.workloads.remove(0)
}

fn service(serving: Value) -> Service {
    let prediction = prediction("llama-3.1-70b", 64, serving);
    assert_eq!(prediction.service_missing, None);
    prediction.service.expect("a service")
}

fn cached(prefixes: Value) -> Service {
    service(json!({
        "prompt": 12000, "output": 350, "tp": 4, "pp": 1, "requests": "4 requests/s", "prefixes": prefixes,
    }))
}

fn caching(service: &Service) -> &Caching {
    service.caching.as_ref().expect("prefixes are cached")
}

/// The two traces at 1, 3, 10 and 30 % of their footprints, as they were replayed.
#[test]
fn the_law_meets_the_replayed_traces() {
    let replayed = [
        ("kimi-conversation", [0.05, 0.13, 0.28, 0.37]),
        ("mooncake-synthetic", [0.04, 0.10, 0.27, 0.50]),
    ];
    for (key, shares) in replayed {
        let reuse = world()
            .inference
            .techniques
            .reuse
            .get(key)
            .expect("a trace");
        let most = reuse.most.known().expect("a share").get();
        let scale = reuse.scale.known().expect("a scale");
        for (cache, share) in [0.01, 0.03, 0.10, 0.30].into_iter().zip(shares) {
            let found = found_again(most, scale, cache);
            assert!(
                (found - share).abs() <= 0.02,
                "{key} at {cache}: {found} for {share}"
            );
        }
        assert_eq!(found_again(most, scale, 0.0), 0.0);
    }
}

/// 50,000 tokens per second, of which 40 % are found, 160 kB each for ten minutes: 2.9 TB.
#[test]
fn the_footprint_of_the_worked_example() {
    let bytes = footprint(50_000.0, 0.4, 600.0, 160e3);
    assert!((bytes / 1e12 - 2.9).abs() < 0.05, "{bytes}");
}

/// Each deeper tier finds no less, a longer session no more, and what chance routes finds least.
#[test]
fn more_capacity_finds_more_and_longer_sessions_less() {
    let of = |depth: &str, window: &str, routing: &str| {
        let service = cached(json!({
            "reuse": "mooncake-synthetic", "depth": depth, "window": window, "routing": routing,
        }));
        let caching = caching(&service);
        let tiers: f64 = caching.tiers.iter().map(|tier| tier.found).sum();
        assert!(
            (tiers - caching.found).abs() < 1e-9,
            "tiers make up the whole"
        );
        assert!(caching.found <= caching.most);
        caching.found
    };
    for window in ["60 s", "600 s", "3600 s", "36000 s"] {
        let mut last = 0.0;
        for depth in ["Accelerator", "Host", "Local", "Shared"] {
            let found = of(depth, window, "Aware");
            assert!(
                found >= last - 1e-9,
                "{depth} {window}: {found} after {last}"
            );
            assert!(
                of(depth, window, "Random") <= found + 1e-9,
                "{depth} {window}"
            );
            last = found;
        }
    }
    for depth in ["Accelerator", "Host", "Local", "Shared"] {
        let windows = ["60 s", "600 s", "3600 s", "36000 s", "360000 s"];
        let found: Vec<f64> = windows
            .iter()
            .map(|window| of(depth, window, "Aware"))
            .collect();
        assert!(found.is_sorted_by(|a, b| a >= b), "{depth}: {found:?}");
        assert!(found[0] > found[4] + 0.05, "{depth}: {found:?}");
    }
}

/// An instance finds 83 to 85 % of its own sessions; twenty that requests reach by chance, under 5 %.
#[test]
fn chance_finds_what_one_case_reported() {
    let known = &world().inference.techniques;
    let instance = known.figure("instance-hits").expect("a figure");
    assert!((0.83..=0.85).contains(&instance));
    let of = |routing: &str| {
        let service = service(json!({
            "prompt": 12000, "output": 350, "tp": 2, "pp": 1, "format": "Fp8", "requests": "4 requests/s",
            "prefixes": { "reuse": "coding-agents-2026", "depth": "Local", "routing": routing },
        }));
        (caching(&service).found, f64::from(service.replicas))
    };
    let ((aware, replicas), (random, _)) = (of("Aware"), of("Random"));
    assert_eq!(replicas, 32.0);
    assert!(aware > 0.75, "{aware}");
    assert!(
        random < 0.05 && (random * replicas / aware - 1.0).abs() < 0.05,
        "{random}"
    );
}

#[test]
fn what_is_found_is_not_computed_and_the_first_token_comes_sooner() {
    let none = cached(json!({}));
    let found = cached(json!({ "reuse": "mooncake-synthetic" }));
    assert!(none.caching.is_none() && none.load.cached == 0.0);
    let caching = caching(&found);
    assert!(
        (found.load.cached - caching.found).abs() < 5e-3,
        "in balance"
    );
    assert!(found.requests.mid > 1.1 * none.requests.mid);
    let first = |service: &Service| service.curve[0].first.half;
    assert!(first(&found) < first(&none));
    // At most as much sooner as is not computed.
    assert!(first(&found) > (1.0 - caching.found) * first(&none));
    assert!(caching.loading > 0.0 && caching.tiers.iter().take(3).all(|tier| tier.pays));
    // The storage of this design delivers a sixth of a gigabyte per second to each accelerator.
    assert!(!caching.tiers[3].pays && caching.tiers[3].found == 0.0);
    assert!(
        caching
            .tiers
            .iter()
            .skip(1)
            .all(|tier| tier.origin.is_some())
    );
}

/// A tier so slow that computing is faster is not used.
#[test]
fn loading_pays_only_where_it_is_faster() {
    let mut world = world().clone();
    let tiers = &mut world.inference.techniques.tiers;
    for tier in tiers.values_mut() {
        tier.bandwidth = plumbline_engine::sourced::Sourced::user(
            plumbline_engine::quantity::BytesPerSec::new(1e6),
            "a slow one",
        );
    }
    let prefixes = json!({ "reuse": "mooncake-synthetic" });
    let serving = json!({ "prompt": 12000, "output": 350, "tp": 4, "pp": 1, "prefixes": prefixes });
    let design = design("llama-3.1-70b", 64, serving);
    let service = assess(&design, &world)
        .predictions
        .workloads
        .remove(0)
        .service;
    let service = service.expect("a service");
    let tiers = &caching(&service).tiers;
    assert!(
        tiers
            .iter()
            .skip(1)
            .all(|tier| !tier.pays && tier.found == 0.0),
        "{tiers:?}"
    );
    assert_eq!(caching(&service).loading, 0.0);
}

/// The person's own share goes first.
#[test]
fn a_stated_share_goes_first_and_names_are_checked() {
    let stated = service(json!({
        "prompt": 4000, "output": 300, "cached": 0.5, "prefixes": { "reuse": "alibaba-chat" },
    }));
    assert_eq!(stated.load.cached, 0.5);
    assert!(stated.caching.is_none());
    assert!(
        stated
            .remarks
            .iter()
            .any(|said| said.contains("stated share"))
    );
    let missing = |serving: Value| {
        let mut plan = json!({ "prompt": 1000, "output": 300 });
        for (field, value) in serving.as_object().into_iter().flatten() {
            plan[field] = value.clone();
        }
        prediction("llama-3.1-70b", 8, plan)
            .service_missing
            .expect("a reason")
    };
    let reason = missing(json!({ "prefixes": { "reuse": "nowhere" } }));
    assert_eq!(reason, "inference.techniques.reuse.nowhere");
    let reason = missing(json!({ "drafting": { "drafter": "nobody" } }));
    assert_eq!(reason, "inference.drafting.nobody");
    let reason = missing(json!({ "drafting": { "drafter": "mtp" } }));
    assert_eq!(reason, "serving.drafting.drafter");
}

fn drafted(each: &str, drafting: Value) -> Service {
    let mut plan = json!({ "prompt": 500, "output": 500, "format": "Half", "drafting": drafting });
    if !each.is_empty() {
        plan["each"] = each.into();
    }
    let prediction = prediction("llama-3.1-70b", 8, plan);
    prediction.service.expect("a service")
}

/// The published sign: faster at a light load, slower at a high one.
#[test]
fn drafting_speeds_a_light_load_and_slows_a_full_one() {
    let gain = |each: &str, more: Value| {
        let with = drafted(each, more).per_accelerator.mid;
        with / drafted(each, json!({})).per_accelerator.mid
    };
    let eagle = |drafted: u32| json!({ "drafter": "eagle-3", "drafted": drafted });
    assert!(gain("15 ms", eagle(3)) > 1.2);
    // The longer the draft, the more is verified for nothing.
    assert!(gain("", eagle(8)) < 0.9, "{}", gain("", eagle(8)));
    let poor = json!({ "drafter": "eagle-3", "drafted": 4, "accepted": 1.5 });
    assert!(gain("", poor.clone()) < 1.0 / 1.4, "{}", gain("", poor));
}

/// The simulated scheduler agrees that a step yields several tokens.
#[test]
fn drafting_is_played_too() {
    let plan = json!({
        "prompt": 500, "output": 500, "tp": 8, "pp": 1, "format": "Half", "drafting": { "drafter": "eagle-3" },
    });
    let design = design("llama-3.1-70b", 8, plan);
    let derived = plumbline_engine::derive::derive(&design, world());
    let prediction = assess(&design, world()).predictions.workloads.remove(0);
    let service = prediction.service.expect("a service");
    assert!(service.speculation.is_some());
    let player = Player::of(&derived, &design.workloads[0], &service).expect("a player");
    // A light load: hardly anything waits.
    let met = service.curve[0];
    let mut simulation = player.play(met.requests, 400, 7);
    while simulation.advance(10_000) {}
    let seen = simulation.seen();
    assert!(
        (seen.each.half / met.each.half - 1.0).abs() < 0.25,
        "{seen:?} {met:?}"
    );
}

/// Lengths are read off the published table, between its columns, and said of another model.
#[test]
fn acceptance_is_that_of_the_table() {
    let of = |model: &str, drafting: Value| {
        let plan = json!({ "prompt": 500, "output": 500, "drafting": drafting });
        let service = prediction(model, 64, plan).service.expect("a service");
        let accepted = service.speculation.expect("drafted").accepted;
        (accepted, service.remarks.join("\n"))
    };
    let (glm, said) = of("glm-5", json!({ "drafter": "mtp", "drafted": 3 }));
    assert_eq!(glm, 2.99);
    assert!(!said.contains("no acceptance"));
    let (between, _) = of("glm-5", json!({ "drafter": "mtp", "drafted": 7 }));
    assert!((between - (3.78 + 4.06) / 2.0).abs() < 1e-9);
    let (long, said) = of("glm-5", json!({ "drafter": "mtp", "drafted": 20 }));
    assert_eq!(long, 4.06);
    assert!(said.contains("more than 8 drafted tokens"), "{said}");
    let (other, said) = of(
        "llama-3.1-70b",
        json!({ "drafter": "eagle-3", "drafted": 3 }),
    );
    assert_eq!(other, 2.75);
    assert!(said.contains("Kimi K2.5, EAGLE-3, not thinking"), "{said}");
    let (own, _) = of(
        "llama-3.1-70b",
        json!({ "drafter": "eagle-3", "drafted": 3, "accepted": 3.2 }),
    );
    assert_eq!(own, 3.2);
    let (most, said) = of(
        "llama-3.1-70b",
        json!({ "drafter": "eagle-3", "drafted": 3, "accepted": 9.0 }),
    );
    assert_eq!(most, 4.0);
    assert!(said.contains("cannot yield 9"), "{said}");
}
