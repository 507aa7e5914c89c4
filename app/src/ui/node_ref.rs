//! A handle to an element of a view.

use super::*;
use std::marker::PhantomData;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The element that carries `node_ref` with it, once there is one.
pub struct NodeRef<T> {
    element: leptos::prelude::RwSignal<Option<Element>, leptos::prelude::LocalStorage>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for NodeRef<T> {}

impl<T> Default for NodeRef<T> {
    fn default() -> Self {
        Self {
            element: leptos::prelude::RwSignal::new_local(None),
            kind: PhantomData,
        }
    }
}

impl<T: JsCast> NodeRef<T> {
    /// A handle to nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The element; what reads it runs again when it comes.
    pub fn get(&self) -> Option<T> {
        self.element.try_get().flatten().map(JsCast::unchecked_into)
    }

    /// The element as it is now.
    pub fn get_untracked(&self) -> Option<T> {
        self.element
            .try_get_untracked()
            .flatten()
            .map(JsCast::unchecked_into)
    }

    pub(super) fn fill(&self, element: &Element) {
        let element = element.clone();
        self.element.try_set(Some(element));
    }
}
