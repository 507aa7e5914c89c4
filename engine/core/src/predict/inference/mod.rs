//! Inference: the time of a pass from the model's shape, the layout, the machine and the engine; from
//! passes the rate of a saturated instance, latency under load, and memory.

mod asked;
mod backing;
mod bands;
mod calibration;
mod choose;
mod consumption;
mod energy;
mod forecast;
mod job;
mod latency;
mod levers;
mod memory;
mod pass;
mod search;
mod serve;
mod served;
mod simulate;
mod software;

pub use backing::Backing;
pub use bands::SOURCE;
pub use calibration::Calibration;
pub use choose::Choice;
pub use consumption::{ENERGY, ENERGY_UNLIKE, Energy, POWER};
pub(crate) use consumption::{mean_by_peak, mean_load};
pub use energy::{
    Calibration as PowerCalibration, Occupied, occupied, power_calibration, power_share,
};
pub use forecast::{Player, Service, UNLIKE, service};
pub use job::*;
pub use latency::{Loaded, Met, Percentiles, Scatter};
pub use levers::{Lever, OnOther, across, levers};
pub use memory::{Memory, capacity, memory};
pub use pass::{Pass, Time, pass};
pub use search::layouts;
pub use serve::*;
pub use served::{USUAL_ENGINE, calibration, machine, release};
pub use simulate::{Simulated, Simulation};
pub use software::software_gain;
