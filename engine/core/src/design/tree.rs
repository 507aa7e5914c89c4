//! The JSON form of a design, in which edits, links and templates work, and the way back
//! with the path of what does not fit.

use super::Design;
use crate::outline::outline;
use serde_json::{Map, Value};

/// A value of a tree that does not fit a design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFault {
    /// Path of the value; empty = the tree itself.
    pub path: String,
    /// What was found and expected.
    pub message: String,
    /// Nearest valid name, where a name is at fault.
    pub nearest: Option<String>,
}

/// The JSON form. A design holds nothing that JSON cannot, so that this cannot fail; a null
/// stands in if it did.
pub fn to_tree(design: &Design) -> Value {
    outline(design).map_or(Value::Null, |outline| outline.into_json())
}

/// A design from its JSON form.
///
/// # Errors
/// The first value that does not fit, with its path.
pub fn from_tree(tree: Value) -> Result<Design, TreeFault> {
    match read(tree.clone()) {
        Ok(design) => Ok(design),
        Err(message) => {
            let mut fault = TreeFault {
                path: String::new(),
                message,
                nearest: None,
            };
            locate(&tree, &|alone| alone, &mut fault);
            fault.nearest = nearest_name(&fault.message);
            Err(fault)
        }
    }
}

fn read(tree: Value) -> Result<Design, String> {
    serde_json::from_value(tree).map_err(|error| error.to_string())
}

/// Finds the value at fault by trying each entry alone: every field of a design has a
/// default, so that an entry without its neighbours is refused only for itself. This keeps
/// the reader of a design to one, where a tracking reader would need another of each kind.
fn locate(value: &Value, wrap: &dyn Fn(Value) -> Value, fault: &mut TreeFault) {
    let entries: Vec<(String, &Value, bool)> = match value {
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), v, true)).collect(),
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered.map(|(at, v)| (at.to_string(), v, false)).collect()
        }
        _ => return,
    };
    for (name, entry, named) in entries {
        let alone = |entry: Value| match named {
            true => wrap(Value::Object(Map::from_iter([(name.clone(), entry)]))),
            false => wrap(Value::Array(vec![entry])),
        };
        if let Err(message) = read(alone(entry.clone())) {
            match (named, fault.path.is_empty()) {
                (true, true) => fault.path.push_str(&name),
                (true, false) => fault.path.push_str(&format!(".{name}")),
                (false, _) => fault.path.push_str(&format!("[{name}]")),
            }
            fault.message = message;
            return locate(entry, &alone, fault);
        }
    }
}

/// "unknown field `uplinkz`, expected one of `uplinks`, `spines`": the first quoted name is
/// the one found, the rest are those that would do.
pub(crate) fn nearest_name(message: &str) -> Option<String> {
    if !message.starts_with("unknown") {
        return None;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let found = quoted.next()?;
    crate::nearest::nearest(found, quoted).map(str::to_owned)
}
