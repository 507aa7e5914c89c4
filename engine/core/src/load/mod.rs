//! Text and links to designs and worlds, and back. Reading never panics, is bounded in
//! size, depth and time, and says where a fault is, what was found and what was expected.

mod csv;
mod error;
mod library;
mod lineage;
mod link;
mod packed;
mod reader;
mod standard;
mod text;
mod world;

pub use csv::{Csv, CsvError, CsvRow, csv_cell};
pub use error::LoadError;
pub use link::{LinkError, MAX_LINK, from_link, to_link};
pub use packed::{pack, unpack};
pub use standard::{Standard, is_standard, standard_from_text};
pub use text::{Format, MAX_TEXT, data_from_text, design_from_text, design_to_json, design_to_ron};
pub(crate) use world::may_bind;
pub use world::{WorldFile, world_from_files};
