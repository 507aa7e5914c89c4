//! The fields of what a service is sized for.

use crate::state::world;
use crate::ui::*;
use crate::widgets::{Field, area_field, count_field, quantity_field, share_field};
use plumbline_engine::quantity::Quantity;

/// The words on the disclosure.
pub(super) const TITLE: &str = "Sized for: hours, growth, availability, budgets, own lengths";

/// All of them.
pub(super) fn sized_for(place: &str) -> Vec<AnyView> {
    let field =
        |label: &str, name: &str| Field::new(label, &[place, ".serving.sizing.", name].concat());
    let constants = &world().constants;
    let usual = constants.ratios.get("serving/requests-per-user-day");
    let usual = usual.and_then(|one| one.known());
    let usual = usual.map_or("not known".to_owned(), |count| {
        format!("{}, an estimate", count.get())
    });
    let adapter = constants.bytes.get("serving/adapter");
    let adapter = adapter.and_then(|one| one.known());
    let adapter = adapter.map_or("not known".to_owned(), Quantity::pretty);
    vec![
        share_field(field("Growth a year", "growth").optional("none")),
        share_field(
            field("Availability", "availability")
                .optional("no target")
                .hint("of all replicas of the busiest hour, such as 99.9 %"),
        ),
        quantity_field(
            field("Speed of a user at least", "speed")
                .optional("as the limits allow")
                .hint("such as 40 tokens/s"),
        ),
        quantity_field(field("Requests of a user a day", "per_user").optional(&usual)),
        quantity_field(
            field("IT power at hand", "it_power")
                .optional("not stated")
                .hint("such as 2 MW"),
        ),
        quantity_field(field("Facility power at hand", "facility_power").optional("not stated")),
        quantity_field(
            field("Money at first", "capex")
                .optional("not stated")
                .hint("such as 100 M$"),
        ),
        quantity_field(field("Money a year", "yearly").optional("not stated")),
        count_field(
            field("Adapters", "adapters")
                .optional("none")
                .hint("variants that share the model (LoRA)"),
        ),
        quantity_field(field("Size of an adapter", "adapter").optional(&adapter)),
        area_field(
            field("Load by hour", "hours")
                .optional("as in the traffic")
                .hint("24 numbers, or 168 from Monday on"),
        ),
        area_field(
            field("Prompts as counted", "prompts")
                .optional("as in the traffic")
                .hint("lines of tokens and requests, or a table with Request tokens"),
        ),
        area_field(
            field("Answers as counted", "answers")
                .optional("as in the traffic")
                .hint("the same, or Response tokens"),
        ),
    ]
}
