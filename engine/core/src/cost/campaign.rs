//! What training costs in practice and over the life: the accelerator-hours of the outlook at
//! the design's own cost, at the rent, or at a mix.

use super::types::{CampaignCost, Costs, LeverCost};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::predict::run::{Campaign, Lever, LeverKind};
use crate::predict::{Prediction, Predictions};
use crate::quantity::{HourlyPrice, Money};

/// The cost of each workload's campaign.
pub(super) fn campaigns(
    derived: &Derived<'_>,
    predictions: &Predictions,
    costs: &Costs,
) -> Vec<CampaignCost> {
    let pairs = predictions.workloads.iter().zip(&derived.design.workloads);
    let priced = pairs.filter_map(|(prediction, workload)| {
        let campaign = prediction.outlook.as_ref()?.campaign.as_ref()?;
        let data = workload.plan.campaign.data.unwrap_or(Money::ZERO);
        Some(one(prediction, campaign, data, costs))
    });
    priced.collect()
}

fn one(prediction: &Prediction, campaign: &Campaign, data: Money, costs: &Costs) -> CampaignCost {
    let own = costs.per_accelerator_hour;
    let rent = costs.rent.as_ref().map(|comparison| comparison.rent);
    let part = campaign.rented;
    let mixed = match (own, rent) {
        (Some(own), Some(rent)) => {
            Some(own.zip(rent, |own, rent| own * (1.0 - part) + rent * part))
        }
        (Some(own), None) if part == 0.0 => Some(own),
        (None, Some(rent)) if part == 1.0 => Some(rent),
        _ => None,
    };
    let at = |price: Option<Range<HourlyPrice>>, hours: Range<f64>, data: Money| {
        let paid = |price: HourlyPrice, hours: f64| Money::new(price.get() * hours) + data;
        price.map(|price| price.zip(hours, paid))
    };
    let all_data = data * campaign.models as f64;
    let missing = || match own {
        None => "cost per accelerator-hour".to_owned(),
        Some(_) => "rent of an accelerator-hour".to_owned(),
    };
    CampaignCost {
        workload: prediction.workload.clone(),
        subject: prediction.subject.clone(),
        run: at(mixed, campaign.final_run, Money::ZERO),
        run_owned: at(own, campaign.final_run, Money::ZERO),
        run_rented: at(rent, campaign.final_run, Money::ZERO),
        model: at(mixed, campaign.model, data),
        model_owned: at(own, campaign.model, data),
        model_rented: at(rent, campaign.model, data),
        years: mixed.map_or_else(Vec::new, |price| {
            let years = campaign.years.iter();
            let paid = |price: HourlyPrice, hours: f64| Money::new(price.get() * hours);
            years.map(|hours| price.zip(*hours, paid)).collect()
        }),
        lifetime: at(mixed, campaign.lifetime, all_data),
        lifetime_owned: at(own, campaign.lifetime, all_data),
        lifetime_rented: at(rent, campaign.lifetime, all_data),
        data: all_data,
        levers: levers(prediction, mixed.or(own), costs),
        missing: mixed.is_none().then(missing),
    }
}

/// What each change saves, less what it costs for the time of the run.
fn levers(
    prediction: &Prediction,
    price: Option<Range<HourlyPrice>>,
    costs: &Costs,
) -> Vec<LeverCost> {
    let (Some(outlook), Some(price)) = (&prediction.outlook, price) else {
        return Vec::new();
    };
    let hours = outlook
        .time
        .map_or(0.0, |time| time.mid.get() / SECONDS_PER_HOUR);
    let life = f64::from(costs.years) * HOURS_PER_YEAR * costs.utilisation.get();
    let share = if life > 0.0 {
        (hours / life).min(1.0)
    } else {
        0.0
    };
    let storage = costs
        .lines
        .iter()
        .filter(|line| line.path.starts_with("capex/storage/"));
    let storage = storage.fold(0.0, |sum, line| sum + line.total.mid.get());
    let one = |lever: &Lever| LeverCost {
        kind: lever.kind,
        days: lever.saves.get() / SECONDS_PER_HOUR / HOURS_PER_DAY,
        saves: Money::new(price.mid.get() * lever.accelerator_hours),
        costs: Money::new(match lever.kind {
            LeverKind::SpareRack => price.mid.get() * lever.takes,
            LeverKind::CheckpointBandwidth => storage * share,
        }),
    };
    outlook.levers.iter().map(one).collect()
}

const SECONDS_PER_HOUR: f64 = 3600.0;
const HOURS_PER_DAY: f64 = 24.0;
const HOURS_PER_YEAR: f64 = 8760.0;
