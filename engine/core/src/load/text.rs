//! Design documents in RON and JSON, and RON documents of the engine's own data.

use super::LoadError;
use super::reader::read;
use crate::design::{Design, from_tree, migrate, validate};
use crate::outline::outline;

/// Largest document that is read, in bytes.
pub const MAX_TEXT: usize = 1_000_000;

/// Written forms of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rusty Object Notation.
    Ron,
    /// JSON.
    Json,
}

/// Reads a design from RON or JSON text.
///
/// # Errors
/// With line, column, path, what was found and what was expected.
pub fn design_from_text(text: &str) -> Result<Design, LoadError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.len() > MAX_TEXT {
        return Err(LoadError::new(format!(
            "found {} bytes, expected at most {MAX_TEXT}",
            text.len()
        )));
    }
    let document = read(text).map_err(|mut fault| {
        if fault.path.is_empty() {
            fault.message +=
                "; expected a design, which starts with `(` in RON and with `{` in JSON";
        }
        fault
    })?;
    let at = |path: String, message: String| {
        // What is said of an entry that is not there is said of what would hold it.
        let known = std::iter::successors(Some(path.as_str()), |path| {
            path.rfind(['.', '[']).and_then(|end| path.get(..end))
        });
        let position = known.filter_map(|path| document.positions.get(path)).next();
        let (line, column) = position.copied().unwrap_or((0, 0));
        LoadError {
            line,
            column,
            path,
            message,
            ..LoadError::default()
        }
    };
    if !document.tree.is_object() {
        let message = "found something else than a struct, expected a design";
        return Err(at(String::new(), message.into()));
    }
    // The message names the field itself.
    let tree = migrate(document.tree.clone()).map_err(|error| LoadError {
        path: String::new(),
        ..at("schema".into(), error.to_string())
    })?;
    let design = from_tree(tree).map_err(|fault| LoadError {
        nearest: fault.nearest,
        ..at(fault.path, fault.message)
    })?;
    match validate(&design).into_iter().next() {
        None => Ok(design),
        Some(problem) => {
            let message = format!("found {}, expected {}", problem.found, problem.expected);
            Err(at(problem.path, message))
        }
    }
}

/// A design as RON, for files that people read.
pub fn design_to_ron(design: &Design) -> String {
    // A design holds nothing that cannot be written.
    outline(design).map_or_else(|_| String::new(), |outline| outline.to_ron() + "\n")
}

/// A design as JSON.
pub fn design_to_json(design: &Design) -> String {
    outline(design).map_or_else(|_| String::new(), |outline| outline.to_json_text(true))
}
