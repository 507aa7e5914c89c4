//! What is open is kept in the browser, so that a closed tab loses nothing.

use super::Workbench;
use crate::shell::dom;
use crate::ui::*;
use plumbline_engine::design::Design;
use plumbline_engine::load::design_from_text;
use serde_json::{Value, json};
use std::time::Duration;

/// Where the open designs are kept.
const KEY: &str = "plumbline.designs";
/// Where the person's own designs wait while those of a link are open: a list, newest last.
const STASH: &str = "plumbline.put-aside";
/// After the last change. Shorter than it takes to close a tab, longer than between two keys.
const PAUSE: Duration = Duration::from_millis(400);

/// Most sets of designs that are put aside.
const MOST_STASHED: usize = 8;

/// Designs that were open together, and which of them was edited.
pub type Kept = (Vec<Design>, usize);

/// The designs that were open last, and which one was edited.
pub fn restore() -> Option<Kept> {
    kept(&serde_json::from_str(&dom::stored(KEY)?).ok()?)
}

/// Designs of the person's own that were put aside when a link was opened, newest first.
pub fn stashed() -> Vec<Kept> {
    list().iter().rev().filter_map(kept).collect()
}

/// Puts the kept designs aside before those of a link take their place; `false` if there are
/// none. What was put aside before stays.
pub fn stash() -> bool {
    let Some(now) = dom::stored(KEY).and_then(|text| serde_json::from_str::<Value>(&text).ok())
    else {
        return false;
    };
    let mut all = list();
    all.retain(|old| *old != now);
    all.push(now);
    let surplus = all.len().saturating_sub(MOST_STASHED);
    all.drain(..surplus);
    dom::store(STASH, &Value::Array(all).to_string());
    true
}

/// Forgets what was put aside: the entry at an index of [`stashed`].
pub fn drop_stashed(index: usize) {
    let mut all = list();
    if let Some(at) = all.len().checked_sub(index + 1) {
        all.remove(at);
    }
    if all.is_empty() {
        dom::forget(STASH)
    } else {
        dom::store(STASH, &Value::Array(all).to_string())
    }
}

fn list() -> Vec<Value> {
    let text = dom::stored(STASH);
    text.and_then(|text| serde_json::from_str(&text).ok())
        .and_then(|v: Value| v.as_array().cloned())
        .unwrap_or_default()
}

/// Keeps what is open from the next change on, or at once.
pub fn keep_saving(workbench: Workbench, at_once: bool) {
    let pending = StoredValue::new(None::<leptos::leptos_dom::helpers::TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        workbench.documents.track();
        workbench.active.track();
        pending.with_value(|handle| handle.as_ref().map(|handle| handle.clear()));
        if before.is_none() && !at_once {
            return;
        }
        let handle = set_timeout_with_handle(move || write(workbench), PAUSE).ok();
        pending.set_value(handle);
    });
}

fn write(workbench: Workbench) {
    let designs: Vec<Value> = workbench.documents.with_untracked(|all| {
        all.iter()
            .map(|d| plumbline_engine::design::to_tree(&d.now))
            .collect()
    });
    let kept = json!({ "active": workbench.active.get_untracked(), "designs": designs });
    dom::store(KEY, &kept.to_string());
}

/// Every design goes through the loader, which migrates and checks it as it does a file.
fn kept(kept: &Value) -> Option<Kept> {
    let active = kept.get("active").and_then(Value::as_u64).unwrap_or(0) as usize;
    let designs: Vec<Design> = kept
        .get("designs")?
        .as_array()?
        .iter()
        .filter_map(|design| design_from_text(&design.to_string()).ok())
        .collect();
    (!designs.is_empty()).then_some((designs, active))
}
