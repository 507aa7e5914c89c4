//! Numbers and cost of the brief.

use crate::charts::categories;
use crate::format;
use crate::ui::*;
use plumbline_engine::Assessment;
use plumbline_engine::cost::CostLine;
use plumbline_engine::quantity::Money;

/// The totals with their ranges.
pub(super) fn key_numbers(assessment: &Assessment) -> AnyView {
    let costs = &assessment.costs;
    let least = if costs.at_least() { "at least " } else { "" };
    let money = |name: &'static str, text: String| (name, format!("{least}{text}"));
    let fact = |name: &str| {
        assessment
            .facts
            .iter()
            .find(|fact| fact.name == name)
            .map(format::fact)
            .unwrap_or_default()
    };
    let hour = costs
        .per_accelerator_hour
        .map_or("not known".into(), format::hourly_range);
    let numbers = [
        ("Accelerators", fact("compute.accelerators")),
        ("IT power", fact("power.it")),
        money("Purchase", format::money_range(costs.capex)),
        money("Running cost", format::money_range(costs.opex)),
        money("Total cost", format::money_range(costs.tco)),
        money("Present value", format::money_range(costs.npv)),
        money("Per accelerator-hour of use", hour),
        (
            "Utilisation assumed",
            format::percent(costs.utilisation.get()),
        ),
        (
            "Life",
            format::plural(costs.years as usize, "year", "years"),
        ),
        (
            "Rests on estimates or memory",
            format::percent(costs.soft_share.get()),
        ),
    ];
    let numbers = numbers.map(|(name, text)| view! { <dt>{name}</dt> <dd>{text}</dd> });
    view! {
        <section>
            <h2>"Key numbers"</h2>
            <dl class="brief-numbers">{numbers.into_iter().collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// By year and heading, then every line.
pub(super) fn cost(assessment: &Assessment) -> AnyView {
    let costs = &assessment.costs;
    let parts = categories(costs);
    let years = (0..=costs.years as usize).map(|year| {
        let name = if year == 0 {
            "Purchase".to_owned()
        } else {
            format!("Year {year}")
        };
        view! { <th scope="col" class="figures">{name}</th> }
    });
    let headings = parts.iter().map(|part| {
        let amounts = part
            .years
            .iter()
            .map(|year| view! { <td class="figures">{shown(year.mid)}</td> });
        view! {
            <tr>
                <th scope="row">{part.category.label()}</th>
                {amounts.collect_view()}
                <td class="figures">{shown(part.total.mid)}</td>
            </tr>
        }
    });
    let headings = headings.collect_view();
    let lines = costs.lines.iter().map(line).collect_view();
    let missing = costs
        .missing
        .iter()
        .map(|text| view! { <li>{text.clone()}</li> })
        .collect_view();
    view! {
        <section>
            <h2>"Cost, US dollars"</h2>
            <table class="brief-table">
                <thead>
                    <tr><th scope="col">"Heading"</th>{years.collect_view()}<th scope="col" class="figures">"Life"</th></tr>
                </thead>
                <tbody>{headings}</tbody>
            </table>
            <table class="brief-table">
                <thead>
                    <tr>
                        <th scope="col">"Line"</th>
                        <th scope="col" class="figures">"Quantity"</th>
                        <th scope="col" class="figures">"Low – mid – high"</th>
                        <th scope="col">"Grade"</th>
                        <th scope="col">"Source"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            {(!costs.missing.is_empty()).then(|| view! { <p>"Missing, so that the totals are lower bounds:"</p> <ul>{missing}</ul> })}
        </section>
    }
    .into_any()
}

fn shown(amount: Money) -> String {
    if amount == Money::ZERO {
        "–".into()
    } else {
        format::money(amount)
    }
}

fn line(line: &CostLine) -> AnyView {
    let quantity = line.quantity.map_or("–".into(), |n| {
        format!("{} {}", format::significant(n, 4), line.unit)
    });
    let total = if line.years.is_empty() {
        "not known".into()
    } else {
        format::money_range(line.total)
    };
    view! {
        <tr>
            <th scope="row">{line.label.clone()}</th>
            <td class="figures">{quantity}</td>
            <td class="figures">{total}</td>
            <td>{line.origin.grade.to_string()}</td>
            <td class="brief-small">{line.origin.source.clone()} " " {line.origin.section.clone()} " " {line.date.clone()}</td>
        </tr>
    }
    .into_any()
}
