//! The browser workbench. The engine computes; this crate shows, asks and keeps.

pub mod charts;
pub mod format;
pub mod pages;
pub mod shell;
pub mod state;
pub mod widgets;

use leptos::prelude::*;
use state::{Page, Workbench};

/// Mounts the workbench into the page. The boot script takes the skeleton away afterwards.
pub fn start() {
    leptos::mount::mount_to_body(|| {
        let workbench = Workbench::new(Vec::new(), 0, Page::Start);
        provide_context(workbench);
        move || pages::show(workbench.page.get())
    });
}
