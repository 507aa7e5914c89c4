//! The rules: physics and engineering that hold for any design.

use crate::state::{Page, RULES, page_of};
use crate::ui::*;
use plumbline_engine::check::rules;

/// All rules, each with its page.
pub(super) fn rules_page() -> AnyView {
    let entries = rules().iter().map(|rule| {
        let meta = rule.meta();
        let address = [
            Page::References(Some(RULES.into())).fragment().as_str(),
            "/",
            meta.code,
        ]
        .concat();
        view! {
            <li class="requirement" id=meta.code tabindex="-1">
                <h2>
                    <a href=address>{meta.code}</a>
                    " "
                    <span>{meta.name.replace('_', " ")}</span>
                    " "
                    <span class="strength">{meta.severity.to_string()}</span>
                </h2>
                <p class="requirement-statement">{meta.statement}</p>
                {rule_page(page_of(&meta))}
            </li>
        }
    });
    view! {
        <article class="page-reference">
            <p class="crumb"><a href="#/references">"References"</a></p>
            <h1>"Rules"</h1>
            <p class="page-lead">
                "What holds for any design, whatever it claims. Each text is the comment of the rule's own code, so that what is said is what is checked."
            </p>
            <ol class="requirements">{entries.collect_view()}</ol>
        </article>
    }
    .into_any()
}

/// A rule's text: headings and paragraphs, as text and never as markup.
pub fn rule_page(page: &'static str) -> AnyView {
    let parts = sections(page).into_iter().map(|(heading, text)| {
        view! {
            <dt>{heading}</dt>
            <dd>{coded(&text)}</dd>
        }
    });
    view! { <dl class="rule-page">{parts.collect_view()}</dl> }.into_any()
}

/// What stands between backticks is code.
fn coded(text: &str) -> AnyView {
    let pieces = text.split('`').enumerate().map(|(at, piece)| {
        let piece = piece.to_owned();
        match at % 2 {
            0 => piece.into_any(),
            _ => view! { <code>{piece}</code> }.into_any(),
        }
    });
    pieces.collect_view()
}

/// Splits a doc comment at its `## ` headings.
fn sections(page: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in page.lines().map(str::trim) {
        match (line.strip_prefix("## "), sections.last_mut()) {
            (Some(heading), _) => sections.push((heading.to_owned(), String::new())),
            (None, Some((_, text))) if !line.is_empty() => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(line);
            }
            _ => {}
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_what_why_how_and_how_far() {
        for rule in rules() {
            let found = sections(rule.meta().page);
            let headings: Vec<&str> = found.iter().map(|(heading, _)| heading.as_str()).collect();
            for wanted in [
                "What it checks",
                "Why it matters",
                "Evidence",
                "Example",
                "How to fix",
                "Limits",
            ] {
                assert!(
                    headings.contains(&wanted),
                    "{}: no {wanted} in {headings:?}",
                    rule.meta().code
                );
            }
            assert!(
                found.iter().all(|(_, text)| !text.is_empty()),
                "{}",
                rule.meta().code
            );
        }
    }
}
