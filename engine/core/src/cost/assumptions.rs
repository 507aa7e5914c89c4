//! The figures that every yearly line rests on: the person's own where stated, else the
//! default of the price book, the region or the constants, which is then listed.

use super::ledger::{Figure, weaker};
use super::types::DefaultUsed;
use crate::catalogue::{Range, SiteData, Supply};
use crate::derive::Derived;
use crate::design::{MAX_YEARS, WorkloadClass};
use crate::quantity::{CapacityPrice, EnergyPrice, Quantity, Ratio, significant};
use crate::sourced::Origin;
use crate::written::quoted;

/// Figures in base units; an `Err` names the datum that is missing.
pub(super) struct Assumptions {
    /// Life in years, 1 to 10.
    pub years: u32,
    /// Share of the time that accelerators do paid work.
    pub utilisation: Result<Figure, String>,
    /// Mean power as share of the rating while in use.
    pub power_share: Result<Figure, String>,
    /// The same while idle.
    pub idle_share: Result<Figure, String>,
    /// Power usage effectiveness.
    pub pue: Result<Figure, String>,
    /// Price of electricity.
    pub electricity: Result<Figure, String>,
    /// Price of provisioned power.
    pub colocation: Result<Figure, String>,
    /// Discount rate per year.
    pub discount: Result<Figure, String>,
    /// Defaults used, in the order in which they were taken.
    pub defaults: Vec<DefaultUsed>,
}

/// Key of the idle share among the constants.
const IDLE: &str = "idle";

/// Settles all figures of a design.
pub(super) fn assumptions(derived: &Derived<'_>) -> Assumptions {
    let world = derived.world;
    let (site, money) = (&derived.design.site, &derived.design.economics);
    let region = world.sites.get(&site.region);
    let missing_region = || match site.region.as_str() {
        "" => "site.region".to_owned(),
        unknown => format!("site.region: no data of region {}", quoted(unknown)),
    };
    let regional = |read: fn(&SiteData) -> Figure| region.map(read).ok_or_else(missing_region);
    let ratio = |key: &str| {
        let found = world.constants.ratios.get(key).and_then(Figure::constant);
        found.ok_or_else(|| format!("constants.ratios.{key}"))
    };
    // One rate serves all three cases: its spread is between owners, not within one.
    let rate = world.prices.discount.get(&money.owner).map(Figure::priced);
    let rate = rate.map(|figure| figure.with(Range::exactly(figure.range.mid)));
    let rate = rate.ok_or_else(|| format!("discount rate of owner {:?}", money.owner));
    let mut defaults = Vec::with_capacity(16);
    let mut settle =
        |path: &str, stated: Option<f64>, default: Result<Figure, String>, show: Show| match stated
        {
            Some(value) => Ok(Figure::stated(value)),
            None => default
                .inspect(|figure| defaults.push(used(path, &figure.range, show, &figure.origin))),
        };
    let full = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.get().min(1.0));
    Assumptions {
        years: money.years.clamp(1, MAX_YEARS),
        utilisation: settle(
            "economics.utilisation",
            full(money.utilisation),
            ratio("utilisation"),
            percent,
        ),
        power_share: settle(
            "economics.power_share",
            money.power_share.map(Ratio::get),
            power_share(derived),
            percent,
        ),
        idle_share: constant_range(derived, IDLE),
        pue: settle(
            "site.pue",
            site.pue.map(Ratio::get),
            regional(|r| Figure::priced(&r.pue)),
            quantity::<Ratio>,
        ),
        electricity: settle(
            "economics.electricity",
            money.electricity.map(EnergyPrice::get),
            regional(|r| Figure::priced(&r.electricity)),
            quantity::<EnergyPrice>,
        ),
        colocation: settle(
            "economics.colocation",
            money.colocation.map(CapacityPrice::get),
            regional(|r| Figure::priced(&r.colocation)),
            quantity::<CapacityPrice>,
        ),
        discount: settle(
            "economics.discount",
            money.discount.map(Ratio::get),
            rate,
            percent,
        ),
        defaults,
    }
}

/// How a figure in base units is shown to people.
pub(super) type Show = fn(f64) -> String;

/// A default that was used, with its spread.
pub(super) fn used(path: &str, range: &Range<f64>, show: Show, origin: &Origin) -> DefaultUsed {
    let mid = show(range.mid);
    let value = if range.low == range.high {
        mid
    } else {
        format!("{mid} ({} to {})", show(range.low), show(range.high))
    };
    DefaultUsed {
        path: path.to_owned(),
        value,
        origin: origin.clone(),
    }
}

/// A ratio in percent.
pub(super) fn percent(ratio: f64) -> String {
    format!("{} %", significant(ratio * 100.0, 3))
}

/// A quantity with its unit.
pub(super) fn quantity<Q: Quantity>(base: f64) -> String {
    Q::from_base(base).pretty()
}

fn constant_range(derived: &Derived<'_>, key: &str) -> Result<Figure, String> {
    let found = derived
        .world
        .constants
        .utilisation
        .get(key)
        .and_then(Figure::constant_range);
    found.ok_or_else(|| format!("constants.utilisation.{key}"))
}

/// The mean of the workloads' own defaults; a design without workloads counts as training.
/// Nothing says how the workloads share the time, so each counts the same.
fn power_share(derived: &Derived<'_>) -> Result<Figure, String> {
    let busbar = derived
        .main_node()
        .is_some_and(|node| node.supply == Supply::DcBusbar);
    let key = |class: WorkloadClass| match class {
        // The busier of the two inference defaults: a design that serves tokens by the
        // million keeps its batches full.
        WorkloadClass::Inference => "inference-batch",
        _ if busbar => "training-nvl72",
        _ => "training-air",
    };
    let workloads = &derived.design.workloads;
    let first = key(workloads
        .first()
        .map_or(WorkloadClass::PreTraining, |w| w.class));
    let mut figure = constant_range(derived, first)?;
    if workloads.iter().all(|w| key(w.class) == first) {
        return Ok(figure);
    }
    let mut keys = vec![first];
    for workload in workloads.iter().skip(1) {
        let other = constant_range(derived, key(workload.class))?;
        figure.range = figure.range.zip(other.range, |a, b| a + b);
        figure.origin.grade = weaker(figure.origin.grade, other.origin.grade);
        keys.push(key(workload.class));
    }
    let count = workloads.len().max(1) as f64;
    figure.range = figure.range.map(|sum| sum / count);
    figure.origin.section = format!(
        "mean over the workloads, each counted the same: {}",
        keys.join(", ")
    );
    Ok(figure)
}
