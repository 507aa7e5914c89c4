//! A service sized for its traffic: over hours and years, with spares, backwards from what may be spent,
//! and beside others on one cluster.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::inference::*;
use plumbline_engine::predict::run::{enough_up, fewest, quantile};
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;
use proptest::prelude::*;
use serde_json::{Value, json};

const H100: &str = "nvidia-dgx-superpod-h100";

fn design(accelerators: u32, serving: Value) -> Design {
    let reference = world().references.get(H100).expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let edits = [
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", "llama-3.1-70b"),
        Edit::set("workloads[0].accelerators", accelerators),
        Edit::set("workloads[0].serving", serving),
    ];
    apply_all(&design, &edits).expect("edits").0
}

fn prediction(serving: Value) -> Prediction {
    let design = design(248, serving);
    assess(&design, world()).predictions.workloads.remove(0)
}

fn sized(serving: Value) -> Sizing {
    let prediction = prediction(serving);
    assert_eq!(prediction.sizing_missing, None);
    prediction.sizing.expect("a sizing")
}

/// A conversation with 40 requests a second in its busiest hour, and this besides.
fn chat(more: Value) -> Value {
    let mut plan =
        json!({ "traffic": "azure-conversation", "requests": "40 requests/s", "each": "50 ms" });
    for (field, value) in more.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    plan
}

fn near(found: f64, expected: f64, by: f64) {
    assert!(
        (found - expected).abs() <= by,
        "{found}, expected {expected}"
    );
}

/// The curve of a recorded traffic has the published mean, quietest hour and weekend.
#[test]
fn curves_reproduce_what_is_published() {
    for (key, mean, trough, weekend) in [
        ("azure-conversation", 0.61, Some(0.29), None),
        ("azure-coding", 0.33, Some(0.03), Some(0.25)),
        ("deepseek-day", 0.816, None, None),
    ] {
        let plan =
            json!({ "traffic": key, "prompt": 1000, "output": 500, "requests": "40 requests/s" });
        let sizing = sized(plan);
        near(sizing.mean_by_peak, mean, 1e-6);
        if let Some(trough) = trough {
            near(sizing.trough_by_peak, trough, 1e-6);
        }
        let peak = |weekend: bool| {
            let hours = sizing.hours.iter().filter(|hour| hour.weekend == weekend);
            hours.map(|hour| hour.requests).fold(0.0, f64::max)
        };
        near(peak(false), 40.0, 1e-9);
        near(peak(true), 40.0 * weekend.unwrap_or(1.0), 1e-9);
        if key == "azure-coding" {
            // Published by itself: the mean of a weekday is 0.39 to 0.46 of its peak.
            let hours = sizing.hours.iter().filter(|hour| !hour.weekend);
            let mean = hours.map(|hour| hour.requests).sum::<f64>() / 24.0 / 40.0;
            assert!((0.39..=0.46).contains(&mean), "{mean}");
        }
    }
}

/// Use that is planned for in practice: 0.23, 0.43 and 0.68 as published.
#[test]
fn usual_use_is_mean_by_peak_times_the_load_at_the_peak() {
    for (key, usual) in [
        ("azure-coding", 0.23),
        ("azure-conversation", 0.43),
        ("deepseek-day", 0.68),
    ] {
        let traffic = world().inference.traffics.get(key).expect("a traffic");
        near(traffic.usual_use().expect("known"), usual, 0.015);
    }
    let mooncake = world().inference.traffics.get("kimi-conversation");
    assert_eq!(mooncake.expect("a traffic").usual_use(), None);
}

/// DeepSeek's day: 278 nodes in the busiest hour and 226.75 in the mean, the rest handed over.
#[test]
fn a_published_day_is_reproduced_node_by_node() {
    let curve = Curve {
        mean: 226.75 / 278.0,
        trough: 2.0 * 226.75 / 278.0 - 1.0,
        weekend: 1.0,
        weekend_days: 2,
        busiest: 15.0,
    };
    let profile = Profile::smooth(&curve);
    let nodes = |share: &f64| (278.0 * share).ceil();
    let serving: Vec<f64> = profile.week().iter().map(nodes).collect();
    let mean = serving.iter().sum::<f64>() / 168.0;
    // Whole nodes are half a node more in the mean.
    near(mean, 226.75, 0.75);
    let free: Vec<f64> = serving.iter().map(|nodes| 278.0 - nodes).collect();
    let lent = lent(&free, 0.0) / 168.0;
    near(lent, 278.0 - mean, 1e-9);
    near(lent * 24.0 * 8.0, 51.25 * 24.0 * 8.0, 150.0);
    // The same day through the door, on replicas of this design: a share of 18 % is free.
    let sizing = sized(json!({
        "traffic": "deepseek-day", "prompt": 1000, "output": 500, "requests": "400 requests/s", "tp": 8, "pp": 1,
    }));
    near(sizing.free.share.mid, 1.0 - 0.816, 0.02);
}

