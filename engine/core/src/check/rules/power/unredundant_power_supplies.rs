use crate::catalogue::Supply;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity, Status};
use crate::derive::FactUnit;
use crate::design::Redundancy;
use crate::quantity::Watts;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// A node keeps running when one of its power supplies fails: more are installed than full
    /// load needs. On a busbar, the shelves carry the rack with their redundant part lost.
    /// ## Why it matters
    /// A supply is among the parts that fail most often. Without a spare, each failure stops a
    /// node, and with it the whole job of a synchronous training run.
    /// ## Evidence
    /// Supplies installed and needed from the vendor's data sheet (DGX H100: 4+2).
    /// ## Example
    /// Six supplies of 3.3 kW, of which four carry 10.2 kW.
    /// ## How to fix
    /// Choose a node or a shelf configuration with a spare, or accept the risk with a reason.
    /// ## Limits
    /// Ratings only. Whether the supplies hang on two feeds is for the site's own checks.
    pub struct UnredundantPowerSupplies;
    "PWR002" "unredundant_power_supplies" Advice "a node survives the loss of one power supply"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(node) = on.derived.main_node() else {
        return Vec::new();
    };
    match node.supply {
        Supply::Ac => ac(on),
        Supply::DcBusbar => busbar(on),
    }
}

fn ac(on: &On<'_>) -> Vec<Outcome> {
    let Some(node) = on.derived.main_node() else {
        return Vec::new();
    };
    let subject = "compute.groups[0].part";
    let supplies = &node.power_supplies;
    let (Some(installed), Some(needed)) = (supplies.installed.known(), supplies.needed.known())
    else {
        return vec![Outcome::unknown(
            subject,
            format!("{}: power_supplies", node.id),
            "number of power supplies",
        )];
    };
    if let (Some(rating), Some(load)) = (supplies.rating.known(), node.power_max.known()) {
        let all: Watts = rating * f64::from(installed);
        if all.get() < load.get() {
            let message =
                format!("found {installed} supplies of {rating}, required at least {load} in all");
            return vec![Outcome::new(Status::Fail, subject, message).at(Severity::Blocker)];
        }
    }
    let spare = installed > needed;
    vec![
        Outcome::compared(
            subject,
            FactUnit::Count,
            installed.into(),
            "more than",
            needed.into(),
            spare,
        )
        .by(supplies.installed.origin()),
    ]
}

fn busbar(on: &On<'_>) -> Vec<Outcome> {
    let subject = "compute.groups[0].rack";
    let Some(rack) = on.derived.main_rack() else {
        return Vec::new();
    };
    // The vendor's figure, else one shelf less than there are.
    let stated = rack.shelf_power_redundant.known();
    let counted = || on.derived.shelves_usable(Redundancy::NPlusOne);
    let (Some(kept), Some(load)) = (stated.or_else(counted), on.derived.racks.load) else {
        return vec![Outcome::unknown(
            subject,
            format!("{}: shelf_power_redundant", rack.id),
            "redundant shelf power",
        )];
    };
    let (found, required) = (Scalar::Num(kept.get()), Scalar::Num(load.get()));
    vec![
        Outcome::compared(
            subject,
            FactUnit::Power,
            found,
            "at least",
            required,
            kept.get() >= load.get(),
        )
        .by(match stated {
            Some(_) => rack.shelf_power_redundant.origin(),
            None => rack.shelf_rating.origin(),
        }),
    ]
}
