//! One file or folder per page. A page shows and asks; the engine computes.

pub mod about;
pub mod brief;
pub mod compare;
pub mod cost;
pub mod design;
pub mod findings;
pub mod references;
pub mod start;

use crate::state::Page;
use crate::ui::*;

/// The page, from its one `<h1>` down.
pub fn show(page: Page) -> AnyView {
    match page {
        Page::Start => start::page(),
        Page::Design(section) => design::page(section),
        Page::Findings => findings::page(),
        Page::Cost => cost::page(),
        Page::Compare => compare::page(),
        Page::References(id) => references::page(id),
        Page::About => about::page(),
    }
}