#[test]
fn hours_sum_to_the_mean_and_the_busiest_takes_all() {
    let sizing = sized(chat(json!({})));
    let weight = |hour: &Hour| if hour.weekend { 2.0 } else { 5.0 };
    let sum: f64 = sizing
        .hours
        .iter()
        .map(|hour| weight(hour) * hour.requests)
        .sum();
    near(sum / 168.0, 40.0 * sizing.mean_by_peak, 1e-9);
    let most = sizing
        .hours
        .iter()
        .map(|hour| hour.replicas.mid)
        .fold(0.0, f64::max);
    assert_eq!(most, sizing.replicas.mid);
    let quiet = sizing
        .hours
        .iter()
        .map(|hour| hour.requests)
        .fold(f64::INFINITY, f64::min);
    near(quiet, 40.0 * 0.29, 1e-5);
}

/// A person's own hours: 24 or 168 numbers in any unit; what cannot be read is said with its place.
#[test]
fn own_hours_are_taken_as_they_are() {
    let day: Vec<String> = (0..24).map(|hour| (100 + 10 * hour).to_string()).collect();
    let sizing = sized(chat(json!({ "sizing": { "hours": day.join("\n") } })));
    near(sizing.mean_by_peak, 215.0 / 330.0, 1e-12);
    let week: Vec<String> = (0..168)
        .map(|hour| (if hour >= 120 { 1 } else { 4 }).to_string())
        .collect();
    let sizing = sized(chat(json!({ "sizing": { "hours": week.join(", ") } })));
    near(sizing.mean_by_peak, (120.0 + 48.0 * 0.25) / 168.0, 1e-12);
    let wrong = |hours: &str| {
        let prediction = prediction(chat(json!({ "sizing": { "hours": hours } })));
        assert!(prediction.service.is_some(), "the service stands by itself");
        prediction.sizing_missing.expect("a reason")
    };
    assert_eq!(
        wrong("1 2 3"),
        "serving.sizing.hours: found 3 numbers, expected 24 (a day) or 168 (a week from Monday on); nearest is 24"
    );
    assert_eq!(
        wrong("1, 2\n3, x4"),
        "serving.sizing.hours: line 2, column 4: found \"x4\", expected the load of an hour"
    );
    assert!(wrong(&"0 ".repeat(24)).contains("only zeros"));
    let missing = prediction(json!({ "prompt": 100, "output": 100, "requests": "1 requests/s" }));
    assert_eq!(
        missing.sizing_missing.as_deref(),
        Some("serving.sizing.hours")
    );
    let missing = prediction(json!({ "traffic": "azure-coding" }));
    assert_eq!(missing.sizing_missing.as_deref(), Some("serving.requests"));
}

