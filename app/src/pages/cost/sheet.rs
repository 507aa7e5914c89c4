//! The lines of the cost as a sheet: unformatted figures, units in the heads.

use crate::format::price_kind;
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{CostLine, Costs};
use plumbline_engine::quantity::Money;

/// Head and rows.
pub(super) fn rows(costs: &Costs) -> Vec<Vec<String>> {
    let money = |name: &str| format!("{name} ({})", costs.currency);
    let mut head: Vec<String> = ["Path", "Line", "Subject", "Quantity", "Unit"]
        .map(str::to_owned)
        .to_vec();
    head.extend(
        [
            "Price low",
            "Price mid",
            "Price high",
            "Total low",
            "Total mid",
            "Total high",
        ]
        .map(money),
    );
    head.extend((0..=costs.years).map(|year| money(&format!("Year {year}"))));
    head.extend(
        [
            "Kind",
            "Date",
            "Grade",
            "Weakest grade",
            "Source",
            "Section",
            "Missing",
        ]
        .map(str::to_owned),
    );
    std::iter::once(head)
        .chain(
            costs
                .lines
                .iter()
                .map(|line| row(line, costs.years as usize)),
        )
        .collect()
}

fn row(line: &CostLine, years: usize) -> Vec<String> {
    let number = |value: f64| value.to_string();
    let mut cells = vec![
        line.path.clone(),
        line.label.clone(),
        line.subject.clone(),
        line.quantity.map(number).unwrap_or_default(),
        line.unit.to_owned(),
    ];
    let ends = |range: Range<f64>| [range.low, range.mid, range.high].map(number);
    cells.extend(line.unit_price.map_or_else(Default::default, ends));
    // A line without a price has no total; a zero would be summed as if it were free.
    let total = (!line.years.is_empty()).then_some(line.total.map(Money::get));
    cells.extend(total.map_or_else(Default::default, ends));
    cells.extend((0..=years).map(|year| {
        line.years
            .get(year)
            .map(|y| number(y.mid.get()))
            .unwrap_or_default()
    }));
    cells.extend([
        line.kind.map_or("", price_kind).to_owned(),
        line.date.clone(),
        line.origin.grade.to_string(),
        line.weakest.to_string(),
        line.origin.source.clone(),
        line.origin.section.clone(),
        line.missing.clone().unwrap_or_default(),
    ]);
    cells
}
