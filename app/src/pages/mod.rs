//! One file or folder per page. A page shows and asks; the engine computes.

pub mod about;
pub mod brief;
pub mod catalogue;
pub mod compare;
pub mod cost;
pub mod design;
pub mod findings;
pub mod nearest;
pub mod references;
pub mod start;

use crate::state::{Needs, Page, use_workbench};
use crate::ui::*;
use crate::widgets::waiting;

/// The page, from its one `<h1>` down.
pub fn show(page: Page) -> AnyView {
    match page {
        Page::Start => start::page(),
        Page::Design(section) => design::page(section),
        Page::Findings => findings::page(),
        Page::Cost => cost::page(),
        Page::Compare => compare::page(),
        Page::Nearest => nearest::page(),
        Page::References(id) => references::page(id),
        Page::Catalogue(place) => catalogue::page(place),
        Page::About => about::page(),
    }
}

/// In place of a page while its data is not here.
pub fn wait(page: Page) -> AnyView {
    let workbench = use_workbench();
    let label = page.label();
    let needs = Memo::new(move |_| workbench.documents.with(|open| Needs::page(&page, open)));
    view! {
        <h1 tabindex="-1">{label}</h1>
        {waiting(needs)}
    }
    .into_any()
}
