//! What is paid every year: energy, colocation, support, licences and staff.

use super::assumptions::{Assumptions, quantity, used};
use super::hardware::{Bases, list_default, share, slug};
use super::ledger::{Draft, Figure, Ledger, When, weaker};
use super::types::DefaultUsed;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::quantity::{Ratio, Watts};
use crate::sourced::Grade;

/// Provisioned power, and how the mean follows the utilisation.
pub(super) struct Load {
    /// Sum of the ratings of all IT equipment.
    pub provisioned: Watts,
    /// Mean as share of it, at the assumed utilisation; an `Err` names what is missing.
    pub mean_share: Result<Range<f64>, String>,
    /// Share by which the mean rises from no use to full use.
    pub swing: Option<Range<f64>>,
    /// Grade of the weakest figure of the two shares.
    weakest: Grade,
    /// Parts of unknown rating.
    partial: Option<String>,
}

/// Hours of a year, the convention of `Seconds` too.
pub(super) const HOURS_PER_YEAR: f64 = 8760.0;
const MONTHS_PER_YEAR: f64 = 12.0;
const WATTS_PER_KILOWATT: f64 = 1e3;

/// Provisioned and mean power of a design.
pub(super) fn load(derived: &Derived<'_>, assumptions: &Assumptions) -> Load {
    let missing = &derived.power.missing;
    let paths: Vec<&str> = missing.iter().map(|load| load.path.as_str()).collect();
    let partial = (!paths.is_empty()).then(|| format!("power of {}", paths.join(", ")));
    let shares = (&assumptions.power_share, &assumptions.idle_share);
    let mean_share = match (&assumptions.utilisation, shares) {
        (Ok(used), (Ok(busy), Ok(idle))) => {
            let u = used.range.mid;
            Ok(busy
                .range
                .zip(idle.range, |busy, idle| u * busy + (1.0 - u) * idle))
        }
        (Err(missing), _) | (_, (Err(missing), _) | (_, Err(missing))) => Err(missing.clone()),
    };
    let (swing, weakest) = match shares {
        (Ok(busy), Ok(idle)) => (
            Some(busy.range.zip(idle.range, |busy, idle| busy - idle)),
            weaker(busy.origin.grade, idle.origin.grade),
        ),
        _ => (None, Grade::Unknown),
    };
    Load {
        provisioned: derived.power.it(),
        mean_share,
        swing,
        weakest,
        partial,
    }
}

impl Load {
    /// Provisioned kilowatts; an `Err` if no rating is known at all.
    fn kilowatts(&self) -> Result<f64, String> {
        match &self.partial {
            Some(missing) if self.provisioned == Watts::ZERO => Err(missing.clone()),
            _ => Ok(self.provisioned.get() / WATTS_PER_KILOWATT),
        }
    }
}

/// Adds energy on the mean power and colocation on the provisioned power.
pub(super) fn power(assumptions: &Assumptions, load: &Load, ledger: &mut Ledger<'_>) {
    let per_kilo = |figure: &Result<Figure, String>| {
        figure
            .clone()
            .map(|f| f.with(f.range.map(|price| price * WATTS_PER_KILOWATT)))
    };
    let energy = load.kilowatts().and_then(|kilowatts| {
        let share = load.mean_share.clone()?;
        let pue = assumptions.pue.as_ref().map_err(String::clone)?;
        Ok(share.zip(pue.range, |share, pue| {
            kilowatts * share * pue * HOURS_PER_YEAR
        }))
    });
    let pue_grade = assumptions
        .pue
        .as_ref()
        .map_or(Grade::Unknown, |pue| pue.origin.grade);
    let use_grade = assumptions
        .utilisation
        .as_ref()
        .map_or(Grade::Unknown, |used| used.origin.grade);
    ledger.add(Draft {
        path: "opex/energy".into(),
        label: "electricity, mean IT power and facility overhead".into(),
        subject: "economics.electricity".into(),
        unit: "kWh/year",
        quantity: energy,
        price: per_kilo(&assumptions.electricity),
        weakest: weaker(load.weakest, weaker(pue_grade, use_grade)),
        partial: load.partial.clone(),
        ..Draft::sum(When::Yearly)
    });
    ledger.add(Draft {
        path: "opex/colocation".into(),
        label: "colocation on provisioned IT power, electricity billed separately".into(),
        subject: "economics.colocation".into(),
        unit: "kW-months/year",
        quantity: load
            .kilowatts()
            .map(|kilowatts| Range::exactly(kilowatts * MONTHS_PER_YEAR)),
        price: per_kilo(&assumptions.colocation),
        partial: load.partial.clone(),
        ..Draft::sum(When::Yearly)
    });
}

