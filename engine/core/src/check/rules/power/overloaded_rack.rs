use super::node_rating;
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The rated load of a full compute rack does not exceed the power it can be given.
    /// ## Why it matters
    /// A rack above its supply trips a breaker at the first full load, which for training is
    /// every step. The supply, not the price of the accelerators, sets how many nodes a rack holds.
    /// ## Evidence
    /// Node ratings and, for racks that are sold whole, the vendor's figure for a full rack.
    /// Power shelves count with their redundancy kept.
    /// ## Example
    /// Four nodes of 10.2 kW are 40.8 kW: they do not fit a 20 kW rack, one does.
    /// ## How to fix
    /// Put fewer nodes into a rack or bring more power to it.
    /// ## Limits
    /// Ratings, not measured load; short peaks are another requirement.
    pub struct OverloadedRack;
    "PWR001" "overloaded_rack" Blocker "a full compute rack draws no more than its supply"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(group) = on.derived.main_group() else {
        return Vec::new();
    };
    let racks = &on.derived.racks;
    let subject = "site.rack_power";
    let (load, supply) = match (racks.load, racks.supply) {
        (Some(load), Some(supply)) => (load, supply),
        (None, _) => {
            return vec![Outcome::unknown(subject, node_rating(on), "rack load")];
        }
        (_, None) => {
            return vec![Outcome::unknown(
                subject,
                subject,
                "power that a rack can be given",
            )];
        }
    };
    let mut outcome = Outcome::compared(
        subject,
        FactUnit::Power,
        Scalar::Num(load.get()),
        "at most",
        Scalar::Num(supply.get()),
        load.get() <= supply.get() * (1.0 + 1e-9),
    );
    // A rack that is rated as a whole rests on that figure, any other on its nodes'.
    let whole = on
        .derived
        .main_rack()
        .filter(|rack| rack.power_full.value == Some(load));
    let origin = whole
        .map(|rack| rack.power_full.origin())
        .or_else(|| on.derived.main_node().map(|node| node.power_max.origin()));
    outcome.origin = origin;
    let fit = libm::floor(supply / load * f64::from(group.nodes_per_rack) + 1e-9);
    if fit >= 1.0 && fit < f64::from(group.nodes_per_rack) {
        let fit = fit as u32;
        outcome = outcome.with_fix(
            format!(
                "put {fit} instead of {} nodes into a rack",
                group.nodes_per_rack
            ),
            vec![Edit::set("compute.groups[0].nodes_per_rack", fit)],
        );
    }
    vec![outcome.with_fix(
        format!("bring {load} to each rack"),
        vec![Edit::set(subject, load.to_string())],
    )]
}
