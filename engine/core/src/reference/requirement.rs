//! A requirement: one checkable statement of a reference.

use crate::scalar::Scalar;
use crate::sourced::Origin;
use crate::written::{Read, Write};

/// How strongly the document puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Strength {
    /// Must: a design that departs from it deviates.
    Must,
    /// Should: a design that departs from it deviates.
    Should,
    /// For information: departing from it is advice.
    Info,
}

/// One checkable statement. In a file, what is left out of strength, statement, why, test and
/// fix is taken from the entry of the same id under `references/requirements/`.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Requirement {
    /// Id, stable for ever.
    pub id: String,
    /// How strongly.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Strength>"))]
    pub strength: Strength,
    /// What it demands, in our own words.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub statement: String,
    /// Why it matters.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub why: String,
    /// Grade, source and section.
    pub origin: Origin,
    /// Variants to which it cannot apply, with the reason.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub not_in_variant: Vec<(String, String)>,
    /// Facts under which it holds; where one of them does not, it does not apply.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub when: Vec<Comparison>,
    /// How it is checked.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Test>"))]
    pub test: Test,
    /// What makes a design comply, where a plain change does.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub fix: Vec<FixSetting>,
}

impl Requirement {
    /// All comparisons in it: under which it holds, and by which it is checked.
    pub fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        let (facts, groups): (&[Comparison], &[Vec<Comparison>]) = match &self.test {
            Test::Facts(facts) => (facts, &[]),
            Test::Any(groups) => (&[], groups),
            Test::Rule { .. } => (&[], &[]),
        };
        self.when.iter().chain(facts).chain(groups.iter().flatten())
    }
}

/// How a requirement is checked.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Test {
    /// Every comparison must hold.
    Facts(Vec<Comparison>),
    /// Every comparison of one group or another must hold.
    Any(Vec<Vec<Comparison>>),
    /// A rule computes it, under the rule's code; the rule reads `limits`.
    Rule {
        /// Code of the rule ("FAB003").
        rule: String,
        /// Named figures that the rule needs from this document.
        #[cfg_attr(feature = "schema", schemars(default))]
        #[written(default)]
        limits: Vec<(String, Scalar)>,
    },
}

/// A comparison of one named fact.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Comparison {
    /// Name of the fact ("compute.oversubscription").
    pub fact: String,
    /// What it must be.
    pub must: Comparator,
}

/// What a fact must be. A quantity is written with its unit (`"40 GB/s"`), a version as text
/// (`"6.2.0"`), which is compared part by part.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparator {
    /// Equal.
    Is(Scalar),
    /// Anything else.
    IsNot(Scalar),
    /// At least.
    AtLeast(Scalar),
    /// At most.
    AtMost(Scalar),
    /// A whole number of times.
    MultipleOf(Scalar),
    /// One of.
    OneOf(Vec<Scalar>),
    /// At least so many times another fact.
    AtLeastFact(String, f64),
    /// At most so many times another fact.
    AtMostFact(String, f64),
    /// Equal to another fact.
    IsFact(String),
}

/// One change of a fix.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct FixSetting {
    /// Path in the design.
    pub path: String,
    /// New value; `None` takes the reference's own template value for that path.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub value: Option<Scalar>,
}
