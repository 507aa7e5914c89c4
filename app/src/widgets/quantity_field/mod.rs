//! A number with its unit, as the person writes it: `400 Gb/s`, `1.2 MW`.

use super::entry::{Form, entry};
use super::field::{Field, plain};
use crate::ui::AnyView;
use serde_json::Value;

/// A quantity; the engine's own parser reads the text.
pub fn quantity_field(field: Field) -> AnyView {
    entry(
        field,
        Form {
            read: |text| Ok(text.trim().into()),
            write: written,
            keys: "text",
            echo: true,
            lines: false,
        },
    )
}

/// A share, shown in per cent; `0.85`, `85 %` and `85%` are read alike.
pub fn share_field(field: Field) -> AnyView {
    entry(
        field,
        Form {
            read: |text| Ok(text.trim().into()),
            write: percent,
            keys: "text",
            echo: true,
            lines: false,
        },
    )
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        other => plain(other),
    }
}

/// Only the point moves, so that no digit is lost or made: 0.07 is "7 %" and not
/// "7.000000000000001 %".
fn percent(value: &Value) -> String {
    let Some(share) = value.as_f64() else {
        return written(value);
    };
    let rounded = (share * 1e12).round() / 1e10;
    [&rounded.to_string(), " %"].concat()
}
