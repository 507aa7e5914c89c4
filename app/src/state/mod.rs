//! What is open, what is shown, and what follows from it. Every page reads and changes the
//! designs through [`Workbench`]; nothing else holds any of it.

mod autosave;
mod document;
mod fetch;
mod needs;
mod notice;
mod own;
mod page;
mod supply;
mod workbench;

pub use autosave::{Kept, drop_stashed, keep_saving, restore, stash, stashed};
pub use document::Document;
pub use fetch::address;
pub use needs::{BESIDE, Needs, RULES};
pub use notice::{Notice, NoticeAction};
pub use own::{OwnFile, is_own};
pub use page::{Page, Section};
pub use supply::{
    Stage, Supply, entries, entry, fill, index, keep_ready, keep_supplied, measured, page_of,
    summary_of, world,
};
pub use workbench::{MAX_DOCUMENTS, Workbench, use_workbench};
