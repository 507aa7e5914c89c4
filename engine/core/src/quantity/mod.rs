//! Quantities: one newtype per physical or economic dimension, so that a bit is
//! never added to a byte and a watt is never taken for a watt-hour.
//!
//! Each holds an `f64` in one base unit. Text form is a number and a unit
//! (`"400 Gb/s"`); it reads back to the same bits. Bandwidth is per direction; TB means 10^12 bytes.

mod decimal;
mod parse;
mod units;

pub use decimal::number;
pub use parse::{ParseQuantityError, Unit, significant};
pub use units::*;

/// What every quantity can do: convert to and from its base unit and name its units.
pub trait Quantity: Copy + Sized {
    /// Units accepted as input, base unit first, then by rising size.
    const UNITS: &'static [Unit];
    /// Name of the dimension, as used in messages ("power", "bandwidth").
    const DIMENSION: &'static str;

    /// The quantity whose value in the base unit is `base`.
    fn from_base(base: f64) -> Self;

    /// Value in the base unit.
    fn base(self) -> f64;

    /// Reads text such as `"1.2 MW"`.
    ///
    /// # Errors
    /// Says what was found, which units are accepted and which one is nearest.
    fn parse(text: &str) -> Result<Self, ParseQuantityError> {
        parse::parse(text, Self::UNITS, Self::DIMENSION).map(Self::from_base)
    }

    /// Exact text that [`Quantity::parse`] reads back to the same bits.
    fn exact(self) -> String {
        parse::exact(self.base(), Self::UNITS)
    }

    /// Text for people, rounded to three significant digits.
    fn pretty(self) -> String {
        parse::pretty(self.base(), Self::UNITS)
    }
}
