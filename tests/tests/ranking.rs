//! What predictions are for: the faster of two layouts is named, and bands of 80 % hold 80 %.

#![allow(clippy::expect_used, reason = "a test fails where it stands")]

use plumbline_core::load::Csv;
use plumbline_tests::evidence::{cases, fitted, unseen};
use plumbline_tests::ranking::{coverage, korthikanti, ranking};

const ROWS: &str = include_str!("../../references/measured/training.csv");

/// The constants are fitted again, ten times without a tenth of the rows each.
#[test]
fn unseen_layouts_are_ranked_and_bands_hold() {
    let world = plumbline_engine::world();
    let table = Csv::read(ROWS).expect("a table");
    let (cases, _) = cases(&world, &table);
    let constants = fitted(&world, &cases, &|_| true);
    let errors = unseen(&world, &cases, &|case| case.fold.to_string());

    let found = ranking(&table, &cases, &errors, &constants);
    let shipped = world.training.ranking;
    assert_eq!(found.pairs, shipped.pairs);
    assert!((found.right - shipped.right).abs() < 0.04, "{found:?}");
    assert!(shipped.right >= 0.8, "{shipped:?}");

    for (class, (rows, share)) in coverage(&cases, &errors) {
        assert!((0.75..=0.87).contains(&share), "{class}: {share} of {rows}");
    }

    let (points, mean, most) = korthikanti(&cases, &errors);
    assert!(points >= 4 && mean < 0.07 && most < 0.12, "{mean} {most}");
}
