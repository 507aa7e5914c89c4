//! Cost.

use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! { <h1>"Cost"</h1> }.into_any()
}
