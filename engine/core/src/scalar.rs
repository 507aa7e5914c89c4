//! A single untyped value: what a template sets, a requirement demands, a fact
//! yields, and an override replaces.

use crate::written::{Outline, Read, Reading, Tree, Write};
use std::fmt;

/// Text, number or truth. A quantity is text with its unit in files (`"40 GB/s"`)
/// and a number in base units where two are compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// True or false.
    Bool(bool),
    /// A whole number, for counts.
    Int(u64),
    /// Any other finite number.
    Num(f64),
    /// Text, a part id or a quantity with its unit.
    Text(String),
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Scalar {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scalar".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

impl Scalar {
    /// The number, if it is one; truth counts as 0 or 1 so that it can be compared.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Scalar::Bool(b) => Some(f64::from(u8::from(*b))),
            Scalar::Int(n) => Some(*n as f64),
            Scalar::Num(x) => Some(*x),
            Scalar::Text(_) => None,
        }
    }

    /// As a JSON value, the form in which edits carry it.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Scalar::Bool(b) => (*b).into(),
            Scalar::Int(n) => (*n).into(),
            Scalar::Num(x) => (*x).into(),
            Scalar::Text(t) => t.clone().into(),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Bool(true) => f.write_str("yes"),
            Scalar::Bool(false) => f.write_str("no"),
            Scalar::Int(n) => write!(f, "{n}"),
            Scalar::Num(x) => f.write_str(&crate::quantity::significant(*x, 4)),
            Scalar::Text(t) => f.write_str(t),
        }
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Scalar::Bool(value)
    }
}
impl From<u32> for Scalar {
    fn from(value: u32) -> Self {
        Scalar::Int(u64::from(value))
    }
}
impl From<u64> for Scalar {
    fn from(value: u64) -> Self {
        Scalar::Int(value)
    }
}
impl From<f64> for Scalar {
    fn from(value: f64) -> Self {
        Scalar::Num(value)
    }
}
impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Scalar::Text(value.to_owned())
    }
}
impl From<String> for Scalar {
    fn from(value: String) -> Self {
        Scalar::Text(value)
    }
}

impl Write for Scalar {
    fn write(&self) -> Outline {
        match self {
            Scalar::Bool(b) => Outline::Bool(*b),
            Scalar::Int(n) => Outline::Int(*n),
            Scalar::Num(x) => Outline::Num(*x),
            Scalar::Text(t) => Outline::Text(t.clone()),
        }
    }
}

impl Read for Scalar {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        match (value, value.as_u64(), value.as_f64()) {
            (Tree::Bool(b), ..) => Scalar::Bool(*b),
            (Tree::String(text), ..) => Scalar::Text(text.clone()),
            (_, Some(whole), _) => Scalar::Int(whole),
            (_, _, Some(x)) if x.is_finite() => Scalar::Num(x),
            _ => {
                at.expected("a text, a finite number, true or false", value);
                Scalar::Bool(false)
            }
        }
    }
}
