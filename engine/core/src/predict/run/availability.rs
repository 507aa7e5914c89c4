//! How many of like units are up, and how many it takes so that enough are.

use super::figures::Figures;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::ReliabilityPlan;
use crate::quantity::Seconds;

/// Share of the time that a node of so many accelerators is up, from the rate of interruptions and
/// what repair and restart take: the pessimistic end first.
///
/// # Errors
/// The constant that is missing.
pub fn node_availability(
    derived: &Derived<'_>,
    plan: &ReliabilityPlan,
    accelerators: f64,
    rack_scale: bool,
) -> Result<Range<f64>, String> {
    let figures = Figures(&derived.world.constants);
    let rate = figures.range(match rack_scale {
        true => "interruptions/accelerator-day/rack-scale",
        false => "interruptions/accelerator-day",
    })?;
    let stated = |time: Option<Seconds>, key: &str| match time {
        Some(time) => Ok(Range::exactly(time.get())),
        None => figures.time(key),
    };
    let repair = stated(plan.repair, "repair")?;
    let restart = stated(plan.recovery, "recovery")?;
    let drained = figures.ratio("interruptions/needs-repair")?;
    let up = |rate: f64, repair: f64, restart: f64| {
        let out = drained * repair + (1.0 - drained) * restart;
        1.0 / (1.0 + rate * accelerators * out / super::failures::DAY)
    };
    Ok(Range {
        low: up(rate.high, repair.high, restart.high),
        mid: up(rate.mid, repair.mid, restart.mid),
        high: up(rate.low, repair.low, restart.low),
    })
}

/// Probability that at least `needed` of `all` like units are up, each by itself with
/// `availability`.
pub fn enough_up(needed: f64, all: f64, availability: f64) -> f64 {
    if needed > all {
        return 0.0;
    }
    let (up, down) = (availability, 1.0 - availability);
    if down <= 0.0 {
        return 1.0;
    }
    if up <= 0.0 {
        return if needed <= 0.0 { 1.0 } else { 0.0 };
    }
    let most = (all - needed).min(TERMS);
    let odds = libm::log(down / up);
    let mut term = all * libm::log(up);
    let mut sum = libm::exp(term);
    let mut out = 1.0;
    while out <= most {
        term += odds + libm::log((all - out + 1.0) / out);
        sum += libm::exp(term);
        out += 1.0;
    }
    sum.min(1.0)
}

/// Fewest like units of which `needed` are up with probability `target`, each by itself with
/// `availability`; `None` where no number that is built would do.
pub fn fewest(needed: f64, availability: f64, target: f64) -> Option<f64> {
    if needed <= 0.0 {
        return Some(0.0);
    }
    if target <= 0.0 || availability >= 1.0 {
        return Some(needed);
    }
    if target >= 1.0 || availability < WORST || needed > MOST {
        return None;
    }
    let down = 1.0 - availability;
    if needed * down / availability > MANY_OUT {
        return Some(normal(needed, availability, target));
    }
    // So many out at once that no target asks for more.
    let mean = needed * down / availability;
    let (mut low, mut high) = (0.0, libm::ceil(mean + WIDE * libm::sqrt(mean) + WIDE));
    while low < high {
        let middle = libm::floor((low + high) / 2.0);
        if enough_up(needed, needed + middle, availability) >= target {
            high = middle;
        } else {
            low = middle + 1.0;
        }
    }
    Some(needed + low)
}

/// The same where many are out at once: a normal distribution with its skew, rounded up by one
/// more, so that it asks for no fewer than the sum would.
fn normal(needed: f64, availability: f64, target: f64) -> f64 {
    let z = quantile(target);
    let down = 1.0 - availability;
    let mut all = needed / availability;
    for _ in 0..ROUNDS {
        let spread = libm::sqrt(all * down * availability);
        let skew = (z * z - 1.0).max(0.0) * (1.0 - 2.0 * down).abs() / 6.0;
        all = (needed + z * spread + skew + 1.0) / availability;
    }
    libm::ceil(all).max(needed)
}

/// Quantile of the standard normal distribution, by halving.
pub fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-WIDE, WIDE);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if 0.5 * libm::erfc(-middle / core::f64::consts::SQRT_2) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// Above so many out at once the sum gives way to a normal distribution.
const MANY_OUT: f64 = 200.0;
/// No sum here is longer.
const TERMS: f64 = 1000.0;
/// Standard deviations beyond which nothing is asked for.
const WIDE: f64 = 12.0;
/// Units that are down half of the time are no units.
const WORST: f64 = 0.5;
/// More is not built.
const MOST: f64 = 1e9;
const ROUNDS: usize = 40;
const HALVINGS: usize = 60;
