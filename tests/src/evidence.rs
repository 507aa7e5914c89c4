//! How well measured rows are predicted: rows as cases, constants fitted to some of them, and the
//! errors of those that the fit has not seen.

use crate::fit::{Constant, fit};
use crate::ranking::ranking;
use plumbline_core::catalogue::{ErrorClass, Ranking};
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{
    InferenceRow, Kind, Measured, Row, Rows, TrainingRow, quantile,
};
use plumbline_core::predict::training::Calibration;
use plumbline_core::reference::World;
use std::collections::{BTreeMap, BTreeSet};

/// A kind of row whose constants are fitted.
pub trait Evidence: Measured {
    /// Folds of the cross-validation.
    const FOLDS: u64;
    /// Rounds of a fit from what is expected.
    const ROUNDS: usize;
    /// Degrees of freedom of the scatter of rows.
    const FREEDOM: f64;
    /// Columns that make up a configuration: rows that agree in them share a fold. What differs
    /// between releases of the software is none of them.
    const CONFIGURATION: &'static [&'static str];
    /// Name of the class of all rows that are counted together.
    const ALL: &'static str;

    /// Name of the class of rows unlike any that the fit has seen.
    const UNLIKE: &'static str;

    /// The group of a case that is left out to tell how well what is unlike any row is predicted.
    fn unlike(case: &Case<Self>) -> String;
    /// What the logarithm of the row is expected to scatter by.
    fn scatter(&self) -> f64;
    /// Whether the constants are fitted to it.
    fn is_fitted(&self) -> bool;
    /// Whether it is counted with all.
    fn is_counted(&self) -> bool;
    /// How well the faster of two layouts is named on unseen errors, where rows tell.
    fn ranking(
        _table: &Csv,
        _cases: &[Case<Self>],
        _errors: &[f64],
        _c: &Self::Constants,
    ) -> Option<Ranking> {
        None
    }
}

impl Evidence for TrainingRow {
    const FOLDS: u64 = 10;
    const ROUNDS: usize = 40;
    const FREEDOM: f64 = 5.0;
    const CONFIGURATION: &'static [&'static str] = &[
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
    const ALL: &'static str = "all steps";
    const UNLIKE: &'static str = "an accelerator left out";

    fn unlike(case: &Case<Self>) -> String {
        case.accelerator.clone()
    }

    /// Experts and whole runs hold more that no column says.
    fn scatter(&self) -> f64 {
        let own = match self.class() {
            "dense" | "lora" => 0.035,
            _ => 0.08,
        };
        let searched = |remark: &String| remark.starts_with("the layout is blank");
        if self.remarks().iter().any(searched) {
            4.0 * own
        } else {
            own
        }
    }

    /// Whole runs hold more than steps.
    fn is_fitted(&self) -> bool {
        self.kind != Kind::Hours
    }

    fn is_counted(&self) -> bool {
        self.kind.is_step()
    }

    fn ranking(
        table: &Csv,
        cases: &[Case<Self>],
        errors: &[f64],
        c: &Calibration,
    ) -> Option<Ranking> {
        Some(ranking(table, cases, errors, c))
    }
}

impl Evidence for InferenceRow {
    const FOLDS: u64 = 10;
    const ROUNDS: usize = 25;
    const FREEDOM: f64 = 6.0;
    const CONFIGURATION: &'static [&'static str] = &[
        "model",
        "accelerator",
        "num_accel",
        "tp",
        "pp",
        "ep",
        "dp",
        "weight_precision",
        "isl",
        "scenario",
    ];
    const ALL: &'static str = "all rows";
    const UNLIKE: &'static str = "a model on an accelerator left out";

    fn unlike(case: &Case<Self>) -> String {
        format!("{} on {}", case.model, case.accelerator)
    }

    fn scatter(&self) -> f64 {
        match self.class() {
            "first token" => 0.15,
            "production" => 0.3,
            "MLPerf Interactive" => 0.2,
            _ => 0.1,
        }
    }

    fn is_fitted(&self) -> bool {
        true
    }

    fn is_counted(&self) -> bool {
        true
    }
}

/// A measured row that can be predicted.
#[derive(Clone)]
pub struct Case<M> {
    /// The row's id.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its accelerator.
    pub accelerator: String,
    /// Its model.
    pub model: String,
    /// The class that its error is counted with.
    pub class: &'static str,
    /// The row as jobs.
    pub row: M,
    /// What was measured.
    pub measured: f64,
    /// Rows of one configuration share it.
    pub configuration: u64,
    /// The fold in which it is predicted unseen: all rows of a configuration are in one.
    pub fold: u64,
    /// Why it is doubted; empty where it is not.
    pub doubt: String,
    /// What its logarithm is expected to scatter by.
    scatter: f64,
}

impl<M: Measured> Case<M> {
    /// Relative error of the row's own figure, from the logarithm of the times.
    pub fn size(&self, error: f64) -> f64 {
        let sign = if self.row.is_time() { 1.0 } else { -1.0 };
        (sign * error).exp_m1().abs()
    }

    /// Logarithm of the predicted time by the measured one.
    pub fn error(&self, c: &M::Constants) -> f64 {
        let error = (self.row.predict(c) / self.measured).ln();
        let error = if self.row.is_time() { error } else { -error };
        if error.is_finite() { error } else { 3.0 }
    }
}

