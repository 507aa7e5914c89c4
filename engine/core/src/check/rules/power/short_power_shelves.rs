use super::{mode_words, node_rating};
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::{Edit, Redundancy};
use crate::quantity::{Quantity, Watts};
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The power shelves of a busbar rack that stay, when what the site's power redundancy lets
    /// fail has failed, carry the full rack.
    /// ## Why it matters
    /// Installed shelves are not usable power. A rack that counts on all of them loses the
    /// whole scale-up domain, and with it the job, at the loss of one shelf or one feed.
    /// ## Evidence
    /// Number and rating of the shelves; load of the full rack by the vendor's figure or by its
    /// nodes. With N all shelves count, with N+1 all but one, with 2N half of them.
    /// ## Example
    /// Eight shelves of 33 kW are 264 kW installed. One side of 2N carries 132 kW, less than a
    /// rack of 140 kW; seven shelves carry 231 kW.
    /// ## How to fix
    /// Claim the redundancy that the shelves give, add shelves or put fewer nodes into the rack.
    /// ## Limits
    /// Ratings, not efficiency at load. A document may place the spare inside each shelf: its
    /// requirement then gives the share of a shelf that stays (`module_share`), which counts
    /// with N+1 in place of a whole shelf. Where shelves are not counted the rule is silent
    /// unless a requirement asks.
    pub struct ShortPowerShelves;
    "PWR003" "short_power_shelves" Advice "the power shelves carry a full rack with what may fail lost"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let (Some(rack), Some(group)) = (on.derived.main_rack(), on.derived.main_group()) else {
        return Vec::new();
    };
    let counted = rack.shelves.known().zip(rack.shelf_rating.known());
    let load = on.derived.racks.load;
    if on.demand.is_none() && counted.zip(load).is_none() {
        return Vec::new();
    }
    let subject = "site.power_redundancy";
    let mode = on.derived.design.site.power_redundancy;
    let Some(usable) = usable(on, mode) else {
        let lacks = match rack.shelves.known() {
            Some(_) => "shelf_rating",
            None => "shelves",
        };
        return vec![Outcome::unknown(
            subject,
            format!("{}: {lacks}", rack.id),
            "power of the shelves that stay",
        )];
    };
    let Some(load) = load else {
        return vec![Outcome::unknown(subject, node_rating(on), "rack load")];
    };
    let mut outcome = Outcome::compared(
        subject,
        FactUnit::Power,
        Scalar::Num(usable.get()),
        "at least",
        Scalar::Num(load.get()),
        covers(usable, load),
    );
    if let Some((shelves, rating)) = counted {
        outcome.message = format!(
            "found {} usable of {shelves} shelves of {} with {}, required at least {} for a full rack",
            usable.pretty(),
            rating.pretty(),
            mode_words(mode),
            load.pretty()
        );
        outcome.origin = Some(rack.shelf_rating.origin());
    }
    if mode == Redundancy::TwoN
        && self::usable(on, Redundancy::NPlusOne).is_some_and(|kept| covers(kept, load))
    {
        outcome = outcome.with_fix(
            "claim N+1: all shelves but one carry the rack",
            vec![Edit::set(subject, "NPlusOne")],
        );
    }
    let fit = libm::floor(usable / load * f64::from(group.nodes_per_rack) + 1e-9);
    if rack.power_full.known().is_none() && fit >= 1.0 && fit < f64::from(group.nodes_per_rack) {
        outcome = outcome.with_fix(
            format!(
                "put {fit} instead of {} nodes into a rack",
                group.nodes_per_rack
            ),
            vec![Edit::set("compute.groups[0].nodes_per_rack", fit as u32)],
        );
    }
    vec![outcome]
}

/// What stays of the shelves: whole ones fail, or a part of each where the document says so.
fn usable(on: &On<'_>, mode: Redundancy) -> Option<Watts> {
    let share = on.limit_number("module_share");
    match (mode, share) {
        (Redundancy::NPlusOne, Some(share)) => {
            Some(on.derived.shelves_usable(Redundancy::N)? * share)
        }
        _ => on.derived.shelves_usable(mode),
    }
}

fn covers(usable: Watts, load: Watts) -> bool {
    usable.get() >= load.get() * (1.0 - 1e-9)
}
