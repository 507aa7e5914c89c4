//! The measured rows, predicted a few at a time so that the page stays awake.

use super::subject::{Predictor, Subject, kind_of_model};
use crate::state::measured;
use crate::ui::*;
use plumbline_engine::load::Csv;
use plumbline_engine::predict::measured::{Row, RowPrediction, Rows};
use plumbline_engine::reference::Measurements;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A measured row with its prediction and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub prediction: RowPrediction,
    /// Its accelerator, under one name.
    pub accelerator: String,
    /// Its number format; empty where the row leaves it out.
    pub precision: &'static str,
    pub software: &'static str,
    /// Dense or with experts.
    pub model: &'static str,
    /// Model, size and layout in words.
    pub what: String,
}

/// The rows on their way.
#[derive(Clone, Copy)]
pub(super) struct Predicting {
    /// All rows, once they are predicted; none before.
    pub all: RwSignal<Arc<Vec<Held>>>,
    /// How many are predicted so far.
    pub done: RwSignal<usize>,
    pub count: usize,
}

/// Time of a turn, ms: less than a picture takes.
const TURN: f64 = 12.0;

const KINDS: usize = Measurements::ALL.len();

/// The tables as they were read.
static TABLES: [OnceLock<Csv>; KINDS] = [const { OnceLock::new() }; KINDS];

/// All rows, once they are predicted: neither they nor the world change.
static ALL: [OnceLock<Arc<Vec<Held>>>; KINDS] = [const { OnceLock::new() }; KINDS];

/// Begins, or gives what was predicted before.
///
/// # Errors
/// The table or the constants are not what they should be, in words.
pub(super) fn begin(subject: Subject) -> Result<Predicting, String> {
    let at = subject.of as usize;
    let (Some(place), Some(kept)) = (TABLES.get(at), ALL.get(at)) else {
        return Err(subject.label.to_owned());
    };
    let table = match place.get() {
        Some(table) => table,
        None => {
            let read = Csv::read(measured(subject.of));
            let read = read.map_err(|why| format!("line {}: {}", why.line, why.message))?;
            place.get_or_init(|| read)
        }
    };
    let count = table.rows.len();
    let before = kept.get().cloned();
    let predicting = Predicting {
        done: RwSignal::new(before.as_ref().map_or(0, |all| all.len())),
        all: RwSignal::new(before.clone().unwrap_or_default()),
        count,
    };
    if before.is_none() {
        let work = Work {
            subject,
            predictor: (subject.predictor)()?,
            rows: Rows::new(table).iter().collect(),
            held: Vec::with_capacity(count),
            kept,
            predicting,
        };
        later(work);
    }
    Ok(predicting)
}

struct Work {
    subject: Subject,
    predictor: Predictor,
    rows: Vec<Row<'static>>,
    held: Vec<Held>,
    kept: &'static OnceLock<Arc<Vec<Held>>>,
    predicting: Predicting,
}

/// The next few rows after the page had its turn.
fn later(work: Work) {
    set_timeout(move || work.turn(), Duration::ZERO);
}

impl Work {
    fn turn(mut self) {
        let Predicting { all, done, .. } = self.predicting;
        // The page may have been left.
        if done.try_with_untracked(|_| ()).is_none() {
            return;
        }
        let begun = js_sys::Date::now();
        while let Some(row) = self.rows.get(self.held.len()) {
            self.held.push(self.one(row));
            if js_sys::Date::now() - begun > TURN {
                break;
            }
        }
        let so_far = self.held.len();
        if so_far < self.rows.len() {
            done.set(so_far);
            return later(self);
        }
        let held = Arc::new(self.held);
        let _ = self.kept.set(held.clone());
        all.set(held);
        done.set(so_far);
    }

    fn one(&self, row: &Row<'static>) -> Held {
        let described = (self.subject.described)(row);
        Held {
            prediction: (self.predictor)(row),
            accelerator: described.accelerator,
            precision: described.precision,
            software: described.software,
            model: kind_of_model(row),
            what: described.what,
        }
    }
}
