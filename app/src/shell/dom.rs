//! The few things that are asked of the browser itself: address, storage, focus, clock. Where
//! the browser refuses, the workbench goes on without.

use crate::ui::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

/// The address fragment, with `#`; empty if there is none.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Changes the fragment as a new entry of the history, without a jump on the page.
pub fn set_fragment(fragment: &str) {
    if self::fragment() != fragment
        && let Ok(history) = window().history()
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Changes the fragment in place, so that "back" does not lead to the old one.
pub fn replace_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// The address of the page without its fragment.
pub fn address() -> String {
    let location = window().location().href().unwrap_or_default();
    location.split('#').next().unwrap_or_default().to_owned()
}

/// A text kept in the browser.
pub fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a text in the browser; a full or forbidden store is not worth a message on each edit.
pub fn store(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, text);
    }
}

/// Forgets a kept text.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Today, ISO 8601, by the person's own calendar.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let two = |number: u32| {
        if number < 10 {
            ["0", &number.to_string()].concat()
        } else {
            number.to_string()
        }
    };
    [
        now.get_full_year().to_string(),
        two(now.get_month() + 1),
        two(now.get_date()),
    ]
    .join("-")
}

/// Focuses the field of a path once the page shows it, else the nearest one above it, else
/// the heading. Whatever hides it is opened.
pub fn focus_path(path: String) {
    after_paint(move || {
        let found = steps_up(&path).find_map(|path| {
            let exact = ["[data-path=\"", path, "\"]"].concat();
            let below = ["[data-path^=\"", path, "\"]"].concat();
            query(&exact).or_else(|| query(&below))
        });
        if let Some(element) = found.or_else(|| query("main h1")) {
            reveal(&element);
        }
    });
}

/// Brings a finding of the page into sight and focuses it, or its first control.
pub fn focus_finding(name: String) {
    after_paint(move || {
        let Some(finding) = query(&["[data-finding=\"", &name, "\"]"].concat()) else {
            return;
        };
        let control = finding.query_selector("button, a, summary").ok().flatten();
        reveal(&control.unwrap_or(finding));
    });
}

/// Focuses the first match of a selector once the page shows it.
pub fn focus_soon(selector: &'static str) {
    after_paint(move || {
        if let Some(element) = query(selector) {
            reveal(&element);
        }
    });
}

/// Goes to a heading: it comes to the top, and what is read or tabbed to next is below it.
pub fn reach(selector: &str) {
    if let Some(heading) = query(selector) {
        let _ = heading.set_attribute("tabindex", "-1");
        heading.scroll_into_view();
        focus(&heading);
    }
}

/// The first match of a selector that this file or a widget wrote.
pub fn query(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Runs after the frame that shows what was just changed.
pub fn after_paint(run: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(run));
}

/// Offers a text as a file.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    web_sys::Url::revoke_object_url(&url)
}

/// Focuses an element, where it can be.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// `a.b[0].c`, `a.b[0]`, `a.b`, `a`.
fn steps_up(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        let cut = path.rfind(['.', '['])?;
        (cut > 0).then(|| &path[..cut])
    })
}

fn reveal(element: &Element) {
    let mut above = element.parent_element();
    while let Some(parent) = above {
        if let Some(details) = parent.dyn_ref::<HtmlDetailsElement>() {
            details.set_open(true);
        }
        above = parent.parent_element();
    }
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    focus(element);
}
