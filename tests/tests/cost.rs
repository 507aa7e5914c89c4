//! The lifetime cost: figures computed by hand, conservation, monotonicity, missing prices,
//! and the published calibration.

// Helpers fail as the tests that call them do.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "cost/golden.rs"]
mod golden;
#[path = "cost/missing.rs"]
mod missing;
#[path = "cost/properties.rs"]
mod properties;
#[path = "cost/published.rs"]
mod published;
#[path = "cost/small.rs"]
mod small;

use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{CostLine, Costs, cost};
use plumbline_engine::derive::derive;
use plumbline_engine::design::Design;
use plumbline_engine::predict::predict;
use plumbline_engine::quantity::Quantity;
use plumbline_engine::reference::World;

/// Everything that a design costs.
fn costs(design: &Design, world: &World) -> Costs {
    let derived = derive(design, world);
    cost(&derived, &predict(&derived))
}

/// The line at a path.
fn line<'c>(costs: &'c Costs, path: &str) -> &'c CostLine {
    let paths = || {
        costs
            .lines
            .iter()
            .map(|l| l.path.as_str())
            .collect::<Vec<_>>()
    };
    costs
        .lines
        .iter()
        .find(|l| l.path == path)
        .unwrap_or_else(|| panic!("no {path} in {:?}", paths()))
}

/// Low, middle and high in base units.
fn ends<Q: Quantity>(range: Range<Q>) -> [f64; 3] {
    [range.low.base(), range.mid.base(), range.high.base()]
}

/// Equal but for the rounding of a few sums.
fn close(found: f64, expected: f64) {
    let error = (found - expected).abs();
    assert!(
        error <= expected.abs() * 1e-9 + 1e-9,
        "found {found}, expected {expected}"
    );
}

/// Equal at all three ends.
fn all_close<Q: Quantity>(found: Range<Q>, expected: [f64; 3]) {
    for (found, expected) in ends(found).into_iter().zip(expected) {
        close(found, expected);
    }
}
