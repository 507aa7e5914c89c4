//! The JSON form of a design, in which edits, links and templates work, and the way back
//! with the path of what does not fit.

use super::Design;
use crate::written::{TreeFault, read, tree};
use serde_json::Value;

/// The JSON form.
pub fn to_tree(design: &Design) -> Value {
    tree(design)
}

/// A design from its JSON form.
///
/// # Errors
/// The first value that does not fit, with its path.
pub fn from_tree(tree: &Value) -> Result<Design, TreeFault> {
    read(tree).map_err(|faults| faults.into_iter().next().unwrap_or_default())
}
