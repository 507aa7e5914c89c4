//! Own against rent, and what the stated work costs either way.

use super::languages;
use super::ledger::Figure;
use super::running::HOURS_PER_YEAR;
use super::types::{BoughtTokens, Costs, OutcomeCost, RentComparison, ServedCost};
use crate::catalogue::{Range, TokenRates};
use crate::derive::Derived;
use crate::predict::hours_per_million_tokens;
use crate::predict::inference::{Lever, Service, Step};
use crate::predict::{Prediction, Predictions};
use crate::quantity::{HourlyPrice, Money, Quantity, TokenPrice};

/// Yearly cost of a design and how it follows the utilisation.
pub(super) struct Yearly {
    /// Annualised cost at the stated utilisation.
    pub cost: Range<f64>,
    /// The stated utilisation.
    pub utilisation: f64,
    /// What of that is energy.
    pub energy: Range<f64>,
    /// What full use costs more than no use.
    pub swing: Range<f64>,
    /// Accelerators installed.
    pub accelerators: f64,
}

/// The rent that a design is held against; an `Err` names what is missing.
pub(super) fn rent(derived: &Derived<'_>) -> Result<Figure, String> {
    let money = &derived.design.economics;
    if let Some(stated) = money.rent {
        return Ok(Figure::stated(stated.base()));
    }
    let node = derived.main_node().ok_or("compute.groups[0].part")?;
    let key = format!("{}/{}", node.accelerator, money.rent_term);
    let found = derived.world.prices.rent.get(&key).map(Figure::priced);
    found.ok_or_else(|| format!("rent of {key}"))
}

/// Compares the owned cost with a rent.
pub(super) fn compare(
    rent: &Figure,
    own: Range<HourlyPrice>,
    yearly: Option<&Yearly>,
) -> RentComparison {
    let break_even = yearly.map_or(Range::exactly(None), |yearly| {
        let Range { low, mid, high } = rent.range;
        let at = |cost: f64, swing: f64, rent: f64| {
            let full_rent = rent * yearly.accelerators * HOURS_PER_YEAR;
            utilisation_at(cost - swing * yearly.utilisation, swing, full_rent)
        };
        // The end that is optimistic for owning pairs low cost with high rent.
        Range {
            low: at(yearly.cost.low, yearly.swing.low, high),
            mid: at(yearly.cost.mid, yearly.swing.mid, mid),
            high: at(yearly.cost.high, yearly.swing.high, low),
        }
    });
    RentComparison {
        rent: rent.range.map(HourlyPrice::new),
        own,
        break_even,
        origin: rent.origin.clone(),
    }
}

/// Utilisation at which `fixed + swing x u` equals `full_rent x u`, if there is one up to 1.
fn utilisation_at(fixed: f64, swing: f64, full_rent: f64) -> Option<f64> {
    if fixed <= 0.0 {
        return Some(0.0);
    }
    let margin = full_rent - swing;
    (margin > 0.0 && fixed <= margin).then(|| fixed / margin)
}

/// Cost of the work of each workload, owned and rented.
pub(super) fn outcomes(
    derived: &Derived<'_>,
    predictions: &Predictions,
    costs: &Costs,
    yearly: Option<&Yearly>,
) -> Vec<OutcomeCost> {
    let pairs = predictions.workloads.iter().zip(&derived.design.workloads);
    pairs
        .map(|(prediction, workload)| {
            let rates = derived.world.prices.tokens.get(&workload.model);
            let mut outcome = outcome(prediction, costs, rates, yearly);
            if let Some(served) = &outcome.served {
                match languages::spoken(derived.world, workload, served) {
                    Ok(spoken) => outcome.spoken = spoken,
                    Err(missing) => outcome.spoken_missing = Some(missing),
                }
            }
            outcome
        })
        .collect()
}

