//! Requirements (data) and rules (code) against what was derived from a design.

mod codes;
mod comparison;
mod finding;
mod fix;
mod requirement;
mod rule;
mod rules;
mod standard;
mod words;

pub use codes::{rule_by_code, rules};
pub use comparison::holds;
pub use finding::{Finding, Fix, Outcome, Severity, Status};
pub use fix::fixes;
pub(crate) use fix::restorable;
pub use rule::{On, Rule, RuleMeta};
pub use standard::standard;
pub use words::in_words;

use crate::derive::Derived;
use crate::design::Waiver;
use crate::order::sorted;
use crate::predict::{Predictions, predict};
use crate::reference::{Reference, Requirement, Strength, Test};
use crate::sourced::{Grade, Origin};
use crate::written::Write;

/// Checks a design against references and all rules. The order is: what fails first, by
/// severity, then unknown, waived, passed and not applicable; within that, by id and subject.
pub fn check(derived: &Derived<'_>, against: &[&Reference]) -> Vec<Finding> {
    check_predicted(derived, &predict(derived), against)
}

/// The same, with predictions that are known already.
pub(crate) fn check_predicted(
    derived: &Derived<'_>,
    predictions: &Predictions,
    against: &[&Reference],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules() {
        let demands = demands(against, rule.meta().code);
        // What no requirement asks of this design, the rule asks of any.
        let mut asked = demands.iter();
        if !asked.any(|(_, requirement)| requirement::applies(derived, requirement)) {
            findings.extend(run(*rule, derived, predictions, None));
        }
        for demand in demands {
            findings.extend(run(*rule, derived, predictions, Some(demand)));
        }
    }
    for reference in against {
        for requirement in &reference.requirements {
            if !matches!(requirement.test, Test::Rule { .. }) {
                findings.push(requirement::compare(derived, reference, requirement));
            }
        }
    }
    let mut findings = merge(findings);
    apply_waivers(&mut findings, &derived.design.waivers);
    sorted(findings, |a, b| order(a).cmp(&order(b)))
}

/// The references that a design is checked against when none are named: the one it claims.
pub fn claimed<'w>(derived: &Derived<'w>) -> Vec<&'w Reference> {
    let claim = derived.design.claim.as_ref();
    claim
        .and_then(|claim| derived.world.references.get(&claim.reference))
        .into_iter()
        .collect()
}

/// Numbers of findings by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write)]
pub struct Summary {
    /// Failing blockers.
    pub blocker: usize,
    /// Failing deviations.
    pub deviation: usize,
    /// Failing advice.
    pub advice: usize,
    /// Undecided for want of a datum.
    pub unknown: usize,
    /// Accepted with a reason.
    pub waived: usize,
    /// Held.
    pub pass: usize,
}

/// Counts findings.
pub fn summary(findings: &[Finding]) -> Summary {
    let mut summary = Summary::default();
    for finding in findings {
        match (finding.status, finding.severity) {
            (Status::Fail, Severity::Blocker) => summary.blocker += 1,
            (Status::Fail, Severity::Deviation) => summary.deviation += 1,
            (Status::Fail, Severity::Advice) => summary.advice += 1,
            (Status::Unknown, _) => summary.unknown += 1,
            (Status::Waived, _) => summary.waived += 1,
            (Status::Pass, _) => summary.pass += 1,
            (Status::NotApplicable, _) => {}
        }
    }
    summary
}

fn order(finding: &Finding) -> (Status, Severity, &str, &str) {
    (
        finding.status,
        finding.severity,
        &finding.id,
        &finding.subject,
    )
}

/// Requirements of the references that name a rule.
fn demands<'a>(against: &[&'a Reference], code: &str) -> Vec<(&'a Reference, &'a Requirement)> {
    let names_it = |requirement: &&Requirement| matches!(&requirement.test, Test::Rule { rule, .. } if rule == code);
    against
        .iter()
        .flat_map(|reference| {
            reference
                .requirements
                .iter()
                .filter(names_it)
                .map(|r| (*reference, r))
        })
        .collect()
}

