//! Rules on power.

mod overloaded_rack;
mod unredundant_power_supplies;

pub use overloaded_rack::OverloadedRack;
pub use unredundant_power_supplies::UnredundantPowerSupplies;
