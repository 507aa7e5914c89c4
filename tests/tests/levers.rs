//! What would change a service, one thing at a time; and the same service on other accelerators.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::cost::{rented_tokens, tokens_with};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::inference::{Lever, OnOther, across, levers};
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;
use serde_json::{Value, json};

const B200: &str = "nvidia-dgx-superpod-b200";

fn design(model: &str, serving: Value) -> Design {
    let reference = world().references.get(B200).expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let edits = [
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", model),
        Edit::set("workloads[0].accelerators", 8),
        Edit::set("workloads[0].serving", serving),
    ];
    apply_all(&design, &edits).expect("edits").0
}

fn of(design: &Design) -> Vec<Lever> {
    let derived = derive(design, world());
    let workload = &design.workloads[0];
    levers(&derived, workload, "workloads[0]", 8).expect("levers")
}

fn named<'l>(levers: &'l [Lever], part: &str) -> &'l Lever {
    let found = levers.iter().find(|lever| lever.name.contains(part));
    found.unwrap_or_else(|| unreachable!("no lever of {part}"))
}

fn plan() -> Value {
    json!({ "prompt": 1155, "output": 211, "format": "Half", "each": "50 ms" })
}

/// What a lever promises is what the design then does.
#[test]
fn a_lever_yields_what_its_edits_do() {
    let design = design("llama-3.1-70b", plan());
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
    let price = |design: &Design| assess(design, world()).costs.outcomes[0].million_tokens;
    let paid = price(&design).expect("a price").mid;
    let mut tried = 0;
    for lever in of(&design).iter().filter(|lever| !lever.edits.is_empty()) {
        let changed = apply_all(&design, &lever.edits).expect("edits").0;
        let ratio = yielded(&changed) / own;
        assert!(
            (ratio / lever.yields - 1.0).abs() < 1e-9,
            "{}: {ratio} {}",
            lever.name,
            lever.yields
        );
        // What it costs follows: the accelerators do as before, and yield another number.
        let found = price(&changed).expect("a price").mid.get();
        let said = tokens_with(lever, paid).get();
        assert!(
            (found / said - 1.0).abs() < 0.02,
            "{}: {found} {said}",
            lever.name
        );
        tried += 1;
    }
    assert!(tried >= 6, "{tried}");
}

#[test]
fn narrower_weights_yield_more_and_say_what_they_keep() {
    let levers = of(&design("llama-3.1-70b", plan()));
    let fp8 = named(&levers, "FP8");
    assert!((1.2..4.0).contains(&fp8.yields), "{}", fp8.yields);
    assert!(fp8.costs.contains("100.0 %") && fp8.origin.is_some());
    assert!(named(&levers, "NVFP4").costs.contains("99.3 %"));
    let small = of(&design("llama-3.1-8b", plan()));
    assert!(
        named(&small, "INT4").costs.contains("93.0 %"),
        "small models lose most"
    );
}

/// Drafting pays where memory decides and costs where arithmetic does.
#[test]
fn drafting_pays_at_a_light_load_and_not_at_a_full_one() {
    let tight = of(&design(
        "llama-3.1-70b",
        json!({ "prompt": 500, "output": 500, "format": "Half", "each": "15 ms" }),
    ));
    let full = of(&design(
        "llama-3.1-70b",
        json!({ "prompt": 500, "output": 500, "format": "Half" }),
    ));
    let (tight, full) = (
        named(&tight, "EAGLE-3").yields,
        named(&full, "EAGLE-3").yields,
    );
    assert!(tight > 1.2, "{tight}");
    // At full load the verified tokens cost what they bring.
    assert!(full < tight - 0.1 && full < 1.15, "{full} {tight}");
    assert!(
        of(&design("llama-3.1-70b", plan()))
            .iter()
            .all(|lever| !lever.name.contains("own next-token"))
    );
    named(
        &of(&design(
            "deepseek-v3",
            json!({ "prompt": 500, "output": 500, "each": "40 ms" }),
        )),
        "own next-token",
    );
}

/// Static batches wait for their longest answer: two to three times in conversations, more in code.
#[test]
fn continuous_batching_is_worth_what_lengths_say() {
    let worth = |traffic: &str| {
        let levers = of(&design("llama-3.1-70b", json!({ "traffic": traffic })));
        1.0 / named(&levers, "static batches").yields
    };
    let (chat, code) = (worth("azure-conversation"), worth("azure-coding"));
    assert!((1.5..12.0).contains(&chat), "{chat}");
    assert!(code > 1.2, "{code}");
}

#[test]
fn a_smaller_model_needs_a_score_as_good_by_the_same_hand() {
    let levers = of(&design(
        "qwen2.5-72b",
        json!({ "prompt": 1000, "output": 200, "each": "50 ms" }),
    ));
    let gemma = named(&levers, "Gemma 3 27B");
    assert!(
        gemma.yields > 1.3 && gemma.costs.contains("48.9 in place of 49.1"),
        "{} {}",
        gemma.yields,
        gemma.costs
    );
    assert!(
        levers
            .iter()
            .all(|lever| !lever.name.contains("8B in its place"))
    );
    for table in world().inference.scores.values() {
        for id in table.models.keys() {
            assert!(world().model(id).is_some(), "{id}");
        }
        assert!(world().sources.contains_key(&table.source));
    }
}

#[test]
fn other_accelerators_are_held_to_the_same_limits() {
    let design = design(
        "llama-3.1-70b",
        json!({ "prompt": 1155, "output": 211, "each": "50 ms" }),
    );
    let derived = derive(&design, world());
    let all: Vec<OnOther> = across(&derived, &design.workloads[0], 8)
        .expect("accelerators")
        .others;
    let of = |id: &str| {
        all.iter()
            .find(|other| other.accelerator == id)
            .expect("an accelerator")
    };
    assert!(of("b200-sxm").per_accelerator.mid > of("h100-sxm").per_accelerator.mid);
    assert!(of("h200-sxm").per_accelerator.mid > of("h100-sxm").per_accelerator.mid);
    let h100 = of("h100-sxm");
    let price = rented_tokens(&derived, "h100-sxm", h100.per_accelerator).expect("a rent");
    assert!(price.low < price.mid && price.mid < price.high);
    assert!(h100.per_kilowatt.expect("a rating") > 0.0);
    assert!(all.is_sorted_by(|a, b| a.per_accelerator.mid >= b.per_accelerator.mid));
}
