//! The catalogue: every part, with every figure that is known of it. `#/catalogue/<id>` is the
//! lasting address of a part, `#/catalogue/beside/<id>,<id>` that of several side by side.

mod kinds;
mod list;
mod parts;
mod shelf;

use crate::ui::*;

/// The page; `place` names a part or several.
pub fn page(place: Option<String>) -> AnyView {
    match place {
        None => list::list(),
        Some(place) => parts::parts(place.strip_prefix(shelf::BESIDE).unwrap_or(&place)),
    }
}