/// Lengths as counted: their mean and variation go before a traffic's, a stated mean before theirs.
#[test]
fn own_lengths_decide_the_load() {
    let lengths = Lengths::read("100 3\n500 1\n", "Request tokens").expect("lengths");
    near(lengths.mean, 200.0, 1e-12);
    near(lengths.variation, 30_000_f64.sqrt() / 200.0, 1e-12);
    let table = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,ChatGPT,472,18,490,Conversation log\n45,ChatGPT,1087,230,1317,Conversation log\n";
    near(
        Lengths::read(table, "Request tokens")
            .expect("lengths")
            .mean,
        779.5,
        1e-12,
    );
    near(
        Lengths::read(table, "Response tokens")
            .expect("lengths")
            .mean,
        124.0,
        1e-12,
    );
    for (text, why) in [
        (
            "10 1\nab 2",
            "line 2, column 1: found \"ab\", expected a number of tokens",
        ),
        (
            "tokens;count\n10;2\n20;-1",
            "line 3, column 4: found \"-1\", expected a number of requests",
        ),
        (
            "10 1 7",
            "line 1, column 6: found \"7\", expected the end of the line: tokens, requests",
        ),
        (
            "0 1",
            "line 1, column 1: found \"0\", expected a number of tokens above zero",
        ),
        (
            "",
            "found no requests, expected lines of tokens and requests",
        ),
        (
            "a,b,c\n1,2,3",
            "line 1, column 1: found \"a\", expected a column \"Request tokens\" among the names, or two columns: tokens, requests",
        ),
    ] {
        assert_eq!(Lengths::read(text, "Request tokens").expect_err(text), why);
    }
    let load = |more: Value| prediction(chat(more)).service.expect("a service");
    let own = load(json!({ "sizing": { "prompts": "100 3\n500 1" } }));
    assert_eq!((own.load.prompt, own.load.output), (200.0, 211.0));
    let stated = load(json!({ "prompt": 300, "sizing": { "prompts": "100 3\n500 1" } }));
    assert_eq!(stated.load.prompt, 300.0);
    // Lengths that scatter wait longer for one another.
    let even = load(json!({ "sizing": { "prompts": "200", "answers": "211" }, "tp": 4, "pp": 1 }));
    let wild = load(
        json!({ "sizing": { "prompts": "20 15\n2720 1", "answers": "211" }, "tp": 4, "pp": 1 }),
    );
    assert!((even.load.prompt - 200.0).abs() < 1e-9 && (wild.load.prompt - 188.75).abs() < 1e-9);
    let last = |service: &Service| service.curve.last().expect("a curve").first.nearly;
    assert!(
        last(&wild) > 1.2 * last(&even),
        "{} {}",
        last(&wild),
        last(&even)
    );
    let missing = prediction(json!({ "sizing": { "prompts": "1 a", "answers": "5" } }));
    assert_eq!(
        missing.service_missing.as_deref(),
        Some(
            "serving.sizing.prompts: line 1, column 3: found \"a\", expected a number of requests"
        )
    );
}

/// Binomial sums against values computed by hand.
#[test]
fn units_that_are_up_are_counted() {
    near(enough_up(2.0, 3.0, 0.9), 0.972, 1e-12);
    near(enough_up(3.0, 3.0, 0.9), 0.729, 1e-12);
    assert_eq!(enough_up(4.0, 3.0, 0.9), 0.0);
    assert_eq!(fewest(2.0, 0.9, 0.95), Some(3.0));
    assert_eq!(fewest(2.0, 0.9, 0.98), Some(4.0));
    assert_eq!(fewest(2.0, 0.3, 0.9), None);
    assert_eq!(fewest(5.0, 0.9, 1.0), None);
    near(quantile(0.99), 2.326_347_874, 1e-6);
}

/// A replica on two nodes fails with either; several on a node fail together.
#[test]
fn replicas_fail_by_nodes() {
    let with = |tp: u32, pp: u32| sized(chat(json!({ "tp": tp, "pp": pp })));
    let (two, one, several) = (with(8, 2), with(8, 1), with(4, 1));
    assert_eq!((several.unit.replicas, several.unit.nodes), (2.0, 1.0));
    assert_eq!((one.unit.replicas, one.unit.nodes), (1.0, 1.0));
    assert_eq!((two.unit.replicas, two.unit.nodes), (1.0, 2.0));
    near(
        two.unit.availability.mid,
        one.unit.availability.mid.powi(2),
        1e-12,
    );
    let up = one.unit.availability;
    assert!(
        0.9 < up.low && up.low < up.mid && up.mid < up.high && up.high < 1.0,
        "{up:?}"
    );
    // By hand: 0.00047359 a day each, eight of them, 37 % drained for three days, the rest ten minutes.
    let out = 0.000_473_59 * 8.0 * (0.37 * 3.0 + 0.63 * 600.0 / 86_400.0);
    near(up.mid, 1.0 / (1.0 + out), 1e-9);
}

/// One node more lets one fail; a target asks for as many as it takes.
#[test]
fn spares_are_by_units_and_targets() {
    let sizing = sized(chat(json!({ "tp": 4, "pp": 1 })));
    let [none, one, rest @ ..] = &sizing.spares[..] else {
        unreachable!("none, one more, targets")
    };
    let (up, units) = (
        sizing.unit.availability.mid,
        (sizing.replicas.mid / 2.0).ceil(),
    );
    assert_eq!((none.more, none.spare.mid, one.more), (0, 0.0, 1));
    near(none.up.mid, up.powf(units), 1e-9);
    near(
        one.up.mid,
        up.powf(units + 1.0) + (units + 1.0) * up.powf(units) * (1.0 - up),
        1e-9,
    );
    assert!(rest.iter().all(|spare| spare.target.is_some()) && rest.len() == 3);
}

