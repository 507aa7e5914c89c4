//! Findings: what a requirement or a rule says about one subject.

use crate::design::{Edit, Waiver};
use crate::scalar::Scalar;
use crate::sourced::Origin;
use crate::written::Write;
use std::fmt;

use crate::derive::FactUnit;

/// How grave a finding is, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Write)]
#[written(snake_case)]
pub enum Severity {
    /// Physics, safety or a broken count: it cannot work.
    Blocker,
    /// Departs from a must or should of the reference the person claims.
    Deviation,
    /// Worth knowing.
    Advice,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Blocker => "blocker",
            Severity::Deviation => "deviation",
            Severity::Advice => "advice",
        })
    }
}

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Write)]
#[written(snake_case)]
pub enum Status {
    /// It does not hold.
    Fail,
    /// A datum is missing; `missing` names it.
    Unknown,
    /// It does not hold, and the person accepts that.
    Waived,
    /// It holds.
    Pass,
    /// It cannot apply here; the message says why.
    NotApplicable,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Fail => "fail",
            Status::Unknown => "unknown",
            Status::Waived => "waived",
            Status::Pass => "pass",
            Status::NotApplicable => "not applicable",
        })
    }
}

/// A change that may mend a finding. [`super::fixes`] returns only proven ones.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Fix {
    /// What it does, in words.
    pub title: String,
    /// The edits, applied as one step.
    pub edits: Vec<Edit>,
}

/// The result of one check on one subject.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Finding {
    /// Requirement id, or the rule's code where no requirement names the rule.
    pub id: String,
    /// Other ids of the same fault: the rule that computes it, other references' requirements.
    pub also: Vec<String>,
    /// Id of the reference that demands it; empty for a rule that holds for any design.
    pub reference: String,
    /// How grave it is when it fails.
    pub severity: Severity,
    /// What became of it.
    pub status: Status,
    /// Path in the design.
    pub subject: String,
    /// What is checked, as a statement.
    pub statement: String,
    /// What was found and what is required, in words with units.
    pub message: String,
    /// Found value, in base units.
    pub found: Option<Scalar>,
    /// Required value, in base units.
    pub required: Option<Scalar>,
    /// Unit symbol of both; empty for counts, ratios and text.
    pub unit: &'static str,
    /// Grade, source and section of the demand.
    pub origin: Origin,
    /// Path or part field of the datum that would decide it.
    pub missing: Option<String>,
    /// Changes that the rule suggests; not yet proven.
    pub fixes: Vec<Fix>,
    /// The waiver, if one accepts it.
    pub waiver: Option<Waiver>,
}

/// One check's result before the ids and the severity are put on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Path in the design.
    pub subject: String,
    /// What became of it.
    pub status: Status,
    /// Found value, in base units.
    pub found: Option<Scalar>,
    /// Required value, in base units.
    pub required: Option<Scalar>,
    /// Unit of both.
    pub unit: FactUnit,
    /// Message: found, then required, with units; no capital, no final period.
    pub message: String,
    /// The datum that would decide it.
    pub missing: Option<String>,
    /// Changes that would mend it.
    pub fixes: Vec<Fix>,
    /// Severity of this outcome, where it differs from the rule's own.
    pub severity: Option<Severity>,
    /// Source of the figure that decides, where the rule rests on one of the catalogue's or
    /// of the constants'.
    pub origin: Option<Origin>,
    /// Stands on the rule's own ground: it carries the rule's code even where a
    /// requirement names the rule.
    pub own: bool,
}

impl Outcome {
    /// An outcome without values.
    pub fn new(status: Status, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            status,
            found: None,
            required: None,
            unit: FactUnit::Count,
            message: message.into(),
            missing: None,
            fixes: Vec::new(),
            severity: None,
            origin: None,
            own: false,
        }
    }

    /// Compares two values in words: pass or fail by `holds`.
    pub fn compared(
        subject: impl Into<String>,
        unit: FactUnit,
        found: Scalar,
        must: &str,
        required: Scalar,
        holds: bool,
    ) -> Self {
        let status = if holds { Status::Pass } else { Status::Fail };
        let message = format!(
            "found {}, required {must} {}",
            unit.show(&found),
            unit.show(&required)
        );
        Self {
            found: Some(found),
            required: Some(required),
            unit,
            ..Self::new(status, subject, message)
        }
    }

    /// A datum is missing.
    pub fn unknown(subject: impl Into<String>, missing: impl Into<String>, what: &str) -> Self {
        let missing = missing.into();
        let message = format!("{what} is not known: {missing} would decide it");
        Self {
            missing: Some(missing),
            ..Self::new(Status::Unknown, subject, message)
        }
    }

    /// The same outcome with a fix.
    #[must_use]
    pub fn with_fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix {
            title: title.into(),
            edits,
        });
        self
    }

    /// The same outcome, resting on a sourced figure.
    #[must_use]
    pub fn by(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The same outcome with another severity.
    #[must_use]
    pub fn at(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}
