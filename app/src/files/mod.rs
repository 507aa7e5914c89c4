//! Files in and out: designs as RON and JSON, the bill of materials as CSV.

mod broken;
mod export;
mod open;

pub use broken::{BrokenFile, broken, provide_broken};
pub use export::{export_bill, save};
pub use open::{ask, listen_for_drops, open_text, read_files};
