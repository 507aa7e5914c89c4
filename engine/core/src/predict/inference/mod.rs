//! Inference: the time of a pass from the model's shape, the layout, the machine and the engine; from
//! passes the rate of a saturated instance, latency under load, and memory.

mod asked;
mod bands;
mod calibration;
mod choose;
mod chosen;
mod disaggregate;
mod drafting;
mod forecast;
mod job;
mod latency;
mod levers;
mod memory;
mod pairs;
mod pass;
mod prefixes;
mod roofline;
mod search;
mod serve;
mod served;
mod simulate;
mod units;

pub use calibration::Calibration;
pub use choose::Choice;
pub use disaggregate::{Bound, Fleet, Unit, transfer};
pub use forecast::{Player, Service, UNLIKE, service};
pub use job::*;
pub use latency::{Loaded, Met, Percentiles, Scatter};
pub use levers::{Lever, OnOther, Step, across, easy_cost, levers, longest_of, together};
pub use memory::{Memory, capacity, memory};
pub use pass::{Pass, Time, pass};
pub use prefixes::{Caching, Tier, footprint, found_again};
pub use roofline::{Roofline, Spot, critical_batch, roofline};
pub use search::layouts;
pub use serve::*;
pub use served::{USUAL_ENGINE, calibration, machine, release};
pub use simulate::{Simulated, Simulation};
pub use units::{bytes_per_token, wide};
