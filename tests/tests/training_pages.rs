//! What the pages of training and of the evidence show: the same run on other sizes, and the
//! errors of measured rows.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::derive::derive;
use plumbline_engine::load::Csv;
use plumbline_engine::predict::measured::{Errors, predict_training_rows, predictions_csv};
use plumbline_engine::predict::predict;
use plumbline_engine::predict::training::scaling;
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;

const ROWS: &str = include_str!("../../references/measured/training.csv");

#[test]
fn a_run_on_other_sizes_holds_its_own_and_never_takes_more_than_the_best() {
    let world = world();
    for id in ["nvidia-dgx-superpod-h100", "nvidia-dgx-superpod-gb200"] {
        let reference = world.references.get(id).expect("a reference");
        let design = instantiate(reference, 4, None, None).expect("a printed size");
        let derived = derive(&design, world);
        let predictions = predict(&derived);
        let own = predictions
            .workloads
            .first()
            .and_then(|w| w.forecast.as_ref());
        let own = own.expect("a forecast");
        let sizes = scaling(&derived, &design.workloads[0], own);
        assert!(sizes.is_sorted_by_key(|size| size.accelerators));
        assert_eq!(sizes.first().map(|size| size.accelerators), Some(8));
        let here = |n: u64| n == u64::from(own.accelerators);
        let same = sizes.iter().find(|size| here(size.accelerators));
        let same = same
            .and_then(|size| size.run.as_ref().ok())
            .expect("its own size");
        assert_eq!(
            same.step, own.seconds,
            "{id}: another answer at the same size"
        );
        let runs: Vec<_> = sizes
            .iter()
            .filter_map(|size| size.run.as_ref().ok())
            .collect();
        let fit = || runs.iter().filter(|run| !run.too_large);
        assert!(fit().count() > 5, "{id}");
        assert!(fit().all(|run| run.efficiency > 0.0 && run.efficiency <= 1.0 + 1e-12));
        assert!(
            fit().any(|run| run.efficiency > 1.0 - 1e-12),
            "{id}: no best"
        );
    }
}

#[test]
fn errors_of_rows_are_counted_and_every_row_is_in_the_table() {
    let table = Csv::read(ROWS).expect("a table");
    let rows = predict_training_rows(world(), &table).expect("the constants");
    let errors = Errors::of(rows.iter()).expect("rows with both");
    let both = rows.iter().filter(|row| row.error().is_some()).count();
    assert_eq!(errors.rows, both);
    assert!(errors.median <= errors.ninth && errors.inside <= 1.0);
    // A rate that is predicted too high is a time that is predicted too short.
    for row in &rows {
        if let Some((error, slow)) = row.error().zip(row.slowness()) {
            let rate = ["tokens_per_s_per_gpu", "tflops_per_gpu", "mfu"].contains(&&*row.metric);
            assert!(
                error == 0.0 || (error < 0.0) == ((slow < 0.0) != rate),
                "{}",
                row.id
            );
        }
    }
    assert_eq!(predictions_csv(&rows).lines().count(), rows.len() + 1);
    assert!(Errors::of(std::iter::empty()).is_none());
}

#[test]
fn every_source_of_a_measured_row_is_named() {
    let table = Csv::read(ROWS).expect("a table");
    let at = table.column("source_key").expect("the column");
    for row in &table.rows {
        let key = &row.cells[at];
        assert!(world().training.measured.contains_key(key), "{key}");
    }
}
