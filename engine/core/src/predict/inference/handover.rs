//! What a service leaves free outside its busiest hours, for tuning jobs or batches: whole nodes, less
//! the time in which they load the model again.

use super::profile::Profile;
use super::sizing::{Supply, ordered};
use crate::catalogue::Range;
use crate::written::Write;

/// What is free over a week.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Handover {
    /// Time until a replica whose node was handed over serves again, s.
    pub reload: Range<f64>,
    /// Accelerator-hours a day, in the mean of the week.
    pub accelerator_hours: Range<f64>,
    /// The same as share of all that is installed for the busiest hour.
    pub share: Range<f64>,
}

/// Of a fleet whose spares follow the hour.
pub(super) fn handover(
    profile: &Profile,
    peak: f64,
    supply: &Supply,
    reload: Range<f64>,
) -> Handover {
    let needed: Vec<Range<f64>> = profile
        .week()
        .iter()
        .map(|share| supply.all(peak * share))
        .collect();
    let of = |end: fn(&Range<f64>) -> f64, reload: f64| {
        let unit = &supply.unit;
        let hourly: Vec<f64> = needed.iter().map(end).collect();
        let installed = hourly.iter().copied().fold(0.0, f64::max);
        let free: Vec<f64> = hourly
            .iter()
            .map(|now| unit.free_nodes(installed - now))
            .collect();
        let hours = lent(&free, reload / SECONDS_PER_HOUR) * unit.node;
        let all = installed * unit.instance * hourly.len() as f64;
        (
            hours / hourly.len().max(1) as f64 * HOURS_PER_DAY,
            hours / all,
        )
    };
    // A slow reload is the pessimistic end, and so are replicas that do little.
    let low = of(|range| range.low, reload.high);
    let mid = of(|range| range.mid, reload.mid);
    let high = of(|range| range.high, reload.low);
    let range = |of: fn((f64, f64)) -> f64| {
        ordered(Range {
            low: of(low),
            mid: of(mid),
            high: of(high),
        })
    };
    Handover {
        reload,
        accelerator_hours: range(|(hours, _)| hours),
        share: range(|(_, share)| share),
    }
}

/// Hours of nodes that are of use, of those that are free in each hour of a period that repeats: where
/// fewer are free in the next hour, those that go back load the model before it.
pub fn lent(free: &[f64], reload_hours: f64) -> f64 {
    let next = free.iter().cycle().skip(1);
    let each = free.iter().zip(next).map(|(now, next)| {
        let back = (now - next).max(0.0);
        // No more is lost than what the hour holds.
        now - back * reload_hours.min(1.0)
    });
    each.sum()
}

const SECONDS_PER_HOUR: f64 = 3600.0;
const HOURS_PER_DAY: f64 = 24.0;
