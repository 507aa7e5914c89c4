//! What is open is kept in the browser, so that a closed tab loses nothing.

use super::Workbench;
use crate::shell::dom;
use crate::ui::*;
use plumbline_engine::design::Design;
use plumbline_engine::load::{design_from_text, design_to_json};
use std::time::Duration;

/// Where the open designs are kept.
const KEY: &str = "plumbline.designs";
/// Where the person's own designs wait while those of a link are open: a list, newest last.
const STASH: &str = "plumbline.put-aside";
/// After the last change. Shorter than it takes to close a tab, longer than between two keys.
const PAUSE: Duration = Duration::from_millis(400);

/// Separators that no text of a design holds, as JSON writes control characters otherwise.
const BETWEEN: &str = "\u{1e}";
const BETWEEN_SETS: &str = "\u{1d}";
/// Most sets of designs that are put aside.
const MOST_STASHED: usize = 8;

/// Designs that were open together, and which of them was edited.
pub type Kept = (Vec<Design>, usize);

/// The designs that were open last, and which one was edited.
pub fn restore() -> Option<Kept> {
    kept(&dom::stored(KEY)?)
}

/// Designs of the person's own that were put aside when a link was opened, newest first.
pub fn stashed() -> Vec<Kept> {
    list().iter().rev().filter_map(|text| kept(text)).collect()
}

/// Puts the kept designs aside before those of a link take their place; `false` if there are
/// none. What was put aside before stays.
pub fn stash() -> bool {
    let Some(now) = dom::stored(KEY) else {
        return false;
    };
    let mut all = list();
    all.retain(|old| *old != now);
    all.push(now);
    let surplus = all.len().saturating_sub(MOST_STASHED);
    all.drain(..surplus);
    dom::store(STASH, &all.join(BETWEEN_SETS));
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
        dom::store(STASH, &all.join(BETWEEN_SETS))
    }
}

fn list() -> Vec<String> {
    let text = dom::stored(STASH).unwrap_or_default();
    text.split(BETWEEN_SETS)
        .filter(|set| !set.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Keeps what is open from the next change on.
pub fn keep_saving(workbench: Workbench) {
    let pending = StoredValue::new(None::<leptos::leptos_dom::helpers::TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        workbench.documents.track();
        workbench.active.track();
        pending.with_value(|handle| handle.as_ref().map(|handle| handle.clear()));
        if before.is_none() {
            return;
        }
        let handle = set_timeout_with_handle(move || write(workbench), PAUSE).ok();
        pending.set_value(handle);
    });
}

fn write(workbench: Workbench) {
    let designs = workbench.documents.with_untracked(|all| {
        all.iter()
            .map(|d| design_to_json(&d.now))
            .collect::<Vec<_>>()
    });
    let active = workbench.active.get_untracked().to_string();
    dom::store(KEY, &[active, designs.join(BETWEEN)].join(BETWEEN));
}

/// Every design goes through the loader, which migrates and checks it as it does a file.
fn kept(text: &str) -> Option<Kept> {
    let (active, designs) = text.split_once(BETWEEN)?;
    let designs: Vec<Design> = designs
        .split(BETWEEN)
        .filter_map(|design| design_from_text(design).ok())
        .collect();
    (!designs.is_empty()).then(|| (designs, active.parse().unwrap_or(0)))
}