fn outcome(
    prediction: &Prediction,
    costs: &Costs,
    rates: Option<&TokenRates>,
    yearly: Option<&Yearly>,
) -> OutcomeCost {
    let own = costs.per_accelerator_hour;
    let rented = costs.rent.as_ref().map(|comparison| comparison.rent);
    let run = |price: Option<Range<HourlyPrice>>| {
        let hours = prediction.run.as_ref()?.accelerator_hours;
        Some(price?.map(|hourly| Money::new(hourly.get() * hours)))
    };
    let tokens = |price: Option<Range<HourlyPrice>>| {
        let hours = prediction.serving.as_ref()?.hours_per_million_tokens;
        Some(product(price?, hours).map(TokenPrice::new))
    };
    let unpriced = || {
        own.is_none()
            .then(|| "cost per accelerator-hour".to_owned())
    };
    let split = prediction
        .serving
        .as_ref()
        .and_then(|serving| serving.split);
    let served = split.zip(own).map(|(split, own)| ServedCost {
        request: product(own, split.request).map(Money::new),
        million_read: product(own, split.million_read).map(TokenPrice::new),
        million_cached: split
            .million_cached
            .map(|hours| product(own, hours).map(TokenPrice::new)),
        million_answered: product(own, split.million_answered).map(TokenPrice::new),
        bought: rates
            .zip(prediction.service.as_ref())
            .map(|(rates, service)| bought(rates, service, split.request, own, yearly)),
    });
    OutcomeCost {
        spoken: Vec::new(),
        spoken_missing: None,
        served,
        workload: prediction.workload.clone(),
        subject: prediction.subject.clone(),
        accelerator_hours: prediction.run.as_ref().map(|run| run.accelerator_hours),
        run: run(own),
        million_tokens: tokens(own),
        run_rented: run(rented),
        million_tokens_rented: tokens(rented),
        missing: prediction.missing.clone().or_else(unpriced),
    }
}

/// A million output tokens of accelerators that yield so many tokens per second each, at their rent
/// under the design's term; `None` where no rent is known of them.
pub fn rented_tokens(
    derived: &Derived<'_>,
    accelerator: &str,
    per_accelerator: Range<f64>,
) -> Option<Range<TokenPrice>> {
    let rent = &derived.world.prices.rent;
    let rent = rent.get(&format!(
        "{accelerator}/{}",
        derived.design.economics.rent_term
    ))?;
    let hours = Range {
        low: hours_per_million_tokens(per_accelerator.high),
        mid: hours_per_million_tokens(per_accelerator.mid),
        high: hours_per_million_tokens(per_accelerator.low),
    };
    Some(product(rent.range, hours).map(TokenPrice::new))
}

/// What a million tokens cost where a lever is pulled: accelerators cost as much and yield another
/// number of tokens.
pub fn tokens_with(lever: &Lever, price: TokenPrice) -> TokenPrice {
    TokenPrice::new(price.get() / lever.yields)
}

/// What a lever takes off the price of tokens on top of those before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Saving {
    /// What is changed.
    pub name: String,
    /// Change of the price; negative where it saves.
    pub amount: Money,
    /// The same as share of the whole change.
    pub share: f64,
}

/// What levers take off the price of `millions` million output tokens, one on top of the other, and
/// the price with all of them. Those that bring nothing are left out.
pub fn savings(steps: &[Step], price: TokenPrice, millions: f64) -> (Vec<Saving>, Money) {
    let plain = price.get() * millions;
    let at = |yields: f64| plain / yields;
    let last = at(steps.last().map_or(1.0, |step| step.yields));
    let mut before = plain;
    let pulled = steps.iter().filter(|step| !step.left_out);
    let all = pulled.map(|step| {
        let amount = at(step.yields) - before;
        before = at(step.yields);
        Saving {
            name: step.name.clone(),
            amount: Money::new(amount),
            share: if last == plain {
                0.0
            } else {
                amount / (last - plain)
            },
        }
    });
    (all.collect(), Money::new(last))
}

/// A price of hours times hours, low by low.
fn product(price: Range<HourlyPrice>, hours: Range<f64>) -> Range<f64> {
    Range {
        low: price.low.get() * hours.low,
        mid: price.mid.get() * hours.mid,
        high: price.high.get() * hours.high,
    }
}

/// The requests of a service bought by the token, as a rent of the accelerators that would answer
/// them.
fn bought(
    rates: &TokenRates,
    service: &Service,
    hours: Range<f64>,
    own: Range<HourlyPrice>,
    yearly: Option<&Yearly>,
) -> BoughtTokens {
    let (read, answered) = (rates.read.range, rates.answered.range);
    let request = |read: TokenPrice, answered: TokenPrice| {
        (service.load.prompt * read.get() + service.load.output * answered.get()) / 1e6
    };
    let request = Range {
        low: request(read.low, answered.low),
        mid: request(read.mid, answered.mid),
        high: request(read.high, answered.high),
    };
    // What the design answers best is worth most by the hour.
    let mut hourly = Figure::priced(&rates.answered);
    hourly.range = Range {
        low: request.low / hours.high,
        mid: request.mid / hours.mid,
        high: request.high / hours.low,
    };
    BoughtTokens {
        request: request.map(Money::new),
        break_even: compare(&hourly, own, yearly).break_even,
    }
}
