//! A line of text.

use super::entry::{Form, entry};
use super::field::Field;
use crate::ui::AnyView;

/// Text.
pub fn text_field(field: Field) -> AnyView {
    let write = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    entry(
        field,
        Form {
            read: |text| Ok(text.into()),
            write,
            keys: "text",
            echo: false,
            lines: false,
        },
    )
}
