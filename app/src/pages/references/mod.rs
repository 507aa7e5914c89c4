//! The references, read to the last requirement and source; and the rules that hold for any
//! design. `#/references/<id>/<requirement>` is the lasting address of a requirement,
//! `#/references/rules/<code>` that of a rule.

mod beside;
mod browse;
mod list;
mod one;
mod own;
mod requirement;
mod rules;
mod start;
mod tables;

pub use browse::provide_browse;
pub use rules::rule_page;

use crate::shell::dom;
use crate::state::{BESIDE, RULES, use_workbench, world};
use crate::ui::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The page; `id` names the reference or the rules, and after a slash the place in it.
pub fn page(id: Option<String>) -> AnyView {
    let Some(id) = id else { return list::list() };
    let (id, place) = match id.split_once('/') {
        Some((id, place)) => (id.to_owned(), Some(place.to_owned())),
        None => (id, None),
    };
    if id == BESIDE {
        return beside::beside(&place.unwrap_or_default());
    }
    if let Some(place) = place {
        show(place);
    }
    if id == RULES {
        return rules::rules_page();
    }
    // A standard of the person's own may come, change and go.
    let own = use_workbench().supply.own;
    let shown = move || {
        own.track();
        match world().references.get(&id) {
            Some(reference) => one::one(reference),
            None => unknown(&id),
        }
    };
    shown.into_any()
}

/// Brings a place of the page into view once the page is there.
fn show(place: String) {
    dom::after_paint(move || {
        let element = document()
            .get_element_by_id(&place)
            .and_then(|found| found.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            element.scroll_into_view();
            let _ = element.focus();
        }
    });
}

fn unknown(id: &str) -> AnyView {
    let text = format!(
        "There is no reference {} in this version.",
        plumbline_engine::written::quoted(id)
    );
    view! {
        <h1>"References"</h1>
        <p>{text}</p>
        <p><a href="#/references">"All references"</a></p>
    }
    .into_any()
}
