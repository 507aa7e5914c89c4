//! What a service costs over its life: whole replicas, growth, software, tokens bought; words by
//! language; and how many measured rows stand behind it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_core::catalogue::Range;
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::InferenceRow;
use plumbline_engine::assess;
use plumbline_engine::cost::{LifeYear, Lifetime, OutcomeCost, Room, Way};
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::predict::inference::{Service, software_gain};
use plumbline_engine::reference::instantiate;
use plumbline_tests::backing::{counts, energy_counts};
use plumbline_tests::evidence::cases;
use plumbline_tests::world;
use serde_json::{Value, json};

const ROWS: &str = include_str!("../../references/measured/inference.csv");
const H100: &str = "nvidia-dgx-superpod-h100";

fn served(reference: &str, model: &str, more: Value) -> (Service, Lifetime, OutcomeCost) {
    let reference = world().references.get(reference).expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let mut plan = json!({ "prompt": 1000, "output": 500, "requests": "30 requests/s" });
    for (field, value) in more.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    let edits = [
        Edit::set("site.region", "us"),
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", model),
        Edit::set("workloads[0].accelerators", 64),
        Edit::set("workloads[0].serving", plan),
    ];
    let design = apply_all(&design, &edits).expect("edits").0;
    let mut found = assess(&design, world());
    let service = found.predictions.workloads.remove(0).service;
    (
        service.expect("a service"),
        found.costs.lifetimes.remove(0),
        found.costs.outcomes.remove(0),
    )
}

fn llama(more: Value) -> (Service, Lifetime, OutcomeCost) {
    served(H100, "llama-3.1-70b", more)
}

/// Means of years 1 to 4 after the launch of a pair.
#[test]
fn software_gains_follow_the_age_of_the_pair() {
    let data = &world().inference.lifetime;
    for (mixture, path) in [
        (true, [1.6, 2.1, 2.2, 2.25]),
        (false, [1.02, 1.05, 1.06, 1.06]),
    ] {
        for (year, expected) in (1..).zip(path) {
            let gain = software_gain(data, mixture, 0.0, year);
            assert!((gain.mid - expected).abs() < 1e-9, "{year}: {gain:?}");
            assert!(gain.low <= gain.mid && gain.mid <= gain.high);
        }
        let mut last = f64::INFINITY;
        for age in [0.0, 0.25, 0.5, 1.0, 2.0, 3.5, 9.0] {
            let gain = software_gain(data, mixture, age, 3);
            assert!(gain.mid <= last && gain.mid >= 1.0, "{age}: {gain:?}");
            last = gain.mid;
        }
        assert!((last - 1.0).abs() < 1e-12, "an old pair gains nothing");
    }
}

/// The band of the prediction becomes whole replicas, and these become money.
#[test]
fn the_band_is_carried_into_whole_replicas_and_money() {
    let (service, life, _) = llama(json!({ "spare": 2, "sizing": { "growth": 0.5 } }));
    let fit = f64::from(service.replicas);
    for year in &life.years {
        let busiest = 30.0 * 1.5_f64.powi(year.year as i32 - 1);
        let needed = |rate: f64, gain: f64| (busiest / (rate / fit * gain) - 1e-9).ceil() + 2.0;
        let Range { low, mid, high } = year.replicas;
        assert_eq!(low, needed(service.requests.high, year.gain.high));
        assert_eq!(mid, needed(service.requests.mid, year.gain.mid));
        assert_eq!(high, needed(service.requests.low, year.gain.low));
        let room = match year.replicas {
            all if all.high <= fit => Room::Enough,
            all if all.mid <= fit => Room::Perhaps,
            all if all.low <= fit => Room::Hardly,
            _ => Room::Short,
        };
        assert_eq!(year.room, room);
        let own = year.own.expect("known");
        assert!(own.year.low < own.year.mid && own.year.mid < own.year.high);
        let rented = year.rented.expect("known");
        let ratio = rented.year.high / rented.year.low;
        assert!(ratio >= high / low * 0.999, "{ratio}");
    }
}

/// Nothing is lost between a year, a request, a million tokens, and a user's month.
#[test]
fn units_of_cost_agree_with_the_year() {
    let more =
        json!({ "sizing": { "growth": 0.2, "per_user": 12.0 }, "lifetime": { "decline": 0.3 } });
    let (service, life, outcome) = llama(more);
    for year in &life.years {
        for paid in [year.own, year.rented, year.bought].map(|paid| paid.expect("known")) {
            let all = paid.request.mid.get() * year.requests.mid;
            assert!((all / paid.year.mid.get() - 1.0).abs() < 1e-9);
            let request = paid.million.mid.get() * service.load.output / 1e6;
            assert!((request / paid.request.mid.get() - 1.0).abs() < 1e-9);
            let months = paid.user_month.mid.get() * 12.0 * year.users.mid;
            assert!((months / paid.year.mid.get() - 1.0).abs() < 1e-9);
        }
    }
    let first = life.years[0].bought.expect("known");
    let hosts = outcome
        .served
        .and_then(|served| served.bought)
        .expect("known");
    assert!((first.request.mid.get() / hosts.request.mid.get() - 1.0).abs() < 1e-9);
    let whole = life.own.expect("known").mid.get();
    let years: f64 = life
        .years
        .iter()
        .map(|year| year.own.expect("known").year.mid.get())
        .sum();
    assert!((whole / years - 1.0).abs() < 1e-9);
}

