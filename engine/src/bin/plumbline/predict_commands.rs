//! Measured rows, predicted.

use crate::args::{Measured, PredictArgs};
use crate::files::text;
use crate::output::{write, write_json};
use plumbline_engine::load::Csv;
use plumbline_engine::predict::measured::{
    EnergyRow, RowPrediction, predict_inference_rows, predict_rows, predict_training_rows,
    predictions_csv, predictions_summary,
};
use plumbline_engine::reference::World;
use serde_json::{Value, json};
use std::process::ExitCode;

/// `predict training|inference|energy ROWS.csv`: a table of predictions; where the rows hold what was measured,
/// a summary of the errors goes to standard error.
pub fn predict(world: &World, args: &PredictArgs) -> Result<ExitCode, String> {
    let name = args.rows.display();
    let table = Csv::read(&text(&args.rows)?)
        .map_err(|error| format!("{name}:{}: {}", error.line, error.message))?;
    let rows = match args.what {
        Measured::Training => predict_training_rows(world, &table),
        Measured::Inference => predict_inference_rows(world, &table),
        Measured::Energy => predict_rows::<EnergyRow>(world, &table),
    };
    let rows = rows.map_err(|error| format!("{name}: {error}"))?;
    if rows.iter().any(|row| row.error().is_some()) {
        eprint!("{}", predictions_summary(&rows));
    }
    if args.out.json {
        let rows: Vec<Value> = rows.iter().map(as_json).collect();
        return write_json(&args.out, &json!({"schema": 1, "rows": rows}));
    }
    write(&args.out, &predictions_csv(&rows))
}

fn as_json(row: &RowPrediction) -> Value {
    let (status, band, reason) = match &row.prediction {
        Ok(band) => ("predicted", Some(*band), row.remarks.join("; ")),
        Err(reason) => ("out_of_scope", None, reason.clone()),
    };
    json!({
        "id": row.id,
        "metric": row.metric,
        "predicted": band.map(|band| band.predicted),
        "low": band.map(|band| band.low),
        "high": band.map(|band| band.high),
        "status": status,
        "reason": reason,
        "class": row.class,
    })
}