/// The cases of a table, and why the other rows are none, by id.
///
/// # Panics
/// If a constant is missing.
pub fn cases<M: Evidence>(world: &World, table: &Csv) -> (Vec<Case<M>>, BTreeMap<String, String>) {
    #[expect(
        clippy::expect_used,
        reason = "a world without its constants cannot be tested"
    )]
    let shipped = M::shipped(world).expect("all constants");
    let (mut cases, mut others) = (Vec::new(), BTreeMap::new());
    for row in Rows::new(table).iter() {
        let id = row.text("id").to_owned();
        match (M::read(&row, world, &shipped), M::measured(&row)) {
            (Ok(read), Ok(Some(measured))) => cases.push(case(world, &row, read, measured)),
            (Err(reason), _) | (_, Err(reason)) => {
                others.insert(id, reason);
            }
            _ => {}
        }
    }
    (cases, others)
}

fn case<M: Evidence>(world: &World, row: &Row<'_>, read: M, measured: f64) -> Case<M> {
    let id = row.text("id").to_owned();
    let (_, _, doubtful) = M::data(world);
    let doubt = doubtful.get(&id).cloned().unwrap_or_default();
    let scatter = read.scatter() * if doubt.is_empty() { 1.0 } else { 6.0 };
    Case {
        source: row.text("source_key").to_owned(),
        accelerator: row.text("accelerator").to_owned(),
        model: row.text("model").to_owned(),
        class: read.class(),
        fold: configuration::<M>(row) % M::FOLDS,
        configuration: configuration::<M>(row),
        row: read,
        measured,
        doubt,
        scatter,
        id,
    }
}

fn configuration<M: Evidence>(row: &Row<'_>) -> u64 {
    let cells = M::CONFIGURATION.iter().map(|column| row.text(column));
    let text = cells.collect::<Vec<_>>().join("|");
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The constants of the world before a fit, in the order of their names.
pub fn start<M: Measured>(world: &World) -> Vec<Constant> {
    let (constants, ..) = M::data(world);
    M::NAMES
        .iter()
        .filter_map(|name| Some(Constant::of(name, constants.get(name)?)))
        .collect()
}

/// The constants of a model from the logarithms of a fit.
pub fn with<M: Measured>(logs: &[f64]) -> M::Constants {
    let mut logs = logs.iter();
    let mut next = |_: &'static str| Ok(logs.next().map_or(1.0, |log| log.exp()));
    let Ok(constants) = M::constants(&mut next) else {
        unreachable!("no value fails")
    };
    constants
}

/// The same, from fitted constants.
pub fn of<M: Measured>(constants: &[Constant]) -> M::Constants {
    let logs: Vec<f64> = constants.iter().map(|constant| constant.log).collect();
    with::<M>(&logs)
}

/// Fits the constants to the cases that `seen` picks, from those given.
pub fn fitted<M: Evidence>(
    cases: &[Case<M>],
    mut constants: Vec<Constant>,
    seen: &dyn Fn(&Case<M>) -> bool,
) -> Vec<Constant> {
    let rows: Vec<&Case<M>> = cases
        .iter()
        .filter(|case| case.row.is_fitted() && seen(case))
        .collect();
    fit(&mut constants, M::ROUNDS, M::FREEDOM, &|logs| {
        let c = with::<M>(logs);
        rows.iter()
            .map(|case| (case.error(&c), case.scatter))
            .collect()
    });
    constants
}

/// The error of every case under constants fitted without the cases of its group.
pub fn unseen<M: Evidence>(
    cases: &[Case<M>],
    start: &[Constant],
    group: &dyn Fn(&Case<M>) -> String,
) -> Vec<f64> {
    let mut names: Vec<String> = cases.iter().map(group).collect();
    names.sort();
    names.dedup();
    let mut errors = vec![0.0; cases.len()];
    for name in names {
        let constants = fitted(cases, start.to_vec(), &|case| group(case) != name);
        let c = of::<M>(&constants);
        for (case, error) in cases.iter().zip(&mut errors) {
            if group(case) == name {
                *error = case.error(&c);
            }
        }
    }
    errors
}

/// Errors by class.
pub fn by_class<'c, M: Measured>(
    cases: &'c [Case<M>],
    errors: &[f64],
) -> BTreeMap<&'c str, ErrorClass> {
    let mut classes: BTreeMap<&str, Vec<(&Case<M>, f64)>> = BTreeMap::new();
    for (case, error) in cases.iter().zip(errors) {
        classes.entry(case.class).or_default().push((case, *error));
    }
    classes
        .iter()
        .map(|(name, rows)| (*name, error_class(rows)))
        .collect()
}

/// What a set of errors comes to. The band is what a predicted time is multiplied with. It is
/// wider where there are few configurations, as an interval that predicts the next one must be:
/// rows of one configuration err together.
pub fn error_class<M: Measured>(rows: &[(&Case<M>, f64)]) -> ErrorClass {
    let mut errors: Vec<f64> = rows.iter().map(|(_, error)| *error).collect();
    errors.sort_by(f64::total_cmp);
    let mut sizes: Vec<f64> = rows.iter().map(|(case, error)| case.size(*error)).collect();
    sizes.sort_by(f64::total_cmp);
    let n = rows.len() as f64;
    let apart: BTreeSet<u64> = rows.iter().map(|(case, _)| case.configuration).collect();
    let apart = apart.len() as f64;
    let outside = ((0.1 * (apart + 1.0) - 1.0) / (apart - 1.0).max(1.0)).max(0.0);
    let (low, high) = (quantile(&errors, outside), quantile(&errors, 1.0 - outside));
    let round = |value: f64| (value * 1e4).round() / 1e4;
    ErrorClass {
        rows: rows.len() as u32,
        median: round(quantile(&sizes, 0.5)),
        ninth: round(quantile(&sizes, 0.9)),
        bias: round(errors.iter().sum::<f64>() / n.max(1.0)),
        band: (round((-high).exp()), round((-low).exp())),
        inside: None,
    }
}
