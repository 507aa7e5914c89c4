//! Energy and emissions of a service: from the power of an accelerator over its server, the rest of the
//! IT and the facility to the meter, by the tokens of answers.

use super::calibration::Calibration;
use super::energy::{occupied, power_calibration, power_share};
use super::job::{Job, Load};
use super::latency::Met;
use super::serve::balance;
use crate::catalogue::{ErrorClass, Range};
use crate::derive::Derived;
use crate::design::ServingPlan;
use crate::predict::run::{Facility, made};
use crate::quantity::{Carbon, Ratio, TokensPerSec, Watts};
use crate::table::Table;
use crate::written::Write;

/// Energy of a service. Energies are of a token of an answer, in joules; prompts are counted in.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Energy {
    /// Power of an accelerator at the highest load that holds the limits.
    pub power: Range<Watts>,
    /// Accelerators alone, at that load.
    pub accelerators: Range<f64>,
    /// With servers, network, storage and management.
    pub it: Range<f64>,
    /// At the meter.
    pub meter: Range<f64>,
    /// Mean load of the year as share of that load.
    pub share: f64,
    /// What the share rests on.
    pub rests_on: String,
    /// At the meter at the mean load.
    pub mean: Range<f64>,
    /// Power at the meter at the mean load, for each accelerator.
    pub drawn: Range<Watts>,
    /// Emissions of a watt-hour of the region's grid, kg; `None` where they are not known.
    pub grid: Option<Range<f64>>,
    /// Emissions of electricity of a million tokens at the mean load; `None` where the region's are not
    /// known.
    pub operational: Option<Range<Carbon>>,
    /// Emissions of making the hardware, of a million tokens over its life; `None` where they are not
    /// known.
    pub embodied: Option<Range<Carbon>>,
    /// Rows whose energy was measured, of accelerators of this family; none = carried over.
    pub rows: u32,
}

impl Energy {
    /// What accelerators take of all IT, as share.
    pub fn of_it(&self) -> f64 {
        self.accelerators.mid / self.it.mid
    }
}

/// The class of rows whose energy was measured.
pub const ENERGY: &str = "energy per token";
/// The same, families of accelerators unlike any that the fit has seen.
pub const ENERGY_UNLIKE: &str = "energy per token, a family of accelerators left out";
/// The class of the same rows' power, given how many sequences ran.
pub const POWER: &str = "power of an accelerator";

/// The energy of a job at what its requests meet, which yields so many tokens per second and
/// accelerator.
///
/// # Errors
/// The datum that is missing: a path in the design or a name in the world.
pub(super) fn energy(
    derived: &Derived<'_>,
    plan: &ServingPlan,
    c: &Calibration,
    job: &Job<'_>,
    (load, met): (&Load, &Met),
    (yields, requests): (Range<TokensPerSec>, f64),
) -> Result<Energy, String> {
    let world = derived.world;
    let data = &world.inference.energy;
    let p = power_calibration(world)?;
    let node = derived.main_node().ok_or("compute.groups[0].part")?;
    let id = &node.accelerator;
    let part = derived.parts.accelerator(id).ok_or_else(|| id.clone())?;
    let rating = part.power_max.known();
    let rating = rating.ok_or_else(|| format!("{id}.power_max"))?.get();
    let host = data.host.known().ok_or("inference.energy.host")?;
    let facility = Facility::of(derived)?;
    let at = |requests: f64| {
        let (running, busy) = running_at(c, job, load, requests);
        let mut occupied = occupied(c, job, load, running);
        occupied.arithmetic *= busy;
        occupied.reading *= busy;
        rating * power_share(&p, &occupied, job.machine.chip)
    };
    let (share, rests_on) = mean_load(derived, plan, requests);
    let (full, mean) = (at(met.requests), at(met.requests * share));
    let around = host.zip(facility.around, |host, around| host.get() + around);
    let (power, token) = (
        band(&data.errors, &[POWER]),
        band(&data.errors, &[ENERGY, ENERGY_UNLIKE]),
    );
    let accelerators = banded(full / yields.mid.get(), token);
    let beside = |share: f64| Range {
        low: around.low / (yields.high.get() * share),
        mid: around.mid / (yields.mid.get() * share),
        high: around.high / (yields.low.get() * share),
    };
    let it = accelerators.zip(beside(1.0), |own, beside| own + beside);
    let means = banded(mean / (yields.mid.get() * share), token);
    let means = means
        .zip(beside(share), |own, beside| own + beside)
        .zip(facility.pue, |energy, pue| energy * pue);
    // However wrong a power is, the rating is not passed.
    let watts = |mid: f64| banded(mid, power).map(|power| power.min(rating));
    let drawn = watts(mean)
        .zip(around, |own, around| own + around)
        .zip(facility.pue, |power, pue| Watts::new(power * pue));
    // What an hour has of the hardware's making, by the tokens of a mean hour.
    let made = made(derived, id).map(|hour| {
        let tokens = |rate: TokensPerSec| rate.get() * share * SECONDS_PER_HOUR / MILLION;
        Range {
            low: hour * (1.0 / tokens(yields.high)),
            mid: hour * (1.0 / tokens(yields.mid)),
            high: hour * (1.0 / tokens(yields.low)),
        }
    });
    Ok(Energy {
        power: watts(full).map(Watts::new),
        accelerators,
        it,
        meter: it.zip(facility.pue, |energy, pue| energy * pue),
        share,
        rests_on,
        mean: means,
        drawn,
        grid: facility.grid,
        operational: facility.grid.map(|grid| {
            let hours = means.map(|joules| joules * MILLION / SECONDS_PER_HOUR);
            hours.zip(grid, |hours, grid| Carbon::new(hours * grid))
        }),
        embodied: made,
        rows: world.inference.backing.energy_rows(job.machine.chip),
    })
}

