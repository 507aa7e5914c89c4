//! A button that opens a short list of things to do.

use crate::ui::html;
use crate::ui::*;
use leptos::ev::{FocusEvent, KeyboardEvent};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

/// A disclosure with buttons in it. Esc and leaving it close it; a choice does too.
pub(super) fn menu(
    name: &'static str,
    face: AnyView,
    content: impl Fn(WriteSignal<bool>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let (open, set_open) = signal(false);
    let whole = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let left = move |event: FocusEvent| {
        let to = event
            .related_target()
            .and_then(|target| target.dyn_into::<Node>().ok());
        if whole
            .get_untracked()
            .is_some_and(|whole| !whole.contains(to.as_ref()))
        {
            set_open.set(false);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "Escape" if open.get_untracked() => {
                event.stop_propagation();
                set_open.set(false);
                if let Some(button) = button.get_untracked() {
                    let _ = button.focus();
                }
                return;
            }
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        set_open.set(true);
        if let Some(whole) = whole.get_untracked() {
            move_focus(&whole, step);
        }
    };
    view! {
        <div class="menu" node_ref=whole on:focusout=left on:keydown=keys>
            <button type="button" class="quiet" node_ref=button title=name aria-haspopup="true"
                aria-expanded=move || open.get().to_string() on:click=move |_| set_open.update(|open| *open = !*open)>
                <span class="visually-hidden">{name}" "</span>
                {face}
            </button>
            <div class="menu-list" hidden=move || !open.get()>{move || open.get().then(|| content(set_open))}</div>
        </div>
    }
    .into_any()
}

/// To the next or previous button of the list, round and round.
fn move_focus(whole: &HtmlElement, step: i32) {
    let Ok(buttons) = whole.query_selector_all(".menu-list button") else {
        return;
    };
    let active = document().active_element();
    let count = buttons.length() as i32;
    let at = (0..count).find(|at| {
        let button = buttons.item(*at as u32);
        button.as_ref() == active.as_ref().map(|active| active.as_ref() as &Node)
    });
    let next = at.map_or(if step > 0 { 0 } else { count - 1 }, |at| {
        (at + step).rem_euclid(count.max(1))
    });
    if let Some(button) = buttons
        .item(next as u32)
        .and_then(|button| button.dyn_into::<HtmlElement>().ok())
    {
        let _ = button.focus();
    }
}
