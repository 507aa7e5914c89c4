//! Comparisons of named facts: what is found against what must be.

use super::{Outcome, Severity, Status};
use crate::derive::{Derived, Fact, FactUnit, fact, fact_value};
use crate::reference::{Comparator, Comparison};
use crate::scalar::Scalar;
use crate::written::quoted;
use std::cmp::Ordering;

/// Whether a found value of a unit is what `must` asks, where limits are figures of the same
/// unit (text with a unit, or base units). `None`: the two cannot be compared, or the limit is
/// another fact.
pub fn holds(unit: FactUnit, found: &Scalar, must: &Comparator) -> Option<bool> {
    let read = |limit: &Scalar| unit.read(limit);
    match must {
        Comparator::Is(limit) => equal(unit, found, &read(limit)?),
        Comparator::IsNot(limit) => equal(unit, found, &read(limit)?).map(|same| !same),
        Comparator::AtLeast(limit) => order(unit, found, &read(limit)?).map(Ordering::is_ge),
        Comparator::AtMost(limit) => order(unit, found, &read(limit)?).map(Ordering::is_le),
        Comparator::MultipleOf(limit) => multiple(unit, found, &read(limit)?),
        Comparator::OneOf(limits) => {
            let each = limits.iter().map(|limit| equal(unit, found, &read(limit)?));
            let each: Option<Vec<bool>> = each.collect();
            each.map(|each| each.contains(&true))
        }
        Comparator::AtLeastFact(..) | Comparator::AtMostFact(..) | Comparator::IsFact(_) => None,
    }
}

/// What a comparison came to, when all that it needs is known.
pub(super) struct Judged {
    pub fact: &'static Fact,
    pub holds: bool,
    pub found: Scalar,
    /// With figures only.
    must: Comparator,
}

impl Judged {
    /// What is required, in words with units ("at least 40 GB/s").
    pub fn required(&self) -> String {
        let (must, limits) = limits(&self.must);
        let shown = limits.iter().map(|limit| self.fact.unit.show(limit));
        must.to_owned() + &shown.collect::<Vec<_>>().join(" or ")
    }

    /// What was found, in words with units ("30 GB/s of aggregate storage read").
    pub fn shown(&self) -> String {
        let fact = self.fact;
        format!("{} of {}", fact.unit.show(&self.found), fact.what)
    }

    fn outcome(self) -> Outcome {
        let status = match self.holds {
            true => Status::Pass,
            false => Status::Fail,
        };
        let message = format!("found {}, required {}", self.shown(), self.required());
        Outcome {
            required: limits(&self.must).1.first().cloned(),
            unit: self.fact.unit,
            found: Some(self.found),
            ..Outcome::new(status, self.fact.subject, message)
        }
    }
}

/// The outcome of one comparison.
pub(super) fn one(derived: &Derived<'_>, comparison: &Comparison) -> Outcome {
    judge(derived, comparison).map_or_else(|outcome| *outcome, Judged::outcome)
}

/// Compares, or says what is missing.
pub(super) fn judge(
    derived: &Derived<'_>,
    comparison: &Comparison,
) -> Result<Judged, Box<Outcome>> {
    let fact = named(&comparison.fact)?;
    let found = value(derived, fact, fact.subject)?;
    let must = resolved(derived, fact, &comparison.must)?;
    match holds(fact.unit, &found, &must) {
        Some(holds) => Ok(Judged {
            fact,
            holds,
            found,
            must,
        }),
        None => Err(broken(format!(
            "found {}, which cannot be compared with {}",
            fact.name,
            limits(&must)
                .1
                .iter()
                .map(Scalar::to_string)
                .collect::<Vec<_>>()
                .join(" or ")
        ))),
    }
}

fn named(name: &str) -> Result<&'static Fact, Box<Outcome>> {
    fact(name).ok_or_else(|| broken(format!("no fact {}", quoted(name))))
}

fn value(derived: &Derived<'_>, fact: &Fact, subject: &str) -> Result<Scalar, Box<Outcome>> {
    // A version that a person typed may be no version.
    let usable = |value: &Scalar| fact.unit != FactUnit::Version || parts(value).is_some();
    fact_value(fact, derived)
        .filter(usable)
        .ok_or_else(|| Box::new(Outcome::unknown(subject, fact.subject, fact.what)))
}

