//! What holds of every kind of measured row: constants within their bounds, predictions that do not
//! know what was measured, bands that hold.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "these fail where a promise is broken"
)]

use crate::evidence::Evidence;
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{RowPrediction, predict_rows};
use plumbline_core::reference::World;

/// Constants are few, each within its bound before and after the fit, each says what fixes it, and
/// none is read by nothing.
pub fn constants_hold<M: Evidence>(world: &World, most: usize) {
    let (constants, ..) = M::data(world);
    let all = constants.values();
    let fitted = all.filter(|constant| constant.spread > 0.0).count();
    assert!(fitted <= most, "{fitted} fitted constants");
    for name in M::NAMES {
        let constant = constants
            .get(name)
            .unwrap_or_else(|| panic!("{name} is missing"));
        let (low, high) = constant.bound;
        for value in [constant.value, constant.expected] {
            assert!(
                (low * 0.9999..=high * 1.0001).contains(&value),
                "{name}: {value} is outside of {low} to {high}"
            );
        }
        assert!(!constant.fixed_by.is_empty(), "{name}: nothing fixes it");
    }
    assert_eq!(
        constants.len(),
        M::NAMES.len(),
        "a constant is read by nothing"
    );
}

/// Predictions are the same without what was measured, without ids and sources, and in another order.
pub fn predictions_are_blind<M: Evidence>(world: &World, shown: &Csv) {
    let mut hidden = shown.clone();
    let column = |name: &str| shown.column(name).unwrap_or_else(|| panic!("{name}"));
    let [id, source, value, outcomes] = ["id", "source_key", "value", "outcomes"].map(column);
    for (at, row) in hidden.rows.iter_mut().enumerate() {
        row.cells[id] = format!("row-{at}");
        row.cells[source] = "X".into();
        row.cells[value].clear();
        row.cells[outcomes].clear();
    }
    // Another order: by steps that meet every row once.
    let rows = hidden.rows.len();
    let step = (rows / 2..).find(|step| gcd(*step, rows) == 1);
    let step = step.expect("a step");
    let order: Vec<usize> = (0..rows).map(|at| at * step % rows).collect();
    let shuffled = Csv {
        rows: order.iter().map(|at| hidden.rows[*at].clone()).collect(),
        ..hidden
    };
    let predicted = |table: &Csv| predict_rows::<M>(world, table).expect("columns that are there");
    let (known, blind) = (predicted(shown), predicted(&shuffled));
    for (at, row) in order.iter().zip(&blind) {
        assert_eq!(known[*at].prediction, row.prediction, "{}", known[*at].id);
        assert_eq!(row.id, format!("row-{at}"));
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The share of a class whose measurement lies in its band.
pub fn inside(rows: &[RowPrediction], class: &str) -> f64 {
    let of: Vec<&RowPrediction> = rows.iter().filter(|row| row.class == class).collect();
    let holds = |row: &&&RowPrediction| match (&row.prediction, row.measured) {
        (Ok(band), Some(value)) => (band.low..=band.high).contains(&value),
        _ => false,
    };
    of.iter().filter(holds).count() as f64 / of.len() as f64
}
