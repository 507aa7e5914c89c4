//! A figure and where it comes from. A bare number in the catalogue is a defect.

use crate::written::{Outline, Read, Reading, Tree, Write};
use std::fmt;

/// How well a figure is supported, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Write, Read)]
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

impl Grade {
    /// All of them, best first.
    pub const ALL: [Self; 8] = [
        Grade::Measured,
        Grade::Primary,
        Grade::Secondary,
        Grade::Derived,
        Grade::Estimate,
        Grade::Memory,
        Grade::User,
        Grade::Unknown,
    ];

    /// Their names in files, in the same order, each with how many values it carries.
    pub(crate) const WORDS: [(&'static str, usize); 8] = [
        ("Measured", 3),
        ("Primary", 3),
        ("Secondary", 3),
        ("Derived", 3),
        ("Estimate", 3),
        ("Memory", 3),
        ("User", 3),
        ("Unknown", 1),
    ];

    /// Its name in files.
    pub fn word(self) -> &'static str {
        Self::WORDS.get(self as usize).map_or("", |(word, _)| word)
    }
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq, Eq, Write, Read)]
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

    /// The origin of what is not known, with what was looked for.
    pub fn unknown(reason: &str) -> Self {
        Self {
            grade: Grade::Unknown,
            source: String::new(),
            section: reason.into(),
        }
    }
}

/// The grade is the constructor, so that it cannot be left out.
impl<T: Write> Write for Sourced<T> {
    fn write(&self) -> Outline {
        match &self.value {
            None => Outline::Variant(Grade::Unknown.word(), vec![self.section.write()]),
            Some(value) => Outline::Variant(
                self.grade.word(),
                vec![value.write(), self.source.write(), self.section.write()],
            ),
        }
    }
}

impl<T: Read> Read for Sourced<T> {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let (which, content) = at.variant(value, &Grade::WORDS);
        match Grade::ALL.get(which) {
            Some(Grade::Unknown) | None => Self {
                value: None,
                grade: Grade::Unknown,
                source: String::new(),
                section: at.only(content),
            },
            Some(grade) => Self {
                value: Some(at.item(content, 0)),
                grade: *grade,
                source: at.item(content, 1),
                section: at.item(content, 2),
            },
        }
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Sourced<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Sourced_{}", T::schema_name()).into()
    }
    fn json_schema(schemas: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = schemas.subschema_for::<T>();
        let text = serde_json::json!({ "type": "string" });
        let graded = Grade::ALL.map(|grade| {
            let content = match grade {
                Grade::Unknown => text.clone(),
                _ => serde_json::json!({
                    "type": "array",
                    "prefixItems": [value, text, text],
                    "minItems": 3,
                    "maxItems": 3,
                }),
            };
            serde_json::json!({
                "type": "object",
                "properties": { (grade.word()): content },
                "required": [grade.word()],
                "additionalProperties": false,
            })
        });
        schemars::json_schema!({ "oneOf": graded })
    }
}

/// One source: a document, page or data set that figures are read from.
#[derive(Debug, Clone, PartialEq, Eq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Source {
    /// Who published it (the originator, not a re-host).
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// Document number and version, if it has them.
    #[written(default)]
    pub version: String,
    /// Date of the version read, ISO 8601, as exact as known (`"2025"`, `"2025-07-23"`).
    pub date: String,
    /// Address of the originator's own page, or empty.
    #[written(default)]
    pub url: String,
}
