//! The few figures that decide most of the running cost, to be changed right here, and the lists
//! of what was assumed and what is missing.

use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{
    Cell, Column, Field, Row, count_field, data_table, originator_link, quantity_field, share_field,
};
use std::sync::Arc;

/// The fields at hand, bound to the same paths as the editor's sections.
pub(super) fn at_hand() -> AnyView {
    let open = |label: &str, path: &str, hint: &str| {
        Field::new(label, path).hint(hint).optional("not known")
    };
    view! {
        <section class="cost-hand" aria-label="Figures at hand">
            <h2>"Figures at hand"</h2>
            <div class="cost-fields">
                {quantity_field(open("Electricity", "economics.electricity", "such as 0.09 $/kWh"))}
                {quantity_field(open("Colocation", "economics.colocation", "such as 150 $/kW-month"))}
                {quantity_field(open("PUE", "site.pue", "such as 1.25"))}
                {share_field(open("Utilisation", "economics.utilisation", "share of the time in paid work"))}
                {count_field(Field::new("Years", "economics.years").hint("1 to 10"))}
                {share_field(open("Discount rate", "economics.discount", "a year"))}
                {quantity_field(open("Rent to compare", "economics.rent", "such as 2.50 $/h"))}
            </div>
        </section>
    }
    .into_any()
}

/// What the totals lack.
pub(super) fn missing() -> AnyView {
    let assessment = use_workbench().assessment();
    let lists = Memo::new(move |_| {
        assessment.with(|a| (a.costs.missing.clone(), a.costs.unknowns.clone()))
    });
    let view = move || {
        let (missing, unknowns) = lists.get();
        let items = |all: Vec<String>| {
            all.into_iter()
                .map(|text| view! { <li>{text}</li> })
                .collect_view()
        };
        let missing = (!missing.is_empty()).then(|| {
            view! {
                <h2>"Missing from the totals"</h2>
                <p>"Type your own price in the table above, or override the part, and the totals are whole."</p>
                <ul class="cost-missing">{items(missing)}</ul>
            }
        });
        let unknowns = (!unknowns.is_empty()).then(|| {
            view! {
                <h2>"Not known beside the totals"</h2>
                <ul class="cost-missing">{items(unknowns)}</ul>
            }
        });
        view! { <section>{missing}{unknowns}</section> }
    };
    view.into_any()
}

/// Every default that was used, with its source.
pub(super) fn defaults() -> AnyView {
    let assessment = use_workbench().assessment();
    let defaults = Memo::new(move |_| assessment.with(|a| Arc::new(a.defaults_used.clone())));
    let columns = vec![
        Column::text("Left open"),
        Column::text("What holds"),
        Column::text("Grade"),
        Column::text("Source"),
    ];
    let rows = move || {
        let defaults = defaults.get();
        defaults
            .iter()
            .map(|default| {
                let path = default.path.clone();
                let source = view! { {originator_link(&default.origin.source)} " " {default.origin.section.clone()} };
                let cells = vec![
                    Cell::view(view! { <code>{path}</code> }.into_any()),
                    Cell::text(&default.value),
                    Cell::text(&default.origin.grade.to_string()),
                    Cell::view(source.into_any()),
                ];
                Row { cells }
            })
            .collect()
    };
    view! {
        <section class="cost-defaults">
            <details>
                <summary><h2>"Defaults used " <span class="findings-number">{move || defaults.with(|all| all.len())}</span></h2></summary>
                <div class="scroll" role="region" aria-label="Defaults used" tabindex="0">
                    {data_table("Fields left open, and what holds for them".into(), columns, rows)}
                </div>
            </details>
        </section>
    }
    .into_any()
}
