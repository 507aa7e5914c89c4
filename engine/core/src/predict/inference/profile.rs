//! Load over a week, hour by hour: as a person has it, or as a smooth curve with the mean and the
//! quietest hour of a recorded traffic.

use super::pasted::{DAY, WEEK, hours};
use crate::catalogue::Traffic;
use crate::derive::Derived;
use crate::design::ServingPlan;

/// Load of each hour of a week, as share of the busiest.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    week: Vec<f64>,
}

impl Profile {
    /// The profile of a plan, with what was assumed.
    ///
    /// # Errors
    /// The field that cannot be read or is missing, and why.
    pub(super) fn of(
        derived: &Derived<'_>,
        plan: &ServingPlan,
        remarks: &mut Vec<String>,
    ) -> Result<Self, String> {
        if let Some(text) = stated(&plan.sizing.hours) {
            let own = Self::own(text).map_err(|why| format!("serving.sizing.hours: {why}"))?;
            return Ok(own);
        }
        let world = derived.world;
        let ratio = |key: &str| {
            let found = world.constants.ratios.get(key).and_then(|one| one.known());
            found
                .map(|one| one.get())
                .ok_or_else(|| format!("constants.ratios.{key}"))
        };
        let key = plan.traffic.as_ref().ok_or("serving.sizing.hours")?;
        let traffic = world.inference.traffics.get(key);
        let traffic = traffic.ok_or_else(|| format!("inference.traffics.{key}"))?;
        Self::recorded(
            traffic,
            ratio("serving/peak-hour")?,
            ratio("serving/weekend-days")? as usize,
            remarks,
        )
        .ok_or_else(|| "serving.sizing.hours".into())
    }

    /// Loads of 24 hours, or of 168 from Monday on, in any one unit.
    ///
    /// # Errors
    /// Where the text cannot be read, what was found and what was expected.
    pub fn own(text: &str) -> Result<Self, String> {
        let hours = hours(text)?;
        let peak = hours.iter().copied().fold(0.0, f64::max);
        let shares = hours.iter().map(|load| load / peak);
        Ok(Self {
            week: shares.cycle().take(WEEK).collect(),
        })
    }

    /// A curve with the mean and the quietest hour of a traffic, and its weekend where that is known.
    /// `None` where the traffic's mean is not known.
    fn recorded(
        traffic: &Traffic,
        busiest: f64,
        weekend_days: usize,
        remarks: &mut Vec<String>,
    ) -> Option<Self> {
        let mean = traffic.mean_by_peak.known()?.get();
        let trough = traffic.trough_by_peak.known().map(|share| share.get());
        let weekend = traffic.weekend.known().map(|share| share.get());
        if trough.is_none() {
            remarks.push("the quietest hour of this traffic is not known: a day is taken for a plain wave about its mean".into());
        }
        if weekend.is_none() {
            remarks.push(
                "weekends of this traffic are not known by themselves: all days are alike".into(),
            );
        }
        let shape = Curve {
            mean,
            // A plain wave lies as far below its mean as above it.
            trough: trough.unwrap_or((2.0 * mean - 1.0).max(0.0)),
            weekend: weekend.unwrap_or(1.0),
            weekend_days,
            busiest,
        };
        Some(Self::smooth(&shape))
    }

    /// The smooth curve of these figures.
    pub fn smooth(curve: &Curve) -> Self {
        let trough = curve.trough.clamp(0.0, 1.0);
        let weekend = curve.weekend.clamp(trough, 1.0);
        let free = curve.weekend_days.min(DAYS) as f64 / DAYS as f64;
        // Of the height between trough and peak, the days' curve must cover so much in the mean.
        let height = (1.0 - free) * (1.0 - trough) + free * (weekend - trough);
        let wanted = ((curve.mean - trough) / height.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        let power = sharpness(wanted);
        let day = |hour: usize, peak: f64| {
            let away = (hour as f64 - libm::floor(curve.busiest)).abs();
            trough + (peak - trough) * wave(away, power)
        };
        let week = (0..WEEK).map(|at| {
            let working = at / DAY < DAYS - curve.weekend_days.min(DAYS);
            day(at % DAY, if working { 1.0 } else { weekend })
        });
        Self {
            week: week.collect(),
        }
    }

    /// Shares of the busiest hour from Monday on, 168 of them.
    pub fn week(&self) -> &[f64] {
        &self.week
    }

    /// Mean load as share of the busiest hour.
    pub fn mean(&self) -> f64 {
        self.week.iter().sum::<f64>() / self.week.len().max(1) as f64
    }

    /// The quietest hour as share of the busiest.
    pub fn trough(&self) -> f64 {
        self.week.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// Mean of an hour of the day over the weekdays, or over the weekend.
    pub fn hour(&self, hour: usize, weekend: bool) -> f64 {
        let days = if weekend { WORKING..DAYS } else { 0..WORKING };
        let count = days.len().max(1) as f64;
        let loads = days.filter_map(|day| self.week.get(day * DAY + hour));
        loads.sum::<f64>() / count
    }
}

/// What a smooth curve must meet, as shares of the busiest hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Mean over the week.
    pub mean: f64,
    /// The quietest hour.
    pub trough: f64,
    /// Busiest hour of a day at the weekend.
    pub weekend: f64,
    /// Days of the weekend, the last of the week.
    pub weekend_days: usize,
    /// Hour of the day that is busiest.
    pub busiest: f64,
}

/// A text that holds something.
pub(super) fn stated(text: &Option<String>) -> Option<&str> {
    let text = text.as_deref()?;
    (!text.trim().is_empty()).then_some(text)
}

/// Height of a day's curve so many hours from its peak: a raised cosine to a power.
fn wave(away: f64, power: f64) -> f64 {
    let turn = core::f64::consts::TAU * away / DAY as f64;
    libm::pow((0.5 + 0.5 * libm::cos(turn)).clamp(0.0, 1.0), power)
}

/// The power at which a day's curve has this mean.
fn sharpness(mean: f64) -> f64 {
    let of = |power: f64| {
        let day = (0..DAY).map(|hour| wave(hour as f64, power));
        day.sum::<f64>() / DAY as f64
    };
    let (mut low, mut high) = FLAT_AND_SHARP;
    for _ in 0..HALVINGS {
        let middle = libm::sqrt(low * high);
        // The sharper, the smaller the mean.
        if of(middle) > mean {
            low = middle;
        } else {
            high = middle;
        }
    }
    libm::sqrt(low * high)
}

const FLAT_AND_SHARP: (f64, f64) = (1e-6, 1e4);
const HALVINGS: usize = 60;
const DAYS: usize = 7;
/// Days from Monday to Friday.
const WORKING: usize = 5;
