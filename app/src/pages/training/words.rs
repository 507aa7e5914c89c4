//! How figures of predictions are said.

use crate::format;
use plumbline_engine::catalogue::Range;
use plumbline_engine::predict::training::{Layout, Recompute, Schedule, Sharding};
use plumbline_engine::quantity::{Bytes, Quantity};

/// `low – mid – high`; one figure where they are equal.
pub(in crate::pages) fn range<T: Copy + PartialEq>(
    range: Range<T>,
    show: impl Fn(T) -> String,
) -> String {
    if range.low == range.high {
        return show(range.mid);
    }
    [range.low, range.mid, range.high].map(show).join(" – ")
}

/// The ends of a range; nothing where they are equal.
pub(in crate::pages) fn ends<T: Copy + PartialEq>(
    range: Range<T>,
    show: impl Fn(T) -> String,
) -> Option<String> {
    (range.low != range.high).then(|| [range.low, range.high].map(show).join(" – "))
}

/// A quantity in three digits with its unit.
pub(in crate::pages) fn quantity<Q: Quantity>(quantity: Q) -> String {
    format::quantity(quantity)
}

/// Seconds in the unit that suits.
pub(in crate::pages) fn seconds(seconds: f64) -> String {
    format::seconds(seconds)
}

/// Bytes in the unit that suits.
pub(in crate::pages) fn bytes(bytes: f64) -> String {
    format::quantity(Bytes::new(bytes))
}

/// A count to three digits.
pub(in crate::pages) fn three(figure: f64) -> String {
    format::significant(figure, 3)
}

/// A layout in a line: the degrees that are not one, and how state and activations are kept.
pub(in crate::pages) fn layout(layout: &Layout) -> String {
    let mut words = Vec::new();
    let degrees = [
        ("TP", layout.tp),
        ("PP", layout.pp),
        ("chunks", layout.vp),
        ("CP", layout.cp),
        ("EP", layout.ep),
        ("DP", layout.dp),
    ];
    for (name, degree) in degrees {
        if degree > 1 {
            words.push(format!("{name} {degree}"));
        }
    }
    words.push(format!("micro-batch {}", layout.micro_batch));
    words.push(recompute(layout.recompute).to_owned());
    words.push(sharding(layout.sharding).to_owned());
    let schedule = match layout.schedule {
        Schedule::OneForwardOneBackward => None,
        Schedule::ZeroBubble => Some("zero bubble"),
        Schedule::ZeroBubbleV => Some("zero bubble, V"),
        Schedule::VHalf => Some("V-half"),
        Schedule::VMin => Some("V-min"),
    };
    words.extend(schedule.map(str::to_owned));
    words.join(" · ")
}

fn recompute(recompute: Recompute) -> &'static str {
    match recompute {
        Recompute::None => "no recomputation",
        Recompute::Selective => "attention recomputed",
        Recompute::Full => "all recomputed",
    }
}

fn sharding(sharding: Sharding) -> &'static str {
    match sharding {
        Sharding::None => "nothing sharded",
        Sharding::Optimizer => "optimiser sharded",
        Sharding::Gradients => "optimiser and gradients sharded",
        Sharding::Weights => "fully sharded",
    }
}

/// A remark of the engine as a sentence.
pub(in crate::pages) fn sentence(remark: &str) -> String {
    let mut letters = remark.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    [first.as_deref().unwrap_or_default(), letters.as_str(), "."].concat()
}
