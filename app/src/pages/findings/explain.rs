//! Why a finding matters: the requirement's own reason, and the page of the rule behind it.

use crate::pages::references::rule_page;
use crate::state::{page_of, world};
use crate::ui::*;
use plumbline_engine::check::{Finding, RuleMeta, rule_by_code};

/// The reason of the requirement and, folded, the page of the rule; the page alone, open, where
/// there is no requirement.
pub(super) fn explanation(finding: &Finding) -> AnyView {
    let reference = world().references.get(&finding.reference);
    let requirement = reference.and_then(|r| {
        r.requirements
            .iter()
            .find(|requirement| requirement.id == finding.id)
    });
    let rule = rule_of(finding);
    // A document of its own: it can be read, printed and sent without a design.
    let address = ["handbook.html#", finding.id.as_str()].concat();
    let handbook = view! { <p><a href=address>"In the handbook"</a></p> };
    let explained = match requirement {
        Some(requirement) => {
            let rule = rule.map(|rule| {
                let title = format!("How rule {} checks it", rule.code);
                view! { <details class="finding-rule"><summary>{title}</summary>{rule_page(page_of(&rule))}</details> }
            });
            view! { <p class="finding-why">{requirement.why.clone()}</p> {rule} }.into_any()
        }
        None => rule.map(|rule| rule_page(page_of(&rule))).into_any(),
    };
    view! { {explained} {handbook} }.into_any()
}

fn rule_of(finding: &Finding) -> Option<RuleMeta> {
    let mut ids = std::iter::once(&finding.id).chain(&finding.also);
    ids.find_map(|id| rule_by_code(id)).map(|rule| rule.meta())
}
