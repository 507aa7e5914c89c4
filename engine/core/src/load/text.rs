//! Design documents in RON and JSON, and RON documents of the engine's own data.

use super::LoadError;
use super::reader::{Document, read};
use crate::design::{Design, from_tree, migrate, validate};
use crate::written::{self, Read, TreeFault, Write};

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
    let mut document = read(text).map_err(|mut fault| {
        if fault.path.is_empty() {
            fault.message +=
                "; expected a design, which starts with `(` in RON and with `{` in JSON";
        }
        fault
    })?;
    let mut tree = std::mem::take(&mut document.tree);
    // RON may name the struct.
    if let Some(inner) = tree.get_mut("Design") {
        tree = inner.take();
    }
    let at = |path: &str, message: String| {
        document.fault(TreeFault {
            path: path.to_owned(),
            message,
            nearest: None,
        })
    };
    if !tree.is_object() {
        return Err(at(
            "",
            "found something else than a struct, expected a design".into(),
        ));
    }
    // The message names the field itself.
    let tree = migrate(tree).map_err(|error| LoadError {
        path: String::new(),
        ..at("schema", error.to_string())
    })?;
    let design = from_tree(&tree).map_err(|fault| document.fault(fault))?;
    match validate(&design).into_iter().next() {
        None => Ok(design),
        Some(problem) => {
            let message = format!("found {}, expected {}", problem.found, problem.expected);
            Err(at(&problem.path, message))
        }
    }
}

/// Reads a document of the engine's data: parts, a reference, a price book.
///
/// # Errors
/// Every fault, with line, column, path, what was found and what was expected.
pub fn data_from_text<T: Read>(text: &str) -> Result<T, Vec<LoadError>> {
    document_from_text(text).map(|(data, _)| data)
}

/// The same, with the document, by which faults that are found later can be placed.
pub(super) fn document_from_text<T: Read>(text: &str) -> Result<(T, Document), Vec<LoadError>> {
    let document = read(text).map_err(|fault| vec![fault])?;
    match written::read(&document.tree) {
        Ok(data) => Ok((data, document)),
        Err(faults) => Err(faults.into_iter().map(|f| document.fault(f)).collect()),
    }
}

/// A design as RON, for files that people read.
pub fn design_to_ron(design: &Design) -> String {
    design.write().to_ron() + "\n"
}

/// A design as JSON.
pub fn design_to_json(design: &Design) -> String {
    design.write().to_json_text(true)
}
