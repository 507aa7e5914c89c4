//! Training is predicted as well as is said: constants within their bounds, errors of unseen rows
//! as they are shipped, and no prediction that knows what was measured.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{
    RowPrediction, TrainingRow, predict_training_rows, predictions_csv, quantile,
};
use plumbline_tests::evidence::{by_class, cases, fitted, of, start, unseen};
use plumbline_tests::promises::{constants_hold, inside, predictions_are_blind};
use plumbline_tests::ranking::{coverage, korthikanti, ranking};
use plumbline_tests::world;

const ROWS: &str = include_str!("../../references/measured/training.csv");

fn table() -> Csv {
    Csv::read(ROWS).expect("a table")
}

#[test]
fn constants_are_few_and_within_what_physics_allows() {
    constants_hold::<TrainingRow>(world(), 60);
}

/// The constants are fitted again, ten times without a tenth of the rows each.
#[test]
fn errors_of_unseen_rows_are_those_shipped() {
    let world = world();
    let (cases, others) = cases::<TrainingRow>(world, &table());
    let errors = unseen(&cases, &start::<TrainingRow>(world), &|case| {
        case.fold.to_string()
    });
    let shipped = start::<TrainingRow>(world);
    let constants = fitted(&cases, shipped, &|_| true);
    let found = ranking(&table(), &cases, &errors, &of::<TrainingRow>(&constants));
    let shipped = world.training.ranking;
    assert_eq!(found.pairs, shipped.pairs);
    assert!((found.right - shipped.right).abs() < 0.04, "{found:?}");
    for (class, (rows, share)) in coverage(&cases, &errors) {
        assert!((0.75..=0.87).contains(&share), "{class}: {share} of {rows}");
    }
    let (points, mean, most) = korthikanti(&cases, &errors);
    assert!(points >= 4 && mean < 0.056 && most < 0.095, "{mean} {most}");
    let share = cases.len() as f64 / (cases.len() + others.len()) as f64;
    assert!(share >= 0.95, "{share} of the rows are predicted");
    for (name, found) in by_class(&cases, &errors) {
        let shipped = world
            .training
            .errors
            .get(name)
            .unwrap_or_else(|| panic!("{name}"));
        assert_eq!(found.rows, shipped.rows, "{name}");
        let shipped_rows = shipped.rows;
        // The search for layouts goes by the shipped constants, which are rounded.
        for (what, found, shipped) in [
            ("median", found.median, shipped.median),
            ("ninth", found.ninth, shipped.ninth),
            ("bias", found.bias, shipped.bias),
        ] {
            let near = if shipped_rows < 10 { 0.06 } else { 0.02 };
            assert!(
                (found - shipped).abs() < near,
                "{name}, {what}: {found}, shipped {shipped}"
            );
        }
    }
}

/// What was reached; a change that makes predictions worse must say so here.
#[test]
fn unseen_rows_are_predicted_as_well_as_was_reached() {
    let world = world();
    let reached = [
        ("all steps", 0.046, 0.16),
        ("dense", 0.036, 0.112),
        ("lora", 0.04, 0.12),
        ("experts", 0.088, 0.2),
        ("time to target", 0.062, 0.205),
    ];
    for (name, median, ninth) in reached {
        let class = world
            .training
            .errors
            .get(name)
            .unwrap_or_else(|| panic!("{name}"));
        assert!(class.median <= median, "{name}: median {}", class.median);
        assert!(class.ninth <= ninth, "{name}: ninth {}", class.ninth);
    }
    let ranking = world.training.ranking;
    assert!(ranking.right >= 0.86, "{ranking:?}");
    let bias = |name: &str| {
        world
            .training
            .errors
            .get(name)
            .map_or(1.0, |class| class.bias.abs())
    };
    assert!(bias("dense") <= 0.02 && bias("experts") <= 0.03);
}

fn predictions(table: &Csv) -> Vec<RowPrediction> {
    predict_training_rows(world(), table).expect("columns that are there")
}

#[test]
fn a_prediction_does_not_know_what_was_measured() {
    predictions_are_blind::<TrainingRow>(world(), &table());
}

#[test]
fn a_row_out_of_scope_says_what_to_do() {
    let mut table = table();
    let column = table.column("accelerator").expect("a column");
    table.rows.truncate(1);
    table.rows[0].cells[column] = "NVIDIA GB3000".into();
    let rows = predictions(&table);
    let reason = rows[0]
        .prediction
        .as_ref()
        .expect_err("no such accelerator");
    assert!(
        reason.contains("GB3000") && reason.contains("NVIDIA GB300"),
        "{reason}"
    );
    let text = predictions_csv(&rows);
    assert!(text.starts_with("id,metric,predicted,low,high,status,reason\n"));
    assert!(text.contains(",out_of_scope,"), "{text}");
}

#[test]
fn four_of_five_measurements_lie_in_their_band() {
    let rows = predictions(&table());
    for (name, least) in [("dense", 0.75), ("time to target", 0.75)] {
        let share = inside(&rows, name);
        assert!(share >= least, "{name}: {share}");
    }
}

/// The points by which public tools are measured (Korthikanti et al., table 5).
#[test]
fn the_points_of_korthikanti_are_close() {
    let rows = predictions(&table());
    let mut errors: Vec<f64> = rows
        .iter()
        .filter(|row| row.source == "S3" && row.metric == "iter_time_s")
        .filter_map(RowPrediction::error)
        .map(f64::abs)
        .collect();
    errors.sort_by(f64::total_cmp);
    assert!(errors.len() >= 4);
    let mean = errors.iter().sum::<f64>() / errors.len() as f64;
    assert!(mean < 0.056 && quantile(&errors, 1.0) < 0.095, "{errors:?}");
}

#[test]
fn a_broken_table_says_where() {
    let error = Csv::read("id,model\na,b,c\n").expect_err("three cells under two names");
    assert_eq!((error.line, error.message.contains("3 cells")), (2, true));
    let error = Csv::read("id,model\n\"a,b\n").expect_err("a quote that stays open");
    assert_eq!(error.line, 2);
    let table = Csv::read("id,modell\na,b\n").expect("a table");
    let error = predict_training_rows(world(), &table).expect_err("no model");
    assert!(
        error.contains("\"model\"") && error.contains("modell"),
        "{error}"
    );
}
