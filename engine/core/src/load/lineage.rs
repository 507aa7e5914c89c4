//! References that follow another: what a child takes over from its parent.

use super::LoadError;
use super::reader::Document;
use crate::nearest::nearest;
use crate::reference::{Reference, References, Setting};
use crate::table::Table;
use crate::written::{TreeFault, quoted};

/// The file of a reference, to place faults that are found once all are read.
pub(super) struct Origin {
    pub file: String,
    pub document: Document,
}

/// Gives every reference that follows another what it does not state itself. A parent is
/// completed before its children, so that a line of any length works.
pub(super) fn inherit(references: &mut References, files: &Table<Origin>) -> Vec<LoadError> {
    let mut faults = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    for (id, reference) in references.iter() {
        match &reference.follows {
            Some(parent) if references.contains_key(parent) => {
                open.push((id.clone(), parent.clone()));
            }
            Some(parent) => {
                let ids = references.keys().map(String::as_str);
                faults.push(fault(
                    files,
                    id,
                    "follows",
                    unknown(parent),
                    nearest(parent, ids),
                ));
            }
            None if !reference.drops.is_empty() => {
                let message = "found ids to drop, expected `follows` beside them";
                faults.push(fault(files, id, "drops", message.into(), None));
            }
            None => {}
        }
    }
    loop {
        let waits = |parent: &str| open.iter().any(|(id, _)| id == parent);
        let (later, ready): (Vec<_>, Vec<_>) =
            open.iter().cloned().partition(|(_, parent)| waits(parent));
        if ready.is_empty() {
            break;
        }
        for (id, parent) in ready {
            let parent = references.get(&parent).cloned();
            if let (Some(parent), Some(child)) = (parent, references.get_mut(&id)) {
                let wrong: Vec<TreeFault> = wrong_drops(child, &parent).collect();
                faults.extend(wrong.into_iter().map(|fault| placed(files, &id, fault)));
                take_over(child, &parent);
            }
        }
        open = later;
    }
    // What is left follows itself, or one that does; the first kind is at fault.
    for (id, _) in &open {
        if let Some(circle) = circle(id, &open) {
            let message = format!("found a circle, {circle}; expected a line that ends");
            faults.push(fault(files, id, "follows", message, None));
        }
    }
    faults
}

pub(super) fn unknown(parent: &str) -> String {
    format!("found {}, expected the id of a reference", quoted(parent))
}

fn fault(
    files: &Table<Origin>,
    id: &str,
    path: &str,
    message: String,
    nearest: Option<&str>,
) -> LoadError {
    let fault = TreeFault {
        path: path.to_owned(),
        message,
        nearest: nearest.map(str::to_owned),
    };
    placed(files, id, fault)
}

fn placed(files: &Table<Origin>, id: &str, fault: TreeFault) -> LoadError {
    match files.get(id) {
        Some(origin) => origin.document.fault(fault).in_file(&origin.file),
        None => LoadError::new(fault.message),
    }
}

fn wrong_drops<'r>(
    child: &'r Reference,
    parent: &'r Reference,
) -> impl Iterator<Item = TreeFault> + 'r {
    let ids = || parent.requirements.iter().map(|r| r.id.as_str());
    let dropped = child.drops.iter().enumerate();
    dropped
        .filter(move |(_, id)| !ids().any(|own| own == id.as_str()))
        .map(move |(at, id)| TreeFault {
            path: format!("drops[{at}]"),
            message: format!(
                "found {}, expected a requirement of {}",
                quoted(id),
                quoted(&parent.id)
            ),
            nearest: nearest(id, ids()).map(str::to_owned),
        })
}

/// Gives a single reference what it takes over from its parent.
pub(super) fn inherit_from(
    child: &mut Reference,
    parent: &Reference,
    document: &Document,
) -> Vec<LoadError> {
    let faults = wrong_drops(child, parent).map(|fault| document.fault(fault));
    let faults = faults.collect();
    take_over(child, parent);
    faults
}

fn take_over(child: &mut Reference, parent: &Reference) {
    child.template = template(std::mem::take(&mut child.template), &parent.template);
    for requirement in &parent.requirements {
        let id = &requirement.id;
        let own = child.requirements.iter().any(|own| own.id == *id);
        if !own && !child.drops.contains(id) {
            child.requirements.push(requirement.clone());
        }
    }
    for level in &parent.storage_levels {
        if child
            .storage_levels
            .iter()
            .all(|own| own.name != level.name)
        {
            child.storage_levels.push(level.clone());
        }
    }
}

/// The child's settings of a path stand before the parent's of the same path, so that they
/// win; they stand in the parent's order, because an entry of a list is made only after the
/// one before it. Paths that the parent does not set come last.
fn template(mut own: Vec<Setting>, parent: &[Setting]) -> Vec<Setting> {
    let mut merged: Vec<Setting> = Vec::with_capacity(own.len() + parent.len());
    for inherited in parent {
        let (same, rest) = own.into_iter().partition(|s| s.path == inherited.path);
        let same: Vec<Setting> = same;
        merged.extend(same);
        own = rest;
        let always = |s: &Setting| s.at.is_empty() && s.variant.is_empty();
        let hidden = merged.iter().any(|s| s.path == inherited.path && always(s));
        if !hidden {
            merged.push(inherited.clone());
        }
    }
    merged.extend(own);
    merged
}

/// The ids from one back to itself, where its line leads back.
fn circle(start: &str, open: &[(String, String)]) -> Option<String> {
    let parent_of = |id: &str| {
        open.iter()
            .find(|(own, _)| own == id)
            .map(|(_, p)| p.as_str())
    };
    let mut line = vec![start];
    let mut at = parent_of(start)?;
    while at != start {
        if line.contains(&at) {
            return None;
        }
        line.push(at);
        at = parent_of(at)?;
    }
    line.push(start);
    Some(line.join(" > "))
}
