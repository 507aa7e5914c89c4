//! How far a set of predicted rows is off.

use super::table::{RowPrediction, quantile};

/// Errors of some rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// Rows with a measurement and a prediction.
    pub rows: usize,
    /// Error that half of them stay below, as share.
    pub median: f64,
    /// Error that nine of ten stay below, as share.
    pub ninth: f64,
    /// Mean error; above zero where predictions are too slow.
    pub bias: f64,
    /// Share of the rows whose measurement lies in the band.
    pub inside: f64,
}

impl Errors {
    /// Of these rows; `None` where none has both.
    pub fn of<'r>(rows: impl Iterator<Item = &'r RowPrediction>) -> Option<Self> {
        let (mut off, mut logs, mut inside) = (Vec::new(), 0.0, 0.0);
        for row in rows {
            let Some((error, slowness)) = row.error().zip(row.slowness()) else {
                continue;
            };
            off.push(error.abs());
            logs += libm::log1p(slowness);
            let band = row.prediction.as_ref().ok().zip(row.measured);
            inside += match band {
                Some((band, measured)) if measured >= band.low && measured <= band.high => 1.0,
                _ => 0.0,
            };
        }
        off.sort_by(f64::total_cmp);
        let count = off.len() as f64;
        (!off.is_empty()).then(|| Self {
            rows: off.len(),
            median: quantile(&off, 0.5),
            ninth: quantile(&off, 0.9),
            bias: libm::expm1(logs / count),
            inside: inside / count,
        })
    }
}

impl RowPrediction {
    /// Predicted time by measured time, less one, whether the row measures times or rates.
    pub fn slowness(&self) -> Option<f64> {
        let ratio = self.error()? + 1.0;
        let is_time = matches!(
            self.metric.as_str(),
            "iter_time_s"
                | "time_to_train_min"
                | "gpu_hours"
                | "tpot_ms"
                | "ttft_ms"
                | "joules_per_token"
        );
        Some(if is_time { ratio } else { 1.0 / ratio } - 1.0)
    }
}
