//! One requirement in words: what it demands, why, how it is checked and where it stands.

use crate::state::{Page, RULES};
use crate::ui::*;
use crate::widgets::originator_link;
use plumbline_engine::check::in_words;
use plumbline_engine::reference::{Reference, Requirement, Strength, Test};

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
        let when = in_words(&requirement.when);
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
            let all = in_words(comparisons);
            view! { <p class="requirement-test">"Holds if " {all} "."</p> }.into_any()
        }
        Test::Any(groups) => {
            let any = groups.iter().map(|group| in_words(group));
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
