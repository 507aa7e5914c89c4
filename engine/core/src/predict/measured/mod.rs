//! Measured rows: reads them as jobs, predicts them, and says what cannot be read.

mod energy;
mod errors;
mod inference;
mod reading;
mod table;
mod training;

pub use energy::{EnergyRow, Outcomes, rating, running};
pub use errors::Errors;
pub use inference::{Arrival, Figure, InferenceRow};
pub use reading::{Row, Rows};
pub use table::{
    Band, RowPrediction, predict_row, predict_rows, predictions_csv, predictions_summary, quantile,
};
pub use training::{Kind, Reading, TrainingRow};

use crate::catalogue::{ErrorClass, FittedConstant};
use crate::load::Csv;
use crate::reference::World;
use crate::sourced::Source;
use crate::table::Table;

/// A kind of measured row: how it is read and predicted, and where its constants and errors stand.
pub trait Measured: Sized {
    /// The constants of its prediction.
    type Constants;
    /// Their names, in order.
    const NAMES: &'static [&'static str];
    /// Columns without which a table is none of such rows.
    const COLUMNS: &'static [&'static str];

    /// Reads a row. The constants choose where the row leaves a choice.
    ///
    /// # Errors
    /// Why the row cannot be predicted, in words that a reader can act on.
    fn read(row: &Row<'_>, world: &World, c: &Self::Constants) -> Result<Self, String>;

    /// What was measured, where the row says.
    ///
    /// # Errors
    /// Says what was found where a number is expected.
    fn measured(row: &Row<'_>) -> Result<Option<f64>, String> {
        row.number("value")
    }

    /// What is measured, by its name in tables.
    fn metric<'r>(row: &Row<'r>) -> &'r str {
        row.text("metric")
    }

    /// The constants, each from its name.
    ///
    /// # Errors
    /// Those of `value`.
    fn constants(
        value: &mut dyn FnMut(&'static str) -> Result<f64, String>,
    ) -> Result<Self::Constants, String>;

    /// Constants, errors by class, and doubted rows of the world.
    fn data(world: &World) -> (&Table<FittedConstant>, &Table<ErrorClass>, &Table<String>);

    /// Where such rows come from, by the key in their table.
    fn sources(world: &World) -> &Table<Source>;

    /// What the row would show.
    fn predict(&self, c: &Self::Constants) -> f64;

    /// The smallest and largest of its readings.
    fn range(&self, c: &Self::Constants) -> (f64, f64);

    /// Whether larger is slower.
    fn is_time(&self) -> bool;

    /// The class of rows that its error is counted with.
    fn class(&self) -> &'static str;

    /// What was blank or impossible, and how it is read.
    fn remarks(&self) -> &[String];

    /// The constants of a world.
    ///
    /// # Errors
    /// The name of one that the world does not have.
    fn shipped(world: &World) -> Result<Self::Constants, String>;
}

/// Predicts every row of a table of training measurements.
///
/// # Errors
/// The column that is missing, or the constant.
pub fn predict_training_rows(world: &World, table: &Csv) -> Result<Vec<RowPrediction>, String> {
    predict_rows::<TrainingRow>(world, table)
}

/// Predicts every row of a table of inference measurements.
///
/// # Errors
/// The column that is missing, or the constant.
pub fn predict_inference_rows(world: &World, table: &Csv) -> Result<Vec<RowPrediction>, String> {
    predict_rows::<InferenceRow>(world, table)
}
