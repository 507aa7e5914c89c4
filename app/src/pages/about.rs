//! About.

use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! { <h1>"About"</h1> }.into_any()
}
