//! Measured rows: reads them as jobs, predicts them, and says what cannot be read.

mod errors;
mod reading;
mod table;
mod training;

pub use errors::Errors;
pub use reading::{Row, Rows};
pub use table::one as predict_training_row;
pub use table::{
    Band, RowPrediction, predict_training_rows, predictions_csv, predictions_summary, quantile,
    row_class,
};
pub use training::{Kind, Reading, TrainingRow, training_row};
