//! Helpers for headless tests: a brute-force fabric, random designs, a hash of an assessment.

use plumbline_engine::reference::World;
use std::sync::LazyLock;

pub mod backing;
pub mod designs;
pub mod energy;
pub mod evidence;
pub mod fit;
pub mod jobs;
pub mod promises;
pub mod ranking;
pub mod served;
pub mod wiring;

/// The embedded world, read once for all cases of a property.
pub fn world() -> &'static World {
    static WORLD: LazyLock<World> = LazyLock::new(plumbline_engine::world);
    &WORLD
}

include!(concat!(env!("OUT_DIR"), "/native_hash.rs"));
