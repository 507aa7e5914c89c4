//! A whole number.

use super::entry::{Form, entry};
use super::field::Field;
use crate::ui::AnyView;
use serde_json::Value;

/// A count; grouping by comma, space or underscore is read.
pub fn count_field(field: Field) -> AnyView {
    entry(
        field,
        Form {
            read,
            write,
            keys: "numeric",
            echo: false,
            lines: false,
        },
    )
}

fn read(text: &str) -> Result<Value, String> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '_'))
        .collect();
    let number = digits.parse::<u32>().ok();
    number
        .map(Value::from)
        .ok_or_else(|| ["found \"", text.trim(), "\", expected a whole number"].concat())
}

fn write(value: &Value) -> String {
    value
        .as_u64()
        .map(|number| number.to_string())
        .unwrap_or_default()
}
