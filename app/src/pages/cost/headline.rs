//! The totals, each with its range, and how much of them is known.

use crate::format;
use crate::state::use_workbench;
use crate::ui::*;
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::Costs;
use plumbline_engine::quantity::{HourlyPrice, Money};

/// One total.
struct Total {
    name: &'static str,
    /// What it means, in half a line.
    meaning: fn(&Costs) -> String,
    /// Low, middle, high in base units; `None` if it is not known.
    value: fn(&Costs) -> Option<Range<f64>>,
    show: fn(f64) -> String,
    /// Missing prices make it a lower bound.
    bounded: bool,
}

const TOTALS: [Total; 5] = [
    Total {
        name: "Purchase",
        meaning: |_| "hardware, spares and installation".into(),
        value: |costs| Some(costs.capex.map(Money::get)),
        show: dollars,
        bounded: true,
    },
    Total {
        name: "Running cost",
        meaning: |costs| {
            format!(
                "over {}",
                format::plural(costs.years as usize, "year", "years")
            )
        },
        value: |costs| Some(costs.opex.map(Money::get)),
        show: dollars,
        bounded: true,
    },
    Total {
        name: "Total cost",
        meaning: |costs| {
            format!(
                "purchase and running cost, less {} of residual value",
                format::money(costs.residual.mid)
            )
        },
        value: |costs| Some(costs.tco.map(Money::get)),
        show: dollars,
        bounded: true,
    },
    Total {
        name: "Present value",
        meaning: |costs| {
            format!(
                "of the total cost, discounted at {} a year",
                format::percent(costs.discount.get())
            )
        },
        value: |costs| Some(costs.npv.map(Money::get)),
        show: dollars,
        bounded: true,
    },
    Total {
        name: "Per accelerator-hour",
        meaning: |costs| {
            format!(
                "of use, at {} utilisation",
                format::percent(costs.utilisation.get())
            )
        },
        value: |costs| {
            costs
                .per_accelerator_hour
                .map(|price| price.map(HourlyPrice::get))
        },
        show: hourly,
        bounded: true,
    },
];

fn dollars(amount: f64) -> String {
    format::money(Money::new(amount))
}

fn hourly(price: f64) -> String {
    format::hourly(HourlyPrice::new(price))
}

/// The totals and what they rest on.
pub(super) fn headline() -> AnyView {
    let totals = TOTALS.map(total).into_iter().collect_view();
    view! { <dl class="cost-totals">{totals}</dl> {ground()} }.into_any()
}

fn total(total: Total) -> AnyView {
    let assessment = use_workbench().assessment();
    let value = Memo::new(move |_| assessment.with(|a| (total.value)(&a.costs)));
    let least = Memo::new(move |_| total.bounded && assessment.with(|a| a.costs.at_least()));
    let mid = move || {
        value
            .get()
            .map_or_else(|| "not known".to_owned(), |range| (total.show)(range.mid))
    };
    let ends = move || {
        let range = value.get().filter(|range| range.low < range.high)?;
        Some([(total.show)(range.low), (total.show)(range.high)].join(" – "))
    };
    let exact = move || value.get().map(|range| range.mid.to_string());
    view! {
        <div class="cost-total">
            <dt>{total.name}</dt>
            <dd>
                <span class="at-least">{move || least.get().then_some("at least ")}</span>
                <b data-cost=total.name data-value=exact>{mid}</b>
                <span class="ends">{ends}</span>
                <span class="cost-meaning">{move || assessment.with(|a| (total.meaning)(&a.costs))}</span>
            </dd>
        </div>
    }
    .into_any()
}

/// Which share is estimate, and what is missing.
fn ground() -> AnyView {
    let assessment = use_workbench().assessment();
    let words = move || {
        assessment.with(|a| {
            let soft = format!(
                "{} of the total rests on estimates or memory.",
                format::percent(a.costs.soft_share.get())
            );
            match a.costs.missing.len() {
                0 => format!("{soft} Every line has a price."),
                count => format!(
                    "{soft} {} no price, so the totals are lower bounds.",
                    format::plural(count, "line has", "lines have")
                ),
            }
        })
    };
    view! { <p class="cost-ground">{words}</p> }.into_any()
}
