//! How well training is predicted: measured rows as cases, constants fitted to some of them, and
//! the errors of those that the fit has not seen.

use crate::fit::{Constant, fit};
use plumbline_core::catalogue::ErrorClass;
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{
    Kind, Row, Rows, TrainingRow, quantile, row_class, training_row,
};
use plumbline_core::predict::training::{Calibration, calibration};
use plumbline_core::reference::World;
use std::collections::BTreeMap;

/// Folds of the cross-validation.
pub const FOLDS: u64 = 10;

/// A measured row that can be predicted.
pub struct Case {
    /// The row's id.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its accelerator.
    pub accelerator: String,
    /// The class that its error is counted with.
    pub class: &'static str,
    /// The row as jobs.
    pub row: TrainingRow,
    /// What was measured.
    pub measured: f64,
    /// The fold in which it is predicted unseen: rows of one configuration share it.
    pub fold: u64,
    /// What its logarithm is expected to scatter by.
    scatter: f64,
}

impl Case {
    /// Relative error of the row's own figure, from the logarithm of the times.
    pub fn size(&self, error: f64) -> f64 {
        let sign = if self.row.kind.is_time() { 1.0 } else { -1.0 };
        (sign * error).exp_m1().abs()
    }

    /// Logarithm of the predicted time by the measured one.
    pub fn error(&self, c: &Calibration) -> f64 {
        let error = (self.row.predict(c) / self.measured).ln();
        let error = if self.row.kind.is_time() {
            error
        } else {
            -error
        };
        if error.is_finite() { error } else { 3.0 }
    }
}

/// The cases of a table, and why the other rows are none, by id.
///
/// # Panics
/// If a constant is missing.
pub fn cases(world: &World, table: &Csv) -> (Vec<Case>, BTreeMap<String, String>) {
    #[expect(
        clippy::expect_used,
        reason = "a world without its constants cannot be tested"
    )]
    let shipped = calibration(world).expect("all constants");
    let (mut cases, mut others) = (Vec::new(), BTreeMap::new());
    for row in Rows::new(table).iter() {
        let id = row.text("id").to_owned();
        match (training_row(&row, world, &shipped), row.number("value")) {
            (Ok(read), Ok(Some(measured))) => cases.push(case(world, &row, read, measured)),
            (Err(reason), _) | (_, Err(reason)) => {
                others.insert(id, reason);
            }
            _ => {}
        }
    }
    (cases, others)
}

fn case(world: &World, row: &Row<'_>, read: TrainingRow, measured: f64) -> Case {
    let class = row_class(&read);
    let id = row.text("id").to_owned();
    // The rows' own scatter: experts and whole runs hold more that no column says.
    let scatter = match class {
        "dense" | "lora" => 0.035,
        _ => 0.08,
    };
    let searched = read
        .remarks
        .iter()
        .any(|remark| remark.starts_with("the layout is blank"));
    let scatter = match (world.training.doubtful.contains_key(&id), searched) {
        (true, _) => 6.0 * scatter,
        (false, true) => 4.0 * scatter,
        (false, false) => scatter,
    };
    Case {
        source: row.text("source_key").to_owned(),
        accelerator: row.text("accelerator").to_owned(),
        class,
        row: read,
        measured,
        fold: fold(row),
        scatter,
        id,
    }
}

/// The configuration of a row, without what differs between releases of the software.
fn fold(row: &Row<'_>) -> u64 {
    let columns = [
        "model",
        "accelerator",
        "num_accel",
        "tp",
        "pp",
        "cp",
        "ep",
        "micro_batch",
        "global_batch",
        "seq_len",
        "precision",
    ];
    let text = columns.map(|column| row.text(column)).join("|");
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash % FOLDS
}

/// The constants of the world before a fit, in the order of [`Calibration::NAMES`].
pub fn start(world: &World) -> Vec<Constant> {
    let constants = &world.training.constants;
    Calibration::NAMES
        .iter()
        .filter_map(|name| Some(Constant::of(name, constants.get(name)?)))
        .collect()
}

/// A calibration of the logarithms of constants.
pub fn with(logs: &[f64]) -> Calibration {
    let mut logs = logs.iter();
    let next = |_: &'static str| Ok::<f64, ()>(logs.next().map_or(1.0, |log| log.exp()));
    let Ok(calibration) = Calibration::from_names(next) else {
        unreachable!("no value fails")
    };
    calibration
}

/// Fits the constants to the cases that `seen` picks. Whole runs hold more than steps, and are
/// left out.
pub fn fitted(world: &World, cases: &[Case], seen: &dyn Fn(&Case) -> bool) -> Vec<Constant> {
    let rows: Vec<&Case> = cases
        .iter()
        .filter(|case| case.row.kind != Kind::Hours && seen(case))
        .collect();
    let mut constants = start(world);
    fit(&mut constants, 40, &|logs| {
        let c = with(logs);
        rows.iter()
            .map(|case| (case.error(&c), case.scatter))
            .collect()
    });
    constants
}

/// The error of every case under constants fitted without the cases of its group.
pub fn unseen(world: &World, cases: &[Case], group: &dyn Fn(&Case) -> String) -> Vec<f64> {
    let mut names: Vec<String> = cases.iter().map(group).collect();
    names.sort();
    names.dedup();
    let mut errors = vec![0.0; cases.len()];
    for name in names {
        let constants = fitted(world, cases, &|case| group(case) != name);
        let c = with(
            &constants
                .iter()
                .map(|constant| constant.log)
                .collect::<Vec<_>>(),
        );
        for (case, error) in cases.iter().zip(&mut errors) {
            if group(case) == name {
                *error = case.error(&c);
            }
        }
    }
    errors
}

/// Errors by class.
pub fn by_class<'c>(cases: &'c [Case], errors: &[f64]) -> BTreeMap<&'c str, ErrorClass> {
    let mut classes: BTreeMap<&str, Vec<(&Case, f64)>> = BTreeMap::new();
    for (case, error) in cases.iter().zip(errors) {
        classes.entry(case.class).or_default().push((case, *error));
    }
    let errors = |rows: &Vec<(&Case, f64)>| error_class(rows);
    classes
        .iter()
        .map(|(name, rows)| (*name, errors(rows)))
        .collect()
}

/// What a set of errors comes to. The band is what a predicted time is multiplied with. It is
/// wider where there are few rows, as an interval that predicts the next one must be.
pub fn error_class(rows: &[(&Case, f64)]) -> ErrorClass {
    let mut errors: Vec<f64> = rows.iter().map(|(_, error)| *error).collect();
    errors.sort_by(f64::total_cmp);
    let mut sizes: Vec<f64> = rows.iter().map(|(case, error)| case.size(*error)).collect();
    sizes.sort_by(f64::total_cmp);
    let n = rows.len() as f64;
    let outside = ((0.1 * (n + 1.0) - 1.0) / (n - 1.0).max(1.0)).max(0.0);
    let (low, high) = (quantile(&errors, outside), quantile(&errors, 1.0 - outside));
    let round = |value: f64| (value * 1e4).round() / 1e4;
    ErrorClass {
        rows: rows.len() as u32,
        median: round(quantile(&sizes, 0.5)),
        ninth: round(quantile(&sizes, 0.9)),
        bias: round(errors.iter().sum::<f64>() / n.max(1.0)),
        band: (round((-high).exp()), round((-low).exp())),
    }
}
