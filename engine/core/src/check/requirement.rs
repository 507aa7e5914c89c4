//! Plain requirements: comparisons of named facts.

use super::{Finding, Outcome, Severity, Status, severity};
use crate::derive::{Derived, Fact, FactUnit, fact, fact_value};
use crate::reference::{Comparator, Comparison, Reference, Requirement, Test};
use crate::scalar::Scalar;
use crate::written::quoted;

/// The finding of a requirement that is a list of comparisons: the first that fails decides,
/// else the first that is unknown.
pub(super) fn compare(
    derived: &Derived<'_>,
    reference: &Reference,
    requirement: &Requirement,
) -> Finding {
    if let Some(finding) = not_in_variant(derived, reference, requirement) {
        return finding;
    }
    let comparisons = match &requirement.test {
        Test::Facts(comparisons) => comparisons.as_slice(),
        Test::Rule { .. } => &[],
    };
    let outcomes: Vec<Outcome> = comparisons.iter().map(|c| one(derived, c)).collect();
    let gravest = outcomes.into_iter().min_by_key(|outcome| outcome.status);
    let outcome =
        gravest.unwrap_or_else(|| Outcome::new(Status::NotApplicable, "", "nothing to compare"));
    from_outcome(reference, requirement, outcome)
}

/// A finding that says why the requirement cannot apply to the design's variant.
pub(super) fn not_in_variant(
    derived: &Derived<'_>,
    reference: &Reference,
    requirement: &Requirement,
) -> Option<Finding> {
    let claim = derived
        .design
        .claim
        .as_ref()
        .filter(|claim| claim.reference == reference.id)?;
    let (_, reason) = requirement
        .not_in_variant
        .iter()
        .find(|(variant, _)| *variant == claim.variant)?;
    let outcome = Outcome::new(Status::NotApplicable, "claim.variant", reason.clone());
    Some(from_outcome(reference, requirement, outcome))
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

fn one(derived: &Derived<'_>, comparison: &Comparison) -> Outcome {
    let Some(fact) = fact(&comparison.fact) else {
        return broken(format!("no fact {}", quoted(&comparison.fact)));
    };
    let Some(found) = fact_value(fact, derived) else {
        return Outcome::unknown(fact.subject, fact.subject, fact.what);
    };
    match limit(derived, fact, &comparison.must) {
        Ok(Limit {
            must,
            required,
            holds,
        }) => {
            let held = holds(&found);
            let shown = match &required {
                Required::One(one) => fact.unit.show(one),
                Required::Several(several) => several
                    .iter()
                    .map(|s| fact.unit.show(s))
                    .collect::<Vec<_>>()
                    .join(" or "),
            };
            let message = format!(
                "found {} of {}, required {must}{shown}",
                fact.unit.show(&found),
                fact.what
            );
            let status = if held { Status::Pass } else { Status::Fail };
            Outcome {
                found: Some(found),
                required: match required {
                    Required::One(one) => Some(one),
                    Required::Several(several) => several.into_iter().next(),
                },
                unit: fact.unit,
                ..Outcome::new(status, fact.subject, message)
            }
        }
        Err(outcome) => *outcome,
    }
}

/// A broken requirement is a fault of the reference, not of the design; it must not pass.
fn broken(message: String) -> Outcome {
    Outcome::new(Status::Unknown, "claim.reference", message).at(Severity::Advice)
}

enum Required {
    One(Scalar),
    Several(Vec<Scalar>),
}

struct Limit {
    must: &'static str,
    required: Required,
    holds: Box<dyn Fn(&Scalar) -> bool>,
}

/// Relative slack of comparisons, for figures that went through a unit conversion.
const SLACK: f64 = 1e-9;

fn limit(derived: &Derived<'_>, of: &Fact, must: &Comparator) -> Result<Limit, Box<Outcome>> {
    let read = |written: &Scalar| {
        of.unit
            .read(written)
            .ok_or_else(|| Box::new(broken(format!("limit {written} of {}", of.name))))
    };
    let other = |name: &str, times: f64| -> Result<Scalar, Box<Outcome>> {
        let fact =
            fact(name).ok_or_else(|| Box::new(broken(format!("no fact {}", quoted(name)))))?;
        let value = fact_value(fact, derived)
            .ok_or_else(|| Box::new(Outcome::unknown(of.subject, fact.subject, fact.what)))?;
        match (value.as_f64(), fact.unit) {
            (Some(number), unit) if unit != FactUnit::Truth => Ok(Scalar::Num(number * times)),
            _ => Ok(value),
        }
    };
    let at_least = |required: Scalar| {
        let least = required.as_f64().unwrap_or(f64::INFINITY);
        let holds = move |found: &Scalar| found.as_f64().is_some_and(|x| x >= least - slack(least));
        Limit {
            must: "at least ",
            required: Required::One(required),
            holds: Box::new(holds),
        }
    };
    let at_most = |required: Scalar| {
        let most = required.as_f64().unwrap_or(f64::NEG_INFINITY);
        let holds = move |found: &Scalar| found.as_f64().is_some_and(|x| x <= most + slack(most));
        Limit {
            must: "at most ",
            required: Required::One(required),
            holds: Box::new(holds),
        }
    };
    let is = |required: Scalar| {
        let wanted = required.clone();
        let holds = move |found: &Scalar| equal(found, &wanted);
        Limit {
            must: "",
            required: Required::One(required),
            holds: Box::new(holds),
        }
    };
    Ok(match must {
        Comparator::Is(value) => is(read(value)?),
        Comparator::AtLeast(value) => at_least(read(value)?),
        Comparator::AtMost(value) => at_most(read(value)?),
        Comparator::AtLeastFact(name, times) => at_least(other(name, *times)?),
        Comparator::AtMostFact(name, times) => at_most(other(name, *times)?),
        Comparator::IsFact(name) => is(other(name, 1.0)?),
        Comparator::OneOf(values) => {
            let required: Vec<Scalar> = values.iter().map(read).collect::<Result<_, _>>()?;
            let wanted = required.clone();
            let holds = move |found: &Scalar| wanted.iter().any(|value| equal(found, value));
            Limit {
                must: "",
                required: Required::Several(required),
                holds: Box::new(holds),
            }
        }
    })
}

fn slack(limit: f64) -> f64 {
    limit.abs() * SLACK
}

fn equal(a: &Scalar, b: &Scalar) -> bool {
    match (a, b) {
        (Scalar::Text(a), Scalar::Text(b)) => a == b,
        (Scalar::Bool(a), Scalar::Bool(b)) => a == b,
        (Scalar::Text(_), _) | (_, Scalar::Text(_)) => false,
        _ => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= slack(b),
            _ => false,
        },
    }
}
