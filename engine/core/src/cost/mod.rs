//! What a design costs over its life: purchase, running cost, residual value, own against
//! rent, and what makes two designs differ.
//!
//! Every sum is taken in three cases: all figures at their low, middle and high end.

mod assumptions;
mod attribution;
mod budget;
mod campaign;
mod distillation;
mod finance;
mod hardware;
mod languages;
mod ledger;
mod lifetime;
mod rent;
mod running;
mod types;
mod years;

pub use attribution::difference;
pub use budget::{Bound, Budget, budgets, lent_worth};
pub use distillation::{break_even, distilling};
pub use languages::SpokenCost;
pub use rent::{Saving, rented_tokens, savings, tokens_with};
pub use types::*;
pub use years::{LifeYear, Lifetime, Paid, Room, Way};

use crate::catalogue::Range;
use crate::derive::Derived;
use crate::predict::Predictions;
use crate::quantity::{HourlyPrice, Money, Ratio, Watts};
use crate::sourced::Grade;
use assumptions::{Assumptions, assumptions, quantity, used};
use ledger::{Figure, Ledger};
use lifetime::Ground;
use rent::Yearly;
use running::{HOURS_PER_YEAR, Load};

/// The cost of a design over its life. Never fails: a line without a price or a count stays
/// empty, is listed as missing, and the totals then say "at least".
pub fn cost(derived: &Derived<'_>, predictions: &Predictions) -> Costs {
    let mut assumed = assumptions(derived);
    let years = assumed.years as usize;
    let mut defaults = std::mem::take(&mut assumed.defaults);
    let mut ledger = Ledger::new(derived.design, years);
    let bases = hardware::hardware(derived, &mut ledger);
    hardware::extras(derived, &bases, &mut ledger, &mut defaults);
    let load = running::load(derived, &assumed);
    running::power(&assumed, &load, &mut ledger);
    running::support(derived, &bases, &mut ledger, &mut defaults);
    running::licences(derived, &mut ledger);
    running::staff(derived, &mut ledger, &mut defaults);
    finance::residual(derived, bases.get("compute"), &mut ledger, &mut defaults);
    let rent = rent::rent(derived);
    if let (Ok(figure), None) = (&rent, derived.design.economics.rent) {
        defaults.push(used(
            "economics.rent",
            &figure.range,
            quantity::<HourlyPrice>,
            &figure.origin,
        ));
    }
    let lines = ledger.lines;
    let capex = finance::total(lines.iter().filter(|line| line.path.starts_with("capex/")));
    let opex = finance::total(lines.iter().filter(|line| line.path.starts_with("opex/")));
    let residual = finance::total(lines.iter().filter(|line| line.path == finance::RESIDUAL));
    let rate = assumed
        .discount
        .as_ref()
        .map_or(0.0, |figure| figure.range.mid);
    let mean_share = load.mean_share.as_ref().map_or(0.0, |share| share.mid);
    let mut costs = Costs {
        currency: derived.world.prices.currency.clone(),
        years: assumed.years,
        capex,
        opex,
        residual: residual.map(|amount| Money::ZERO - amount),
        tco: capex.zip(opex, |a, b| a + b).zip(residual, |a, b| a + b),
        npv: finance::present_value(&lines, years, rate),
        discount: Ratio::new(rate),
        per_accelerator_hour: None,
        provisioned: load.provisioned,
        mean: Watts::new(load.provisioned.get() * mean_share),
        utilisation: Ratio::new(
            assumed
                .utilisation
                .as_ref()
                .map_or(0.0, |figure| figure.range.mid),
        ),
        rent: None,
        outcomes: Vec::new(),
        campaigns: Vec::new(),
        lifetimes: Vec::new(),
        missing: missing(&lines),
        unknowns: unknowns(&assumed, &lines, &rent),
        unused_quotes: unused_quotes(derived, &lines),
        soft_share: soft_share(&lines, capex.mid + opex.mid),
        defaults,
        lines,
    };
    let yearly = yearly(derived, &assumed, &load, &costs);
    costs.per_accelerator_hour = yearly.as_ref().and_then(per_hour);
    if let (Ok(rent), Some(own)) = (&rent, costs.per_accelerator_hour) {
        costs.rent = Some(rent::compare(rent, own, yearly.as_ref()));
    }
    costs.outcomes = rent::outcomes(derived, predictions, &costs, yearly.as_ref());
    costs.campaigns = campaign::campaigns(derived, predictions, &costs);
    let ground = Ground {
        yearly: yearly.as_ref(),
        electricity: assumed.electricity.as_ref().ok().map(|figure| figure.range),
        rent: rent.as_ref().ok(),
    };
    costs.lifetimes = lifetime::lifetimes(derived, predictions, &costs, &ground);
    costs
}

