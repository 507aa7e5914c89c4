//! Views into the page.

use super::*;
use leptos::prelude::RenderEffect;
use web_sys::{Node, Text};

/// Puts a view at the end of the body.
pub fn place_in_body(view: AnyView) {
    if let Some(body) = document().body() {
        place_in(&body, view);
    }
}

/// Puts a view at the end of an element.
pub fn place_in(parent: &Node, view: AnyView) {
    let end = marker();
    if parent.append_child(&end).is_ok() {
        place(view, &end);
    }
}

/// Puts a view right before a node.
pub(super) fn place(view: AnyView, before: &Node) {
    match view {
        AnyView::Empty => {}
        AnyView::Text(text) => insert(&document().create_text_node(&text), before),
        AnyView::Node(node) => insert(&node, before),
        AnyView::Several(views) => views.into_iter().for_each(|view| nested(view, before)),
        AnyView::Moving(make) => follow(make, before.clone()),
        AnyView::Keyed(rows) => keyed::follow(rows, before.clone()),
    }
}

/// Runs now and whenever what it read changes, for as long as the owner of the moment lives.
pub(super) fn moving(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    on_cleanup(move || drop(effect));
}

/// A node that shows nothing and keeps a place.
pub(super) fn marker() -> Node {
    document().create_comment("").into()
}

pub(super) fn insert(node: &Node, before: &Node) {
    if let Some(parent) = before.parent_node() {
        let _ = parent.insert_before(node, Some(before));
    }
}

/// Takes away what stands between two markers.
pub(super) fn clear(start: &Node, end: &Node) {
    while let Some(node) = end.previous_sibling().filter(|node| node != start) {
        match end.parent_node() {
            Some(parent) if parent.remove_child(&node).is_ok() => {}
            _ => return,
        }
    }
}

/// One of several needs an end of its own where it moves.
fn nested(view: AnyView, before: &Node) {
    if !matches!(view, AnyView::Moving(_) | AnyView::Keyed(_)) {
        return place(view, before);
    }
    let end = marker();
    insert(&end, before);
    place(view, &end);
}

/// Makes a view again whenever what it read changes. A text that stays a text keeps its node.
fn follow(mut make: Box<dyn FnMut() -> AnyView>, end: Node) {
    let start = marker();
    insert(&start, &end);
    let mut text: Option<(Text, String)> = None;
    moving(Box::new(move || match (make(), &mut text) {
        (AnyView::Text(now), Some((node, before))) => {
            if now != *before {
                node.set_data(&now);
                *before = now;
            }
        }
        (AnyView::Text(now), none) => {
            clear(&start, &end);
            let node = document().create_text_node(&now);
            insert(&node, &end);
            *none = Some((node, now));
        }
        (view, kept) => {
            *kept = None;
            clear(&start, &end);
            nested(view, &end);
        }
    }));
}
