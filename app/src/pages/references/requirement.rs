//! One requirement in words: what it demands, why, how it is checked and where it stands.

use super::RULES;
use crate::state::Page;
use crate::ui::*;
use crate::widgets::originator_link;
use plumbline_engine::derive::{FactUnit, fact};
use plumbline_engine::reference::{Comparator, Comparison, Reference, Requirement, Strength, Test};
use plumbline_engine::scalar::Scalar;

/// The entry of a requirement, with its lasting address.
pub(super) fn requirement(
    reference: &'static Reference,
    requirement: &'static Requirement,
) -> AnyView {
    let address = [
        Page::References(Some(reference.id.clone()))
            .fragment()
            .as_str(),
        "/",
        requirement.id.as_str(),
    ]
    .concat();
    let excused = requirement.not_in_variant.iter();
    let excused = excused.map(|(variant, reason)| view! { <p class="muted">"Does not apply to " <code>{variant.as_str()}</code> ": " {reason.as_str()}</p> });
    let when = (!requirement.when.is_empty()).then(|| {
        let when = all(&requirement.when);
        view! { <p class="muted">"Applies if " {when} "."</p> }
    });
    view! {
        <li class="requirement" id=requirement.id.as_str() tabindex="-1">
            <h3>
                <a href=address>{requirement.id.as_str()}</a>
                " "
                <span class="strength">{strength(requirement.strength)}</span>
            </h3>
            <p class="requirement-statement">{requirement.statement.as_str()}</p>
            <p>{requirement.why.as_str()}</p>
            {when}
            {test(&requirement.test)}
            {excused.collect_view()}
            <p class="muted">
                {originator_link(&requirement.origin.source)} ", " {requirement.origin.section.as_str()} " "
                <span class="grade">{requirement.origin.grade.to_string()}</span>
            </p>
        </li>
    }
    .into_any()
}

/// How strongly the document puts it.
fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "must",
        Strength::Should => "should",
        Strength::Info => "information",
    }
}

fn test(test: &'static Test) -> AnyView {
    match test {
        Test::Facts(comparisons) => {
            let all = all(comparisons);
            view! { <p class="requirement-test">"Holds if " {all} "."</p> }.into_any()
        }
        Test::Any(groups) => {
            let any = groups.iter().map(|group| all(group));
            let any = any.collect::<Vec<_>>().join("; or if ");
            view! { <p class="requirement-test">"Holds if " {any} "."</p> }.into_any()
        }
        Test::Rule { rule, limits } => {
            let address = [
                Page::References(Some(RULES.into())).fragment().as_str(),
                "/",
                rule.as_str(),
            ]
            .concat();
            let limits = limits
                .iter()
                .map(|(name, value)| format!("{} {value}", name.replace(['-', '_'], " ")));
            let limits = limits.collect::<Vec<_>>().join(", ");
            let limits = (!limits.is_empty()).then(|| format!(", with {limits}"));
            view! { <p class="requirement-test">"Computed by rule " <a href=address>{rule.as_str()}</a> {limits} "."</p> }
                .into_any()
        }
    }
}

fn all(comparisons: &[Comparison]) -> String {
    let words: Vec<String> = comparisons.iter().map(compared).collect();
    words.join("; and ")
}

/// A comparison in words: "leaf switches (compute.leaf) is at least 32".
fn compared(comparison: &Comparison) -> String {
    let known = fact(&comparison.fact);
    let what = known.map_or_else(String::new, |fact| format!("{} ", fact.what));
    let unit = known.map_or(FactUnit::Text, |fact| fact.unit);
    let show = |value: &Scalar| match (unit.read(value), value) {
        (_, Scalar::Text(text)) => text.clone(),
        (Some(base), _) => unit.show(&base),
        (None, other) => other.to_string(),
    };
    let must = match &comparison.must {
        Comparator::Is(value) => format!("is {}", show(value)),
        Comparator::IsNot(value) => format!("is not {}", show(value)),
        Comparator::MultipleOf(value) => format!("is a multiple of {}", show(value)),
        Comparator::AtLeast(value) => format!("is at least {}", show(value)),
        Comparator::AtMost(value) => format!("is at most {}", show(value)),
        Comparator::OneOf(values) => format!(
            "is {}",
            values.iter().map(show).collect::<Vec<_>>().join(" or ")
        ),
        Comparator::AtLeastFact(other, times) => {
            format!("is at least {}", times_fact(other, *times))
        }
        Comparator::AtMostFact(other, times) => format!("is at most {}", times_fact(other, *times)),
        Comparator::IsFact(other) => format!("is {}", times_fact(other, 1.0)),
    };
    format!("{what}({}) {must}", comparison.fact)
}

fn times_fact(name: &str, times: f64) -> String {
    let what = fact(name).map_or(name, |fact| fact.what);
    if times == 1.0 {
        format!("{what} ({name})")
    } else {
        format!("{times} times {what} ({name})")
    }
}
