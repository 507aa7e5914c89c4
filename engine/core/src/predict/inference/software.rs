//! What software gains over the life of a service: by the age of the pair of model and accelerators,
//! not by the calendar.

use crate::catalogue::{LifetimeData, Range};
use crate::quantity::Ratio;

/// Yield in the middle of a year of use (1 = the first), as multiple of today's, where such models have
/// been served on such accelerators for `age` years. Exactly 1 where no path is known.
pub fn software_gain(data: &LifetimeData, mixture: bool, age: f64, year: u32) -> Range<f64> {
    let key = if mixture { "mixture" } else { "dense" };
    let points = data.software.get(key).map_or(&[][..], Vec::as_slice);
    let known = points.iter().map_while(|point| point.known());
    let points: Vec<Range<Ratio>> = known.collect();
    let then = age + f64::from(year) - HALF;
    let gain = |end: fn(&Range<Ratio>) -> Ratio| {
        let at = |age: f64| log_gain(&points, end, age);
        libm::exp(at(then) - at(age))
    };
    let mid = gain(|range| range.mid);
    Range {
        low: gain(|range| range.low).min(mid),
        mid,
        high: gain(|range| range.high).max(mid),
    }
}

/// Logarithm of the gain since the launch: on straight lines between what is known half a year after
/// it and then year by year; nothing more after the last.
fn log_gain(points: &[Range<Ratio>], end: fn(&Range<Ratio>) -> Ratio, age: f64) -> f64 {
    let value = |at: usize| {
        points
            .get(at)
            .map_or(0.0, |point| libm::log(end(point).get()))
    };
    let Some(last) = points.len().checked_sub(1) else {
        return 0.0;
    };
    if age <= HALF {
        return value(0) * (age / HALF).max(0.0);
    }
    let place = (age - HALF).min(last as f64);
    let below = libm::floor(place) as usize;
    let part = place - libm::floor(place);
    value(below) + part * (value((below + 1).min(last)) - value(below))
}

/// Half a year.
const HALF: f64 = 0.5;
