//! Inference: the time of a pass from the model's shape, the layout, the machine and the engine; from
//! passes the rate of a saturated instance, latency under load, and memory.

mod across;
mod adapters;
mod asked;
mod backwards;
mod bands;
mod calibration;
mod choose;
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
mod start;

pub use across::{Across, Front, OnOther, SpeedOf, across, near_best};
pub use adapters::Adapters;
pub use backwards::{Served, serves};
pub use calibration::Calibration;
pub use choose::Choice;
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
