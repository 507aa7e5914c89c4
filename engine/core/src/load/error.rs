//! One fault in a document.

use crate::written::quoted;
use std::fmt;

/// Where a document is wrong, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoadError {
    /// File, where there is one.
    pub file: String,
    /// Line, from 1; 0 = not known.
    pub line: usize,
    /// Column, from 1; 0 = not known.
    pub column: usize,
    /// Path in the document (`compute.groups[0].nodes`); empty = the document itself.
    pub path: String,
    /// What was found and what was expected.
    pub message: String,
    /// Nearest valid name, if one is near.
    pub nearest: Option<String>,
}

impl LoadError {
    /// A fault without a position.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    /// The same fault in a named file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = file.to_owned();
        self
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}:", self.file)?;
        }
        if self.line > 0 {
            write!(f, "{}:{}:", self.line, self.column)?;
        }
        if !self.file.is_empty() || self.line > 0 {
            f.write_str(" ")?;
        }
        if !self.path.is_empty() && self.path != "." {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; nearest: {}", quoted(nearest)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LoadError {}
