//! What would change a service, one thing at a time; and the same service on other accelerators.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{rented_tokens, tokens_with};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, apply_all};
use plumbline_engine::predict::inference::{
    Across, Lever, OnOther, SpeedOf, across, levers, near_best,
};
use plumbline_tests::served::serving;
use plumbline_tests::world;
use serde_json::{Value, json};

const B200: &str = "nvidia-dgx-superpod-b200";

fn design(model: &str, plan: Value) -> Design {
    serving(B200, 1, (model, 8), plan)
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

/// 70 billion parameters on each accelerator, with this in the plan.
fn found(serving: Value) -> Across {
    let mut plan = json!({ "prompt": 1155, "output": 211, "each": "50 ms" });
    for (field, value) in serving.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    let design = design("llama-3.1-70b", plan);
    let derived = derive(&design, world());
    across(&derived, &design.workloads[0], 8).expect("accelerators")
}

/// All are held to one speed; what is drawn as a front is one; where bands meet there is no winner.
#[test]
fn accelerators_are_compared_at_one_speed() {
    let all = found(json!({ "sizing": { "speed": "60 tokens/s" } }));
    assert_eq!((all.speed, all.speed_of), (60.0, SpeedOf::Stated));
    assert!(all.others.len() > 5);
    assert!(all.others.iter().all(|one| one.speed >= 60.0));
    assert!(
        all.others
            .is_sorted_by(|a, b| a.per_accelerator.mid >= b.per_accelerator.mid)
    );
    let best = all.others[0].per_accelerator;
    for one in &all.others {
        assert!(one.per_accelerator.low <= one.per_accelerator.mid);
        assert_eq!(one.near_best, one.per_accelerator.high >= best.low);
        let whole = one.per_rack.map(|rack| rack.mid / one.per_accelerator.mid);
        assert_eq!(whole.map(f64::round), one.rack.map(f64::from));
    }
    let of = |id: &str| {
        all.others
            .iter()
            .find(|one| one.accelerator == id)
            .expect("an accelerator")
    };
    assert_eq!(of("h100-sxm").rack, Some(32));
    // Systems of eight H100 take 10.2 kW and more.
    let h100 = of("h100-sxm");
    let watts = h100.per_accelerator.mid / h100.per_megawatt.expect("power").mid * 1e6;
    assert!(h100.system && (1200.0..1500.0).contains(&watts), "{watts}");
    assert!(all.fronts.len() >= all.others.len());
    for front in &all.fronts {
        let choices = &front.choices;
        assert!(!choices.is_empty(), "{}", front.accelerator);
        assert!(
            choices.is_sorted_by(|a, b| a.speed > b.speed && a.per_accelerator < b.per_accelerator)
        );
        // What is tabled lies on or below what is drawn.
        if let Some(row) = all
            .others
            .iter()
            .find(|one| one.accelerator == front.accelerator)
        {
            let most = choices
                .iter()
                .filter(|one| one.speed >= 60.0)
                .map(|one| one.per_accelerator)
                .fold(0.0, f64::max);
            assert!(
                row.per_accelerator.mid >= most * 0.999_999,
                "{}",
                front.accelerator
            );
        }
    }
    let limit = found(json!({}));
    assert_eq!((limit.speed, limit.speed_of), (20.0, SpeedOf::Limit));
    let own = found(json!({ "each": null }));
    assert_eq!(own.speed_of, SpeedOf::Own);
    // A faster user never gets more out of an accelerator.
    let faster = found(json!({ "sizing": { "speed": "90 tokens/s" } }));
    for one in &faster.others {
        assert!(one.per_accelerator.mid <= of(&one.accelerator).per_accelerator.mid * 1.000_001);
    }
}

#[test]
fn bands_that_meet_have_no_winner() {
    let range = |low: f64, mid: f64, high: f64| Some(Range { low, mid, high });
    let all = [
        range(8.0, 10.0, 12.0),
        range(6.0, 7.0, 8.0),
        range(1.0, 2.0, 3.0),
        None,
    ];
    assert_eq!(near_best(&all, true), [true, true, false, false]);
    assert_eq!(near_best(&all, false), [false, false, true, false]);
}