/// Lines that make the totals too small. A share of unpriced hardware is left out because
/// the hardware is listed itself, and an unknown residual because it is a gain.
fn missing(lines: &[CostLine]) -> Vec<String> {
    let costs = lines.iter().filter(|line| line.path != finance::RESIDUAL);
    let roots = costs.filter(|line| line.missing.as_deref() != Some(hardware::UNPRICED));
    roots.filter_map(named).collect()
}

fn named(line: &CostLine) -> Option<String> {
    line.missing
        .as_ref()
        .map(|missing| format!("{}: {missing}", line.path))
}

fn unknowns(
    assumed: &Assumptions,
    lines: &[CostLine],
    rent: &Result<Figure, String>,
) -> Vec<String> {
    let residual = lines
        .iter()
        .filter(|line| line.path == finance::RESIDUAL)
        .filter_map(named);
    let figures = [
        &assumed.utilisation,
        &assumed.power_share,
        &assumed.idle_share,
        &assumed.discount,
        rent,
    ];
    let figures = figures
        .into_iter()
        .filter_map(|figure| figure.as_ref().err().cloned());
    figures.chain(residual).collect()
}

/// A quote that has no effect is said to have none.
fn unused_quotes(derived: &Derived<'_>, lines: &[CostLine]) -> Vec<String> {
    let paths = derived.design.quotes.keys();
    let unused = paths.filter(|path| lines.iter().all(|line| line.path != **path));
    unused.cloned().collect()
}

/// Annualised cost, split into what follows the utilisation and what does not. `None` if
/// the discount rate or the number of accelerators is not known.
fn yearly(
    derived: &Derived<'_>,
    assumed: &Assumptions,
    load: &Load,
    costs: &Costs,
) -> Option<Yearly> {
    let rate = assumed.discount.as_ref().ok()?.range.mid;
    let accelerators = derived.accelerators.filter(|n| *n > 0)? as f64;
    let annuity = finance::annuity_factor(costs.years as usize, rate);
    if annuity <= 0.0 {
        return None;
    }
    let energy = costs.lines.iter().find(|line| line.path == "opex/energy");
    let energy = energy
        .and_then(|line| line.years.last())
        .copied()
        .unwrap_or_default();
    // Of the energy, the part above idle follows the utilisation.
    let swing = match (&load.mean_share, load.swing) {
        (Ok(mean), Some(swing)) => energy
            .zip(
                *mean,
                |energy, mean| if mean > 0.0 { energy.get() / mean } else { 0.0 },
            )
            .zip(swing, |per_share, swing| per_share * swing),
        _ => Range::default(),
    };
    let cost = costs.npv.map(|npv| npv.get() / annuity);
    Some(Yearly {
        cost,
        energy: energy.map(Money::get),
        utilisation: costs.utilisation.get(),
        swing,
        accelerators,
    })
}

/// Cost of an hour of use.
fn per_hour(yearly: &Yearly) -> Option<Range<HourlyPrice>> {
    let hours = yearly.accelerators * HOURS_PER_YEAR * yearly.utilisation;
    if hours <= 0.0 {
        return None;
    }
    let price = yearly.cost.map(|cost| cost / hours);
    let finite = price.low.is_finite() && price.mid.is_finite() && price.high.is_finite();
    finite.then(|| price.map(HourlyPrice::new))
}

/// Share of the middle total that rests on estimates or memory; zero if the total is zero.
fn soft_share(lines: &[CostLine], whole: Money) -> Ratio {
    let soft = lines
        .iter()
        .filter(|line| line.path != finance::RESIDUAL)
        .filter(|line| matches!(line.weakest, Grade::Estimate | Grade::Memory));
    let soft = soft.fold(Money::ZERO, |sum, line| sum + line.total.mid);
    Ratio::new(if whole.get() > 0.0 { soft / whole } else { 0.0 })
}
