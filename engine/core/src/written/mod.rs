//! The written form of the engine's types: how each becomes text and is read from it.
//!
//! A type says once how it is written ([`Write`], [`Read`], both derived). All texts go
//! through two trees: out through [`Outline`], which still knows what RON tells apart, and in
//! through [`Tree`], the plain tree in which edits, links and templates work. Reading never
//! stops at the first fault: it notes each with its path and goes on.

mod basic;
mod outline;
mod reading;

pub use outline::Outline;
pub use plumbline_written::{Read, Write};
pub use reading::{Fields, Reading, TreeFault};

/// A plain tree of values.
pub type Tree = serde_json::Value;

/// A type that can be written. Derived; by hand only where the form is not that of the type.
pub trait Write {
    /// Its outline.
    fn write(&self) -> Outline;
}

/// A type that can be read from a tree.
pub trait Read: Sized {
    /// Whether a struct may leave it out without a default.
    const OPTIONAL: bool = false;

    /// Reads it, notes in `at` what does not fit, and then returns some value, which nobody
    /// will see.
    fn read(value: &Tree, at: &mut Reading) -> Self;
}

/// The tree of anything that can be written.
pub fn tree(value: &(impl Write + ?Sized)) -> Tree {
    value.write().into_json()
}

/// Reads a type from a tree.
///
/// # Errors
/// All that does not fit, each with its path; never an empty list.
pub fn read<T: Read>(value: &Tree) -> Result<T, Vec<TreeFault>> {
    let mut reading = Reading::default();
    let read = T::read(value, &mut reading);
    match reading.faults.is_empty() {
        true => Ok(read),
        false => Err(reading.faults),
    }
}

/// The fields of a struct on their way out.
#[derive(Default)]
pub struct FieldsOut(Vec<(&'static str, Outline)>);

impl FieldsOut {
    /// Adds a field.
    pub fn put(&mut self, name: &'static str, value: &dyn Write) {
        self.0.push((name, value.write()));
    }

    /// The struct.
    pub fn done(self) -> Outline {
        Outline::Fields(self.0)
    }
}

/// Text in quotes, as RON and messages show it. `{:?}` would do, at the price of the tables
/// that tell which of all characters can be printed.
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
