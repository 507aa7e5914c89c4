//! Edits as commands. Undo, fixes, imports and the difference of two designs are all
//! lists of edits; there is no second way to change a design.
//!
//! An edit names a path and carries a JSON value. It is applied to the JSON form of the
//! design and read back through the design's own types, so that a value of the wrong kind
//! is refused with the type's own message and nothing changes.

use super::path::{Path, PathError, Segment, get, parent_mut};
use super::tree::{from_tree, to_tree};
use super::{Design, Problem, Stated, validate};
use crate::written::{self, Read, Write, quoted};
use serde_json::Value;
use std::fmt;

/// One change of a design.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[written(snake_case)]
pub enum Edit {
    /// Replaces the value at a path, or adds an entry to a map.
    Set {
        /// Where.
        path: String,
        /// New value, in its written form (`"1.2 MW"`, `48`, `true`).
        value: Value,
    },
    /// Inserts an entry into a list; the path ends in the index it will have.
    Insert {
        /// Where.
        path: String,
        /// New entry.
        value: Value,
    },
    /// Removes an entry of a list or of a map.
    Remove {
        /// Where.
        path: String,
    },
}

impl Edit {
    /// Sets `path` to anything that has a written form.
    pub fn set(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Edit::Set {
            path: path.into(),
            value: value.into(),
        }
    }

    /// The path it touches.
    pub fn path(&self) -> &str {
        match self {
            Edit::Set { path, .. } | Edit::Insert { path, .. } | Edit::Remove { path } => path,
        }
    }
}

/// Why an edit was refused; the design is unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The path is malformed.
    Path(PathError),
    /// The path names nothing; with the nearest field name.
    NoSuchPath {
        /// The path.
        path: String,
        /// Nearest name at the step that failed.
        nearest: Option<String>,
    },
    /// The value does not fit.
    Value {
        /// Where the type refused it.
        path: String,
        /// What was found and expected.
        message: String,
    },
    /// The value fits its type but not its bounds.
    OutOfBounds(Problem),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::Path(error) => error.fmt(f),
            EditError::NoSuchPath {
                path,
                nearest: Some(name),
            } => {
                write!(f, "{path}: no such field; nearest: {}", quoted(name))
            }
            EditError::NoSuchPath {
                path,
                nearest: None,
            } => write!(f, "{path}: no such field"),
            EditError::Value { path, message } => write!(f, "{path}: {message}"),
            EditError::OutOfBounds(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for EditError {}

/// Applies one edit and returns the design after it, with the edit that undoes it.
///
/// # Errors
/// Says which path or value was refused and why.
pub fn apply(design: &Design, edit: &Edit) -> Result<(Design, Edit), EditError> {
    let (next, mut inverse) = apply_all(design, std::slice::from_ref(edit))?;
    // One edit has exactly one inverse; `pop` on an empty list cannot happen.
    let inverse = inverse.pop().unwrap_or_else(|| edit.clone());
    Ok((next, inverse))
}

/// Applies edits in order, all or none, and returns the edits that undo them, in the order
/// in which they must be applied.
///
/// # Errors
/// Says which path or value was refused and why.
pub fn apply_all(design: &Design, edits: &[Edit]) -> Result<(Design, Vec<Edit>), EditError> {
    let mut tree = to_tree(design);
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        inverses.push(change(&mut tree, edit)?);
    }
    let next = from_tree(&tree).map_err(|fault| EditError::Value {
        path: fault.path,
        message: fault.message,
    })?;
    if let Some(problem) = validate(&next).into_iter().next() {
        return Err(EditError::OutOfBounds(problem));
    }
    inverses.reverse();
    Ok((next, inverses))
}

/// Edits that turn one design into another, in a fixed order.
pub fn difference(from: &Design, to: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    differ(&to_tree(from), &to_tree(to), String::new(), &mut edits);
    edits
}

