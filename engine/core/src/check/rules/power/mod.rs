//! Rules on power.

mod busbar_section;
mod overloaded_rack;
mod short_power_shelves;
mod supply_envelope;
mod unredundant_power_supplies;

pub use busbar_section::BusbarSection;
pub use overloaded_rack::OverloadedRack;
pub use short_power_shelves::ShortPowerShelves;
pub use supply_envelope::SupplyEnvelope;
pub use unredundant_power_supplies::UnredundantPowerSupplies;

use crate::design::Redundancy;

/// What a redundancy lets fail, in words.
fn mode_words(mode: Redundancy) -> &'static str {
    match mode {
        Redundancy::N => "none lost",
        Redundancy::NPlusOne => "one lost",
        Redundancy::TwoN => "one of two sides lost",
    }
}