fn run(
    rule: &dyn Rule,
    derived: &Derived<'_>,
    predictions: &Predictions,
    demand: Option<(&Reference, &Requirement)>,
) -> Vec<Finding> {
    let meta = rule.meta();
    let limits = match demand.map(|(_, requirement)| &requirement.test) {
        Some(Test::Rule { limits, .. }) => limits.as_slice(),
        _ => &[],
    };
    if let Some((reference, requirement)) = demand
        && let Some(finding) = requirement::set_aside(derived, reference, requirement)
    {
        return vec![finding];
    }
    let on = On {
        derived,
        predictions,
        demand,
        limits,
    };
    let outcomes = rule.check(&on);
    outcomes
        .into_iter()
        .map(|outcome| finding(&meta, demand, outcome))
        .collect()
}

fn finding(
    meta: &RuleMeta,
    demand: Option<(&Reference, &Requirement)>,
    outcome: Outcome,
) -> Finding {
    let demand = demand.filter(|_| !outcome.own);
    let by_strength = demand.map(|(_, requirement)| severity(requirement.strength));
    // A rule that calls it a blocker knows physics that no document can soften.
    let graver = by_strength.map_or(meta.severity, |s| s.min(meta.severity));
    Finding {
        id: demand.map_or(meta.code.to_owned(), |(_, requirement)| {
            requirement.id.clone()
        }),
        also: demand.map(|_| meta.code.to_owned()).into_iter().collect(),
        reference: demand.map_or(String::new(), |(reference, _)| reference.id.clone()),
        severity: outcome.severity.unwrap_or(graver),
        status: outcome.status,
        subject: outcome.subject,
        statement: demand.map_or(meta.statement.to_owned(), |(_, r)| r.statement.clone()),
        message: outcome.message,
        found: outcome.found,
        required: outcome.required,
        unit: outcome.unit.symbol(),
        origin: match demand {
            Some((_, requirement)) => requirement.origin.clone(),
            None => outcome.origin.unwrap_or_else(|| rule_origin(meta)),
        },
        missing: outcome.missing,
        fixes: outcome.fixes,
        waiver: None,
    }
}

/// A rule's ground is its own page; the page names the sources.
fn rule_origin(meta: &RuleMeta) -> Origin {
    Origin {
        grade: Grade::Derived,
        source: String::new(),
        section: format!("rule {}", meta.code),
    }
}

/// Severity of a departure from a requirement.
pub(crate) fn severity(strength: Strength) -> Severity {
    match strength {
        Strength::Must | Strength::Should => Severity::Deviation,
        Strength::Info => Severity::Advice,
    }
}

/// Findings of the same fault (same rule or requirement id, subject and status, from two
/// references) become one that carries all ids.
fn merge(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let same = merged.iter_mut().find(|other| {
            other.subject == finding.subject
                && other.status == finding.status
                && other.required == finding.required
                && other.reference != finding.reference
                && (other.id == finding.id || other.also.iter().any(|id| finding.also.contains(id)))
        });
        match same {
            Some(other) => {
                other.severity = other.severity.min(finding.severity);
                for id in std::iter::once(finding.id).chain(finding.also) {
                    if id != other.id && !other.also.contains(&id) {
                        other.also.push(id);
                    }
                }
            }
            None => merged.push(finding),
        }
    }
    merged
}

/// A waiver holds for the id it names (or any id of the same finding) on its subject.
fn apply_waivers(findings: &mut [Finding], waivers: &[Waiver]) {
    for finding in findings.iter_mut().filter(|f| f.status == Status::Fail) {
        let waiver = waivers.iter().find(|waiver| {
            waiver.subject == finding.subject
                && (waiver.id == finding.id || finding.also.contains(&waiver.id))
        });
        if let Some(waiver) = waiver {
            finding.status = Status::Waived;
            finding.waiver = Some(waiver.clone());
        }
    }
}
