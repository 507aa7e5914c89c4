//! A figure and where it comes from. A bare number in the catalogue is a defect.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How well a figure is supported, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Grade {
    /// Published measurement.
    Measured,
    /// Read in the publisher's own document.
    Primary,
    /// Somebody else's transcription of the publisher's document.
    Secondary,
    /// Computed from sourced figures; the section holds the formula.
    Derived,
    /// An estimate; the section holds its basis. A default, never a hard limit.
    Estimate,
    /// From memory, not yet found in a document. A default, never a hard limit.
    Memory,
    /// Set by the person who made the design.
    User,
    /// Looked for and not found.
    Unknown,
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Grade::Measured => "measured",
            Grade::Primary => "primary",
            Grade::Secondary => "secondary",
            Grade::Derived => "derived",
            Grade::Estimate => "estimate",
            Grade::Memory => "memory",
            Grade::User => "user",
            Grade::Unknown => "unknown",
        })
    }
}

/// A value with its grade, the key of its source in `references/sources.ron`, and the
/// place in that source. The date is the source's own. An unknown value keeps the
/// reason why it is unknown in `section`.
///
/// Written as `Primary("10.2 kW", "S21", "section 2b")` or `Unknown("what was looked for")`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "Written<T>", into = "Written<T>")]
#[serde(bound(
    serialize = "T: Serialize + Clone",
    deserialize = "T: Deserialize<'de>"
))]
pub struct Sourced<T> {
    /// The value; `None` when unknown.
    pub value: Option<T>,
    /// How well it is supported.
    pub grade: Grade,
    /// Key of the source; empty when unknown.
    pub source: String,
    /// Where in the source, or the formula, or the reason.
    pub section: String,
}

impl<T> Sourced<T> {
    /// A value that the user set in a design.
    pub fn user(value: T, note: &str) -> Self {
        Self {
            value: Some(value),
            grade: Grade::User,
            source: USER_SOURCE.into(),
            section: note.into(),
        }
    }

    /// A missing figure and what was looked for.
    pub fn unknown(reason: &str) -> Self {
        Self {
            value: None,
            grade: Grade::Unknown,
            source: String::new(),
            section: reason.into(),
        }
    }

    /// The value, if known.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The same provenance with another value.
    pub fn map<U>(&self, f: impl FnOnce(&T) -> U) -> Sourced<U> {
        Sourced {
            value: self.value.as_ref().map(f),
            grade: self.grade,
            source: self.source.clone(),
            section: self.section.clone(),
        }
    }

    /// Where the figure comes from, without the figure.
    pub fn origin(&self) -> Origin {
        Origin {
            grade: self.grade,
            source: self.source.clone(),
            section: self.section.clone(),
        }
    }
}

impl<T: Copy> Sourced<T> {
    /// The value, if known, by copy.
    pub fn known(&self) -> Option<T> {
        self.value
    }
}

impl<T> Default for Sourced<T> {
    fn default() -> Self {
        Self::unknown("not stated")
    }
}

/// Source key of figures set in a design.
pub const USER_SOURCE: &str = "user";

/// Grade, source and place of a figure, apart from its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// How well the figure is supported.
    pub grade: Grade,
    /// Key of the source.
    pub source: String,
    /// Where in the source.
    pub section: String,
}

impl Origin {
    /// The origin of a figure that follows from others by `formula`.
    pub fn derived(formula: &str) -> Self {
        Self {
            grade: Grade::Derived,
            source: String::new(),
            section: formula.into(),
        }
    }
}

/// The written form: the grade is the constructor, so that it cannot be left out.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
enum Written<T> {
    Measured(T, String, String),
    Primary(T, String, String),
    Secondary(T, String, String),
    Derived(T, String, String),
    Estimate(T, String, String),
    Memory(T, String, String),
    User(T, String, String),
    Unknown(String),
}

impl<T> From<Written<T>> for Sourced<T> {
    fn from(written: Written<T>) -> Self {
        let (grade, (value, source, section)) = match written {
            Written::Measured(v, s, at) => (Grade::Measured, (v, s, at)),
            Written::Primary(v, s, at) => (Grade::Primary, (v, s, at)),
            Written::Secondary(v, s, at) => (Grade::Secondary, (v, s, at)),
            Written::Derived(v, s, at) => (Grade::Derived, (v, s, at)),
            Written::Estimate(v, s, at) => (Grade::Estimate, (v, s, at)),
            Written::Memory(v, s, at) => (Grade::Memory, (v, s, at)),
            Written::User(v, s, at) => (Grade::User, (v, s, at)),
            Written::Unknown(reason) => return Sourced::unknown(&reason),
        };
        Sourced {
            value: Some(value),
            grade,
            source,
            section,
        }
    }
}

impl<T> From<Sourced<T>> for Written<T> {
    fn from(sourced: Sourced<T>) -> Self {
        let Sourced {
            value,
            grade,
            source,
            section,
        } = sourced;
        let Some(v) = value else {
            return Written::Unknown(section);
        };
        match grade {
            Grade::Measured => Written::Measured(v, source, section),
            Grade::Primary => Written::Primary(v, source, section),
            Grade::Secondary => Written::Secondary(v, source, section),
            Grade::Derived => Written::Derived(v, source, section),
            Grade::Estimate => Written::Estimate(v, source, section),
            Grade::Memory => Written::Memory(v, source, section),
            Grade::User => Written::User(v, source, section),
            Grade::Unknown => Written::Unknown(section),
        }
    }
}

/// One source: a document, page or data set that figures are read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who published it (the originator, not a re-host).
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// Document number and version, if it has them.
    #[serde(default)]
    pub version: String,
    /// Date of the version read, ISO 8601, as exact as known (`"2025"`, `"2025-07-23"`).
    pub date: String,
    /// Address of the originator's own page, or empty.
    #[serde(default)]
    pub url: String,
}
