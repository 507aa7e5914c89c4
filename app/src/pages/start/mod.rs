//! Where a design comes from: a reference, a file, a link, or what was put aside.

mod aside;
mod file;
mod link;
mod reference;

use crate::ui::*;

/// The page.
pub fn page() -> AnyView {
    view! {
        <header class="page-head">
            <h1 tabindex="-1">"Start from a finished design"</h1>
            <p class="about">
                "Pick a published reference at a size. What opens is a full design, checked and priced; change anything in it. All of it is computed in this browser and sent nowhere."
            </p>
        </header>
        {file::broken_file()}
        {reference::from_reference()}
        <div class="columns">
            {file::from_file()}
            {link::from_a_link()}
        </div>
        {aside::put_aside()}
    }
    .into_any()
}
