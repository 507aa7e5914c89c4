//! Named derived quantities: the one vocabulary in which requirements compare, the report
//! lists and the workbench shows what follows from a design.

mod list;
mod platform;

pub(crate) use list::servers;

use super::{Derived, FabricCounts};
use crate::catalogue::{Server, StorageSystem, Switch};
use crate::design::{Network, Role};
use crate::quantity::*;
use crate::scalar::Scalar;
use crate::sourced::Sourced;
use crate::written::{Outline, Write};

/// Unit of a fact; its number is in the quantity's base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactUnit {
    /// A whole number.
    Count,
    /// A dimensionless ratio.
    Ratio,
    /// True or false.
    Truth,
    /// Text.
    Text,
    /// Power in watts.
    Power,
    /// Bytes per second.
    ByteRate,
    /// Bits per second.
    BitRate,
    /// Bytes.
    Size,
    /// Rack units.
    Height,
    /// Metres.
    Length,
    /// Kilograms.
    Mass,
    /// Degrees Celsius.
    Temperature,
    /// Litres per minute.
    Flow,
    /// Volts.
    Voltage,
    /// Amperes.
    Current,
    /// Numbers with points between them, compared one after the other.
    Version,
    /// Seconds.
    Time,
    /// Tokens.
    Tokens,
}

impl FactUnit {
    /// Symbol of the unit of a fact's number; empty for counts, ratios, truth, text and versions.
    pub fn symbol(self) -> &'static str {
        match self {
            FactUnit::Count
            | FactUnit::Ratio
            | FactUnit::Truth
            | FactUnit::Text
            | FactUnit::Version => "",
            FactUnit::Power => "W",
            FactUnit::ByteRate => "B/s",
            FactUnit::BitRate => "b/s",
            FactUnit::Size => "B",
            FactUnit::Height => "U",
            FactUnit::Length => "m",
            FactUnit::Mass => "kg",
            FactUnit::Temperature => "°C",
            FactUnit::Flow => "L/min",
            FactUnit::Voltage => "V",
            FactUnit::Current => "A",
            FactUnit::Time => "s",
            FactUnit::Tokens => "tokens",
        }
    }

    /// A value in this unit for people.
    pub fn show(self, value: &Scalar) -> String {
        let Some(number) = value.as_f64().filter(|_| !matches!(value, Scalar::Bool(_))) else {
            return value.to_string();
        };
        match self {
            FactUnit::Power => Watts::new(number).pretty(),
            FactUnit::ByteRate => BytesPerSec::new(number).pretty(),
            FactUnit::BitRate => BitsPerSec::new(number).pretty(),
            FactUnit::Size => Bytes::new(number).pretty(),
            FactUnit::Height => RackUnits::new(number).pretty(),
            FactUnit::Length => Metres::new(number).pretty(),
            FactUnit::Mass => Kilograms::new(number).pretty(),
            FactUnit::Temperature => Celsius::new(number).pretty(),
            FactUnit::Flow => LitresPerMin::new(number).pretty(),
            FactUnit::Voltage => Volts::new(number).pretty(),
            FactUnit::Current => Amperes::new(number).pretty(),
            FactUnit::Time => Seconds::new(number).pretty(),
            FactUnit::Tokens => Tokens::new(number).pretty(),
            _ => value.to_string(),
        }
    }

    /// A written limit (`"40 GB/s"`) in base units, so that it can be compared; `None` where it
    /// is no figure of this unit.
    pub fn read(self, written: &Scalar) -> Option<Scalar> {
        let text = match (self, written) {
            (FactUnit::Truth, Scalar::Bool(_))
            | (FactUnit::Text, Scalar::Text(_))
            | (FactUnit::Version, Scalar::Text(_) | Scalar::Int(_)) => {
                return Some(written.clone());
            }
            (FactUnit::Truth | FactUnit::Text | FactUnit::Version, _) | (_, Scalar::Bool(_)) => {
                return None;
            }
            (_, Scalar::Int(_) | Scalar::Num(_)) => return Some(written.clone()),
            (_, Scalar::Text(text)) => text,
        };
        Some(Scalar::Num(match self {
            FactUnit::Ratio => Ratio::parse(text).ok()?.get(),
            FactUnit::Power => Watts::parse(text).ok()?.get(),
            FactUnit::ByteRate => BytesPerSec::parse(text).ok()?.get(),
            FactUnit::BitRate => BitsPerSec::parse(text).ok()?.get(),
            FactUnit::Size => Bytes::parse(text).ok()?.get(),
            FactUnit::Height => RackUnits::parse(text).ok()?.get(),
            FactUnit::Length => Metres::parse(text).ok()?.get(),
            FactUnit::Mass => Kilograms::parse(text).ok()?.get(),
            FactUnit::Temperature => Celsius::parse(text).ok()?.get(),
            FactUnit::Flow => LitresPerMin::parse(text).ok()?.get(),
            FactUnit::Voltage => Volts::parse(text).ok()?.get(),
            FactUnit::Current => Amperes::parse(text).ok()?.get(),
            FactUnit::Time => Seconds::parse(text).ok()?.get(),
            FactUnit::Tokens => Tokens::parse(text).ok()?.get(),
            FactUnit::Count | FactUnit::Truth | FactUnit::Text | FactUnit::Version => return None,
        }))
    }
}

/// As its symbol.
impl Write for FactUnit {
    fn write(&self) -> Outline {
        self.symbol().write()
    }
}

/// A fact's value in base units; `None` = unknown.
pub type FactValue = Option<Scalar>;

/// A named derived quantity.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// Name used in requirements.
    pub name: &'static str,
    /// What it is, in words.
    pub what: &'static str,
    /// Unit.
    pub unit: FactUnit,
    /// Path in the design (or "part: field") that decides it, named when it is unknown and
    /// taken as the subject of findings.
    pub subject: &'static str,
    compute: fn(&Derived<'_>) -> FactValue,
}

/// The fact of a name.
pub fn fact(name: &str) -> Option<&'static Fact> {
    facts().find(|fact| fact.name == name)
}

/// All facts, in a fixed order.
pub fn facts() -> impl Iterator<Item = &'static Fact> {
    list::FACTS.iter().chain(platform::FACTS)
}

/// Value of a fact for a design.
pub fn fact_value(fact: &Fact, derived: &Derived<'_>) -> FactValue {
    (fact.compute)(derived)
}

fn count(value: u64) -> FactValue {
    Some(Scalar::Int(value))
}
fn wide(value: Option<u32>) -> FactValue {
    value.map(Scalar::from)
}
fn int(value: Option<u64>) -> FactValue {
    value.map(Scalar::Int)
}
fn base<Q: Quantity>(value: Option<Q>) -> FactValue {
    value.map(|q| Scalar::Num(q.base()))
}
fn truth(value: &Sourced<bool>) -> FactValue {
    value.known().map(Scalar::Bool)
}
fn from_fabric(d: &Derived<'_>, get: fn(&FabricCounts) -> Option<u64>) -> FactValue {
    int(d.fabric().and_then(get))
}

/// Declares a list of facts, each a line.
macro_rules! list_of_facts {
    ($($name:literal $unit:ident $subject:literal $what:literal => |$d:ident| $body:expr;)+) => {
        pub(super) const FACTS: &[Fact] = &[$(Fact {
            name: $name, what: $what, unit: FactUnit::$unit, subject: $subject,
            compute: |$d: &Derived<'_>| -> FactValue { $body },
        }),+];
    };
}
use list_of_facts;
