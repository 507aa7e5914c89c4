//! What makes one design cost more than another, line by line.

use super::types::{CostLine, Costs, Difference};
use crate::quantity::Money;
use crate::table::Table;

/// The lines of both designs by path: first those of `from` in its order, then those that
/// only `to` has. An amount above zero makes `to` the dearer one; the amounts sum to the
/// difference of the totals (mid, undiscounted) and the shares to 1.
pub fn difference(from: &Costs, to: &Costs) -> Vec<Difference> {
    let others: Table<&CostLine> = to
        .lines
        .iter()
        .map(|line| (line.path.clone(), line))
        .collect();
    let own: Table<()> = from
        .lines
        .iter()
        .map(|line| (line.path.clone(), ()))
        .collect();
    let both = from
        .lines
        .iter()
        .map(|line| (Some(line), others.get(line.path.as_str()).copied()));
    let added = to
        .lines
        .iter()
        .filter(|line| !own.contains_key(line.path.as_str()));
    let mut lines: Vec<Difference> = both
        .chain(added.map(|line| (None, Some(line))))
        .filter_map(|(a, b)| one(a, b))
        .collect();
    settle(&mut lines, to.tco.mid - from.tco.mid);
    let whole = lines.iter().fold(0.0, |sum, line| sum + line.amount.get());
    let scale = from.tco.mid.get().abs() + to.tco.mid.get().abs();
    // Sums of many terms differ by rounding where the totals are equal.
    if whole.abs() > scale * ROUNDING {
        for line in &mut lines {
            line.share = line.amount.get() / whole;
        }
    }
    lines
}

/// Relative error that sums of a few hundred terms keep well within.
const ROUNDING: f64 = 1e-12;

fn one(from: Option<&CostLine>, to: Option<&CostLine>) -> Option<Difference> {
    let named = to.or(from)?;
    let mid = |line: Option<&CostLine>| line.map_or(Money::ZERO, |line| line.total.mid);
    let missing = |line: Option<&CostLine>| line.and_then(|line| line.missing.clone());
    Some(Difference {
        path: named.path.clone(),
        label: named.label.clone(),
        amount: mid(to) - mid(from),
        share: 0.0,
        missing: missing(from).or_else(|| missing(to)),
    })
}

/// Puts what the rounding of the sums left over on the largest line, where it shows least.
fn settle(lines: &mut [Difference], whole: Money) {
    let sum = lines
        .iter()
        .fold(Money::ZERO, |sum, line| sum + line.amount);
    let size = |line: &Difference| line.amount.get().abs();
    if let Some(largest) = lines.iter_mut().max_by(|a, b| size(a).total_cmp(&size(b))) {
        largest.amount += whole - sum;
    }
}
