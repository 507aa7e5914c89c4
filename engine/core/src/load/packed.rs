//! The world as one text, made by the build and read when the program starts.
//!
//! It goes through the same tree and the same readers of parts as an override does: a binary
//! form would need a second reader of each kind of part, and saves nothing once compressed.

use super::reader::read_tree;
use crate::outline::outline;
use crate::reference::World;

/// A world as text.
///
/// # Errors
/// What could not be written, which would be a fault of the types.
pub fn pack_world(world: &World) -> Result<String, String> {
    let outline = outline(world).map_err(|error| error.to_string())?;
    Ok(outline.to_json_text(false))
}

/// The world in a text of [`pack_world`].
///
/// # Errors
/// Where the text is not that of a world.
pub fn unpack_world(text: &str) -> Result<World, String> {
    let tree = read_tree(text).map_err(|fault| fault.to_string())?;
    serde_json::from_value(tree).map_err(|error| error.to_string())
}
