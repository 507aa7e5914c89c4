//! The browser workbench. The engine computes; this crate shows, asks and keeps.

pub mod charts;
pub mod files;
pub mod format;
pub mod later;
pub mod pages;
pub mod share;
pub mod shell;
pub mod state;
pub mod ui;
pub mod widgets;

use shell::dom;
use state::{Page, Section, Workbench, index, restore};

/// Mounts the workbench into the page. The boot script takes the skeleton away afterwards.
pub fn start() {
    // The browser's console tells what happened; boot.js tells the person.
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into())
    }));
    shell::apply_stored_theme();
    leptos::mount::mount_to_body(|| {
        // Leptos gives the page its owner and its scheduler; the views go in by our own way.
        ui::place_in_body(shell::app(arrive()));
    });
}

/// What opens first: the designs that were open last, else a finished design, so that every page
/// has something to show. A link in the address takes their place once the code for it is here.
fn arrive() -> Workbench {
    let fragment = dom::fragment();
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
    if share::looks_like_link(&fragment) {
        workbench.link.set(Some(fragment));
    } else {
        dom::replace_fragment(&workbench.page.get_untracked().fragment());
    }
    workbench
}
