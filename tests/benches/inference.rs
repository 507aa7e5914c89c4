//! How fast inference is predicted. Targets: 200,000 operating points a second on one core.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::load::Csv;
use plumbline_engine::predict::inference::*;
use plumbline_engine::predict::measured::{InferenceRow, Measured, Rows};
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
