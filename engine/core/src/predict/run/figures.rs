//! Constants by name; one that is not known is named in the error.

use crate::catalogue::{Constants, Range};
use crate::quantity::Quantity;
use crate::sourced::Sourced;
use crate::table::Table;

/// The constants of the world.
#[derive(Clone, Copy)]
pub(in crate::predict) struct Figures<'a>(pub &'a Constants);

impl<'a> Figures<'a> {
    /// A ratio.
    pub fn ratio(self, key: &str) -> Result<f64, String> {
        one(&self.0.ratios, "ratios", key)
    }

    /// Bytes.
    pub fn bytes(self, key: &str) -> Result<f64, String> {
        one(&self.0.bytes, "bytes", key)
    }

    /// A data rate.
    pub fn rate(self, key: &str) -> Result<f64, String> {
        one(&self.0.rates, "rates", key)
    }

    /// A ratio with its spread.
    pub fn range(self, key: &str) -> Result<Range<f64>, String> {
        spread(&self.0.ranges, "ranges", key)
    }

    /// Seconds with their spread.
    pub fn time(self, key: &str) -> Result<Range<f64>, String> {
        spread(&self.0.times, "times", key)
    }

    /// Mean power as share of the rating.
    pub fn utilisation(self, key: &str) -> Result<Range<f64>, String> {
        spread(&self.0.utilisation, "utilisation", key)
    }
}

fn one<Q: Quantity>(table: &Table<Sourced<Q>>, kind: &str, key: &str) -> Result<f64, String> {
    let found = table.get(key).and_then(Sourced::known);
    found.map(Q::base).ok_or_else(|| name(kind, key))
}

fn spread<Q: Quantity>(
    table: &Table<Sourced<Range<Q>>>,
    kind: &str,
    key: &str,
) -> Result<Range<f64>, String> {
    let found = table.get(key).and_then(Sourced::known);
    let range = found.ok_or_else(|| name(kind, key))?;
    Ok(range.map(Q::base))
}

fn name(kind: &str, key: &str) -> String {
    format!("constants.{kind}.{key}")
}
