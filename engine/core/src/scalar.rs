//! A single untyped value: what a template sets, a requirement demands, a fact
//! yields, and an override replaces.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
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

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Scalar::Bool(b) => s.serialize_bool(*b),
            Scalar::Int(n) => s.serialize_u64(*n),
            Scalar::Num(x) => s.serialize_f64(*x),
            Scalar::Text(t) => s.serialize_str(t),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(Visitor)
    }
}

struct Visitor;

impl serde::de::Visitor<'_> for Visitor {
    type Value = Scalar;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a finite number, true or false")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Bool(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Int(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(u64::try_from(value).map_or(Scalar::Num(value as f64), Scalar::Int))
    }
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Scalar, E> {
        if value.is_finite() {
            Ok(Scalar::Num(value))
        } else {
            Err(E::invalid_value(serde::de::Unexpected::Float(value), &self))
        }
    }
    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }
}
