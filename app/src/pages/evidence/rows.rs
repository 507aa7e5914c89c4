//! The measured rows, predicted a few at a time so that the page stays awake.

use crate::state::{measured, world};
use crate::ui::*;
use plumbline_engine::load::Csv;
use plumbline_engine::predict::measured::{Row, RowPrediction, Rows, predict_training_row};
use plumbline_engine::predict::training::{Calibration, calibration};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A measured row with its prediction and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub prediction: RowPrediction,
    /// Its number format; empty where the row leaves it out.
    pub precision: String,
    /// Model, size and layout in words.
    pub what: String,
    /// Why the row is doubtful, if it is.
    pub doubt: Option<&'static str>,
}

/// The rows on their way.
pub(super) struct Predicting {
    pub done: RwSignal<Arc<Vec<Held>>>,
    pub count: usize,
}

/// Rows of one turn: some search a layout, which takes a few milliseconds.
const TURN: usize = 8;

/// All rows, once they are predicted: neither they nor the world change.
static ALL: OnceLock<Arc<Vec<Held>>> = OnceLock::new();

/// Begins, or gives what was predicted before.
///
/// # Errors
/// The table or the constants are not what they should be, in words.
pub(super) fn begin() -> Result<Predicting, String> {
    static TABLE: OnceLock<Csv> = OnceLock::new();
    let table = match TABLE.get() {
        Some(table) => table,
        None => {
            let read = Csv::read(measured());
            let read = read.map_err(|why| format!("line {}: {}", why.line, why.message))?;
            TABLE.get_or_init(|| read)
        }
    };
    let count = table.rows.len();
    if let Some(all) = ALL.get() {
        let done = RwSignal::new(all.clone());
        return Ok(Predicting { done, count });
    }
    let constants = calibration(world()).map_err(|name| format!("not known: {name}"))?;
    let done = RwSignal::new(Arc::new(Vec::with_capacity(count)));
    let rows: Vec<Row<'static>> = Rows::new(table).iter().collect();
    turn(constants, Arc::new(rows), Vec::with_capacity(count), done);
    Ok(Predicting { done, count })
}

/// The next few rows; the page has its turn between.
fn turn(
    constants: Calibration,
    rows: Arc<Vec<Row<'static>>>,
    mut held: Vec<Held>,
    done: RwSignal<Arc<Vec<Held>>>,
) {
    let work = move || {
        // The page may have been left.
        if done.try_with_untracked(|_| ()).is_none() {
            return;
        }
        let next = rows.iter().skip(held.len()).take(TURN);
        let fresh: Vec<Held> = next.map(|row| one(&constants, row)).collect();
        held.extend(fresh);
        let all = Arc::new(held.clone());
        if held.len() == rows.len() {
            let _ = ALL.set(all.clone());
        }
        done.set(all);
        if held.len() < rows.len() {
            turn(constants, rows, held, done);
        }
    };
    set_timeout(work, Duration::ZERO);
}

fn one(constants: &Calibration, row: &Row<'static>) -> Held {
    let doubts = &world().training.doubtful;
    let prediction = predict_training_row(world(), constants, row);
    let doubt = doubts.get(&prediction.id).map(String::as_str);
    let mut what = vec![row.text("model").to_owned()];
    what.push(match row.text("num_accel") {
        "" => row.text("accelerator").to_owned(),
        count => [count, " × ", row.text("accelerator")].concat(),
    });
    let degrees = [
        ("TP ", "tp"),
        ("PP ", "pp"),
        ("CP ", "cp"),
        ("EP ", "ep"),
        ("batch ", "global_batch"),
        ("sequence ", "seq_len"),
    ];
    for (name, column) in degrees {
        let text = row.text(column);
        if !text.is_empty() && text != "1" {
            what.push([name, text].concat());
        }
    }
    Held {
        precision: row.text("precision").to_owned(),
        what: what.join(" · "),
        doubt,
        prediction,
    }
}
