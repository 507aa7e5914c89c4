//! Residual value, discounting and annuity.

use super::assumptions::{percent, used};
use super::hardware::{Base, UNPRICED};
use super::ledger::{Draft, Figure, Ledger, When};
use super::types::{CostLine, DefaultUsed};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::quantity::{Money, Quantity};
use crate::sourced::Grade;

/// Key of the residual curve for accelerators that have none of their own.
const ANY: &str = "default";

/// Adds what the accelerator hardware still fetches at the end, as a negative amount.
pub(super) fn residual(
    derived: &Derived<'_>,
    base: Option<&Base>,
    ledger: &mut Ledger<'_>,
    defaults: &mut Vec<DefaultUsed>,
) {
    let Some(base) = base else { return };
    let subject = "economics.residual";
    let figure = match derived.design.economics.residual {
        // Nothing is planned to fetch more than it cost.
        Some(stated) => Ok(Figure::stated(stated.get().min(1.0))),
        None => {
            let figure = curve_at(derived, ledger.years);
            if let (Ok(figure), false) = (&figure, ledger.is_quoted(RESIDUAL)) {
                defaults.push(used(subject, &figure.range, percent, &figure.origin));
            }
            figure
        }
    };
    let draft = Draft {
        path: RESIDUAL.into(),
        label: "residual value of the compute hardware at the end".into(),
        subject: subject.into(),
        ..Draft::sum(When::End)
    };
    let price = match base.amount {
        Some(amount) => figure.map(|share| share.with(proceeds(amount, share.range))),
        None => Err(UNPRICED.to_owned()),
    };
    let partial = (!base.whole).then(|| UNPRICED.to_owned());
    ledger.add(Draft {
        price,
        weakest: base.weakest,
        partial,
        ..draft
    });
}

/// What the hardware fetches. The market does not ask what this owner paid, so the share is
/// one of the middle price in all cases; only, nobody plans to sell for more than they paid.
/// The low-cost case sells best: its share is the upper end of the curve.
fn proceeds(paid: Range<f64>, share: Range<f64>) -> Range<f64> {
    Range {
        low: (paid.mid * share.high).min(paid.low),
        mid: paid.mid * share.mid,
        high: (paid.mid * share.low).min(paid.high),
    }
}

/// Path of the residual line.
pub(super) const RESIDUAL: &str = "residual/compute";

/// The share of the new price left at `age` years; low is the pessimistic end. Beyond the
/// last published age the yearly decline of its last two points holds on.
fn curve_at(derived: &Derived<'_>, age: usize) -> Result<Figure, String> {
    let curves = &derived.world.prices.residual;
    let accelerator = derived
        .main_node()
        .map_or("", |node| node.accelerator.as_str());
    let (name, curve) = [accelerator, ANY]
        .into_iter()
        .find_map(|name| Some((name, curves.get(name)?)))
        .ok_or_else(|| format!("residual curve of {accelerator}"))?;
    let missing = || format!("residual curve {name} has no points");
    let last = curve.last().ok_or_else(missing)?;
    if let Some(point) = age.checked_sub(1).and_then(|at| curve.get(at)) {
        return Ok(Figure::priced(point));
    }
    let mut figure = Figure::priced(last);
    let new = Range::exactly(1.0);
    let before = curve.len().checked_sub(2).and_then(|at| curve.get(at));
    let before = before.map_or(new, |price| price.range.map(Quantity::base));
    let decline = figure.range.zip(
        before,
        |last, before| if before > last { last / before } else { 1.0 },
    );
    for _ in curve.len()..age {
        figure.range = figure.range.zip(decline, |share, decline| share * decline);
    }
    let Range { low, mid, high } = figure.range;
    figure.range = Range {
        low: low.min(mid),
        mid,
        high: high.max(mid),
    };
    figure.origin.grade = Grade::Derived;
    figure.origin.section = format!(
        "{}; beyond year {}: the last yearly decline held on",
        figure.origin.section,
        curve.len()
    );
    Ok(figure)
}

/// Sum of lines in their order, in each case.
pub(super) fn total<'l>(lines: impl Iterator<Item = &'l CostLine>) -> Range<Money> {
    lines.fold(Range::default(), |sum, line| {
        sum.zip(line.total, |a, b| a + b)
    })
}

/// All lines, discounted to the purchase: payments of a year count at its end.
pub(super) fn present_value(lines: &[CostLine], years: usize, rate: f64) -> Range<Money> {
    let mut value = Range::<Money>::default();
    let mut factor = 1.0;
    for year in 0..=years {
        let due = lines.iter().filter_map(|line| line.years.get(year));
        let due = due.fold(Range::<Money>::default(), |sum, amount| {
            sum.zip(*amount, |a, b| a + b)
        });
        value = value.zip(due, |value, due| value + due * factor);
        factor /= 1.0 + rate;
    }
    value
}

/// Present value of one unit at the end of each year: what a sum is divided by to make it
/// equal yearly payments.
pub(super) fn annuity_factor(years: usize, rate: f64) -> f64 {
    let mut factor = 1.0;
    let mut sum = 0.0;
    for _ in 0..years {
        factor /= 1.0 + rate;
        sum += factor;
    }
    sum
}
