//! All services of a design on its one cluster: whole replicas, what rounding wastes, slices for small
//! models, adapters, how replicas start, and spares that are shared.

use super::adapters::{Adapters, adapters};
use super::forecast::Service;
use super::job::Layout;
use super::sizing::Fit;
use super::slices::{Sliced, sliced};
use super::start::cold;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::Workload;
use crate::predict::Prediction;
use crate::predict::run::figures::Figures;
use crate::predict::run::quantile;
use crate::written::Write;

/// The services of a design together, each in its busiest hour.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Fleet {
    /// The services, in the order of the design.
    pub members: Vec<Member>,
    /// Accelerators of all replicas.
    pub accelerators: Range<f64>,
    /// Accelerators if replicas could be of any size.
    pub exact: Range<f64>,
    /// What whole replicas and spares add, as share of all.
    pub rounding: Range<f64>,
    /// Accelerators of the design.
    pub there: f64,
    /// Whether these are enough.
    pub fits: Fit,
    /// Replicas that stand by for what comes while others start.
    pub standby: Standby,
    /// Services that are not counted, by path, and what is missing.
    pub left_out: Vec<(String, String)>,
}

/// One service of a fleet.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Member {
    /// Path of the workload.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Requests per second of the busiest hour.
    pub requests: f64,
    /// Replicas, spare ones included.
    pub replicas: Range<f64>,
    /// Accelerators of these.
    pub accelerators: Range<f64>,
    /// Accelerators if replicas could be of any size, without spares.
    pub exact: Range<f64>,
    /// A layout of which these requests take fewer accelerators than of the one that yields most, with
    /// their number without spares: a small demand is best served in small replicas.
    pub leaner: Option<(Layout, f64)>,
    /// On slices of an accelerator, where it has them and the model fits.
    pub sliced: Option<Sliced>,
    /// Its adapters.
    pub adapters: Option<Adapters>,
    /// Seconds until a replica on a node that stands by serves.
    pub warm: Range<f64>,
    /// The same on a machine that is not there yet.
    pub cold: Range<f64>,
    /// Mean seconds between two requests in the quietest hour.
    pub gap: f64,
    /// Whether to end the last replica then pays: requests are further apart than a warm start takes.
    pub to_zero: Fit,
}

impl Member {
    /// What rounding to whole replicas and spares take of its accelerators, as share.
    pub fn rounding(&self) -> f64 {
        1.0 - self.exact.mid / self.accelerators.mid
    }
}

/// Replicas that stand by so that what comes while one starts is answered, by chance of a shortage.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Standby {
    /// Each service with its own.
    pub own: f64,
    /// All services with the same.
    pub shared: f64,
    /// Share of the time that they are enough.
    pub target: f64,
}

/// The services of a design; `None` where none is sized.
pub fn fleet(
    derived: &Derived<'_>,
    workloads: &[Workload],
    predictions: &[Prediction],
) -> Option<Fleet> {
    let mut members = Vec::new();
    let mut left_out = Vec::new();
    let mut scatter = Vec::new();
    for (workload, prediction) in workloads.iter().zip(predictions) {
        match member(derived, workload, prediction) {
            Some(Ok((member, each))) => {
                // Requests that come during a start scatter by the root of their number.
                scatter.push(member.requests / member.warm.mid / (each * each));
                members.push(member);
            }
            Some(Err(missing)) => left_out.push((prediction.subject.clone(), missing)),
            None => {}
        }
    }
    let there = derived.accelerators.unwrap_or(0) as f64;
    let sum = |of: fn(&Member) -> Range<f64>| {
        members
            .iter()
            .map(of)
            .fold(Range::exactly(0.0), |sum, one| sum.zip(one, |a, b| a + b))
    };
    let accelerators = sum(|member| member.accelerators);
    let exact = sum(|member| member.exact);
    let chance = Figures(&derived.world.constants)
        .ratio("spare-shortage")
        .ok()?;
    let z = quantile(1.0 - chance);
    let by = |squared: f64| libm::ceil(z * libm::sqrt(squared));
    (!members.is_empty()).then(|| Fleet {
        rounding: super::sizing::ordered(
            accelerators.zip(exact, |whole, exact| (1.0 - exact / whole).max(0.0)),
        ),
        fits: Fit::of(accelerators, there),
        standby: Standby {
            own: scatter.iter().copied().map(by).sum(),
            shared: by(scatter.iter().sum()),
            target: 1.0 - chance,
        },
        members,
        accelerators,
        exact,
        there,
        left_out,
    })
}

/// A service with the rate of one replica; `None` for what is none.
fn member(
    derived: &Derived<'_>,
    workload: &Workload,
    prediction: &Prediction,
) -> Option<Result<(Member, f64), String>> {
    let missing = || {
        let missing = [&prediction.service_missing, &prediction.sizing_missing];
        missing.into_iter().flatten().next().cloned()
    };
    let (Some(service), Some(sizing)) = (&prediction.service, &prediction.sizing) else {
        return missing().map(Err);
    };
    let requests = sizing.years.first().map_or(0.0, |first| first.requests);
    let of = || {
        let warm = sizing.free.reload;
        let gap = 1.0 / (requests * sizing.trough_by_peak);
        let instance = service.size();
        let exact = Range {
            low: requests / sizing.each.high,
            mid: requests / sizing.each.mid,
            high: requests / sizing.each.low,
        };
        let member = Member {
            subject: prediction.subject.clone(),
            name: prediction.workload.clone(),
            requests,
            replicas: sizing.replicas,
            accelerators: sizing.replicas.map(|count| count * instance),
            exact: exact.map(|count| count * instance),
            leaner: leaner(service, requests),
            sliced: sliced(derived, workload, requests),
            adapters: adapters(derived, &workload.serving, service)?,
            warm,
            cold: cold(derived, warm)?,
            gap,
            to_zero: Fit::of(warm, gap),
        };
        Ok((member, sizing.each.mid))
    };
    Some(of())
}

/// Of the layouts that hold the limits, the one that takes the fewest accelerators for so many requests.
fn leaner(service: &Service, requests: f64) -> Option<(Layout, f64)> {
    let taken = |tokens: f64, layout: &Layout| {
        let instance = layout.instance();
        let each = tokens * instance / service.load.output;
        libm::ceil(requests / each) * instance
    };
    let own = taken(service.per_accelerator.mid.get(), &service.layout);
    let holding = service.candidates.iter().filter(|choice| choice.holds);
    // Adapters slow all layouts alike.
    let slowed = service.replica().mid / service.met.requests;
    let all = holding.map(|choice| {
        (
            choice.layout,
            taken(choice.per_accelerator * slowed, &choice.layout),
        )
    });
    let fewest = all.min_by(|a, b| a.1.total_cmp(&b.1));
    fewest.filter(|(_, count)| *count < own)
}
