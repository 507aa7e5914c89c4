//! The quantities themselves. Each line: type, dimension, base unit and the other units.

use super::{ParseQuantityError, Quantity, Unit, parse};
use crate::written::{Outline, Read, Reading, Tree, Write};
use std::fmt;
use std::ops::{Add, AddAssign, Div, Mul, Sub};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $dimension:literal,
     [$(($symbol:literal, $factor:expr)),+ $(,)?] $(, input [$(($isymbol:literal, $ifactor:expr)),+ $(,)?])?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        pub struct $name(f64);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0.0);
            /// The quantity with this value in the base unit.
            pub const fn new(base: f64) -> Self { Self(base) }
            /// Value in the base unit.
            pub const fn get(self) -> f64 { self.0 }
            /// The larger of two.
            pub fn max(self, other: Self) -> Self { if other.0 > self.0 { other } else { self } }
        }

        impl Quantity for $name {
            const UNITS: &'static [Unit] = &[
                $(Unit { symbol: $symbol, factor: $factor, output: true }),+
                $(, $(Unit { symbol: $isymbol, factor: $ifactor, output: false }),+)?
            ];
            const DIMENSION: &'static str = $dimension;
            fn from_base(base: f64) -> Self { Self(base) }
            fn base(self) -> f64 { self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.exact()) }
        }
        impl std::str::FromStr for $name {
            type Err = ParseQuantityError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Self::parse(text) }
        }
        impl Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self(self.0 + o.0) } }
        impl AddAssign for $name { fn add_assign(&mut self, o: Self) { self.0 += o.0; } }
        impl Sub for $name { type Output = Self; fn sub(self, o: Self) -> Self { Self(self.0 - o.0) } }
        impl Mul<f64> for $name { type Output = Self; fn mul(self, by: f64) -> Self { Self(self.0 * by) } }
        impl Div<f64> for $name { type Output = Self; fn div(self, by: f64) -> Self { Self(self.0 / by) } }
        /// How many times the other fits into this.
        impl Div for $name { type Output = f64; fn div(self, o: Self) -> f64 { self.0 / o.0 } }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self { Self(items.map(|q| q.0).sum()) }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema { schema::<Self>() }
        }

        impl Write for $name {
            fn write(&self) -> Outline { write(self.0, Self::UNITS) }
        }
        impl Read for $name {
            fn read(value: &Tree, at: &mut Reading) -> Self { Self(read(value, Self::UNITS, Self::DIMENSION, at)) }
        }
    };
}

/// A quantity with its units as text, or a bare number where the unit may be left out.
#[cfg(feature = "schema")]
fn schema<Q: Quantity>() -> schemars::Schema {
    let symbols: Vec<&str> = Q::UNITS
        .iter()
        .map(|unit| unit.symbol)
        .filter(|s| !s.is_empty())
        .collect();
    let kind = if Q::UNITS.iter().any(|unit| unit.symbol.is_empty()) {
        &["string", "number"][..]
    } else {
        &["string"][..]
    };
    schemars::json_schema!({
        "type": kind,
        "description": format!("{}: a number and one of {}", Q::DIMENSION, symbols.join(", ")),
    })
}

fn write(base: f64, units: &[Unit]) -> Outline {
    match units.first() {
        Some(unit) if unit.symbol.is_empty() => Outline::Num(base),
        _ => Outline::Text(parse::exact(base, units)),
    }
}

/// Reads a quantity from text, and a bare number only where the unit may be left out.
fn read(value: &Tree, units: &[Unit], dimension: &'static str, at: &mut Reading) -> f64 {
    let bare = units.iter().any(|unit| unit.symbol.is_empty());
    match (value, value.as_f64()) {
        (Tree::String(text), _) => match parse::parse(text, units, dimension) {
            Ok(base) => return base,
            Err(error) => at.note(error.to_string(), None),
        },
        (_, Some(base)) if bare && base.is_finite() => return base,
        _ => {
            let sample = units.get(1).or(units.first());
            let sample = sample.map_or("", |unit| unit.symbol);
            let expected = format!("{dimension} as text with its unit, such as \"1.5 {sample}\"");
            at.expected(&expected, value);
        }
    }
    0.0
}

