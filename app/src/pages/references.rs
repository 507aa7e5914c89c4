//! All references, or one of them.

use leptos::prelude::*;

/// The page; `id` names the reference to show.
pub fn page(id: Option<String>) -> AnyView {
    view! { <h1>{id.unwrap_or("References".into())}</h1> }.into_any()
}
