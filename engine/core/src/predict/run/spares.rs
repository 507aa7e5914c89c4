//! What stands by: how many units are out at once, and what is lost while too many are.

use super::availability::enough_up;

/// Probability that at least `needed` of `all` are up, each by itself with `availability`: the
/// trays of a rack of which a job takes some.
pub fn at_least(needed: u64, all: u64, availability: f64) -> f64 {
    enough_up(needed as f64, all as f64, availability)
}

/// Probability that more than `spares` units are out, of which `mean` are on average (Poisson).
pub fn shortage(mean: f64, spares: u64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    if mean > LARGE {
        // From here on a normal distribution is as good, and costs the same for any number.
        let off = (spares as f64 + 0.5 - mean) / libm::sqrt(2.0 * mean);
        return 0.5 * libm::erfc(off);
    }
    if spares > MOST {
        return 0.0;
    }
    let mut term = libm::exp(-mean);
    let mut held = term;
    for out in 1..=spares {
        term *= mean / out as f64;
        held += term;
    }
    (1.0 - held).max(0.0)
}

/// Units that are missing on average, beyond those that `spares` replace.
pub fn missing(mean: f64, spares: u64) -> f64 {
    let at_least = match spares.checked_sub(1) {
        Some(fewer) => shortage(mean, fewer),
        None => 1.0,
    };
    (mean * at_least - spares as f64 * shortage(mean, spares)).max(0.0)
}

/// Fewest spares with which the probability of a shortage is at most `chance`.
pub fn enough(mean: f64, chance: f64) -> u64 {
    if mean <= 0.0 {
        return 0;
    }
    let most = mean + 10.0 * libm::sqrt(mean) + 20.0;
    let (mut low, mut high) = (0, most.min(1e9) as u64);
    while low < high {
        let middle = low + (high - low) / 2;
        if shortage(mean, middle) <= chance {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Above this mean the number of units out is taken for normal.
const LARGE: f64 = 100.0;
/// No loop here runs longer.
const MOST: u64 = 1000;
