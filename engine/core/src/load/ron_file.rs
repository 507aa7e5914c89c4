//! RON files of `references/`, read straight into the engine's types by the `ron` crate: on
//! a build machine and on the command line size does not matter, and enums with content are
//! read as RON means them.

use super::LoadError;
use super::position::ron_path;
use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

/// Reads any RON document of the engine's own types.
///
/// # Errors
/// With line, column, path, what was found and what was expected.
pub fn ron_value<T: DeserializeOwned>(text: &str) -> Result<T, LoadError> {
    options().from_str(text).map_err(|spanned| {
        let position = &spanned.span.start;
        let mut message = spanned.code.to_string();
        if !message.contains("found") {
            message += &found_at(text, position);
        }
        let nearest = match &spanned.code {
            ron::Error::NoSuchStructField {
                expected, found, ..
            }
            | ron::Error::NoSuchEnumVariant {
                expected, found, ..
            } => crate::nearest::nearest(found, expected.iter().copied()).map(str::to_owned),
            _ => None,
        };
        LoadError {
            line: position.line,
            column: position.col,
            path: ron_path(text, position.line, position.col),
            message,
            nearest,
            ..LoadError::default()
        }
    })
}

/// What stands at a position, up to the next comma: RON's own messages say only what was
/// expected.
fn found_at(text: &str, position: &ron::error::Position) -> String {
    let line = text
        .lines()
        .nth(position.line.saturating_sub(1))
        .unwrap_or_default();
    let rest: String = line
        .chars()
        .skip(position.col.saturating_sub(1))
        .take(60)
        .collect();
    let token = rest
        .trim_start_matches([':', ' '])
        .split(',')
        .next()
        .unwrap_or_default()
        .trim();
    if token.is_empty() {
        String::new()
    } else {
        format!(", found `{token}`")
    }
}

fn options() -> Options {
    Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(96)
}
