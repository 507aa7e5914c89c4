//! The details of a finding: where it stands, who demands it, why, and what can be done.

use super::{Rows, explain, mend, waive};
use crate::state::{Page, entry, use_workbench};
use crate::ui::*;
use crate::widgets::originator_link;
use plumbline_engine::check::{Finding, Status};
use plumbline_engine::sourced::USER_SOURCE;

/// The details, remade when the finding itself changes.
pub(super) fn body(finding: Memo<Option<Finding>>, rows: Rows) -> AnyView {
    let content = move || {
        let finding = finding.get()?;
        let actions = match finding.status {
            Status::Fail => {
                view! { {mend::fixes(&finding, rows)} {waive::waive(&finding, rows)} }.into_any()
            }
            Status::Waived => waive::waived(&finding, rows),
            _ => ().into_any(),
        };
        Some(view! {
            <div class="finding-body">
                {facts(&finding)}
                {explain::explanation(&finding)}
                {actions}
            </div>
        })
    };
    content.into_any()
}

fn facts(finding: &Finding) -> AnyView {
    let workbench = use_workbench();
    let (path, missing) = (finding.subject.clone(), finding.missing.clone());
    let subject = (!path.is_empty()).then(|| {
        let label = format!("Edit {path}");
        let go = path.clone();
        view! {
            <dt>"Where"</dt>
            <dd>
                <button type="button" class="link" aria-label=label on:click=move |_| workbench.go_to_subject(&go)>
                    <code>{path}</code>
                </button>
            </dd>
        }
    });
    let missing =
        missing.map(|missing| view! { <dt>"Would decide it"</dt> <dd><code>{missing}</code></dd> });
    view! {
        <dl class="finding-facts">
            {subject}
            {missing}
            <dt>"Demanded by"</dt>
            <dd>{demand(finding)}</dd>
            <dt>"Source"</dt>
            <dd>{citation(finding)}</dd>
        </dl>
    }
    .into_any()
}

/// The requirement or the rule, with the link to its own place.
fn demand(finding: &Finding) -> AnyView {
    let of = if finding.reference.is_empty() {
        "rules"
    } else {
        finding.reference.as_str()
    };
    let address = [
        Page::References(Some(of.to_owned())).fragment().as_str(),
        "/",
        finding.id.as_str(),
    ]
    .concat();
    let title = entry(&finding.reference).map(|reference| reference.title.clone());
    let words = match title {
        Some(title) => format!("{} of {title}", finding.id),
        None => format!("rule {}", finding.id),
    };
    view! { <a href=address>{words}</a> }.into_any()
}

/// Publisher, title, version, date, section and grade.
fn citation(finding: &Finding) -> AnyView {
    let origin = &finding.origin;
    let document = (!origin.source.is_empty() && origin.source != USER_SOURCE)
        .then(|| view! { {originator_link(&origin.source)} ", " });
    view! { {document} {origin.section.clone()} " " <span class="grade">{origin.grade.to_string()}</span> }.into_any()
}
