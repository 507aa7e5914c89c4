//! The only requests that the page makes after its start: files of its own site, by names that
//! the program makes.

use crate::ui::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// The text of a file of the site. `anew` asks past the browser's own store, in which a broken
/// answer may lie.
///
/// # Errors
/// In words for the person, where it did not arrive.
pub(super) async fn text(name: &str, anew: bool) -> Result<String, String> {
    let init = RequestInit::new();
    if anew {
        init.set_cache(RequestCache::Reload);
    }
    let lost = |_: JsValue| "the site cannot be reached".to_owned();
    let asked = window().fetch_with_str_and_init(&address(name), &init);
    let response: Response = JsFuture::from(asked).await.map_err(lost)?.unchecked_into();
    if !response.ok() {
        let status = response.status().to_string();
        return Err(["the site answered ", &status, " for ", name].concat());
    }
    let text = response.text().map_err(lost)?;
    let text = JsFuture::from(text).await.map_err(lost)?;
    Ok(text.as_string().unwrap_or_default())
}

/// Where a file of the site is. The site may lie anywhere on its host, and the page may have been opened by any address of
/// it. The program lies at the site's root.
pub fn address(name: &str) -> String {
    let program = document().get_element_by_id("program");
    let program = program.and_then(|link| link.get_attribute("href"));
    let program = program.unwrap_or_default();
    let root = program.rsplit_once('/').map_or("", |(root, _)| root);
    [root, "/", name].concat()
}
