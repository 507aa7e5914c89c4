//! What the lifetime cost of a service yields.

use crate::catalogue::Range;
use crate::quantity::{Carbon, Money, TokenPrice, WattHours};
use crate::written::Write;

/// A service over its life.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Lifetime {
    /// Workload's name.
    pub workload: String,
    /// Path of the workload in the design.
    pub subject: String,
    /// Requests of a user per day.
    pub per_user: f64,
    /// Time for which such models have been served on such accelerators, years.
    pub age: f64,
    /// Year by year.
    pub years: Vec<LifeYear>,
    /// All years, owned; `None` where it is not known.
    pub own: Option<Range<Money>>,
    /// The same, rented.
    pub rented: Option<Range<Money>>,
    /// The same, bought by the token; `None` also while it is not stated how its price falls.
    pub bought: Option<Range<Money>>,
    /// What is assumed, and what is not known.
    pub remarks: Vec<String>,
}

/// A year of a service.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct LifeYear {
    /// 1 = the first year of use.
    pub year: u32,
    /// Requests of the year.
    pub requests: Range<f64>,
    /// Users that they come from.
    pub users: Range<f64>,
    /// Yield as multiple of today's, by what software gains.
    pub gain: Range<f64>,
    /// Replicas that the busiest hour needs, spare ones included.
    pub replicas: Range<f64>,
    /// The design has room for them: for the most, for the middle, or not even for the fewest.
    pub room: Room,
    /// Electricity at the meter; `None` while a datum is missing.
    pub energy: Option<Range<WattHours>>,
    /// Emissions of that electricity; `None` where those of the region's grid are not known.
    pub emitted: Option<Range<Carbon>>,
    /// Prices of the design are missing: owning costs at least what is said.
    pub at_least: bool,
    /// Owned: the replicas' share of the design, annualised, with the energy that is predicted.
    pub own: Option<Paid>,
    /// Rented around the clock.
    pub rented: Option<Paid>,
    /// Bought by the token.
    pub bought: Option<Paid>,
    /// Use of the replicas from which on owning is cheaper than buying tokens; `low` is optimistic for
    /// owning. An end is `None` where it is not even in full use.
    pub even_bought: Option<Range<Option<f64>>>,
    /// Share of the hours from which on owning is cheaper than renting by the hour.
    pub even_rented: Option<Range<Option<f64>>>,
}

/// Whether a design has room for replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Room {
    /// For the most that may be needed.
    Enough,
    /// For the middle, not for the most.
    Perhaps,
    /// For the fewest, not for the middle.
    Hardly,
    /// Not even for the fewest.
    Short,
}

/// What one way costs in a year.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Paid {
    /// The year.
    pub year: Range<Money>,
    /// A million tokens of answers, all work counted.
    pub million: Range<TokenPrice>,
    /// A request.
    pub request: Range<Money>,
    /// A user for a month.
    pub user_month: Range<Money>,
}

/// A way to have requests answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Way {
    /// On accelerators that are owned.
    Own,
    /// On accelerators that are rented.
    Rented,
    /// By a host that is paid by the token.
    Bought,
}

impl LifeYear {
    /// The way that is cheapest whatever is true within the bands; `None` where they overlap, or
    /// where there is nothing to choose from.
    pub fn firm(&self) -> Option<Way> {
        let ways = [
            (Way::Own, self.own),
            (Way::Rented, self.rented),
            (Way::Bought, self.bought),
        ];
        let known = ways
            .into_iter()
            .filter_map(|(way, paid)| Some((way, paid?.year)));
        let known: Vec<(Way, Range<Money>)> = known.collect();
        let wins = |(way, own): &&(Way, Range<Money>)| {
            let mut others = known.iter().filter(|(other, _)| other != way);
            others.all(|(_, other)| own.high < other.low)
        };
        let found = known.iter().find(wins).map(|(way, _)| *way);
        // What costs at least so much may cost more than the others.
        let open = |way: &Way| *way == Way::Own && self.at_least;
        found.filter(|way| known.len() > 1 && !open(way))
    }
}