/// Groups whose support the price book must know. Others have a line where it has a share.
const SUPPORTED: [&str; 3] = ["compute", "network", "storage"];

/// Adds hardware support by group, as yearly shares of the price.
pub(super) fn support(
    derived: &Derived<'_>,
    bases: &Bases,
    ledger: &mut Ledger<'_>,
    defaults: &mut Vec<DefaultUsed>,
) {
    let stated = derived
        .design
        .economics
        .support
        .map(|ratio| Figure::stated(ratio.get()));
    for (group, base) in bases {
        let key = format!("support.{group}");
        let ours = derived
            .world
            .prices
            .shares
            .get(&key)
            .map(Figure::priced::<Ratio>);
        if stated.is_none() && ours.is_none() && !SUPPORTED.contains(&group.as_str()) {
            continue;
        }
        let draft = Draft {
            path: format!("opex/support/{group}"),
            label: format!("hardware support, {group}"),
            subject: "economics.support".into(),
            ..Draft::sum(When::Yearly)
        };
        let price = match &stated {
            Some(figure) => Ok(figure.clone()),
            None => ours.ok_or_else(|| format!("share {key} of the price book")),
        };
        if stated.is_none() {
            list_default(ledger, defaults, &draft, &price);
        }
        share(ledger, draft, base, price);
    }
}

/// Adds the licence that the design names, for every accelerator and year.
pub(super) fn licences(derived: &Derived<'_>, ledger: &mut Ledger<'_>) {
    let name = &derived.design.orchestration.licence;
    if name.is_empty() {
        return;
    }
    let price = derived.world.prices.licences.get(name).map(Figure::priced);
    let mut path = "opex/licences/".to_owned();
    slug(name, &mut path);
    ledger.add(Draft {
        path,
        label: format!("software licence {name}, per accelerator"),
        subject: "orchestration.licence".into(),
        unit: "licences/year",
        quantity: accelerators(derived).map(Range::exactly),
        price: price.ok_or_else(|| format!("price of licence {name}")),
        ..Draft::sum(When::Yearly)
    });
}

/// Keys of the price book's head counts and of the cost of one engineer.
const FIRST: &str = "first-1000-accelerators";
const FURTHER: &str = "per-further-1000";
const ENGINEER: &str = "engineer-year";
/// The number in the names of the two keys.
const STAFF_STEP: f64 = 1000.0;

/// Adds the people who run the cluster.
pub(super) fn staff(
    derived: &Derived<'_>,
    ledger: &mut Ledger<'_>,
    defaults: &mut Vec<DefaultUsed>,
) {
    let stated = derived
        .design
        .economics
        .staff
        .map(|staff| Figure::stated(staff.get()));
    let heads = match stated {
        Some(figure) => Ok(figure),
        None => {
            let figure = heads(derived);
            if let Ok(figure) = &figure {
                let path = "economics.staff";
                defaults.push(used(path, &figure.range, quantity::<Ratio>, &figure.origin));
            }
            figure
        }
    };
    let price = derived
        .world
        .prices
        .people
        .get(ENGINEER)
        .map(Figure::priced);
    ledger.add(Draft {
        path: "opex/staff".into(),
        label: "engineers, loaded cost".into(),
        subject: "economics.staff".into(),
        unit: "engineer-years/year",
        weakest: heads
            .as_ref()
            .map_or(Grade::Unknown, |figure| figure.origin.grade),
        quantity: heads.map(|figure| figure.range),
        price: price.ok_or_else(|| format!("price of {ENGINEER}")),
        ..Draft::sum(When::Yearly)
    });
}

/// Heads for the first thousand accelerators, and for what is beyond in proportion.
fn heads(derived: &Derived<'_>) -> Result<Figure, String> {
    let staff = &derived.world.prices.staff;
    let find = |key: &str| {
        let found = staff.get(key).map(Figure::priced::<Ratio>);
        found.ok_or_else(|| format!("head count {key} of the price book"))
    };
    let first = find(FIRST)?;
    let beyond = (accelerators(derived)? / STAFF_STEP - 1.0).max(0.0);
    if beyond == 0.0 {
        return Ok(first);
    }
    let further = find(FURTHER)?;
    let mut figure = first.with(
        first
            .range
            .zip(further.range, |first, each| first + each * beyond),
    );
    figure.origin.grade = weaker(first.origin.grade, further.origin.grade);
    Ok(figure)
}

fn accelerators(derived: &Derived<'_>) -> Result<f64, String> {
    derived
        .accelerators
        .map(|n| n as f64)
        .ok_or_else(|| "compute.groups[0].part".to_owned())
}
