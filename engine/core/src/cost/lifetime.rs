//! What a service costs in each year of its life: owned, rented around the clock, and bought by the
//! token. The band of the prediction is carried into whole replicas, and from them into money.

use super::ledger::Figure;
use super::rent::Yearly;
use super::running::HOURS_PER_YEAR;
use super::types::Costs;
use super::years::{LifeYear, Lifetime, Paid, Room};
use crate::catalogue::{Range, TokenRates};
use crate::derive::Derived;
use crate::design::Workload;
use crate::predict::inference::{Service, mean_by_peak, mean_load, per_user, software_gain};
use crate::predict::{Prediction, Predictions};
use crate::quantity::{Carbon, HourlyPrice, Money, Ratio, Seconds, TokenPrice, WattHours, Watts};

/// What the years of all services rest on.
pub(super) struct Ground<'a> {
    /// Yearly cost of the design.
    pub yearly: Option<&'a Yearly>,
    /// Price of a watt-hour.
    pub electricity: Option<Range<f64>>,
    /// Rent of an accelerator-hour.
    pub rent: Option<&'a Figure>,
}

/// The years of each predicted service.
pub(super) fn lifetimes(
    derived: &Derived<'_>,
    predictions: &Predictions,
    costs: &Costs,
    ground: &Ground<'_>,
) -> Vec<Lifetime> {
    let pairs = predictions.workloads.iter().zip(&derived.design.workloads);
    let served = pairs.filter_map(|(prediction, workload)| {
        let service = prediction.service.as_ref()?;
        Some(lifetime(
            derived,
            (prediction, workload),
            service,
            costs,
            ground,
        ))
    });
    served.collect()
}

fn lifetime(
    derived: &Derived<'_>,
    (prediction, workload): (&Prediction, &Workload),
    service: &Service,
    costs: &Costs,
    ground: &Ground<'_>,
) -> Lifetime {
    let plan = &workload.serving;
    let data = &derived.world.inference.lifetime;
    let mut remarks = Vec::new();
    let default_age = data.age.known().map_or(0.0, Seconds::get);
    let age = match plan.lifetime.age {
        Some(stated) => stated.get(),
        None => {
            remarks.push(format!(
                "such models are assumed to have been served on such accelerators for {}: what software gains from now on follows from it",
                crate::quantity::Quantity::pretty(Seconds::new(default_age))
            ));
            default_age
        }
    };
    let age = age / SECONDS_PER_YEAR;
    let per_user = per_user(derived, plan).unwrap_or(0.0);
    if plan.sizing.per_user.is_none() {
        remarks.push(format!("a user is assumed to ask {per_user} times a day"));
    }
    if plan.requests.is_none() {
        remarks.push("no busiest hour is stated: all replicas are taken to be in their usual use every year, and nothing grows".into());
    } else if plan.sizing.growth.is_none() {
        remarks.push("no growth is stated: the traffic stays as it is".into());
    }
    if ground.yearly.is_none() {
        remarks.push("what the design costs a year is not known: nothing is said of owning".into());
    }
    if ground.rent.is_none() {
        remarks.push("no rent is known: nothing is said of renting".into());
    }
    let rates = derived.world.prices.tokens.get(&workload.model);
    match (rates, plan.lifetime.decline) {
        (None, _) => remarks.push("no host's price of this model is known: nothing is said of buying tokens".into()),
        (Some(_), None) => remarks.push("how the price of tokens falls is not known and not stated: buying them is shown for the first year only".into()),
        _ => {}
    }
    if let Some(missing) = &service.energy_missing {
        remarks.push(format!(
            "without {missing} energy is that of the design's mean use"
        ));
    }
    if costs.at_least() {
        let missing = costs.missing.len();
        remarks.push(format!(
            "{missing} prices of the design are missing: owning costs at least what is said"
        ));
    }
    if service.missed {
        remarks.push("the limits of latency are not held".into());
    }
    let case = Case {
        derived,
        workload,
        service,
        rates,
        ground,
        age,
        per_user,
        at_least: costs.at_least(),
    };
    let years: Vec<LifeYear> = (1..=costs.years).map(|year| case.year(year)).collect();
    if years.iter().any(|year| year.room != Room::Enough) {
        remarks.push("where more replicas are needed than fit, the further ones are taken to cost as much as those of the design".into());
    }
    let sum = |of: fn(&LifeYear) -> Option<Paid>| {
        years
            .iter()
            .try_fold(Range::<Money>::default(), |sum, year| {
                Some(sum.zip(of(year)?.year, |a, b| a + b))
            })
    };
    Lifetime {
        workload: prediction.workload.clone(),
        subject: prediction.subject.clone(),
        per_user,
        age,
        own: sum(|year| year.own),
        rented: sum(|year| year.rented),
        bought: sum(|year| year.bought),
        years,
        remarks,
    }
}

