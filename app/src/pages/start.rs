//! Where a design comes from: a reference, a file or a link.

use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! { <h1>"Start"</h1> }.into_any()
}