fn change(tree: &mut Value, edit: &Edit) -> Result<Edit, EditError> {
    let path = Path::parse(edit.path()).map_err(EditError::Path)?;
    let text = edit.path().to_owned();
    let unstated = match edit {
        Edit::Set { .. } => state_size(tree, &path),
        _ => None,
    };
    let missing = missing_step(tree, &path, edit);
    let old = get(tree, &path).cloned();
    let no_such = || EditError::NoSuchPath {
        path: text.clone(),
        nearest: missing.clone(),
    };
    let made = match edit {
        Edit::Set { .. } => create_map_entry(tree, &path),
        _ => None,
    };
    let parent = parent_mut(tree, &path).ok_or_else(no_such)?;
    match (edit, parent, path.0.last()) {
        // A name that stands for nothing is none.
        (Edit::Set { value, .. }, Value::Object(map), Some(Segment::Key(key)))
            if value.is_null() && in_own_map(&path) =>
        {
            let value = map.remove(key).unwrap_or(Value::Null);
            Ok(Edit::Set { path: text, value })
        }
        (Edit::Set { value, .. }, Value::Object(map), Some(Segment::Key(key))) => {
            // Only the design's maps take new keys; a struct's fields are all there.
            if old.is_none() && !in_map(&path) {
                return Err(no_such());
            }
            map.insert(key.clone(), value.clone());
            if let Some(path) = unstated {
                let value = Value::Null;
                return Ok(Edit::Set { path, value });
            }
            Ok(match (old, made) {
                (Some(value), _) => Edit::Set { path: text, value },
                (None, Some(entry)) => Edit::Remove { path: entry },
                (None, None) => Edit::Remove { path: text },
            })
        }
        (Edit::Set { value, .. }, Value::Array(list), Some(Segment::Index(at))) => {
            *list.get_mut(*at).ok_or_else(no_such)? = value.clone();
            Ok(Edit::Set {
                path: text,
                value: old.unwrap_or(Value::Null),
            })
        }
        (Edit::Insert { value, .. }, Value::Array(list), Some(Segment::Index(at))) => {
            if *at > list.len() {
                return Err(no_such());
            }
            list.insert(*at, value.clone());
            Ok(Edit::Remove { path: text })
        }
        (Edit::Remove { .. }, Value::Array(list), Some(Segment::Index(at))) if *at < list.len() => {
            Ok(Edit::Insert {
                path: text,
                value: list.remove(*at),
            })
        }
        (Edit::Remove { .. }, Value::Object(map), Some(Segment::Key(key))) => {
            if !in_map(&path) {
                return Err(no_such());
            }
            let value = map.remove(key).ok_or_else(no_such)?;
            // The last override of a part takes the part's entry with it.
            if map.is_empty()
                && !in_own_map(&path)
                && let [Segment::Key(root), Segment::Key(entry), _] = path.0.as_slice()
                && let Some(Value::Object(entries)) = tree.get_mut(root.as_str())
            {
                entries.remove(entry);
            }
            Ok(Edit::Set { path: text, value })
        }
        _ => Err(no_such()),
    }
}

/// Maps of a design, whose keys come and go.
const MAPS: [&str; 2] = ["overrides", "quotes"];

fn in_map(path: &Path) -> bool {
    in_own_map(path)
        || matches!(path.0.as_slice(), [Segment::Key(root), _, ..] if MAPS.contains(&root.as_str()))
}

/// In a map that is a field of a section, and stays when it is empty.
fn in_own_map(path: &Path) -> bool {
    matches!(path.0.as_slice(), [Segment::Key(section), Segment::Key(map), Segment::Key(_)]
        if section == "orchestration" && map == "software")
}

/// An override or a quote may be the first of its part or line: the entry above the last step
/// is then made, and its path returned. Everything else must exist.
fn create_map_entry(tree: &mut Value, path: &Path) -> Option<String> {
    let [Segment::Key(root), Segment::Key(entry), Segment::Key(_)] = path.0.as_slice() else {
        return None;
    };
    let Some(Value::Object(map)) = tree.get_mut(root.as_str()).filter(|_| in_map(path)) else {
        return None;
    };
    if map.contains_key(entry) {
        return None;
    }
    map.insert(entry.clone(), Value::Object(serde_json::Map::new()));
    Some(format!("{root}.{entry}"))
}

/// The stated size is a section that need not be there: the first field that is set states it,
/// and the other takes its default. Its path is returned.
fn state_size(tree: &mut Value, path: &Path) -> Option<String> {
    let [Segment::Key(root), Segment::Key(section), Segment::Key(_)] = path.0.as_slice() else {
        return None;
    };
    if (root.as_str(), section.as_str()) != ("claim", "stated") {
        return None;
    }
    let stated = tree.get_mut("claim")?.get_mut("stated")?;
    if !stated.is_null() {
        return None;
    }
    *stated = written::tree(&Stated::default());
    Some("claim.stated".into())
}

/// The nearest name at the first step that does not exist.
fn missing_step(tree: &Value, path: &Path, edit: &Edit) -> Option<String> {
    let mut value = tree;
    for segment in &path.0 {
        let next = match segment {
            Segment::Key(key) => value.get(key.as_str()),
            Segment::Index(index) => value.get(*index),
        };
        match (next, segment, value) {
            (Some(next), ..) => value = next,
            (None, Segment::Key(key), Value::Object(map)) => {
                return crate::nearest::nearest(key, map.keys().map(String::as_str))
                    .map(str::to_owned)
                    .filter(|_| !matches!(edit, Edit::Insert { .. }));
            }
            _ => return None,
        }
    }
    None
}

fn differ(from: &Value, to: &Value, path: String, edits: &mut Vec<Edit>) {
    let below = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match (from, to) {
        _ if from == to => {}
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(next) => differ(value, next, below(key), edits),
                    None => edits.push(Edit::Remove { path: below(key) }),
                }
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                edits.push(Edit::Set {
                    path: below(key),
                    value: value.clone(),
                });
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (at, (a, b)) in old.iter().zip(new).enumerate() {
                differ(a, b, format!("{path}[{at}]"), edits);
            }
            for at in (new.len()..old.len()).rev() {
                edits.push(Edit::Remove {
                    path: format!("{path}[{at}]"),
                });
            }
            for (at, value) in new.iter().enumerate().skip(old.len()) {
                edits.push(Edit::Insert {
                    path: format!("{path}[{at}]"),
                    value: value.clone(),
                });
            }
        }
        _ => edits.push(Edit::Set {
            path,
            value: to.clone(),
        }),
    }
}
