//! One file or folder per page. A page shows and asks; the engine computes.

pub mod about;
pub mod brief;
pub mod catalogue;
mod chosen;
pub mod compare;
pub mod cost;
pub mod design;
pub mod evidence;
pub mod findings;
pub mod inference;
pub mod nearest;
mod predicted;
pub mod references;
pub mod start;
pub mod training;

use crate::later;
use crate::state::{Page, use_workbench};
use crate::ui::*;
use crate::widgets::waiting;

/// The page, from its one `<h1>` down.
pub fn show(page: Page) -> AnyView {
    match page {
        Page::Start => start::page(),
        Page::Design(section) => design::page(section),
        // The code of every other page comes when it is wanted.
        page => later::page(page),
    }
}

/// In place of a page while what it needs is not here.
pub fn wait(page: Page) -> AnyView {
    let workbench = use_workbench();
    let label = match workbench.link.with_untracked(Option::is_some) {
        true => "Opening the link",
        false => page.label(),
    };
    view! {
        <h1 tabindex="-1">{label}</h1>
        {waiting(workbench.needs())}
    }
    .into_any()
}
