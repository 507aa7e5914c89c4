//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use crate::ui::html;
use crate::ui::*;

/// A dialog that shows while `open` is true; its content is made anew each time it opens.
pub fn dialog(
    open: RwSignal<bool>,
    title: &'static str,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    let id = ["dialog-", &title.to_ascii_lowercase().replace(' ', "-")].concat();
    let labelled = id.clone();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // A click on the element itself, and not on what it holds, is a click beside the content.
    let beside = move |event: leptos::ev::MouseEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=node aria-labelledby=labelled on:close=move |_| open.set(false) on:mousedown=beside>
            <div class="dialog">
                <header class="dialog-head">
                    <h2 id=id>{title}</h2>
                    <button type="button" class="quiet" aria-label="Close" on:click=move |_| open.set(false)>"✕"</button>
                </header>
                {move || open.get().then(&content)}
            </div>
        </dialog>
    }
    .into_any()
}
