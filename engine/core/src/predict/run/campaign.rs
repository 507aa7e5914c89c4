//! What a model takes beside its final run, and a cluster's life of models: experiments, failed
//! runs, post-training, refreshes.

use super::energy::{Draw, Footprint};
use super::figures::Figures;
use super::software::gain;
use crate::catalogue::Range;
use crate::design::{CampaignPlan, Lab, WorkloadClass};
use crate::written::Write;

/// Accelerator-hours of one model and of all that are trained over the life.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Campaign {
    /// The final run, with what interruptions lose and what stands by.
    pub final_run: Range<f64>,
    /// Experiments, ablations and failed runs.
    pub experiments: Range<f64>,
    /// Post-training.
    pub post_training: Range<f64>,
    /// One model: all of it.
    pub model: Range<f64>,
    /// Full models over the life.
    pub models: u64,
    /// Continued runs over the life.
    pub continued: u64,
    /// By year of use.
    pub years: Vec<Range<f64>>,
    /// All years.
    pub lifetime: Range<f64>,
    /// Share of the rented hours in all.
    pub rented: f64,
    /// The busiest year's owned hours as share of all hours of the design's accelerators:
    /// above 1 they do not fit.
    pub busiest: f64,
    /// Energy and emissions of the final run; `None` where power is not known.
    pub run_footprint: Option<Footprint>,
    /// Of one model.
    pub model_footprint: Option<Footprint>,
    /// Of all years.
    pub lifetime_footprint: Option<Footprint>,
}

/// How a campaign multiplies its final run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Multipliers {
    /// All hours with experiments and failed runs, as multiple of the final run.
    pub experiments: Range<f64>,
    /// Post-training, as share of the final run.
    pub post_training: Range<f64>,
    /// A continued run, as share of the final run.
    pub continued: f64,
    /// Months from one full run to the next; 0 = one only.
    pub refresh_months: u64,
    /// Months from one continued run to the next; 0 = none.
    pub continued_months: u64,
}

/// The multipliers of a plan. Fine-tuning follows a recipe: nothing comes after it, and it is
/// repeated when its plan says so.
pub(super) fn multipliers(
    figures: Figures<'_>,
    plan: &CampaignPlan,
    class: WorkloadClass,
) -> Result<Multipliers, String> {
    let tuned = class == WorkloadClass::FineTuning;
    let lab = match plan.lab {
        Lab::Follower => "experiments/follower",
        Lab::Open => "experiments/open",
        Lab::Frontier => "experiments/frontier",
    };
    let post = match plan.reasoning {
        true => "post-training/reasoning",
        false => "post-training",
    };
    let months = |stated: Option<u32>, key: &str| match stated {
        Some(months) => Ok(u64::from(months)),
        None if tuned => Ok(0),
        None => figures.ratio(key).map(|months| months as u64),
    };
    Ok(Multipliers {
        experiments: match plan.multiplier {
            Some(stated) => Range::exactly(stated.get().max(1.0)),
            None => figures.range(lab)?,
        },
        post_training: match plan.post_training {
            Some(stated) => Range::exactly(stated.get()),
            None if tuned => Range::default(),
            None => figures.range(post)?,
        },
        continued: match plan.continued {
            Some(stated) => stated.get(),
            None => figures.ratio("continued-share")?,
        },
        refresh_months: months(plan.refresh_months, "refresh-months/full")?,
        continued_months: months(plan.continued_months, "refresh-months/continued")?,
    })
}

/// Runs that begin in a year (1 = the first), one every so many months from the start on.
fn begun(year: u64, months: u64) -> u64 {
    match months {
        0 => u64::from(year == 1),
        _ => (year * MONTHS).div_ceil(months) - ((year - 1) * MONTHS).div_ceil(months),
    }
}

/// The campaign of a final run of `hours` over `years` years, on `owned` accelerators.
pub(super) fn campaign(
    figures: Figures<'_>,
    plan: &CampaignPlan,
    multipliers: Multipliers,
    hours: Range<f64>,
    years: u32,
    owned: u64,
    draw: Option<&Draw>,
) -> Result<Campaign, String> {
    let m = multipliers;
    let experiments = hours.zip(m.experiments, |run, all| run * (all - 1.0));
    let post_training = hours.zip(m.post_training, |run, share| run * share);
    let model = hours.zip(experiments.zip(post_training, |a, b| a + b), |a, b| a + b);
    let (mut models, mut continued) = (0, 0);
    let mut by_year = Vec::with_capacity(years as usize);
    for year in 1..=u64::from(years) {
        let full = begun(year, m.refresh_months);
        let continuing = match m.continued_months {
            0 => 0,
            // What a full run begins with is no continuation.
            months => begun(year, months).saturating_sub(full),
        };
        (models, continued) = (models + full, continued + continuing);
        let faster = match plan.software_gains {
            true => gain(figures, year as usize)?,
            false => 1.0,
        };
        by_year.push(model.zip(hours, |model, run| {
            (model * full as f64 + run * m.continued * continuing as f64) / faster
        }));
    }
    let lifetime = by_year
        .iter()
        .fold(Range::default(), |sum, year| sum.zip(*year, |a, b| a + b));
    let rented = plan.rented.map_or(0.0, |share| share.get().min(1.0));
    let busiest = by_year
        .iter()
        .fold(0.0, |most: f64, year| most.max(year.mid));
    let of = |hours| draw.map(|draw| draw.of(hours));
    Ok(Campaign {
        final_run: hours,
        experiments,
        post_training,
        model,
        models,
        continued,
        rented,
        busiest: busiest * (1.0 - rented) / (owned.max(1) as f64 * HOURS_PER_YEAR),
        run_footprint: of(hours),
        model_footprint: of(model),
        lifetime_footprint: of(lifetime),
        years: by_year,
        lifetime,
    })
}

const MONTHS: u64 = 12;
const HOURS_PER_YEAR: f64 = 8760.0;
