//! Views: Leptos' signals, effects and owners below, the browser's own templates above.
//!
//! `view!` (crate `plumbline-view`) has Leptos' notation. What it makes is data for the few
//! functions here, which are compiled once for all pages; that keeps the first load small. Import
//! `crate::ui::*` where an app would import `leptos::prelude::*`.

mod child;
pub mod ev;
pub mod html;
mod keyed;
mod node_ref;
mod place;
mod signal;
mod template;
mod value;

pub use child::{AnyView, CollectView, IntoAny};
pub use keyed::keyed;
pub use node_ref::NodeRef;
pub use place::{place_in, place_in_body};
pub use signal::{Effect, Keep, Memo, RwSignal, StoredValue};
pub use template::Template;
pub use value::{IntoValue, Plain, Value};

pub use leptos::leptos_dom::helpers::TimeoutHandle;
pub use leptos::prelude::{
    Owner, ReadSignal, Signal, WriteSignal, document, event_target_value, expect_context,
    on_cleanup, provide_context, request_animation_frame, set_timeout, set_timeout_with_handle,
    signal, untrack, use_context, window, window_event_listener,
};
pub use leptos::reactive::traits::*;
pub use plumbline_view::view;
