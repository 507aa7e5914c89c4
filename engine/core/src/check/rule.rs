//! What a rule is, and how one is declared: one file, one type, one doc comment, which is
//! also the rule's page.

use super::{Outcome, Severity};
use crate::derive::Derived;
use crate::predict::Predictions;
use crate::reference::{Reference, Requirement};
use crate::scalar::Scalar;
use crate::sourced::Grade;

/// A physics or engineering check, in code, that holds for any design.
pub trait Rule: Sync {
    /// Code, name, severity and page of the rule.
    fn meta(&self) -> RuleMeta;
    /// Checks every subject of a design.
    fn check(&self, on: &On<'_>) -> Vec<Outcome>;
}

/// What is known about a rule without running it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleMeta {
    /// Three letters and three digits; never reused.
    pub code: &'static str,
    /// Reads after "allow": `overloaded_rack`.
    pub name: &'static str,
    /// What it demands, as a statement.
    pub statement: &'static str,
    /// Severity when it fails.
    pub severity: Severity,
    /// The page: the rule's doc comment; empty without the feature `pages`.
    pub page: &'static str,
}

/// What a rule looks at.
pub struct On<'a> {
    /// Everything derived from the design.
    pub derived: &'a Derived<'a>,
    /// What was predicted for the workloads of the design.
    pub predictions: &'a Predictions,
    /// The requirement that names the rule, with its reference; `None` = the rule alone.
    pub demand: Option<(&'a Reference, &'a Requirement)>,
    /// Figures that the requirement gives the rule.
    pub limits: &'a [(String, Scalar)],
}

impl On<'_> {
    /// A limit of the requirement, by name.
    pub fn limit(&self, name: &str) -> Option<&Scalar> {
        self.limits
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// A limit as a number.
    pub fn limit_number(&self, name: &str) -> Option<f64> {
        self.limit(name).and_then(Scalar::as_f64)
    }
}

/// Whether a fault that rests on these figures may stop a design: all of them are measured, read
/// in the maker's own document, derived from such, or stated by the person.
pub(crate) fn firm(grades: &[Grade]) -> bool {
    let firm = |grade: &Grade| {
        matches!(
            grade,
            Grade::Measured | Grade::Primary | Grade::Derived | Grade::User
        )
    };
    grades.iter().all(firm)
}

/// Declares a rule: the doc comment above the struct becomes its page.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        pub struct $type:ident;
        $code:literal $name:literal $severity:ident $statement:literal
        $check:path
    ) => {
        $(#[doc = $doc])+
        pub struct $type;

        impl $crate::check::Rule for $type {
            fn meta(&self) -> $crate::check::RuleMeta {
                $crate::check::RuleMeta {
                    code: $code,
                    name: $name,
                    statement: $statement,
                    severity: $crate::check::Severity::$severity,
                    page: match cfg!(feature = "pages") {
                        true => concat!($($doc, "\n"),+),
                        false => "",
                    },
                }
            }
            fn check(&self, on: &$crate::check::On<'_>) -> Vec<$crate::check::Outcome> {
                $check(on)
            }
        }
    };
}
pub(crate) use rule;
