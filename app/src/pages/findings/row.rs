//! One finding in the list: a line that says what is the matter, and details on demand.

use super::{Rows, body};
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{Mark, mark};
use plumbline_engine::check::Finding;

/// What makes a finding the same one after an edit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub id: String,
    pub subject: String,
    reference: String,
}

/// The key of a finding.
pub(super) fn key_of(finding: &Finding) -> Key {
    Key {
        id: finding.id.clone(),
        subject: finding.subject.clone(),
        reference: finding.reference.clone(),
    }
}

/// The row of a finding. It looks its finding up by its key, so that an edit changes words in it
/// and not the row itself.
pub(super) fn row(key: Key, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let wanted = key.clone();
    let finding = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let same = |finding: &&Finding| {
                finding.id == wanted.id
                    && finding.subject == wanted.subject
                    && finding.reference == wanted.reference
            };
            assessment.findings.iter().find(same).cloned()
        })
    });
    let own = key.clone();
    let open = Memo::new(move |_| rows.open.with(|open| open.contains(&own)));
    let id = key.id.clone();
    // The frame finds a finding by this name and brings it into view.
    let name = [key.id.as_str(), " ", key.subject.as_str()].concat();
    let turn = move |now: bool| {
        // The browser tells it as a task of its own, when the page may have been left already.
        let changed = rows
            .open
            .try_with_untracked(|open| open.contains(&key) != now);
        if changed == Some(true) {
            rows.open.update(|open| {
                open.retain(|own| *own != key);
                open.extend(now.then(|| key.clone()));
            });
        }
    };
    let kind = Memo::new(move |_| finding.with(|finding| finding.as_ref().and_then(Mark::of)));
    let text = move |get: fn(&Finding) -> &String| {
        move || finding.with(|f| f.as_ref().map(|f| get(f).clone()))
    };
    let also = move || finding.with(|f| f.as_ref().map(|f| f.also.join(" ")));
    view! {
        <li class="finding">
            <details prop:open=move || open.get() on:toggle:target=move |event| turn(event.target().open())>
                <summary data-finding=name>
                    <span class="finding-mark">{move || kind.get().map(mark)}</span>
                    <span class="finding-ids"><b>{id}</b> " " <span class="finding-also">{also}</span></span>
                    <span class="finding-statement">{text(|f| &f.statement)}</span>
                    <span class="finding-message">{text(|f| &f.message)}</span>
                </summary>
                {move || open.get().then(|| body::body(finding, rows))}
            </details>
        </li>
    }
    .into_any()
}
