//! Whether a reference that a person brings can be checked against at all: what the tests hold
//! for the references that come with the program, told at the place in the file.

use super::codes::{rule_by_code, rules};
use crate::derive::{fact, facts};
use crate::load::{LoadError, Standard, may_bind, standard_from_text};
use crate::nearest::nearest;
use crate::reference::{Comparator, Comparison, Test, World, instantiate};
use crate::sourced::Grade;
use crate::written::quoted;

/// Reads a company's own standard and makes sure that every name in it is one and that it makes
/// a design at each of its sizes.
///
/// # Errors
/// Every fault, with line, column, path, what was found, what was expected and what is nearest.
pub fn standard(text: &str, world: &World) -> Result<Standard, Vec<LoadError>> {
    let standard = standard_from_text(text, world)?;
    let mut faults = Vec::new();
    let reference = &standard.reference;
    if world.references.publishes(&reference.id) {
        let message = format!(
            "found {}, expected an id of its own: a published reference has this one",
            quoted(&reference.id)
        );
        faults.push(standard.fault("id", message, None));
    }
    if reference.follows.as_ref() == Some(&reference.id) {
        let message = "found its own id, expected that of another reference".to_owned();
        faults.push(standard.fault("follows", message, None));
    }
    for (at, requirement) in reference.requirements.iter().enumerate() {
        let path = format!("requirements[{at}]");
        // Of what is taken over, nothing is at fault in this file.
        let grade = requirement.origin.grade;
        if !may_bind(grade) && grade != Grade::User {
            let message = format!(
                "found {grade}, expected a grade that may bind: a demand cannot rest on it"
            );
            faults.push(standard.fault(&format!("{path}.origin"), message, None));
        }
        let mut compared: Vec<&Comparison> = requirement.when.iter().collect();
        match &requirement.test {
            Test::Facts(comparisons) => compared.extend(comparisons),
            Test::Any(groups) => compared.extend(groups.iter().flatten()),
            Test::Rule { rule, .. } if rule_by_code(rule).is_none() => {
                let codes = rules().iter().map(|rule| rule.meta().code);
                let message = format!("found {}, expected the code of a rule", quoted(rule));
                let near = nearest(rule, codes);
                faults.push(standard.fault(&format!("{path}.test"), message, near));
            }
            Test::Rule { .. } => {}
        }
        for comparison in compared {
            faults.extend(wrong_comparison(&standard, &path, comparison));
        }
    }
    if faults.is_empty() {
        faults.extend(wrong_template(&standard));
    }
    match faults.is_empty() {
        true => Ok(standard),
        false => Err(faults),
    }
}

fn wrong_comparison(standard: &Standard, path: &str, comparison: &Comparison) -> Option<LoadError> {
    let names = || facts().map(|fact| fact.name);
    let no_fact = |name: &str| {
        let message = format!("found {}, expected the name of a fact", quoted(name));
        standard.fault(path, message, nearest(name, names()))
    };
    let Some(known) = fact(&comparison.fact) else {
        return Some(no_fact(&comparison.fact));
    };
    let limits = match &comparison.must {
        Comparator::AtLeastFact(other, _)
        | Comparator::AtMostFact(other, _)
        | Comparator::IsFact(other) => {
            return fact(other).is_none().then(|| no_fact(other));
        }
        Comparator::OneOf(limits) => limits.as_slice(),
        Comparator::Is(limit)
        | Comparator::IsNot(limit)
        | Comparator::AtLeast(limit)
        | Comparator::AtMost(limit)
        | Comparator::MultipleOf(limit) => std::slice::from_ref(limit),
    };
    let wrong = limits
        .iter()
        .find(|limit| known.unit.read(limit).is_none())?;
    let symbol = known.unit.symbol();
    let unit = if symbol.is_empty() { "" } else { " in " };
    let message = format!(
        "found {wrong}, expected a value of {} ({}{unit}{symbol})",
        known.name, known.what
    );
    Some(standard.fault(path, message, None))
}

/// The first size and variant at which no design can be made.
fn wrong_template(standard: &Standard) -> Option<LoadError> {
    let reference = &standard.reference;
    let sizes = reference.sizes.iter().filter_map(|size| size.known());
    for units in sizes.chain([1]) {
        for variant in &reference.variants {
            if let Err(error) = instantiate(reference, units, None, Some(&variant.id)) {
                let text = error.to_string();
                let path = text.split(':').next().unwrap_or_default();
                let message = format!("at size {units}, {}: {text}", variant.id);
                return Some(standard.fault(&standard.setting(path), message, None));
            }
        }
    }
    None
}
