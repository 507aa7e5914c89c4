//! Events by name and type, for `on:` in views.

use std::marker::PhantomData;
use wasm_bindgen::JsCast;
use web_sys::{Event, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, SubmitEvent};

/// An event's name and the type that its handlers are given.
pub struct Ev<E> {
    pub(super) name: &'static str,
    event: PhantomData<E>,
}

/// An event together with the element that listens.
pub struct Targeted<T> {
    pub(super) event: Event,
    pub(super) target: PhantomData<T>,
}

impl<T: JsCast> Targeted<T> {
    /// The element that listens.
    pub fn target(&self) -> T {
        // The macro takes the type from the tag that the handler stands on.
        self.event
            .current_target()
            .unwrap_or_else(|| self.event.clone().unchecked_into())
            .unchecked_into()
    }
}

macro_rules! events {
    ($($name:ident $event:ident),+ $(,)?) => {
        $(#[allow(non_upper_case_globals, missing_docs)]
        pub const $name: Ev<$event> = Ev { name: stringify!($name), event: PhantomData };)+
    };
}
events!(
    blur FocusEvent, change Event, click MouseEvent, close Event, focusin FocusEvent, focusout FocusEvent, input Event,
    keydown KeyboardEvent, mousedown MouseEvent, pointerenter PointerEvent, pointerleave PointerEvent, pointermove PointerEvent,
    submit SubmitEvent, toggle Event,
);
