//! How figures of a service are said.

use crate::format;
use crate::state::world;
use plumbline_engine::catalogue::Range;
use plumbline_engine::predict::inference::Layout;
use plumbline_engine::quantity::{RequestsPerSec, TokensPerSec};

/// Requests per second.
pub(super) fn requests(rate: f64) -> String {
    format::quantity(RequestsPerSec::new(rate))
}

/// Tokens per second.
pub(super) fn tokens(rate: f64) -> String {
    format::quantity(TokensPerSec::new(rate))
}

/// A layout in a line: the degrees that are not one.
pub(super) fn layout(layout: &Layout) -> String {
    let degrees = [
        ("TP", layout.tp),
        ("PP", layout.pp),
        ("DP attention", layout.groups),
        ("EP", layout.ep),
    ];
    let degrees = degrees.iter().filter(|(_, degree)| *degree > 1);
    let words: Vec<String> = degrees
        .map(|(name, degree)| format!("{name}\u{a0}{degree}"))
        .collect();
    match words.is_empty() {
        true => "one accelerator".into(),
        false => words.join(" · "),
    }
}

/// A count; in words where no number is enough.
pub(super) fn whole(count: f64) -> String {
    match count.is_finite() {
        true => format::count(count),
        false => "no number is enough".into(),
    }
}

/// Three figures of a band.
pub(super) fn three_of(range: Range<f64>) -> String {
    let ends = [range.low, range.mid, range.high].map(|end| format::significant(end, 3));
    ends.join(" – ")
}

/// The name of an accelerator.
pub(super) fn accelerator(id: &str) -> String {
    let part = world().catalogue.accelerators.get(id);
    part.map_or_else(|| id.to_owned(), |part| part.name.clone())
}
