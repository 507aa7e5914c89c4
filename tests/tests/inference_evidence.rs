//! Inference is predicted as well as is said: constants within their bounds, errors of rows as they are
//! shipped, and no prediction that knows what was measured.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{
    InferenceRow, Measured, RowPrediction, predict_inference_rows, predictions_csv,
};
use plumbline_tests::evidence::{by_class, cases, error_class, of, start};
use plumbline_tests::promises::{constants_hold, inside, predictions_are_blind};
use plumbline_tests::world;

const ROWS: &str = include_str!("../../references/measured/inference.csv");

fn table() -> Csv {
    Csv::read(ROWS).expect("a table")
}

fn predictions(table: &Csv) -> Vec<RowPrediction> {
    predict_inference_rows(world(), table).expect("columns that are there")
}

#[test]
fn constants_are_few_and_within_what_physics_allows() {
    constants_hold::<InferenceRow>(world(), 80);
}

/// Errors under the shipped constants, which have seen the rows, belong to those shipped for unseen
/// ones: never much larger, and of as many rows.
#[test]
fn errors_shipped_are_those_of_the_constants_shipped() {
    let (cases, others) = cases::<InferenceRow>(world(), &table());
    let share = cases.len() as f64 / (cases.len() + others.len()) as f64;
    assert!(share >= 0.94, "{share} of the rows are predicted");
    let c = InferenceRow::shipped(world()).expect("all constants");
    let errors: Vec<f64> = cases.iter().map(|case| case.error(&c)).collect();
    for (name, found) in by_class(&cases, &errors) {
        let shipped = world().inference.errors.get(name);
        let shipped = shipped.unwrap_or_else(|| panic!("{name}"));
        assert_eq!(found.rows, shipped.rows, "{name}");
        assert!(
            found.median < 1.1 * shipped.median + 0.01,
            "{name}: {} seen, {} shipped for unseen rows",
            found.median,
            shipped.median
        );
    }
}

/// What was reached; a change that makes predictions worse must say so here.
#[test]
fn unseen_rows_are_predicted_as_well_as_was_reached() {
    let reached = [
        ("all rows", 0.112, 0.37),
        ("saturated", 0.105, 0.29),
        ("static batch", 0.09, 0.45),
        ("load sweep", 0.105, 0.36),
        ("time per token", 0.102, 0.33),
        ("first token", 0.19, 0.77),
        ("MLPerf Offline", 0.12, 0.22),
        ("MLPerf Server", 0.122, 0.28),
        ("MLPerf Interactive", 0.2, 0.38),
        ("a model on an accelerator left out", 0.125, 0.41),
    ];
    for (name, median, ninth) in reached {
        let class = world().inference.errors.get(name);
        let class = class.unwrap_or_else(|| panic!("{name}"));
        assert!(class.median <= median, "{name}: median {}", class.median);
        assert!(class.ninth <= ninth, "{name}: ninth {}", class.ninth);
    }
}

/// Nothing fitted: the constants as a text book has them.
#[test]
fn text_book_constants_alone_are_a_quarter_off() {
    let (cases, _) = cases::<InferenceRow>(world(), &table());
    let c = of::<InferenceRow>(&start::<InferenceRow>(world()));
    let rows: Vec<_> = cases.iter().map(|case| (case, case.error(&c))).collect();
    let found = error_class(&rows);
    assert!(found.median <= 0.25, "median {}", found.median);
}

#[test]
fn a_prediction_does_not_know_what_was_measured() {
    predictions_are_blind::<InferenceRow>(world(), &table());
}

#[test]
fn a_blank_is_never_filled_in_silence() {
    let said = [
        ("isl", "isl is blank"),
        ("osl", "osl is blank"),
        ("kv_precision", "kv_precision is blank"),
        ("weight_precision", "weight_precision is blank"),
        ("num_accel", "num_accel is blank"),
    ];
    let table = table();
    let column = |name: &str| table.column(name).unwrap_or_else(|| panic!("{name}"));
    for (row, prediction) in table.rows.iter().zip(predictions(&table)) {
        for (name, remark) in said {
            // Where only prompts are read there is no answer to be as long.
            let prompts = row.cells[column("scenario")].contains("prefill");
            let blank = row.cells[column(name)].is_empty() && !(prompts && name == "osl");
            let told = prediction
                .remarks
                .iter()
                .any(|text| text.starts_with(remark));
            if prediction.prediction.is_ok() {
                assert_eq!(blank, told, "{}: {name}", prediction.id);
            }
        }
    }
}

#[test]
fn a_row_out_of_scope_says_what_to_do() {
    let mut table = table();
    table.rows.truncate(4);
    let cell = |table: &mut Csv, row: usize, name: &str, text: &str| {
        let column = table.column(name).unwrap_or_else(|| panic!("{name}"));
        table.rows[row].cells[column] = text.into();
    };
    cell(&mut table, 0, "accelerator", "B200 181GB");
    cell(&mut table, 1, "model", "Llama 4 Scouts");
    cell(&mut table, 2, "metric", "tokens");
    cell(&mut table, 3, "num_accel", "0.5");
    let rows = predictions(&table);
    for (row, words) in rows.iter().zip([
        ["B200 181GB", "B200 180GB"],
        ["Llama 4 Scouts", "Llama 4 Scout"],
        ["\"tokens\"", "ttft_ms"],
        ["num_accel", "0.5"],
    ]) {
        let reason = row.prediction.as_ref().expect_err("out of scope");
        assert!(words.iter().all(|word| reason.contains(word)), "{reason}");
    }
    let text = predictions_csv(&rows);
    assert!(text.contains(",out_of_scope,"), "{text}");
}

/// Bands hold what they say on rows that neither the constants nor the band have seen.
#[test]
fn four_of_five_unseen_measurements_lie_in_their_band() {
    let errors = world().inference.errors.iter();
    let told: Vec<_> = errors
        .filter_map(|(name, class)| Some((name, class.inside?)))
        .collect();
    assert!(told.len() >= 6, "{told:?}");
    for (name, share) in told {
        assert!((0.75..=0.85).contains(&share), "{name}: {share}");
    }
}

/// The bands that are shipped are those of the predictions that are shipped.
#[test]
fn seen_measurements_lie_in_the_bands_shipped() {
    let rows = predictions(&table());
    for (name, class) in &world().inference.errors {
        if class.inside.is_some() {
            let share = inside(&rows, name);
            assert!((0.75..=0.90).contains(&share), "{name}: {share}");
        }
    }
}
