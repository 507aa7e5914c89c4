//! Training: the time of a step from the model's shape, the layout, the machine and the software.

mod calibration;
mod forecast;
mod job;
mod layer;
mod machine;
mod memory;
mod reinforcement;
mod scaling;
mod schedule;
mod search;
mod sensitivity;
mod step;
mod traffic;

pub use calibration::Calibration;
pub use forecast::{Forecast, calibration, class, forecast, model_flops};
pub use job::*;
pub use memory::{Held, Memory, held, memory, micro_batches};
pub use scaling::{Scaled, ScaledRun, scaling};
pub use schedule::{Pipeline, Played, play};
pub use search::{Candidate, Fixed, Found, chunks, divides, search};
pub use sensitivity::{Elsewhere, elsewhere};
pub use step::{Step, estimate, step};