/// No number of replicas is always up; the service itself stands, and serves nothing that is sure.
#[test]
fn what_no_number_reaches_is_said() {
    let prediction = prediction(chat(json!({ "sizing": { "availability": 1.0 } })));
    assert!(prediction.service.is_some());
    assert_eq!(
        prediction.sizing_missing.as_deref(),
        Some("serving.sizing.availability: no number of replicas reaches it")
    );
}

fn is_ordered(range: &plumbline_engine::catalogue::Range<f64>) -> bool {
    range.low <= range.mid && range.mid <= range.high
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// More traffic, growth and availability never need less; bands are ordered; years grow.
    #[test]
    fn more_is_never_less(rate in 1.0..400.0_f64, more in 1.0..3.0_f64, growth in 0.0..1.0_f64, nines in 1.0..5.0_f64) {
        let target = 1.0 - 10_f64.powf(-nines);
        let of = |rate: f64, target: f64| sized(chat(json!({
            "tp": 4, "pp": 1,
            "requests": format!("{rate} requests/s"),
            "sizing": { "growth": growth, "availability": target },
        })));
        let (base, busy, sure) = (of(rate, target), of(rate * more, target), of(rate, 1.0 - (1.0 - target) / 5.0));
        for (less, more) in [(&base, &busy), (&base, &sure)] {
            prop_assert!(less.replicas.low <= more.replicas.low);
            prop_assert!(less.replicas.mid <= more.replicas.mid);
            prop_assert!(less.replicas.high <= more.replicas.high);
        }
        for sizing in [&base, &busy, &sure] {
            let ranges = [&sizing.each, &sizing.replicas, &sizing.peak_load, &sizing.utilisation, &sizing.free.share, &sizing.free.accelerator_hours];
            prop_assert!(ranges.into_iter().all(is_ordered), "{sizing:?}");
            prop_assert!(sizing.hours.iter().all(|hour| is_ordered(&hour.replicas)));
            prop_assert!(sizing.years.is_sorted_by(|a, b| a.accelerators.mid <= b.accelerators.mid));
            prop_assert!(sizing.spares.iter().all(|spare| is_ordered(&spare.spare) && is_ordered(&spare.up)));
            for spare in &sizing.spares {
                if let Some(target) = spare.target {
                    prop_assert!(spare.up.mid >= target, "{spare:?}");
                }
            }
        }
    }

    /// One unit more is more sure, and the fewest are the fewest.
    #[test]
    fn the_fewest_are_the_fewest(needed in 1_u32..3000, up in 0.9..0.9999_f64, nines in 1.0..5.0_f64) {
        let (needed, target) = (f64::from(needed), 1.0 - 10_f64.powf(-nines));
        let all = fewest(needed, up, target).expect("a number");
        prop_assert!(enough_up(needed, all, up) >= target);
        if needed * (1.0 - up) < 150.0 && all > needed {
            prop_assert!(enough_up(needed, all - 1.0, up) < target);
        }
        prop_assert!(fewest(needed + 1.0, up, target).expect("a number") >= all);
        prop_assert!(fewest(needed, up, target + (1.0 - target) / 2.0).expect("a number") >= all);
    }

    /// A curve has the mean and the trough that it was asked for, wherever these can be.
    #[test]
    fn a_curve_meets_its_figures(trough in 0.0..0.6_f64, share in 0.1..0.9_f64, weekend in 0.7..1.0_f64) {
        let height = (5.0 * (1.0 - trough) + 2.0 * (weekend - trough)) / 7.0;
        let curve = Curve { mean: trough + share * height, trough, weekend, weekend_days: 2, busiest: 15.0 };
        let profile = Profile::smooth(&curve);
        prop_assert!((profile.mean() - curve.mean).abs() < 1e-9, "{} {}", profile.mean(), curve.mean);
        prop_assert!((profile.trough() - trough).abs() < 1e-9);
        prop_assert_eq!(profile.week().len(), 168);
        prop_assert!((profile.hour(15, false) - 1.0).abs() < 1e-9);
    }

    /// Free hours are never more than what is free, and a slow reload leaves fewer.
    #[test]
    fn what_is_lent_is_free(free in prop::collection::vec(0_u32..50, 1..200), reload in 0.0..3.0_f64) {
        let free: Vec<f64> = free.into_iter().map(f64::from).collect();
        let (all, left) = (lent(&free, 0.0), lent(&free, reload));
        prop_assert!((all - free.iter().sum::<f64>()).abs() < 1e-9);
        prop_assert!((0.0..=all).contains(&left));
    }
}
