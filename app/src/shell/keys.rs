//! Keys that work everywhere, and the list of them.

use super::{Action, act, dom, use_ui};
use crate::state::Workbench;
use crate::ui::*;
use crate::widgets::dialog;
use leptos::ev::{self, KeyboardEvent};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Kept where the person turned single keys off.
const NO_SINGLE_KEYS: &str = "plumbline.no-single-keys";

pub(super) fn listen(workbench: Workbench) {
    let ui = use_ui();
    let handle = window_event_listener(ev::keydown, move |event| {
        if let Some(action) = action_of(&event) {
            event.prevent_default();
            act(workbench, ui, action);
        }
    });
    on_cleanup(move || handle.remove());
}

fn action_of(event: &KeyboardEvent) -> Option<Action> {
    let key = event.key().to_ascii_lowercase();
    if event.ctrl_key() || event.meta_key() {
        // A modal dialog has its own undo; so has a box for free text.
        let own_undo = free_text(event) || dom::query("dialog[open]").is_some();
        return match (key.as_str(), event.shift_key()) {
            ("k", _) => Some(Action::Palette),
            ("s", false) => Some(Action::SaveRon),
            ("z", false) if !own_undo => Some(Action::Undo),
            ("z", true) | ("y", false) if !own_undo => Some(Action::Redo),
            _ => None,
        };
    }
    let single =
        key == "?" && !event.alt_key() && !in_field(event) && dom::stored(NO_SINGLE_KEYS).is_none();
    single.then_some(Action::Keys)
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
}

fn in_field(event: &KeyboardEvent) -> bool {
    target(event)
        .is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// A field of the design undoes by the design's history; any other text by the browser's.
fn free_text(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|target| {
        let tag = target.tag_name();
        tag == "TEXTAREA" || (tag == "INPUT" && !target.has_attribute("data-path"))
    })
}

pub(super) fn keys_dialog() -> AnyView {
    dialog(use_ui().keys, "Keys", || {
        let single = RwSignal::new(dom::stored(NO_SINGLE_KEYS).is_none());
        let turn = move |on: bool| {
            single.set(on);
            if on {
                dom::forget(NO_SINGLE_KEYS)
            } else {
                dom::store(NO_SINGLE_KEYS, "1")
            }
        };
        let keys = [
            (
                "Ctrl K",
                "find sections, parts, references, findings, actions",
            ),
            ("Ctrl Z", "undo"),
            ("Ctrl Shift Z, Ctrl Y", "do again"),
            ("Ctrl S", "save as .ron"),
            ("Enter", "in a field: take the text as it is read"),
            (
                "Esc",
                "in a field: back to the design's value; elsewhere: close",
            ),
            ("Tab, Shift Tab", "next and previous control"),
            ("?", "this list, when the focus is in no field"),
        ];
        let rows = keys
            .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> })
            .collect_view();
        view! {
            <p class="muted">"On a Mac, Cmd takes the place of Ctrl."</p>
            <dl class="keys">{rows}</dl>
            <label class="toggle">
                <input type="checkbox" prop:checked=single on:change:target=move |event| turn(event.target().checked()) />
                "The single key ? opens this list"
            </label>
        }
        .into_any()
    })
}
