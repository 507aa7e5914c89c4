//! What is open, what is shown, and what follows from it. Every page reads and changes the
//! designs through [`Workbench`]; nothing else holds any of it.

mod autosave;
mod document;
mod notice;
mod page;
mod workbench;

pub use autosave::{Kept, drop_stashed, keep_saving, restore, stash, stashed};
pub use document::Document;
pub use notice::{Notice, NoticeAction};
pub use page::{Page, Section};
pub use workbench::{MAX_DOCUMENTS, Workbench, use_workbench};

use plumbline_engine::reference::World;
use std::sync::OnceLock;

/// The embedded world, read once.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(plumbline_engine::world)
}
