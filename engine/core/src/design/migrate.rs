//! From the written form of an older schema to the present one, on the JSON tree, before
//! any typed reading. Each step is frozen once its schema has been published.

use super::SCHEMA;
use serde_json::Value;
use std::fmt;

/// Why a document cannot be brought to the present schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MigrateError {
    /// `schema` is missing or not a whole number.
    NoVersion,
    /// Made by a newer version of Plumbline.
    Newer(u64),
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MigrateError::NoVersion => {
                write!(
                    f,
                    "schema: expected a whole number from 1 to {SCHEMA}; is this a Plumbline design?"
                )
            }
            MigrateError::Newer(found) => write!(
                f,
                "schema: found {found}, expected at most {SCHEMA}: made by a newer version of Plumbline"
            ),
        }
    }
}

/// Brings a design's tree to the present schema. A document without a `schema` entry but
/// otherwise an object is taken as the present one, so that a short hand-written file works.
///
/// # Errors
/// The version is not a number, or newer than this program.
pub fn migrate(mut tree: Value) -> Result<Value, MigrateError> {
    let Some(object) = tree.as_object_mut() else {
        return Ok(tree);
    };
    let version = match object.get("schema") {
        None => u64::from(SCHEMA),
        Some(version) => version
            .as_u64()
            .filter(|v| *v >= 1)
            .ok_or(MigrateError::NoVersion)?,
    };
    if version > u64::from(SCHEMA) {
        return Err(MigrateError::Newer(version));
    }
    object.insert("schema".into(), SCHEMA.into());
    Ok(tree)
}
