//! The charts of the cost, with what they say as their titles.

use crate::charts::{
    Breakdown, BreakdownRow, Category, Gathered, SharedPlot, StackedYears, categories, chart,
};
use crate::format;
use crate::state::use_workbench;
use crate::ui::*;
use plumbline_engine::cost::Costs;
use plumbline_engine::quantity::Money;
use std::sync::Arc;

/// By year and by heading, side by side where there is room.
pub(super) fn charts() -> AnyView {
    let assessment = use_workbench().assessment();
    let years = move || assessment.with(|a| Arc::new(by_year(&a.costs)) as SharedPlot);
    let headings = move || assessment.with(|a| Arc::new(by_heading(&a.costs)) as SharedPlot);
    view! {
        <section class="cost-charts" aria-label="Charts">
            {chart(years)}
            {chart(headings)}
        </section>
    }
    .into_any()
}

/// What the amounts of a chart are, besides dollars.
fn least(costs: &Costs) -> &'static str {
    if costs.at_least() {
        "lower bounds, because a price is missing"
    } else {
        "undiscounted"
    }
}

/// The cost year by year.
fn by_year(costs: &Costs) -> StackedYears {
    let parts = categories(costs);
    let totals = (0..=costs.years as usize).map(|year| {
        let amounts = costs
            .lines
            .iter()
            .filter_map(|line| line.years.get(year).copied());
        amounts.fold(
            Default::default(),
            |sum: plumbline_engine::catalogue::Range<Money>, amount| sum.zip(amount, |a, b| a + b),
        )
    });
    let share = costs.capex.mid / (costs.capex.mid + costs.opex.mid);
    let title = match share.is_finite() {
        true => format!(
            "The purchase is {} of what is spent in {} years",
            format::percent(share),
            costs.years
        ),
        false => "Nothing is priced yet".to_owned(),
    };
    StackedYears {
        title,
        measure: format!(
            "US dollars by year, {}; whiskers from low to high",
            least(costs)
        ),
        totals: totals.collect(),
        parts,
    }
}

/// The cost heading by heading, largest first; what comes back at the end stays last.
fn by_heading(costs: &Costs) -> Breakdown {
    let spent = costs.capex.mid + costs.opex.mid;
    let parts = plumbline_engine::order::sorted(categories(costs), |a, b| {
        let back = |part: &Gathered| part.category == Category::Residual;
        back(a)
            .cmp(&back(b))
            .then(b.total.mid.get().total_cmp(&a.total.mid.get()))
    });
    let row = |part: &Gathered| BreakdownRow {
        label: part.category.label().to_owned(),
        category: part.category,
        amount: part.total,
        share: if spent > Money::ZERO {
            part.total.mid / spent
        } else {
            0.0
        },
    };
    let rows: Vec<BreakdownRow> = parts.iter().map(row).collect();
    let power = rows.iter().find(|row| row.category == Category::Power);
    let title = match (rows.first(), power) {
        (Some(first), Some(power)) => format!(
            "{} is {} of what is spent in {} years, power and colocation {}",
            first.label,
            format::percent(first.share),
            costs.years,
            format::percent(power.share)
        ),
        (Some(first), None) => format!(
            "{} is {} of what is spent",
            first.label,
            format::percent(first.share)
        ),
        (None, _) => "Nothing is priced yet".to_owned(),
    };
    Breakdown {
        title,
        measure: format!(
            "US dollars over {} years, {}; whiskers from low to high",
            costs.years,
            least(costs)
        ),
        rows,
    }
}
