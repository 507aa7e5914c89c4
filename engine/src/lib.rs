//! The engine with its world embedded, and, behind the feature `cli`, the command line.

pub use plumbline_core::*;

use plumbline_core::reference::World;

/// The world that the build made from `references/`.
pub fn world() -> World {
    // The build script wrote these bytes with the same types; a test reads them back.
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/world.bin"))).unwrap_or_default()
}
