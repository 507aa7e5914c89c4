//! Compare.

use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! { <h1>"Compare"</h1> }.into_any()
}
