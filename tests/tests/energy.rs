//! The energy of served tokens is predicted as well as is said: rows that the fit has not seen, whole
//! servers, and how it follows the batch.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_core::catalogue::Range;
use plumbline_core::load::Csv;
use plumbline_core::predict::inference::*;
use plumbline_core::predict::measured::{EnergyRow, InferenceRow, Measured, Rows, rating};
use plumbline_engine::assess;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::reference::instantiate;
use plumbline_tests::energy::{EnergyCases, energy_classes, servers, unseen_energy};
use plumbline_tests::evidence::start;
use plumbline_tests::promises::{constants_hold, predictions_are_blind};
use plumbline_tests::world;
use serde_json::json;

const ROWS: &str = include_str!("../../references/measured/inference.csv");

fn table() -> Csv {
    Csv::read(ROWS).expect("a table")
}

fn passes() -> Calibration {
    InferenceRow::shipped(world()).expect("all constants")
}

#[test]
fn constants_are_four_and_within_what_physics_allows() {
    constants_hold::<EnergyRow>(world(), 4);
}

#[test]
fn a_prediction_does_not_know_what_was_measured() {
    predictions_are_blind::<EnergyRow>(world(), &table());
}

/// Errors under constants of power that have not seen a row's fold belong to those shipped, and four of
/// five measurements lie in the band that is shown.
#[test]
fn unseen_rows_are_predicted_as_well_as_is_said() {
    let known = EnergyCases::of(world(), &table(), &passes());
    let begin = start::<EnergyRow>(world());
    let folds = unseen_energy(&known, &begin, &|case| case.fold.to_string(), &|_| None);
    let shipped = &world().inference.energy.errors;
    for (name, found) in energy_classes(&known, &folds, &folds) {
        let class = shipped.get(&name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(found.rows, class.rows, "{name}");
        assert!(
            found.median < 1.1 * class.median + 0.01,
            "{name}: {} found, {} shipped",
            found.median,
            class.median
        );
        if name != ENERGY_UNLIKE {
            let errors = if name == POWER { &folds.0 } else { &folds.1 };
            let inside = errors.iter().filter(|error| {
                let measured = (-**error).exp();
                (class.band.0..=class.band.1).contains(&measured)
            });
            let share = inside.count() as f64 / errors.len() as f64;
            assert!((0.75..=0.90).contains(&share), "{name}: {share}");
        }
    }
}

/// What was reached; a change that makes predictions worse must say so here.
#[test]
fn errors_are_no_worse_than_was_reached() {
    for (name, median, ninth) in [
        (POWER, 0.11, 0.32),
        (ENERGY, 0.14, 0.39),
        (ENERGY_UNLIKE, 0.15, 0.39),
    ] {
        let class = world().inference.energy.errors.get(name);
        let class = class.unwrap_or_else(|| panic!("{name}"));
        assert!(class.median <= median, "{name}: median {}", class.median);
        assert!(class.ninth <= ninth, "{name}: ninth {}", class.ninth);
    }
}

/// Five runs of 8 x B200 whose whole server was measured, 9.0 to 10.4 kW; none is in the fit.
#[test]
fn whole_servers_draw_what_was_measured() {
    let host = world().inference.energy.host.known().expect("a figure");
    let mut off: Vec<f64> = servers(world(), &table())
        .into_iter()
        .map(|(id, power, accelerators, system)| {
            let each = |host: f64| accelerators * (power + host) / system;
            assert!(
                (0.85..=1.15).contains(&each(host.mid.get())),
                "{id}: {}",
                each(host.mid.get())
            );
            each(host.mid.get()) - 1.0
        })
        .collect();
    off.sort_by(f64::total_cmp);
    assert_eq!(off.len(), 5);
    assert!(off[2].abs() < 0.06, "{off:?}");
}

/// Energy of a token falls as the batch grows, for as long as reading memory takes longer than
/// arithmetic.
#[test]
fn energy_falls_with_the_batch_until_arithmetic_binds() {
    let (c, p, table) = (passes(), EnergyRow::shipped(world()).expect("all"), table());
    let mut seen = std::collections::BTreeSet::new();
    for row in Rows::new(&table).iter() {
        let Ok(read) = InferenceRow::read(&row, world(), &c) else {
            continue;
        };
        let Ok(rating) = rating(&row, world()) else {
            continue;
        };
        let key = [
            row.text("model"),
            row.text("accelerator"),
            row.text("num_accel"),
        ]
        .join("|");
        if row.text("source_key") != "MLE" || !seen.insert(key.clone()) {
            continue;
        }
        let job = read.job();
        let energy = |running: f64| {
            let at = occupied(&c, &job, &read.load, running);
            let rate = balance(&c, &job, &read.load, running).requests * read.load.output;
            let power = rating * power_share(&p, &at, job.machine.chip);
            (power * job.layout.instance() / rate, at)
        };
        let (mut running, mut last) = (1.0, f64::INFINITY);
        while running <= most(&c, &job, &read.load) {
            let (joules, at) = energy(running);
            assert!(at.arithmetic > 0.0 && at.reading > 0.0, "{key}: {at:?}");
            if at.arithmetic > at.reading {
                break;
            }
            assert!(joules < last, "{key}: {joules} after {last} with {running}");
            last = joules;
            running *= 1.5;
        }
    }
    assert!(seen.len() > 20, "{}", seen.len());
}

fn served(reference: &str, accelerators: u32, more: serde_json::Value) -> Design {
    let reference = world().references.get(reference).expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let mut plan = json!({ "prompt": 1000, "output": 500 });
    for (field, value) in more.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    let edits = [
        Edit::set("site.region", "europe-nordics"),
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", "llama-3.1-70b"),
        Edit::set("workloads[0].accelerators", accelerators),
        Edit::set("workloads[0].serving", plan),
    ];
    apply_all(&design, &edits).expect("edits").0
}

fn energy(design: &Design) -> Energy {
    let service = assess(design, world())
        .predictions
        .workloads
        .remove(0)
        .service;
    let service = service.expect("a service");
    assert_eq!(service.energy_missing, None);
    service.energy.expect("energy")
}

#[test]
fn energy_grows_from_the_accelerator_to_the_meter_and_its_carbon_is_the_grids() {
    let design = served("nvidia-dgx-superpod-h100", 64, json!({}));
    let found = energy(&design);
    let site = world().sites.get("europe-nordics").expect("a region");
    let grid = site.carbon.known().expect("known");
    let ends: [fn(&Range<f64>) -> f64; 3] = [|r| r.low, |r| r.mid, |r| r.high];
    for end in ends {
        assert!(end(&found.it) > end(&found.accelerators));
        assert!(end(&found.meter) > end(&found.it));
        assert!(
            end(&found.mean) > end(&found.meter),
            "less load, more energy a token"
        );
    }
    let pue = site.pue.range;
    assert!((found.meter.mid / found.it.mid - pue.mid.get()).abs() < 1e-9);
    let operational = found.operational.expect("known");
    let kilograms = found.mean.mid * 1e6 / 3600.0 * grid.mid.get();
    assert!((operational.mid.get() / kilograms - 1.0).abs() < 1e-9);
    let made = found.embodied.expect("known of H100");
    let service = assess(&design, world())
        .predictions
        .workloads
        .remove(0)
        .service;
    let rate = service.expect("a service").per_accelerator.mid.get();
    let hours = f64::from(design.economics.years) * 8760.0;
    let all = made.mid.get() * rate * found.share * 3600.0 / 1e6 * hours;
    assert!(
        (all - 325.0).abs() < 1e-6,
        "{all} kg of an accelerator's life"
    );
    assert!(found.power.high.get() <= 700.0 && found.power.low < found.power.mid);
    assert!(made.mid.get() > 0.0 && made.low <= made.mid && made.mid <= made.high);
    // Accelerators take between half and four fifths of what IT draws, as is published.
    let share = found.accelerators.mid / found.it.mid;
    assert!((0.5..=0.8).contains(&share), "{share}");
}

#[test]
fn a_tighter_limit_costs_energy_and_a_fuller_hour_saves_it() {
    let free = energy(&served("nvidia-dgx-superpod-h100", 64, json!({})));
    let tight = energy(&served(
        "nvidia-dgx-superpod-h100",
        64,
        json!({ "each": "20 ms" }),
    ));
    assert!(tight.meter.mid > free.meter.mid);
    let of = |requests: &str| {
        energy(&served(
            "nvidia-dgx-superpod-h100",
            64,
            json!({ "requests": requests }),
        ))
    };
    let (quiet, busy) = (of("2 requests/s"), of("40 requests/s"));
    assert!(quiet.share < busy.share && quiet.mean.mid > busy.mean.mid);
}
