//! The world as one text, made by the build and read when the program starts.
//!
//! It goes through the same tree and the same readers of parts as an override does: a binary
//! form would need a second reader of each kind of part, and saves nothing once compressed.

use super::reader::read_tree;
use crate::reference::World;
use crate::written::{Write, read};

/// A world as text.
pub fn pack_world(world: &World) -> String {
    world.write().to_json_text(false)
}

/// The world in a text of [`pack_world`].
///
/// # Errors
/// Where the text is not that of a world.
pub fn unpack_world(text: &str) -> Result<World, String> {
    let tree = read_tree(text).map_err(|fault| fault.to_string())?;
    read(&tree).map_err(|faults| {
        let first = faults.into_iter().next().unwrap_or_default();
        format!("{}: {}", first.path, first.message)
    })
}
