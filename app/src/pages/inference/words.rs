//! How figures of a service are said.

use crate::format;
use plumbline_engine::design::ServingPlan;
use plumbline_engine::predict::inference::{Layout, Percentiles};
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

/// The share of the requests for which the limits are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    Half,
    Most,
    Nearly,
}

impl Share {
    /// That of a plan.
    pub(super) fn of(plan: &ServingPlan) -> Self {
        match plan.percentile.map(|share| share.get()) {
            Some(share) if share <= 0.5 => Share::Half,
            Some(share) if share > 0.95 => Share::Nearly,
            _ => Share::Most,
        }
    }

    /// For people.
    pub(super) fn word(self) -> &'static str {
        match self {
            Share::Half => "p50",
            Share::Most => "p95",
            Share::Nearly => "p99",
        }
    }

    /// The figure at it.
    pub(super) fn at(self, all: &Percentiles) -> f64 {
        match self {
            Share::Half => all.half,
            Share::Most => all.most,
            Share::Nearly => all.nearly,
        }
    }
}
