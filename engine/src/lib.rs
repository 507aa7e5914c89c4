//! The engine with its world embedded, and, behind the feature `cli`, the command line.

pub use plumbline_core::*;

use plumbline_core::reference::World;

/// The world that the build made from `references/`.
pub fn world() -> World {
    // The build script read back what it wrote, with the same types.
    load::unpack_world(include_str!(concat!(env!("OUT_DIR"), "/world.json"))).unwrap_or_default()
}
