//! The browser workbench. The engine computes; this crate shows, asks and keeps.

pub mod charts;
pub mod files;
pub mod format;
pub mod pages;
pub mod share;
pub mod shell;
pub mod state;
pub mod ui;
pub mod widgets;

use plumbline_engine::load::from_link;
use shell::dom;
use state::{Page, Section, Workbench, index, restore, stash};

/// Mounts the workbench into the page. The boot script takes the skeleton away afterwards.
pub fn start() {
    // The browser's console tells what happened; boot.js tells the person.
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into())
    }));
    shell::apply_stored_theme();
    leptos::mount::mount_to_body(|| {
        // Leptos gives the page its owner and its scheduler; the views go in by our own way.
        let (workbench, from_link) = arrive();
        ui::place_in_body(shell::app(workbench, from_link));
    });
}

/// What opens first: the designs of a link in the address, else those that were open last,
/// else a finished design, so that every page has something to show. Says whether they came by a
/// link, and so have to be kept at once.
fn arrive() -> (Workbench, bool) {
    let fragment = dom::fragment();
    let linked = share::looks_like_link(&fragment).then(|| from_link(&fragment));
    if let Some(Ok(designs)) = linked {
        let notice = share::arrival(designs.len(), stash());
        let workbench = Workbench::new(designs, 0, Page::Design(Section::Workload));
        workbench.notice.set(Some(notice));
        workbench.compute();
        dom::replace_fragment(&workbench.page.get_untracked().fragment());
        return (workbench, true);
    }
    let kept = restore();
    let home = if kept.is_some() {
        Page::Design(Section::Workload)
    } else {
        Page::Start
    };
    let page = Page::from_fragment(&fragment).unwrap_or(home);
    let own = kept.is_some();
    let (designs, active) = kept.unwrap_or_else(|| (index().first.iter().cloned().collect(), 0));
    let workbench = Workbench::new(designs, active, page);
    if own {
        workbench.compute();
    }
    if let Some(Err(error)) = linked {
        workbench.notice.set(Some(share::refusal(&error)));
    }
    dom::replace_fragment(&workbench.page.get_untracked().fragment());
    (workbench, false)
}
