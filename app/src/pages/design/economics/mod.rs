//! How it is paid for. An open field takes the default of the price book or the region, shown
//! in it with its source.

mod quotes;

use super::layout::group;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{Choice, Field, count_field, quantity_field, select_field, share_field};

pub(super) fn editor() -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &["economics.", name].concat());
    let prices = &world().prices;
    let owners = prices
        .discount
        .keys()
        .map(|key| Choice::new(key, &key.replace('-', " ")))
        .collect();
    let mut terms: Vec<&str> = Vec::new();
    for term in prices.rent.keys().filter_map(|key| key.split('/').nth(1)) {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    let terms = terms
        .into_iter()
        .map(|term| Choice::new(term, &term.replace('-', " ")))
        .collect();
    let time = vec![
        count_field(field("Life in years", "years").hint("1 to 10")),
        select_field(field("Owner", "owner"), owners),
        share_field(field("Discount rate", "discount").optional("the owner's")),
        share_field(
            field("Utilisation", "utilisation")
                .optional("not known")
                .hint("share of time with paid work"),
        ),
        share_field(
            field("Residual value", "residual")
                .optional("the book's")
                .hint("share of accelerator hardware at the end"),
        ),
    ];
    let power = vec![
        quantity_field(
            field("Electricity", "electricity")
                .optional("the region's")
                .hint("such as 0.12 $/kWh"),
        ),
        quantity_field(
            field("Colocation", "colocation")
                .optional("the region's")
                .hint("such as 180 $/kW-month"),
        ),
        share_field(
            field("Mean power, share of rating", "power_share")
                .optional("by workload")
                .hint("while in use"),
        ),
    ];
    let running = vec![
        quantity_field(field("Staff, full-time", "staff").optional("the book's")),
        share_field(
            field("Support per year", "support")
                .optional("the book's")
                .hint("share of hardware price"),
        ),
        share_field(
            field("Installation, once", "installation")
                .optional("the book's")
                .hint("share of hardware price"),
        ),
    ];
    let rent = vec![
        select_field(field("Rent term", "rent_term"), terms),
        quantity_field(
            field("Rent per accelerator-hour", "rent")
                .optional("the book's")
                .hint("such as 2.35 $/h"),
        ),
    ];
    let book = [
        prices.name.as_str(),
        ", ",
        &prices.currency,
        ", ",
        &prices.date,
    ]
    .concat();
    view! {
        <p class="about">"Price book: "{book}". Type your own figure over any of ours; an empty field takes the default shown in it."</p>
        {group("Time and use", "", time)}
        {group("Power", "Capital and colocation on provisioned kilowatts, energy on the mean.", power)}
        {group("People, support, installation", "", running)}
        {group("Rent to compare with", "", rent)}
        {quotes::quotes()}
    }
    .into_any()
}
