//! A world, its index and its references, each as one text: made by the build, read when the
//! program starts or wants it.
//!
//! They go through the same tree and the same readers of parts as an override does: a binary
//! form would need a second reader of each kind of part, and saves nothing once compressed.

use super::reader::read_tree;
use crate::written::{Read, Write, read};

/// Data as text.
pub fn pack(data: &impl Write) -> String {
    data.write().to_json_text(false)
}

/// The data in a text of [`pack`].
///
/// # Errors
/// Where the text is not that of such data.
pub fn unpack<T: Read>(text: &str) -> Result<T, String> {
    let tree = read_tree(text).map_err(|fault| fault.to_string())?;
    read(&tree).map_err(|faults| {
        let first = faults.into_iter().next().unwrap_or_default();
        format!("{}: {}", first.path, first.message)
    })
}
