//! RON and JSON documents.

use super::LoadError;
use super::position::{position_of, ron_path};
use crate::design::{Design, from_tree, migrate, validate};
use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Largest document that is read, in bytes.
pub const MAX_TEXT: usize = 1_000_000;

/// Deepest nesting that is read; a design needs six.
const MAX_DEPTH: usize = 48;

/// Written forms of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rusty Object Notation.
    Ron,
    /// JSON.
    Json,
}

/// Reads a design from text; a document that starts with `{` is taken as JSON.
///
/// # Errors
/// With line, column, path, what was found and what was expected.
pub fn design_from_text(text: &str) -> Result<Design, LoadError> {
    let text = text.trim_start_matches('\u{feff}');
    check_size(text)?;
    let format = if text.trim_start().starts_with('{') {
        Format::Json
    } else {
        Format::Ron
    };
    let design = match format {
        Format::Ron => design_from_ron(text)?,
        Format::Json => design_from_json(text)?,
    };
    match validate(&design).into_iter().next() {
        None => Ok(design),
        Some(problem) => {
            let (line, column) = position_of(text, &problem.path).unwrap_or((0, 0));
            Err(LoadError {
                line,
                column,
                path: problem.path,
                message: format!("found {}, expected {}", problem.found, problem.expected),
                ..LoadError::default()
            })
        }
    }
}

/// A design as RON, for files that people read.
pub fn design_to_ron(design: &Design) -> String {
    let pretty = ron::ser::PrettyConfig::new()
        .struct_names(false)
        .compact_arrays(false);
    // A design holds nothing that RON cannot write.
    options()
        .to_string_pretty(design, pretty)
        .unwrap_or_default()
}

/// A design as JSON.
pub fn design_to_json(design: &Design) -> String {
    serde_json::to_string_pretty(design).unwrap_or_default()
}

/// Reads any RON document of the engine's own types.
///
/// # Errors
/// With line, column, path, what was found and what was expected.
pub fn ron_value<T: DeserializeOwned>(text: &str) -> Result<T, LoadError> {
    check_depth(text)?;
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
            } => {
                crate::nearest::nearest(found, expected.iter().copied()).map(str::to_owned)
            }
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
        .with_recursion_limit(MAX_DEPTH * 2)
}

fn check_size(text: &str) -> Result<(), LoadError> {
    if text.len() > MAX_TEXT {
        return Err(LoadError::new(format!(
            "found {} bytes, expected at most {MAX_TEXT}",
            text.len()
        )));
    }
    check_depth(text)
}

/// Refuses deep nesting before any recursive reader sees it.
fn check_depth(text: &str) -> Result<(), LoadError> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let (mut line, mut column) = (1, 0);
    for c in text.chars() {
        column += 1;
        match c {
            '\n' => (line, column) = (line + 1, 0),
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let message = format!("found nesting deeper than {MAX_DEPTH}, expected a design");
            return Err(LoadError {
                line,
                column,
                message,
                ..LoadError::default()
            });
        }
    }
    Ok(())
}

fn design_from_ron(text: &str) -> Result<Design, LoadError> {
    // The version is looked for first: a newer document would otherwise fail on its first
    // unknown field with a misleading message.
    if let Some(version) = ron_schema(text) {
        let probe = serde_json::json!({ "schema": version });
        migrate(probe).map_err(|error| LoadError {
            line: position_of(text, "schema").map_or(0, |(line, _)| line),
            column: 1,
            ..LoadError::new(error.to_string())
        })?;
    }
    ron_value(text).map_err(|mut fault: LoadError| {
        if fault.path.is_empty() || fault.path == "." {
            fault.message +=
                "; expected a design, which starts with `(` in RON and with `{` in JSON";
        }
        fault
    })
}

/// The number after the first `schema:` of a RON document, without parsing the rest.
fn ron_schema(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once("schema")?;
    let digits: String = rest
        .trim_start_matches([':', ' ', '\t'])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

fn design_from_json(text: &str) -> Result<Design, LoadError> {
    let tree: Value = serde_json::from_str(text).map_err(|error| LoadError {
        line: error.line(),
        column: error.column(),
        ..LoadError::new(strip_position(&error.to_string()))
    })?;
    if !tree.is_object() {
        return Err(LoadError::new(
            "found something else than an object, expected a design",
        ));
    }
    let tree = migrate(tree).map_err(|error| LoadError::new(error.to_string()))?;
    from_tree(tree).map_err(|fault| {
        let (line, column) = position_of(text, &fault.path).unwrap_or((0, 0));
        LoadError {
            line,
            column,
            path: fault.path,
            message: fault.message,
            nearest: fault.nearest,
            ..LoadError::default()
        }
    })
}

/// serde_json repeats the position in its text; the error carries it apart.
fn strip_position(message: &str) -> String {
    message
        .split(" at line ")
        .next()
        .unwrap_or(message)
        .to_owned()
}
