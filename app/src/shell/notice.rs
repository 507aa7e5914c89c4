//! The message above the page.

use crate::share;
use crate::state::{NoticeAction, use_workbench};
use crate::ui::*;

pub(super) fn notice() -> AnyView {
    let workbench = use_workbench();
    let shown = move || {
        let notice = workbench.notice.get()?;
        let (class, role) = if notice.trouble {
            ("notice", "alert")
        } else {
            ("notice notice-quiet", "status")
        };
        let action = notice.action.map(|NoticeAction::OwnDesigns| {
            view! { <button type="button" on:click=move |_| share::back_to_own(workbench)>"Back to my designs"</button> }
        });
        Some(view! {
            <div class=class role=role>
                <p><strong>{notice.title}</strong></p>
                <p>{notice.text}</p>
                <p class="actions">
                    {action}
                    <button type="button" class="quiet" on:click=move |_| workbench.notice.set(None)>"Put this away"</button>
                </p>
            </div>
        })
    };
    shown.into_any()
}
