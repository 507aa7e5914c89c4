//! Measured rows: reads them as jobs, predicts them, and says what cannot be read.

mod reading;
mod training;

pub use reading::{Row, Rows};
pub use training::{Kind, Reading, TrainingRow, training_row};
