//! Bounds that a design must keep whatever it describes: they protect arithmetic and time,
//! and are not engineering judgement.

use super::Design;
use std::fmt;

/// Longest life that the cost model covers.
pub const MAX_YEARS: u32 = 10;

/// Largest number of anything that one field may count.
pub const MAX_COUNT: u32 = 1_000_000;

/// Most entries of one list, and most characters of one text.
const MAX_LIST: usize = 200;
const MAX_TEXT: usize = 4_000;

/// A value outside its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path of the field.
    pub path: String,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: found {}, expected {}",
            self.path, self.found, self.expected
        )
    }
}

/// All values outside their bounds, in the order of the design.
pub fn validate(design: &Design) -> Vec<Problem> {
    let mut problems = Vec::new();
    let tree = super::to_tree(design);
    walk(&tree, &mut String::new(), &mut problems);
    let years = design.economics.years;
    if !(1..=MAX_YEARS).contains(&years) {
        problems.push(Problem {
            path: "economics.years".into(),
            found: years.to_string(),
            expected: format!("1 to {MAX_YEARS}"),
        });
    }
    for (at, waiver) in design.waivers.iter().enumerate() {
        if waiver.reason.trim().is_empty() {
            problems.push(Problem {
                path: format!("waivers[{at}].reason"),
                found: "no text".into(),
                expected: "a reason".into(),
            });
        }
    }
    problems
}

fn walk(value: &serde_json::Value, path: &mut String, problems: &mut Vec<Problem>) {
    use serde_json::Value;
    let mut report = |found: String, expected: String| {
        problems.push(Problem {
            path: path.clone(),
            found,
            expected,
        });
    };
    match value {
        Value::Number(n) if n.as_f64().is_some_and(|x| x < 0.0) => {
            report(n.to_string(), "zero or more".into());
        }
        Value::Number(n) if n.as_u64().is_some_and(|x| x > u64::from(MAX_COUNT)) => {
            report(n.to_string(), format!("at most {MAX_COUNT}"));
        }
        Value::String(text)
            if text.starts_with('-') && text[1..].starts_with(|c: char| c.is_ascii_digit()) =>
        {
            report(text.clone(), "zero or more".into());
        }
        Value::String(text) if text.len() > MAX_TEXT => {
            report(
                format!("{} characters", text.len()),
                format!("at most {MAX_TEXT} characters"),
            );
        }
        Value::Array(list) if list.len() > MAX_LIST => {
            report(
                format!("{} entries", list.len()),
                format!("at most {MAX_LIST} entries"),
            );
        }
        Value::Object(map) if map.len() > MAX_LIST => {
            report(
                format!("{} entries", map.len()),
                format!("at most {MAX_LIST} entries"),
            );
        }
        Value::Array(list) => {
            for (at, entry) in list.iter().enumerate() {
                descend(path, &format!("[{at}]"), entry, problems);
            }
        }
        Value::Object(map) => {
            for (key, entry) in map {
                let step = if path.is_empty() {
                    key.clone()
                } else {
                    format!(".{key}")
                };
                descend(path, &step, entry, problems);
            }
        }
        _ => {}
    }
}

fn descend(path: &mut String, step: &str, value: &serde_json::Value, problems: &mut Vec<Problem>) {
    let length = path.len();
    path.push_str(step);
    walk(value, path, problems);
    path.truncate(length);
}
