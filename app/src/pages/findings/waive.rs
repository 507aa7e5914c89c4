//! Accepting a finding with a reason, and taking that back.

use super::Rows;
use crate::state::use_workbench;
use crate::ui::*;
use plumbline_engine::check::Finding;
use plumbline_engine::design::{Edit, Waiver};
use serde_json::json;

/// The form that accepts a finding. A waiver without a reason is none.
pub(super) fn waive(finding: &Finding, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let reason = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let (id, subject) = (finding.id.clone(), finding.subject.clone());
    let field = format!(
        "waive-{}-{}",
        id,
        subject.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    );
    let note = format!("{field}-note");
    let label = format!("Reason for waiving {id}");
    let button = format!("Waive {id}");
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = reason.with_untracked(|reason| reason.trim().to_owned());
        if text.is_empty() {
            refused.set(Some(
                "A waiver needs a reason that a reviewer can follow.".into(),
            ));
            return;
        }
        let at = workbench
            .design()
            .with_untracked(|design| design.waivers.len());
        let waiver =
            json!({ "id": &id, "subject": &subject, "reason": text, "date": workbench.today() });
        let edit = Edit::Insert {
            path: format!("waivers[{at}]"),
            value: waiver,
        };
        match workbench.edit(&format!("waive {id}"), vec![edit], false) {
            Ok(()) => {
                workbench.announce(&format!("Waived {id}. It is listed under Waived."));
                if let Some(status) = rows.status.get_untracked() {
                    let _ = status.focus();
                }
            }
            Err(error) => refused.set(Some(error.to_string())),
        }
    };
    view! {
        <form class="finding-waive" on:submit=submit>
            <label for=field.clone()>{label}</label>
            <div class="finding-reason">
                <input
                    id=field
                    type="text"
                    autocomplete="off"
                    aria-describedby=note.clone()
                    aria-invalid=move || refused.with(Option::is_some).then_some("true")
                    prop:value=move || reason.get()
                    on:input:target=move |event| {
                        reason.set(event.target().value());
                        refused.set(None);
                    }
                />
                <button type="submit">{button}</button>
            </div>
            <p class="field-note" id=note>
                {move || match refused.get() {
                    Some(text) => view! { <span class="field-error">{text}</span> }.into_any(),
                    None => "The waiver is dated today, and goes into the file, the link and the print.".into_any(),
                }}
            </p>
        </form>
    }
    .into_any()
}

/// The waiver of a finding, and the way to withdraw it.
pub(super) fn waived(finding: &Finding, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let Some(waiver) = finding.waiver.clone() else {
        return ().into_any();
    };
    let name = format!("Withdraw waiver of {}", finding.id);
    let id = finding.id.clone();
    let Waiver { reason, date, .. } = waiver.clone();
    let withdraw = move |_| {
        let at = workbench
            .design()
            .with_untracked(|design| design.waivers.iter().position(|other| *other == waiver));
        let Some(at) = at else { return };
        let edit = Edit::Remove {
            path: format!("waivers[{at}]"),
        };
        match workbench.edit(&format!("withdraw waiver of {id}"), vec![edit], false) {
            Ok(()) => workbench.announce(&format!("Withdrawn: the waiver of {id}.")),
            Err(error) => workbench.announce(&error.to_string()),
        }
        if let Some(status) = rows.status.get_untracked() {
            let _ = status.focus();
        }
    };
    view! {
        <div class="finding-waiver">
            <p>"Waived on " {date} ": " {reason}</p>
            <button type="button" on:click=withdraw>{name}</button>
        </div>
    }
    .into_any()
}
