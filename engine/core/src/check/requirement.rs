//! Plain requirements: comparisons of named facts.

use super::comparison::{judge, one};
use super::{Finding, Outcome, Status, severity};
use crate::derive::Derived;
use crate::reference::{Comparison, Reference, Requirement, Test};

/// The finding of a requirement that compares facts. Of comparisons that must all hold, the
/// first that fails decides, else the first that is unknown; of several groups, one that holds
/// is enough.
pub(super) fn compare(
    derived: &Derived<'_>,
    reference: &Reference,
    requirement: &Requirement,
) -> Finding {
    if let Some(finding) = set_aside(derived, reference, requirement) {
        return finding;
    }
    let outcome = match &requirement.test {
        Test::Facts(comparisons) => all(derived, comparisons),
        Test::Any(groups) => any(groups.iter().filter_map(|group| all(derived, group))),
        Test::Rule { .. } => None,
    };
    let nothing = || Outcome::new(Status::NotApplicable, "", "nothing to compare");
    from_outcome(reference, requirement, outcome.unwrap_or_else(nothing))
}

/// A finding that says why the requirement does not apply to the design: its variant, or facts
/// under which it does not hold. Where such a fact is missing, the finding is unknown.
pub(super) fn set_aside(
    derived: &Derived<'_>,
    reference: &Reference,
    requirement: &Requirement,
) -> Option<Finding> {
    let outcome =
        in_variant(derived, reference, requirement).or_else(|| when(derived, requirement));
    outcome.map(|outcome| from_outcome(reference, requirement, outcome))
}

/// Whether the facts are such that the requirement holds.
pub(super) fn applies(derived: &Derived<'_>, requirement: &Requirement) -> bool {
    when(derived, requirement).is_none()
}

fn in_variant(
    derived: &Derived<'_>,
    reference: &Reference,
    requirement: &Requirement,
) -> Option<Outcome> {
    let claim = derived.design.claim.as_ref();
    let claim = claim.filter(|claim| claim.reference == reference.id)?;
    let mut excused = requirement.not_in_variant.iter();
    let (_, reason) = excused.find(|(variant, _)| *variant == claim.variant)?;
    let reason = reason.clone();
    Some(Outcome::new(Status::NotApplicable, "claim.variant", reason))
}

/// What keeps the requirement from applying: a condition that does not hold before one that is
/// unknown.
fn when(derived: &Derived<'_>, requirement: &Requirement) -> Option<Outcome> {
    let conditions = requirement.when.iter();
    let kept = conditions.filter_map(|condition| match judge(derived, condition) {
        Ok(judged) if judged.holds => None,
        Ok(judged) => {
            let (found, required) = (judged.shown(), judged.required());
            let message = format!("found {found}; it applies where that is {required}");
            let subject = judged.fact.subject;
            Some(Outcome::new(Status::NotApplicable, subject, message))
        }
        Err(outcome) => Some(*outcome),
    });
    let mut kept: Vec<Outcome> = kept.collect();
    let decided = |outcome: &Outcome| outcome.status == Status::NotApplicable;
    let first = kept.iter().position(decided).unwrap_or(0);
    (first < kept.len()).then(|| kept.swap_remove(first))
}

/// The gravest of comparisons that must all hold, the first of equals.
fn all(derived: &Derived<'_>, comparisons: &[Comparison]) -> Option<Outcome> {
    let outcomes = comparisons.iter().map(|c| one(derived, c));
    outcomes.min_by_key(|outcome| outcome.status)
}

/// The lightest of several, the first of equals; where all fail, one that names all ways out.
fn any(outcomes: impl Iterator<Item = Outcome>) -> Option<Outcome> {
    let outcomes: Vec<Outcome> = outcomes.collect();
    let lightest = outcomes.iter().map(|outcome| outcome.status).max()?;
    let messages = outcomes.iter().map(|outcome| outcome.message.as_str());
    let messages = messages.collect::<Vec<_>>().join("; or ");
    let mut first = outcomes.into_iter().find(|o| o.status == lightest)?;
    if lightest == Status::Fail {
        first.message = messages;
    }
    Some(first)
}

fn from_outcome(reference: &Reference, requirement: &Requirement, outcome: Outcome) -> Finding {
    Finding {
        id: requirement.id.clone(),
        also: Vec::new(),
        reference: reference.id.clone(),
        severity: outcome
            .severity
            .unwrap_or_else(|| severity(requirement.strength)),
        status: outcome.status,
        subject: outcome.subject,
        statement: requirement.statement.clone(),
        message: outcome.message,
        found: outcome.found,
        required: outcome.required,
        unit: outcome.unit.symbol(),
        origin: requirement.origin.clone(),
        missing: outcome.missing,
        fixes: outcome.fixes,
        waiver: None,
    }
}
