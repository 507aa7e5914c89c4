//! Findings.

use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! { <h1>"Findings"</h1> }.into_any()
}
