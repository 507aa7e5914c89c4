//! What is open is kept in the browser, so that a closed tab loses nothing.

use super::Workbench;
use crate::shell::dom;
use leptos::prelude::*;
use plumbline_engine::design::Design;
use plumbline_engine::load::design_from_text;
use serde_json::{Value, json};
use std::time::Duration;

/// Where the open designs are kept.
const KEY: &str = "plumbline.designs";
/// Where the person's own designs wait while those of a link are open.
const STASH: &str = "plumbline.before-link";
/// After the last change. Shorter than it takes to close a tab, longer than between two keys.
const PAUSE: Duration = Duration::from_millis(400);

/// The designs that were open last, and which one was edited.
pub fn restore() -> Option<(Vec<Design>, usize)> {
    read(KEY)
}

/// The designs that were open before a link was.
pub fn stashed() -> Option<(Vec<Design>, usize)> {
    read(STASH)
}

/// Puts the kept designs aside before those of a link take their place. What was put aside
/// before stays: it is the person's own, and what is kept now came from another link.
pub fn stash() {
    if dom::stored(STASH).is_none()
        && let Some(text) = dom::stored(KEY)
    {
        dom::store(STASH, &text);
    }
}

/// Forgets the designs that were put aside.
pub fn drop_stash() {
    dom::forget(STASH);
}

/// Keeps what is open from now on.
pub fn keep_saving(workbench: Workbench) {
    let pending = StoredValue::new(None::<leptos::leptos_dom::helpers::TimeoutHandle>);
    Effect::new(move |_| {
        workbench.documents.track();
        workbench.active.track();
        pending.with_value(|handle| handle.as_ref().map(|handle| handle.clear()));
        let handle = set_timeout_with_handle(move || write(workbench), PAUSE).ok();
        pending.set_value(handle);
    });
}

fn write(workbench: Workbench) {
    let designs: Vec<Value> = workbench
        .documents
        .with_untracked(|all| all.iter().map(|d| serde_json::to_value(&*d.now).unwrap_or_default()).collect());
    let kept = json!({ "active": workbench.active.get_untracked(), "designs": designs });
    dom::store(KEY, &kept.to_string());
}

/// Every design goes through the loader, which migrates and checks it as it does a file.
fn read(key: &str) -> Option<(Vec<Design>, usize)> {
    let kept: Value = serde_json::from_str(&dom::stored(key)?).ok()?;
    let active = kept.get("active").and_then(Value::as_u64).unwrap_or(0) as usize;
    let designs: Vec<Design> = kept
        .get("designs")?
        .as_array()?
        .iter()
        .filter_map(|design| design_from_text(&design.to_string()).ok())
        .collect();
    (!designs.is_empty()).then_some((designs, active))
}
