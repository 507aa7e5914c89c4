//! The editor of the design, one section at a time.

use crate::state::Section;
use leptos::prelude::*;

/// The editor of a section.
pub fn page(section: Section) -> AnyView {
    view! { <h1>{section.label()}</h1> }.into_any()
}
