//! Backwards: what the design as it is, a power or a sum of money serves.

use super::Shown;
use super::sizing::band;
use super::words::{tokens, whole};
use crate::format;
use crate::state::{Page, Section, world};
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{Bound, Budget, budgets};
use plumbline_engine::derive::derive;
use plumbline_engine::quantity::{Money, Watts};

/// What the design and each stated limit serve.
pub(super) fn backwards(shown: Shown) -> AnyView {
    let found = Memo::new(move |_| {
        let at = shown.at.get()?;
        let prediction = shown.prediction.get()?;
        shown.workbench.design().with(|design| {
            let workload = design.workloads.get(at)?;
            let derived = derive(design, world());
            let assessment = shown.workbench.assessment();
            let all = assessment.with(|a| budgets(&derived, workload, &prediction, &a.costs));
            Some(all)
        })
    });
    let rows = move || {
        let found = found.get().unwrap_or_default();
        found.iter().map(budget_row).collect::<Vec<_>>()
    };
    let place = Page::Design(Section::Economics).fragment();
    view! {
        <h3>"Backwards: what is served"</h3>
        <p class="muted">
            "Within the limits and with the spares asked for, in the busiest hour. What a node takes includes its share of networks, storage and management, as the design's own nodes have it: "
            <a href=place>"Economics"</a>"."
        </p>
        <div class="scroll" role="region" aria-label="What a budget serves" tabindex="0">
            {data_table("What the design and each budget serve".into(), vec![
                Column::text("Limit"),
                Column::figures("Nodes"),
                Column::figures("Requests/s"),
                Column::figures("Answers, tokens/s"),
                Column::figures("Users at once"),
                Column::figures("Users a day"),
            ], rows)}
        </div>
    }
    .into_any()
}

fn budget_row(budget: &Budget) -> Row {
    let limit = budget.limit;
    let name = match budget.bound {
        Bound::Design => format!("the design as it is: {} accelerators", whole(limit)),
        Bound::ItPower => format!("{} of IT", format::power(Watts::new(limit))),
        Bound::FacilityPower => format!("{} of the facility", format::power(Watts::new(limit))),
        Bound::Capex => format!("{} at first", format::money(Money::new(limit))),
        Bound::Yearly => format!("{} a year", format::money(Money::new(limit))),
    };
    let takes = budget.per_node.map(|taken| match budget.bound {
        Bound::ItPower | Bound::FacilityPower => {
            band(taken, |watts| format::power(Watts::new(watts)))
        }
        _ => band(taken, |money| format::money(Money::new(money))),
    });
    let takes = takes.map_or(String::new(), |takes| [", ", &takes, " a node"].concat());
    let most = match budget.at_most {
        true => "; at most, since a part of it is not known",
        false => "",
    };
    let mut cells = vec![Cell::text(&[&name, &takes, most].concat())];
    let cell = |range: Option<Range<f64>>, show: fn(f64) -> String| match range {
        Some(range) => Cell::figure(range.mid, band(range, show)),
        None => Cell::text("unknown"),
    };
    let figure = |figure: f64| format::significant(figure, 3);
    match (&budget.served, &budget.missing) {
        (Some(served), _) => {
            cells.push(match budget.bound {
                Bound::Design => Cell::text(""),
                _ => cell(budget.nodes, whole),
            });
            cells.push(cell(Some(served.requests), figure));
            cells.push(cell(Some(served.tokens), tokens));
            cells.push(cell(Some(served.at_once), figure));
            cells.push(cell(served.users, figure));
        }
        (None, missing) => {
            let missing = missing.as_deref().unwrap_or("unknown");
            cells.push(Cell::text(&["not known: ", missing].concat()));
            cells.extend((0..4).map(|_| Cell::text("")));
        }
    }
    Row { cells }
}