quantity!(/** Electric power. Base unit: watt. Nameplate, provisioned and mean power are different fields of this type. */
    Watts, "power", [("W", 1.0), ("kW", 1e3), ("MW", 1e6), ("GW", 1e9)]);
quantity!(/** Energy. Base unit: watt-hour. */
    WattHours, "energy", [("Wh", 1.0), ("kWh", 1e3), ("MWh", 1e6), ("GWh", 1e9), ("TWh", 1e12)]);
quantity!(/** Storage or memory size. Base unit: byte; decimal prefixes are powers of ten. */
    Bytes, "data size", [("B", 1.0), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("PB", 1e15), ("EB", 1e18)],
    input [("KiB", 1024.0), ("MiB", 1_048_576.0), ("GiB", 1_073_741_824.0), ("TiB", 1_099_511_627_776.0), ("PiB", 1_125_899_906_842_624.0)]);
quantity!(/** Data rate in bytes, per direction. Base unit: byte per second. */
    BytesPerSec, "data rate in bytes", [("B/s", 1.0), ("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12)],
    input [("MiB/s", 1_048_576.0), ("GiB/s", 1_073_741_824.0), ("TiB/s", 1_099_511_627_776.0), ("Gb/s", 1.25e8), ("Tb/s", 1.25e11)]);
quantity!(/** Link rate in bits, per direction. Base unit: bit per second. */
    BitsPerSec, "link rate", [("b/s", 1.0), ("kb/s", 1e3), ("Mb/s", 1e6), ("Gb/s", 1e9), ("Tb/s", 1e12)],
    input [("Gbps", 1e9), ("Tbps", 1e12), ("Gbit/s", 1e9), ("GB/s", 8e9), ("TB/s", 8e12)]);
quantity!(/** An amount of arithmetic. Base unit: one operation. */
    Flops, "operations", [("FLOP", 1.0), ("TFLOP", 1e12), ("PFLOP", 1e15), ("EFLOP", 1e18), ("ZFLOP", 1e21), ("YFLOP", 1e24)]);
quantity!(/** Rate of arithmetic; dense unless the field says sparse. Base unit: one operation per second. */
    FlopsPerSec, "arithmetic rate", [("FLOPS", 1.0), ("TFLOPS", 1e12), ("PFLOPS", 1e15), ("EFLOPS", 1e18)],
    input [("TF", 1e12), ("PF", 1e15), ("TOPS", 1e12), ("POPS", 1e15)]);
quantity!(/** A number of tokens. Base unit: one token. */
    Tokens, "tokens", [("tokens", 1.0), ("k tokens", 1e3), ("M tokens", 1e6), ("B tokens", 1e9), ("T tokens", 1e12)],
    input [("k", 1e3), ("M", 1e6), ("B", 1e9), ("T", 1e12), ("", 1.0)]);
quantity!(/** Token throughput; the field says per what and for which phase. Base unit: token per second. */
    TokensPerSec, "token rate", [("tokens/s", 1.0), ("k tokens/s", 1e3), ("M tokens/s", 1e6)],
    input [("tok/s", 1.0), ("t/s", 1.0)]);
quantity!(/** Requests to a service. Base unit: request per second. */
    RequestsPerSec, "request rate", [("requests/s", 1.0), ("k requests/s", 1e3)],
    input [("req/s", 1.0), ("/s", 1.0)]);
quantity!(/** A number of model parameters. Base unit: one parameter. */
    Parameters, "parameters", [("params", 1.0), ("M params", 1e6), ("B params", 1e9), ("T params", 1e12)],
    input [("M", 1e6), ("B", 1e9), ("T", 1e12), ("", 1.0)]);
quantity!(/** Time. Base unit: second; a year is 8,760 hours. */
    Seconds, "time", [("s", 1.0), ("min", 60.0), ("h", 3600.0), ("d", 86_400.0), ("y", 31_536_000.0)],
    input [("ms", 1e-3), ("us", 1e-6), ("days", 86_400.0), ("hours", 3600.0), ("years", 31_536_000.0)]);
quantity!(/** Money in the currency of the price book in use. Base unit: one unit of it. */
    Money, "money", [("$", 1.0), ("k$", 1e3), ("M$", 1e6), ("B$", 1e9)],
    input [("USD", 1.0), ("kUSD", 1e3), ("MUSD", 1e6), ("", 1.0)]);
quantity!(/** Price of energy. Base unit: money per watt-hour. */
    EnergyPrice, "energy price", [("$/Wh", 1.0), ("$/MWh", 1e-6), ("$/kWh", 1e-3)],
    input [("c/kWh", 1e-5), ("ct/kWh", 1e-5)]);
quantity!(/** Price of provisioned power over time. Base unit: money per watt and month. */
    CapacityPrice, "price of provisioned power", [("$/W-month", 1.0), ("$/kW-month", 1e-3)],
    input [("$/kW/month", 1e-3), ("$/MW-month", 1e-6)]);
quantity!(/** Price per hour of use. Base unit: money per hour. */
    HourlyPrice, "price per hour", [("$/h", 1.0)], input [("$/hr", 1.0), ("$/hour", 1.0), ("$/GPU-h", 1.0)]);
quantity!(/** Price per token. Base unit: money per million tokens. */
    TokenPrice, "price per million tokens", [("$/M tokens", 1.0)], input [("$/Mtok", 1.0)]);
quantity!(/** Electric tension. Base unit: volt. */
    Volts, "voltage", [("V", 1.0), ("kV", 1e3)]);
quantity!(/** Electric current. Base unit: ampere. */
    Amperes, "current", [("A", 1.0), ("kA", 1e3)]);
quantity!(/** Temperature. Base unit: degree Celsius. */
    Celsius, "temperature", [("°C", 1.0)], input [("C", 1.0), ("degC", 1.0)]);
quantity!(/** Coolant flow. Base unit: litre per minute. */
    LitresPerMin, "coolant flow", [("L/min", 1.0)], input [("l/min", 1.0), ("lpm", 1.0)]);
quantity!(/** Air flow. Base unit: cubic foot per minute, the unit of the vendors' sheets. */
    AirFlow, "air flow", [("CFM", 1.0)], input [("m3/h", 0.588_577_779_4)]);
quantity!(/** Mass. Base unit: kilogram. */
    Kilograms, "mass", [("kg", 1.0)], input [("t", 1e3), ("lb", 0.453_592_37)]);
quantity!(/** Greenhouse gas, as carbon dioxide of equal effect. Base unit: kilogram. */
    Carbon, "emissions", [("kgCO2e", 1.0), ("tCO2e", 1e3), ("ktCO2e", 1e6)], input [("t", 1e3), ("kg", 1.0)]);
quantity!(/** Greenhouse gas of energy. Base unit: kilogram per watt-hour. */
    CarbonIntensity, "carbon intensity", [("kgCO2e/Wh", 1.0), ("gCO2e/kWh", 1e-6)], input [("g/kWh", 1e-6)]);
quantity!(/** Length. Base unit: metre. */
    Metres, "length", [("m", 1.0)], input [("km", 1e3), ("mm", 1e-3)]);
quantity!(/** Height in a rack. Base unit: one rack unit (44.45 mm). */
    RackUnits, "rack height", [("U", 1.0)], input [("RU", 1.0), ("OU", 48.0 / 44.45)]);
quantity!(/** A dimensionless ratio: 1.25, or 85 % as 0.85. Written as a bare number. */
    Ratio, "ratio", [("", 1.0)], input [("%", 1e-2), (":1", 1.0), ("x", 1.0)]);
