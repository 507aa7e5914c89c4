//! A whole table of measured rows, predicted.

use super::{Measured, Row, Rows};
use crate::load::{Csv, csv_cell};
use crate::reference::World;
use std::fmt::Write;

/// What is predicted of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPrediction {
    /// Line of the file.
    pub line: usize,
    /// Its id.
    pub id: String,
    /// Its metric.
    pub metric: String,
    /// Its source.
    pub source: String,
    /// Its accelerator.
    pub accelerator: String,
    /// What was measured, where the row says.
    pub measured: Option<f64>,
    /// The prediction; an `Err` says why there is none.
    pub prediction: Result<Band, String>,
    /// The class of rows by whose errors the band goes; empty where there is no prediction.
    pub class: &'static str,
    /// How blanks were read.
    pub remarks: Vec<String>,
}

/// A prediction with the band in which 80 % of measurements of its class lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The prediction.
    pub predicted: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl RowPrediction {
    /// Prediction by measurement, less one.
    pub fn error(&self) -> Option<f64> {
        let predicted = self.prediction.as_ref().ok()?.predicted;
        self.measured
            .filter(|value| *value > 0.0)
            .map(|value| predicted / value - 1.0)
    }
}

/// Predicts every row of a table of measurements. Neither values nor outcomes, ids, sources or the
/// order of the rows matter to a prediction.
///
/// # Errors
/// The column that is missing, or the constant.
pub fn predict_rows<M: Measured>(world: &World, table: &Csv) -> Result<Vec<RowPrediction>, String> {
    for needed in M::COLUMNS {
        if table.column(needed).is_none() {
            let known = table.header.iter().map(String::as_str);
            let nearest = crate::nearest::nearest(needed, known);
            let hint = nearest.map_or(String::new(), |name| {
                format!("; the nearest there is \"{name}\"")
            });
            return Err(format!("line 1: the column \"{needed}\" is missing{hint}"));
        }
    }
    let c = M::shipped(world)?;
    Ok(Rows::new(table)
        .iter()
        .map(|row| predict_row::<M>(world, &c, &row))
        .collect())
}

/// Predicts one row of such a table.
pub fn predict_row<M: Measured>(world: &World, c: &M::Constants, row: &Row<'_>) -> RowPrediction {
    let mut result = RowPrediction {
        line: row.line(),
        id: row.text("id").to_owned(),
        metric: M::metric(row).to_owned(),
        source: row.text("source_key").to_owned(),
        accelerator: row.text("accelerator").to_owned(),
        measured: M::measured(row).ok().flatten(),
        prediction: Err(String::new()),
        class: "",
        remarks: Vec::new(),
    };
    result.prediction = M::read(row, world, c).map(|read| {
        result.class = read.class();
        let (_, errors, _) = M::data(world);
        let band = errors
            .get(result.class)
            .map_or((1.0, 1.0), |class| class.band);
        let (least, most) = read.range(c);
        // Bands are of times; a rate has its ends the other way round.
        let (low, high) = if read.is_time() {
            band
        } else {
            (1.0 / band.1, 1.0 / band.0)
        };
        result.remarks = read.remarks().to_vec();
        Band {
            predicted: read.predict(c),
            low: least * low,
            high: most * high,
        }
    });
    result
}

/// The predictions as a table: id, metric, predicted, low, high, status, reason.
pub fn predictions_csv(rows: &[RowPrediction]) -> String {
    let mut text = String::from("id,metric,predicted,low,high,status,reason\n");
    for row in rows {
        let (id, metric) = (csv_cell(&row.id), csv_cell(&row.metric));
        let _ = match &row.prediction {
            Ok(band) => writeln!(
                text,
                "{id},{metric},{},{},{},predicted,{}",
                band.predicted,
                band.low,
                band.high,
                csv_cell(&row.remarks.join("; "))
            ),
            Err(reason) => writeln!(text, "{id},{metric},,,,out_of_scope,{}", csv_cell(reason)),
        };
    }
    text
}

/// A summary for people: rows, share predicted, error and bias, in all and by class, metric,
/// accelerator and source.
pub fn predictions_summary(rows: &[RowPrediction]) -> String {
    let mut text = String::new();
    let predicted = rows.iter().filter(|row| row.prediction.is_ok()).count();
    let share = 100.0 * predicted as f64 / rows.len().max(1) as f64;
    let _ = writeln!(
        text,
        "{} rows, {predicted} predicted ({share:.1} %)",
        rows.len()
    );
    let _ = writeln!(
        text,
        "{:44} {:>5} {:>8} {:>8} {:>8} {:>8}",
        "", "rows", "median %", "p90 %", "bias %", "in band"
    );
    line(&mut text, "all", rows.iter());
    group(&mut text, rows, "class", |row| row.class);
    group(&mut text, rows, "metric", |row| &row.metric);
    group(&mut text, rows, "accelerator", |row| &row.accelerator);
    group(&mut text, rows, "source", |row| &row.source);
    text
}

fn group<'r>(
    text: &mut String,
    rows: &'r [RowPrediction],
    what: &str,
    key: impl Fn(&'r RowPrediction) -> &'r str,
) {
    let mut keys: Vec<&str> = rows
        .iter()
        .filter(|row| row.error().is_some())
        .map(&key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    for name in keys {
        let of = rows.iter().filter(|row| key(row) == name);
        line(text, &format!("{what} {name}"), of);
    }
}

fn line<'r>(text: &mut String, name: &str, rows: impl Iterator<Item = &'r RowPrediction>) {
    let rows: Vec<&RowPrediction> = rows.filter(|row| row.error().is_some()).collect();
    let mut errors: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.error())
        .map(f64::abs)
        .collect();
    if errors.is_empty() {
        return;
    }
    errors.sort_by(f64::total_cmp);
    let n = errors.len() as f64;
    let bias = rows
        .iter()
        .filter_map(|row| row.error())
        .map(libm::log1p)
        .sum::<f64>()
        / n;
    let inside = rows.iter().filter(|row| {
        let band = row.prediction.as_ref().ok();
        let within = |band: &Band| {
            row.measured
                .is_some_and(|value| value >= band.low && value <= band.high)
        };
        band.is_some_and(within)
    });
    let _ = writeln!(
        text,
        "{name:44} {:>5} {:>8.1} {:>8.1} {:>+8.1} {:>7.0}%",
        errors.len(),
        100.0 * quantile(&errors, 0.5),
        100.0 * quantile(&errors, 0.9),
        100.0 * libm::expm1(bias),
        100.0 * inside.count() as f64 / n
    );
}

/// A quantile of sorted values, on a straight line between neighbours.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len().max(1) - 1) as f64;
    let (below, above) = (libm::floor(at) as usize, libm::ceil(at) as usize);
    let value = |at: usize| sorted.get(at).copied().unwrap_or(0.0);
    value(below) + (value(above) - value(below)) * (at - libm::floor(at))
}
