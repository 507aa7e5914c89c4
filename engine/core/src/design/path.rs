//! Paths into a design: `fabrics.compute.uplinks`, `compute.groups[0].nodes`,
//! `quotes.capex/compute/dgx-h100.price`. Map keys hold no dot, so a dot always separates.

use serde_json::Value;
use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A field or a map key.
    Key(String),
    /// An entry of a list.
    Index(usize),
}

/// A path of steps from the root of a design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<Segment>);

/// Paths longer or deeper than this name nothing in a design.
const MAX_LENGTH: usize = 512;

/// Why a text is not a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "path {}: {}",
            crate::written::quoted(&self.text),
            self.reason
        )
    }
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// An empty step, an index that is not a number, or an unreasonable length.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let fail = |reason| PathError {
            text: text.chars().take(80).collect(),
            reason,
        };
        if text.is_empty() || text.len() > MAX_LENGTH {
            return Err(fail("expected between 1 and 512 characters"));
        }
        let mut segments = Vec::new();
        for step in text.split('.') {
            let (key, indices) = match step.split_once('[') {
                Some((key, rest)) => (key, Some(rest)),
                None => (step, None),
            };
            if key.is_empty() {
                return Err(fail("a step is empty"));
            }
            segments.push(Segment::Key(key.to_owned()));
            for index in indices.into_iter().flat_map(|rest| rest.split('[')) {
                let number = index.strip_suffix(']').and_then(|n| n.parse().ok());
                segments.push(Segment::Index(
                    number.ok_or_else(|| fail("an index is not [number]"))?,
                ));
            }
        }
        Ok(Self(segments))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if at == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The value at a path.
pub fn get<'v>(root: &'v Value, path: &Path) -> Option<&'v Value> {
    path.0
        .iter()
        .try_fold(root, |value, segment| match segment {
            Segment::Key(key) => value.get(key.as_str()),
            Segment::Index(index) => value.get(*index),
        })
}

/// The value at all but the last step, to change the last one.
pub(super) fn parent_mut<'v>(root: &'v mut Value, path: &Path) -> Option<&'v mut Value> {
    let (_, parents) = path.0.split_last()?;
    parents
        .iter()
        .try_fold(root, |value, segment| match segment {
            Segment::Key(key) => value.get_mut(key.as_str()),
            Segment::Index(index) => value.get_mut(*index),
        })
}

/// Whether two written values mean the same: equal, or quantities that differ only in how
/// they are written (`"40.8 kW"`, `"40800 W"`), or numbers of equal value.
pub fn same_written(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x.as_f64() == y.as_f64(),
        (Value::String(x), Value::String(y)) => {
            x == y || canonical(x).is_some_and(|x| Some(x) == canonical(y))
        }
        _ => a == b,
    }
}

/// Value in base units of a text that is a quantity.
fn canonical(text: &str) -> Option<f64> {
    use crate::quantity::{BitsPerSec, Bytes, Quantity, Tokens, Watts};
    fn base<Q: Quantity>(text: &str) -> Option<f64> {
        Q::parse(text).ok().map(Q::base)
    }
    base::<Watts>(text)
        .or_else(|| base::<BitsPerSec>(text))
        .or_else(|| base::<Bytes>(text))
        .or_else(|| base::<Tokens>(text))
}
