//! Comparisons in words, for whoever reads what a document demands.

use crate::derive::{FactUnit, fact};
use crate::reference::{Comparator, Comparison};
use crate::scalar::Scalar;

/// Comparisons that must hold together ("leaf switches (compute.leaf) is at least 32; and ...").
pub fn in_words(comparisons: &[Comparison]) -> String {
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
