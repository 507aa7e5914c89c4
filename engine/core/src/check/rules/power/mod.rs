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

use crate::check::On;
use crate::design::Redundancy;

/// What a redundancy lets fail, in words.
fn mode_words(mode: Redundancy) -> &'static str {
    match mode {
        Redundancy::N => "none lost",
        Redundancy::NPlusOne => "one lost",
        Redundancy::TwoN => "one of two sides lost",
    }
}

/// The datum that decides what a node draws: its rating, or which node it is.
fn node_rating(on: &On<'_>) -> String {
    match on.derived.main_group().map_or("", |group| &group.part) {
        "" => "compute.groups[0].part".to_owned(),
        part => format!("power_max of {part}"),
    }
}