struct Case<'a> {
    derived: &'a Derived<'a>,
    workload: &'a Workload,
    service: &'a Service,
    rates: Option<&'a TokenRates>,
    ground: &'a Ground<'a>,
    age: f64,
    per_user: f64,
    at_least: bool,
}

impl Case<'_> {
    fn year(&self, year: u32) -> LifeYear {
        let (service, plan) = (self.service, &self.workload.serving);
        let mixture = self.derived.model(&self.workload.model);
        let mixture = mixture
            .and_then(|model| model.shape.get()?.experts)
            .is_some();
        let data = &self.derived.world.inference.lifetime;
        let gain = software_gain(data, mixture, self.age, year);
        let fit = f64::from(service.replicas.max(1));
        let each = service.requests.zip(gain, |rate, gain| rate / fit * gain);
        let (replicas, requests) = match plan.requests {
            Some(busiest) => {
                let growth = plan.sizing.growth.map_or(0.0, Ratio::get);
                let growth = (1.0 + growth).max(0.0);
                let busiest = busiest.get() * libm::pow(growth, f64::from(year - 1));
                let spare = f64::from(plan.spare.unwrap_or(0));
                let needed = |rate: f64| whole(busiest / rate) + spare;
                let (mean, _) = mean_by_peak(self.derived, plan);
                let replicas = Range {
                    low: needed(each.high),
                    mid: needed(each.mid),
                    high: needed(each.low),
                };
                (replicas, Range::exactly(busiest * mean * SECONDS_PER_YEAR))
            }
            None => {
                let (share, _) = mean_load(self.derived, plan, service.requests.mid);
                let rate = each.map(|rate| rate * fit * share * SECONDS_PER_YEAR);
                (Range::exactly(fit), rate)
            }
        };
        let accelerators = replicas.map(|replicas| replicas * service.size());
        let drawn = service.energy.as_ref().map(|energy| energy.drawn);
        let energy = drawn.map(|drawn| {
            drawn.zip(accelerators, |power: Watts, n| {
                power.get() * n * HOURS_PER_YEAR
            })
        });
        let own = self.own(accelerators, energy);
        let rent = self
            .ground
            .rent
            .map(|rent| rent.range.map(HourlyPrice::new));
        let rented =
            rent.map(|rent| rent.zip(accelerators, |rent, n| rent.get() * n * HOURS_PER_YEAR));
        let asked = self.bought(year);
        let paid = |cost: Range<f64>| self.paid(cost, requests);
        let answers = |rate: f64, replicas: f64| rate * replicas * SECONDS_PER_YEAR;
        let full = Range {
            low: answers(each.high, replicas.low),
            mid: answers(each.mid, replicas.mid),
            high: answers(each.low, replicas.high),
        };
        LifeYear {
            year,
            requests,
            users: requests.map(|requests| match self.per_user > 0.0 {
                true => requests / DAYS_PER_YEAR / self.per_user,
                false => 0.0,
            }),
            gain,
            replicas,
            room: match replicas {
                needed if needed.high <= fit => Room::Enough,
                needed if needed.mid <= fit => Room::Perhaps,
                needed if needed.low <= fit => Room::Hardly,
                _ => Room::Short,
            },
            energy: energy.map(|energy| energy.map(WattHours::new)),
            emitted: energy
                .zip(service.energy.as_ref().and_then(|energy| energy.grid))
                .map(|(energy, grid)| energy.zip(grid, |energy, grid| Carbon::new(energy * grid))),
            at_least: self.at_least,
            own: own.map(paid),
            rented: rented.map(paid),
            bought: asked.map(|request| paid(request.zip(requests, |price, n| price * n))),
            even_bought: own.zip(asked).map(|(own, request)| {
                // What answers most, against the dearest host, is optimistic for owning. Fewer replicas
                // are those that answer more each, so that all answer the same.
                Range {
                    low: share(own.low, request.high * full.low),
                    mid: share(own.mid, request.mid * full.mid),
                    high: share(own.high, request.low * full.high),
                }
            }),
            even_rented: own.zip(rent).map(|(own, rent)| {
                let hours = accelerators.map(|n| n * HOURS_PER_YEAR);
                Range {
                    low: share(own.low, rent.high.get() * hours.low),
                    mid: share(own.mid, rent.mid.get() * hours.mid),
                    high: share(own.high, rent.low.get() * hours.high),
                }
            }),
        }
    }

    /// The replicas' share of what the design costs a year, with their own energy where it is predicted.
    fn own(&self, accelerators: Range<f64>, energy: Option<Range<f64>>) -> Option<Range<f64>> {
        let yearly = self.ground.yearly?;
        let each = |cost: Range<f64>| cost.map(|cost| cost / yearly.accelerators);
        let predicted = energy.zip(self.ground.electricity);
        let fixed = match predicted {
            Some(_) => each(yearly.cost.zip(yearly.energy, |all, energy| all - energy)),
            None => each(yearly.cost),
        };
        let fixed = fixed.zip(accelerators, |each, n| each * n);
        Some(match predicted {
            Some((energy, price)) => {
                let paid = energy.zip(price, |energy, price| energy * price);
                fixed.zip(paid, |fixed, paid| fixed + paid)
            }
            None => fixed,
        })
    }

    /// A request bought by the token in a year; `None` where its price is not known.
    fn bought(&self, year: u32) -> Option<Range<f64>> {
        let rates = self.rates?;
        let load = &self.service.load;
        let later = match (year, self.workload.serving.lifetime.decline) {
            (1, _) => 1.0,
            (_, Some(decline)) => libm::pow((1.0 - decline.get()).max(0.0), f64::from(year - 1)),
            (_, None) => return None,
        };
        let request = |read: TokenPrice, answered: TokenPrice| {
            (load.prompt * read.get() + load.output * answered.get()) / MILLION * later
        };
        Some(rates.read.range.zip(rates.answered.range, request))
    }

    fn paid(&self, cost: Range<f64>, requests: Range<f64>) -> Paid {
        let request = Range {
            low: cost.low / requests.high,
            mid: cost.mid / requests.mid,
            high: cost.high / requests.low,
        };
        let tokens = self.service.load.output / MILLION;
        let month = self.per_user * DAYS_PER_YEAR / MONTHS_PER_YEAR;
        Paid {
            year: cost.map(Money::new),
            million: request.map(|request| TokenPrice::new(request / tokens)),
            request: request.map(Money::new),
            user_month: request.map(|request| Money::new(request * month)),
        }
    }
}

/// A part of a whole, where it is one.
fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0 && part <= whole).then(|| part / whole)
}

/// The next whole number, but for what reckoning adds to one.
fn whole(number: f64) -> f64 {
    libm::ceil(number - ROUNDING)
}

const ROUNDING: f64 = 1e-9;
const MILLION: f64 = 1e6;
const SECONDS_PER_YEAR: f64 = 31_536_000.0;
const DAYS_PER_YEAR: f64 = 365.0;
const MONTHS_PER_YEAR: f64 = 12.0;