#[test]
fn what_grows_costs_more_and_what_is_not_stated_is_not_made_up() {
    let own = |year: &LifeYear| year.own.expect("known").year.mid.get();
    let (_, still, _) = llama(json!({}));
    let (_, grows, _) = llama(json!({ "sizing": { "growth": 1.0 } }));
    assert_eq!(own(&still.years[0]), own(&grows.years[0]));
    let last = still.years.len() - 1;
    assert!(own(&grows.years[last]) > 4.0 * own(&still.years[last]));
    assert!(still.years[0].bought.is_some() && still.years[1].bought.is_none());
    assert!(still.bought.is_none());
    assert!(
        still
            .remarks
            .iter()
            .any(|said| said.contains("price of tokens falls"))
    );
    let (_, falls, _) = llama(json!({ "lifetime": { "decline": 0.4 } }));
    let bought = |at: usize| falls.years[at].bought.expect("stated").request.mid.get();
    assert!((bought(1) / bought(0) - 0.6).abs() < 1e-9);
    assert!(falls.bought.is_some());
    // Without a busiest hour the design is taken as it is.
    let (service, usual, _) = llama(json!({ "requests": null }));
    let fit = f64::from(service.replicas);
    assert!(
        usual
            .years
            .iter()
            .all(|year| year.replicas == Range::exactly(fit))
    );
}

#[test]
fn a_way_is_called_cheapest_only_where_bands_do_not_overlap() {
    let mut firm = 0;
    for requests in [
        "1 requests/s",
        "10 requests/s",
        "40 requests/s",
        "200 requests/s",
    ] {
        let (_, life, _) = llama(json!({ "requests": requests }));
        for year in &life.years {
            let ways = [
                (Way::Own, year.own),
                (Way::Rented, year.rented),
                (Way::Bought, year.bought),
            ];
            let known: Vec<_> = ways
                .iter()
                .filter_map(|(way, paid)| Some((*way, (*paid)?.year)))
                .collect();
            if let Some(winner) = year.firm() {
                firm += 1;
                let own = known
                    .iter()
                    .find(|(way, _)| *way == winner)
                    .expect("known")
                    .1;
                assert!(
                    known
                        .iter()
                        .all(|(way, other)| *way == winner || own.high < other.low)
                );
            }
            let even = year.even_rented.expect("known");
            let value = |end: Option<f64>| end.unwrap_or(f64::INFINITY);
            assert!(value(even.low) <= value(even.mid) && value(even.mid) <= value(even.high));
        }
    }
    assert!(
        firm > 0,
        "tokens bought for one request a second are cheaper than eight accelerators"
    );
}

#[test]
fn words_cost_by_language_and_tokenizer() {
    let ratios = |model: &str, language: &str| {
        let (_, _, outcome) = served(H100, model, json!({ "language": language }));
        let of = |key: &str| outcome.spoken.iter().find(|spoken| spoken.language == key);
        let own = of(language).expect("measured").clone();
        let english = of("english").expect("measured").clone();
        assert!(own.served && (language == "english") == english.served);
        let price = own.read.mid / english.read.mid;
        assert!((price / (own.word.mid / english.word.mid) - 1.0).abs() < 1e-9);
        own.english
    };
    assert_eq!(ratios("gpt-oss-120b", "arabic"), 1.15);
    assert_eq!(ratios("llama-3.1-70b", "arabic"), 1.41);
    assert_eq!(ratios("qwen3-32b", "hindi"), 4.97);
    assert_eq!(ratios("deepseek-v3", "chinese"), 0.83);
    assert_eq!(ratios("llama-3.1-8b", "english"), 1.0);
    let (_, _, gemma) = served(H100, "gemma-3-27b", json!({}));
    assert!(gemma.spoken.is_empty());
    assert_eq!(
        gemma.spoken_missing.as_deref(),
        Some("the tokenizer of this model was not measured")
    );
    let (_, _, wrong) = llama(json!({ "language": "arabich" }));
    let said = wrong.spoken_missing.expect("said");
    assert!(
        said.contains("arabich") && said.contains("\"arabic\""),
        "{said}"
    );
}

#[test]
fn rows_behind_a_prediction_are_counted_and_few_widen_the_band() {
    let (usual, ..) = llama(json!({ "engine": "vllm-recent" }));
    assert!(
        !usual.backing.thin && usual.backing.both > 100,
        "{:?}",
        usual.backing
    );
    let backing = &usual.backing;
    assert!(backing.kind <= backing.format && backing.format <= backing.both);
    assert!(backing.both <= backing.chip.min(backing.engine) && backing.chip < backing.all);
    let (tgi, ..) = llama(json!({ "engine": "tgi" }));
    assert_eq!((tgi.backing.engine, tgi.backing.both), (0, 0));
    assert!(tgi.backing.thin);
    let wide = |service: &Service| service.requests.high / service.requests.low;
    assert!(wide(&tgi) > 1.1 * wide(&usual));
    assert!(tgi.first(world(), 1.0).high >= usual.first(world(), 1.0).high);
}

/// The counts that are shipped are those of the rows.
#[test]
fn counts_are_those_of_the_table() {
    let table = Csv::read(ROWS).expect("a table");
    let (cases, _) = cases::<InferenceRow>(world(), &table);
    let shipped = &world().inference.backing;
    assert_eq!(shipped.counts, counts(world(), &table, &cases));
    assert_eq!(shipped.rows as usize, cases.len());
    let energy: Vec<(String, u32)> = shipped
        .energy
        .iter()
        .map(|(chip, rows)| (format!("{chip:?}"), *rows))
        .collect();
    assert_eq!(energy, energy_counts(&table, &cases));
}
