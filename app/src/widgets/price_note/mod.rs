//! What one of a part costs by the price book, and who says so.

use super::beside_table::NOT_STATED;
use super::part_field::part_name;
use super::source_note::Note;
use crate::format;
use crate::state::world;
use plumbline_engine::catalogue::Price;
use plumbline_engine::quantity::Money;
use plumbline_engine::sourced::Origin;

/// The price of a part; [`NOT_STATED`] with the reason where the book has none of its own.
pub fn price_note(title: String, part: &str) -> Note {
    let book = &world().prices;
    let (value, origin, formula) = match book.parts.get(part) {
        Some(price) => (
            format::money_range(price.range),
            price.origin.clone(),
            said(price),
        ),
        None => {
            let whole = book.included.get(part);
            let reason = whole.map_or_else(
                || ["no price in the price book ", &book.name].concat(),
                |whole| ["in the price of ", &part_name(whole)].concat(),
            );
            let origin = Origin::unknown(&reason);
            (NOT_STATED.to_owned(), origin, String::new())
        }
    };
    Note {
        title,
        value,
        origin,
        formula,
        inputs: Vec::new(),
    }
}

/// `low – mid – high` needs its kind and its date to be read.
fn said(price: &Price<Money>) -> String {
    let kind = format::price_kind(price.kind);
    [
        "Low, middle and high; kind: ",
        kind,
        "; of ",
        &price.date,
        ".",
    ]
    .concat()
}
