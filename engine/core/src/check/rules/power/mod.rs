//! Rules on power.

mod busbar_section;
mod overloaded_rack;
mod unredundant_power_supplies;

pub use busbar_section::BusbarSection;
pub use overloaded_rack::OverloadedRack;
pub use unredundant_power_supplies::UnredundantPowerSupplies;
