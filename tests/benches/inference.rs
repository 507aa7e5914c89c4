//! How fast inference is predicted. Targets: 200,000 operating points a second on one core.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::derive::derive;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::load::Csv;
use plumbline_engine::predict::inference::*;
use plumbline_engine::predict::measured::{InferenceRow, Measured, Rows};
use plumbline_engine::reference::instantiate;
use plumbline_engine::world;

const ROWS: &str = include_str!("../../references/measured/inference.csv");

fn main() {
    divan::main();
}

/// One operating point: an instance in balance.
#[divan::bench]
fn balance_of_a_mixture(bencher: divan::Bencher<'_, '_>) {
    let world = world();
    let c = InferenceRow::shipped(&world).expect("all constants");
    let table = Csv::read(ROWS).expect("a table");
    let rows: Vec<InferenceRow> = Rows::new(&table)
        .iter()
        .filter_map(|row| InferenceRow::read(&row, &world, &c).ok())
        .filter(|row| row.shape.experts.is_some())
        .collect();
    let row = rows.first().expect("a mixture");
    bencher.bench(|| balance(&c, &row.job(), divan::black_box(&row.load), 256.0));
}

/// Every measured row, read as a job.
#[divan::bench]
fn all_measured_rows(bencher: divan::Bencher<'_, '_>) {
    let world = world();
    let c = InferenceRow::shipped(&world).expect("all constants");
    let table = Csv::read(ROWS).expect("a table");
    let rows: Vec<InferenceRow> = Rows::new(&table)
        .iter()
        .filter_map(|row| InferenceRow::read(&row, &world, &c).ok())
        .collect();
    bencher.bench(|| rows.iter().map(|row| row.predict(&c)).sum::<f64>());
}

/// The front of one model on every accelerator, in every layout at every load, with the yields at equal
/// speed. Target: 200 ms in the browser.
#[divan::bench(args = ["llama-3.1-70b", "deepseek-v3"])]
fn fronts_of_all_accelerators(bencher: divan::Bencher<'_, '_>, model: &str) {
    let world = world();
    let reference = world.references.get("nvidia-dgx-superpod-h100");
    let design = instantiate(reference.expect("a reference"), 1, None, None).expect("a design");
    let edits = [
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", model),
        Edit::set("workloads[0].serving.prompt", 1000),
        Edit::set("workloads[0].serving.output", 500),
    ];
    let design = apply_all(&design, &edits).expect("edits").0;
    let derived = derive(&design, &world);
    bencher.bench(|| across(&derived, divan::black_box(&design.workloads[0]), 64));
}
