//! The engine with what the build made of `references/`: always their index, behind the feature
//! `embed` the whole world, behind `schema` the JSON Schema of the documents, and behind the feature `cli` the command line.

pub use plumbline_core::*;

use plumbline_core::reference::ReferenceIndex;

#[cfg(feature = "schema")]
pub mod schema;

/// What lists show of the references, and where the rest of the world is found.
pub fn index() -> ReferenceIndex {
    // The build script read back what it wrote, with the same types; here and below.
    load::unpack(include_str!(concat!(env!("OUT_DIR"), "/index.json"))).unwrap_or_default()
}

/// The world that the build made from `references/`.
#[cfg(feature = "embed")]
pub fn world() -> plumbline_core::reference::World {
    load::unpack(include_str!(concat!(env!("OUT_DIR"), "/world.json"))).unwrap_or_default()
}
