//! Lists in which a row that stays keeps its elements, its focus and what it remembers.

use super::place::{clear, insert, marker, moving, place};
use super::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use web_sys::Node;

/// Gives the rows as they are now: a key for each, and how to make it if it is new.
pub type Rows = Box<dyn Fn() -> Vec<(u64, Box<dyn FnOnce() -> AnyView>)>>;

/// A list of what `each` gives; rows with the same key are the same row.
pub fn keyed<I, T, K, V>(
    each: impl Fn() -> I + 'static,
    key: impl Fn(&T) -> K + 'static,
    children: impl Fn(T) -> V + 'static,
) -> AnyView
where
    I: IntoIterator<Item = T>,
    T: 'static,
    K: Hash,
    V: IntoAny,
{
    let children = Rc::new(children);
    AnyView::Keyed(Box::new(move || {
        let rows = each().into_iter().map(|row| {
            let mut hasher = DefaultHasher::new();
            key(&row).hash(&mut hasher);
            let children = children.clone();
            let make: Box<dyn FnOnce() -> AnyView> = Box::new(move || children(row).into_any());
            (hasher.finish(), make)
        });
        rows.collect()
    }))
}

/// A row that stands.
struct Standing {
    key: u64,
    owner: Owner,
    start: Node,
    end: Node,
}

impl Standing {
    fn leave(self) {
        self.owner.cleanup();
        clear(&self.start, &self.end);
        for node in [&self.start, &self.end] {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(node);
            }
        }
    }

    /// Moves the row right before a node, if it does not stand there already.
    fn stand_before(&self, next: &Node) {
        if self.end.next_sibling().as_ref() == Some(next) {
            return;
        }
        let mut node = Some(self.start.clone());
        while let Some(this) = node {
            node = (this != self.end).then(|| this.next_sibling()).flatten();
            insert(&this, next);
        }
    }
}

pub(super) fn follow(rows: Rows, end: Node) {
    // Rows outlive the run that made them, so that they belong to what made the list.
    let owner = Owner::current().unwrap_or_default();
    let mut standing: Vec<Standing> = Vec::new();
    moving(Box::new(move || {
        let wanted = rows();
        untrack(|| arrange(&owner, &mut standing, wanted, &end));
    }));
}

fn arrange(
    owner: &Owner,
    standing: &mut Vec<Standing>,
    wanted: Vec<(u64, Box<dyn FnOnce() -> AnyView>)>,
    end: &Node,
) {
    let (kept, gone): (Vec<_>, Vec<_>) = standing
        .drain(..)
        .partition(|row| wanted.iter().any(|(key, _)| *key == row.key));
    gone.into_iter().for_each(Standing::leave);
    let mut kept: Vec<Option<Standing>> = kept.into_iter().map(Some).collect();
    let mut next = end.clone();
    // From the last row up: each then knows what it has to stand before.
    for (key, make) in wanted.into_iter().rev() {
        let old = kept
            .iter_mut()
            .find(|row| row.as_ref().is_some_and(|row| row.key == key))
            .and_then(Option::take);
        let row = old.unwrap_or_else(|| appear(owner, key, make, &next));
        row.stand_before(&next);
        next = row.start.clone();
        standing.push(row);
    }
    // A key that came twice stood for one row only.
    kept.into_iter().flatten().for_each(Standing::leave);
    standing.reverse();
}

fn appear(owner: &Owner, key: u64, make: Box<dyn FnOnce() -> AnyView>, next: &Node) -> Standing {
    let (start, end) = (marker(), marker());
    insert(&start, next);
    insert(&end, next);
    let owner = owner.child();
    owner.with(|| place(make(), &end));
    Standing {
        key,
        owner,
        start,
        end,
    }
}
