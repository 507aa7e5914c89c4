//! RON and JSON documents.

use super::LoadError;
use crate::design::{Design, migrate, validate};
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
        Some(problem) => Err(LoadError {
            line: line_of(text, &problem.path),
            column: usize::from(line_of(text, &problem.path) > 0),
            path: problem.path,
            message: format!("found {}, expected {}", problem.found, problem.expected),
            ..LoadError::default()
        }),
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
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options())
        .map_err(|error| at(error.span.start, String::new(), error.code.to_string()))?;
    let value: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let spanned = deserializer.span_error(error.into_inner());
        let mut message = spanned.code.to_string();
        if !message.contains("found") {
            message += &found_at(text, &spanned.span.start);
        }
        let mut fault = at(spanned.span.start, path, message);
        fault.nearest = match &spanned.code {
            ron::Error::NoSuchStructField {
                expected, found, ..
            }
            | ron::Error::NoSuchEnumVariant {
                expected, found, ..
            } => crate::nearest::nearest(found, expected.iter().copied()).map(str::to_owned),
            _ => None,
        };
        fault
    })?;
    deserializer
        .end()
        .map_err(|error| deserializer.span_error(error))
        .map_err(|error| at(error.span.start, String::new(), error.code.to_string()))?;
    Ok(value)
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

fn at(position: ron::error::Position, path: String, message: String) -> LoadError {
    LoadError {
        line: position.line,
        column: position.col,
        path,
        message,
        ..LoadError::default()
    }
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
            line: line_of(text, "schema"),
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
    let json = |error: serde_json::Error, path: String| LoadError {
        line: error.line(),
        column: error.column(),
        path,
        message: strip_position(&error.to_string()),
        ..LoadError::default()
    };
    let tree: Value = serde_json::from_str(text).map_err(|error| json(error, String::new()))?;
    if !tree.is_object() {
        return Err(LoadError::new(
            "found something else than an object, expected a design",
        ));
    }
    if tree.get("schema").and_then(Value::as_u64) == Some(u64::from(crate::design::SCHEMA)) {
        // The present schema is read from the text, so that errors know their position.
        let mut deserializer = serde_json::Deserializer::from_str(text);
        return serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            json(error.into_inner(), path)
        });
    }
    let tree = migrate(tree).map_err(|error| LoadError::new(error.to_string()))?;
    serde_path_to_error::deserialize(tree).map_err(|error| LoadError {
        path: error.path().to_string(),
        ..LoadError::new(error.inner().to_string())
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

/// The line on which the last name of a path first stands, for faults found after reading.
fn line_of(text: &str, path: &str) -> usize {
    let name = path.rsplit('.').next().unwrap_or(path);
    let name = name.split('[').next().unwrap_or(name);
    text.lines()
        .position(|line| line.contains(name))
        .map_or(0, |at| at + 1)
}
