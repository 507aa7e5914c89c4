//! The place: rack power, building power, cooling, availability.

use super::layout::{group, readout};
use crate::state::world;
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, part_field, quantity_field, select_field, yes_no_field,
};

pub(super) fn editor() -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &["site.", name].concat());
    let mut regions: Vec<Choice> = world()
        .sites
        .values()
        .map(|site| Choice::new(&site.id, &site.name))
        .collect();
    regions.insert(0, Choice::new("", "not stated"));
    let mut methods: Vec<Choice> = world()
        .constants
        .cooling
        .values()
        .map(|m| Choice::new(&m.id, &m.name))
        .collect();
    methods.insert(0, Choice::new("", "not stated"));
    let redundancy = vec![
        Choice::new("N", "N: the load needs all feeds"),
        Choice::new("NPlusOne", "N+1: one feed may fail"),
        Choice::new("TwoN", "2N: either side carries all"),
    ];
    let classes = vec![
        Choice::new("Class1", "1: basic (Tier I, Rated 1)"),
        Choice::new("Class2", "2: redundant parts (Tier II, Rated 2)"),
        Choice::new("Class3", "3: concurrently maintainable (Tier III, Rated 3)"),
        Choice::new("Class4", "4: fault tolerant (Tier IV, Rated 4)"),
    ];
    let rack = vec![
        quantity_field(
            field("Power per compute rack", "rack_power")
                .optional("not stated")
                .hint("such as 40.8 kW"),
        ),
        quantity_field(field("Short peak per rack", "rack_peak").optional("not stated")),
        quantity_field(field("Voltage of the feed", "feed_voltage").optional("not stated")),
        select_field(
            field("Redundancy of that supply", "power_redundancy"),
            redundancy,
        ),
        part_field(field("Rack PDU", "pdu").optional("none (busbar)"), "PDU"),
        count_field(field("PDUs per compute rack", "pdus_per_rack").optional("not stated")),
        count_field(
            field("Support racks", "support_racks")
                .optional("not stated")
                .hint("switches, storage, management"),
        ),
        count_field(field("PDUs per support rack", "pdus_per_support_rack").optional("not stated")),
    ];
    let building = vec![
        select_field(field("Region", "region"), regions),
        quantity_field(
            field("IT power of the site", "it_power")
                .optional("not stated")
                .hint("such as 1.2 MW"),
        ),
        quantity_field(field("Power usage effectiveness", "pue").optional("the region's")),
        select_field(
            field("Availability class", "availability").optional("not stated"),
            classes,
        ),
        yes_no_field(field("Building management connected", "bms")),
        quantity_field(field("Height above the sea", "altitude").optional("not stated")),
        yes_no_field(field("Raised floor", "raised_floor")),
        yes_no_field(field(
            "Core network, storage, management on UPS",
            "ups_core",
        )),
    ];
    let cooling = vec![
        select_field(field("Cooling method", "cooling"), methods),
        quantity_field(
            field("Heat that air takes per rack", "air_per_rack").optional("the method's limit"),
        ),
        quantity_field(field("Air into the nodes", "inlet_temperature").optional("not stated")),
        quantity_field(field("Coolant supply", "coolant_supply").optional("not stated")),
        quantity_field(field("Coolant per rack", "coolant_flow").optional("not stated")),
        part_field(
            field("Coolant distribution", "cdu").optional("none"),
            "coolant distribution unit",
        ),
        count_field(field("How many of them", "cdus").optional("not stated")),
    ];
    view! {
        {readout("What follows", &[
            ("rack.load", "Load of a full rack"),
            ("rack.supply", "Supply of a rack"),
            ("rack.peak", "Short peak of a rack"),
            ("racks.total", "Racks"),
            ("power.it", "IT power"),
        ])}
        {group("Racks and their power", "", rack)}
        {group("Cooling", "", cooling)}
        {group("Building", "", building)}
    }
    .into_any()
}
