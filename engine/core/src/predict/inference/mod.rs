//! Inference: the time of a pass from the model's shape, the layout, the machine and the engine; from
//! passes the rate of a saturated instance, latency under load, and memory.

mod across;
mod adapters;
mod asked;
mod backing;
mod backwards;
mod bands;
mod calibration;
mod choose;
mod consumption;
mod energy;
mod fleet;
mod forecast;
mod handover;
mod job;
mod latency;
mod levers;
mod memory;
mod pass;
mod pasted;
mod profile;
mod search;
mod serve;
mod served;
mod simulate;
mod sizing;
mod slices;
mod software;
mod start;

pub use across::{Across, Front, OnOther, SpeedOf, across, near_best};
pub use adapters::Adapters;
pub use backing::Backing;
pub use backwards::{Served, per_user, serves};
pub use bands::SOURCE;
pub use calibration::Calibration;
pub use choose::Choice;
pub use consumption::{ENERGY, ENERGY_UNLIKE, Energy, POWER};
pub(crate) use consumption::{mean_by_peak, mean_load};
pub use energy::{
    Calibration as PowerCalibration, Occupied, occupied, power_calibration, power_share,
};
pub use fleet::{Fleet, Member, Standby, fleet};
pub use forecast::{Player, Service, UNLIKE, service};
pub use handover::{Handover, lent};
pub use job::*;
pub use latency::{Loaded, Met, Percentiles, Scatter};
pub use levers::{Lever, levers};
pub use memory::{Memory, capacity, memory};
pub use pass::{Pass, Time, pass};
pub use pasted::Lengths;
pub use profile::{Curve, Profile};
pub use search::layouts;
pub use serve::*;
pub use served::{USUAL_ENGINE, calibration, machine, release};
pub use simulate::{Simulated, Simulation};
pub use sizing::{Fit, Hour, Sizing, Spare, Unit, Year, sizing};
pub use slices::Sliced;
pub use software::software_gain;
