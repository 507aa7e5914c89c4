//! Lines of text, such as a table that is pasted.

use super::entry::{Form, entry};
use super::field::Field;
use crate::ui::AnyView;

/// Text of several lines.
pub fn area_field(field: Field) -> AnyView {
    let write = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    entry(
        field,
        Form {
            read: |text| Ok(text.into()),
            write,
            keys: "text",
            echo: false,
            lines: true,
        },
    )
}