/// A comparator whose limits are figures in base units.
fn resolved(
    derived: &Derived<'_>,
    of: &Fact,
    must: &Comparator,
) -> Result<Comparator, Box<Outcome>> {
    let read = |written: &Scalar| {
        let limit = of.unit.read(written);
        limit.ok_or_else(|| broken(format!("limit {written} of {}", of.name)))
    };
    let other = |name: &str, times: f64| -> Result<Scalar, Box<Outcome>> {
        let fact = named(name)?;
        let value = value(derived, fact, of.subject)?;
        Ok(match (value.as_f64(), fact.unit) {
            (_, FactUnit::Truth | FactUnit::Version) | (None, _) => value,
            (Some(number), _) => Scalar::Num(number * times),
        })
    };
    Ok(match must {
        Comparator::Is(limit) => Comparator::Is(read(limit)?),
        Comparator::IsNot(limit) => Comparator::IsNot(read(limit)?),
        Comparator::AtLeast(limit) => Comparator::AtLeast(read(limit)?),
        Comparator::AtMost(limit) => Comparator::AtMost(read(limit)?),
        Comparator::MultipleOf(limit) => Comparator::MultipleOf(read(limit)?),
        Comparator::OneOf(limits) => {
            Comparator::OneOf(limits.iter().map(read).collect::<Result<_, _>>()?)
        }
        Comparator::AtLeastFact(name, times) => Comparator::AtLeast(other(name, *times)?),
        Comparator::AtMostFact(name, times) => Comparator::AtMost(other(name, *times)?),
        Comparator::IsFact(name) => Comparator::Is(other(name, 1.0)?),
    })
}

/// How a comparator reads before its limits, and these.
fn limits(must: &Comparator) -> (&'static str, &[Scalar]) {
    use std::slice::from_ref;
    match must {
        Comparator::Is(limit) => ("", from_ref(limit)),
        Comparator::IsNot(limit) => ("anything but ", from_ref(limit)),
        Comparator::AtLeast(limit) => ("at least ", from_ref(limit)),
        Comparator::AtMost(limit) => ("at most ", from_ref(limit)),
        Comparator::MultipleOf(limit) => ("a multiple of ", from_ref(limit)),
        Comparator::OneOf(limits) => ("", limits),
        Comparator::AtLeastFact(..) | Comparator::AtMostFact(..) | Comparator::IsFact(_) => {
            ("", &[])
        }
    }
}

/// A broken requirement is a fault of the reference, not of the design; it must not pass.
fn broken(message: String) -> Box<Outcome> {
    Box::new(Outcome::new(Status::Unknown, "claim.reference", message).at(Severity::Advice))
}

/// Relative slack of comparisons, for figures that went through a unit conversion.
const SLACK: f64 = 1e-9;

fn equal(unit: FactUnit, found: &Scalar, limit: &Scalar) -> Option<bool> {
    match (found, limit) {
        _ if unit == FactUnit::Version => Some(parts(found)? == parts(limit)?),
        (Scalar::Text(found), Scalar::Text(limit)) => Some(found == limit),
        _ => order(unit, found, limit).map(Ordering::is_eq),
    }
}

fn order(unit: FactUnit, found: &Scalar, limit: &Scalar) -> Option<Ordering> {
    if unit == FactUnit::Version {
        return Some(parts(found)?.cmp(&parts(limit)?));
    }
    let (found, limit) = (found.as_f64()?, limit.as_f64()?);
    match (found - limit).abs() <= limit.abs() * SLACK {
        true => Some(Ordering::Equal),
        false => found.partial_cmp(&limit),
    }
}

fn multiple(unit: FactUnit, found: &Scalar, of: &Scalar) -> Option<bool> {
    if matches!(unit, FactUnit::Version | FactUnit::Truth) {
        return None;
    }
    if let (Scalar::Int(found), Scalar::Int(of)) = (found, of) {
        return found.checked_rem(*of).map(|rest| rest == 0);
    }
    let of = of.as_f64().filter(|of| *of > 0.0)?;
    let times = found.as_f64()? / of;
    Some((times - libm::round(times)).abs() <= times.abs() * SLACK)
}

/// The parts of a version: `6.2.0` as 6 and 2, because a part that is not written is 0.
fn parts(version: &Scalar) -> Option<Vec<u64>> {
    let part = |text: &str| {
        let digits = text.bytes().all(|c| c.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let mut parts: Vec<u64> = match version {
        Scalar::Int(whole) => vec![*whole],
        Scalar::Text(text) => text.split('.').map(part).collect::<Option<_>>()?,
        _ => return None,
    };
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}