/// Sequences that run while so many requests are answered per second, and the share of the time in
/// which any does.
fn running_at(c: &Calibration, job: &Job<'_>, load: &Load, requests: f64) -> (f64, f64) {
    let rate = |running: f64| balance(c, job, load, running).requests;
    let alone = rate(1.0);
    if requests <= alone {
        return (1.0, requests / alone);
    }
    let (mut low, mut high) = (1.0, super::serve::most(c, job, load));
    for _ in 0..HALVINGS {
        let middle = libm::sqrt(low * high);
        if rate(middle) < requests {
            low = middle;
        } else {
            high = middle;
        }
    }
    (high, 1.0)
}

/// Halvings until the number of running sequences is known to a part in thousands.
const HALVINGS: usize = 14;

/// Mean load of a year as share of the highest that holds the limits, and what it rests on.
pub(crate) fn mean_load(derived: &Derived<'_>, plan: &ServingPlan, most: f64) -> (f64, String) {
    let busiest = plan.requests.map(|requests| requests.get());
    if let Some(busiest) = busiest.filter(|busiest| *busiest > 0.0 && most > 0.0) {
        let (mean, of) = mean_by_peak(derived, plan);
        let share = (busiest / most).min(1.0) * mean;
        return (
            share.max(LEAST),
            format!("the busiest hour that is stated, and {of}"),
        );
    }
    let stated = derived.design.economics.utilisation.map(Ratio::get);
    let usual = derived.world.constants.ratios.get("utilisation");
    let usual = usual.and_then(|ratio| ratio.known()).map(Ratio::get);
    let of = match stated {
        Some(_) => "the utilisation that the design states",
        None => "the usual utilisation: no busiest hour is stated",
    };
    let share = stated.or(usual).unwrap_or(1.0).clamp(LEAST, 1.0);
    (share, of.to_owned())
}

/// No load is taken to be less than this share, so that nothing is divided by zero.
const LEAST: f64 = 1e-3;

/// Mean load as share of that of the busiest hour, and where it is from.
pub(crate) fn mean_by_peak(derived: &Derived<'_>, plan: &ServingPlan) -> (f64, String) {
    let traffics = &derived.world.inference.traffics;
    let own = plan.traffic.as_ref().and_then(|key| traffics.get(key));
    let usual = traffics.get(super::asked::USUAL_TRAFFIC);
    let both = own.into_iter().chain(usual);
    let mut known = both.filter_map(|traffic| Some((traffic, traffic.mean_by_peak.known()?)));
    known.next().map_or(
        (1.0, "the same load at all hours".to_owned()),
        |(traffic, mean)| {
            (
                mean.get(),
                format!("the mean by the busiest hour of {}", traffic.name),
            )
        },
    )
}

/// The widest band of these classes; none where no errors are known.
fn band(errors: &Table<ErrorClass>, classes: &[&str]) -> (f64, f64) {
    let known = classes.iter().filter_map(|class| errors.get(class));
    let both = known.map(|class| class.band);
    let both = both.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    both.unwrap_or((1.0, 1.0))
}

fn banded(mid: f64, (low, high): (f64, f64)) -> Range<f64> {
    Range {
        low: mid * low,
        mid,
        high: mid * high,
    }
}

const MILLION: f64 = 1e6;
const SECONDS_PER_HOUR: f64 = 3600.0;
