//! How often a job is interrupted at the size of the design, and by what.

use super::figures::Figures;
use crate::catalogue::Range;
use crate::design::ReliabilityPlan;
use crate::quantity::Seconds;
use crate::written::Write;

/// Interruptions of a job.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Failures {
    /// Interruptions per accelerator and day, over the run.
    pub per_accelerator_day: Range<f64>,
    /// Interruptions of the job per day.
    pub per_day: Range<f64>,
    /// Mean time between them; `low` is the optimistic, longest one.
    pub mean_time: Range<Seconds>,
    /// What interrupts, as share of all.
    pub causes: Vec<Cause>,
    /// Faults by part; one whose rate nobody published is unknown.
    pub parts: Vec<PartFaults>,
    /// Share of the accelerators that fail in the first 90 days of the cluster.
    pub early: f64,
}

/// A cause of interruptions.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Cause {
    /// What it is.
    pub cause: &'static str,
    /// Share of all interruptions.
    pub share: f64,
}

/// Faults of one kind of part.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct PartFaults {
    /// The kind of part.
    pub part: &'static str,
    /// How many the job rests on.
    pub count: Option<u64>,
    /// Faults of one and day; they need not interrupt.
    pub each_per_day: Option<f64>,
}

/// What a job stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fleet {
    /// Accelerators that train.
    pub accelerators: u64,
    /// Accelerators of one node.
    pub node: u64,
    /// Nodes of one scale-up domain; 1 = each node is its own.
    pub domain: u64,
    /// Cables of the compute fabric.
    pub cables: Option<u64>,
    /// Its switches.
    pub switches: Option<u64>,
}

/// Causes with the key of their count in the constants.
const CAUSES: [(&str, &str); 5] = [
    ("accelerator", "interruptions/accelerator"),
    ("software", "interruptions/software"),
    ("network", "interruptions/network"),
    ("maintenance", "interruptions/maintenance"),
    ("host", "interruptions/host"),
];

/// Interruptions of a job that runs for about `duration` seconds. An `Err` names the constant
/// that is missing.
pub(super) fn failures(
    figures: Figures<'_>,
    plan: &ReliabilityPlan,
    fleet: Fleet,
    duration: f64,
) -> Result<Failures, String> {
    let key = match fleet.domain {
        0 | 1 => "interruptions/accelerator-day",
        _ => "interruptions/accelerator-day/rack-scale",
    };
    let mut rate = figures.range(key)?;
    let accelerators = fleet.accelerators as f64;
    // Small jobs were seen to fail more often than large ones let expect.
    if accelerators < figures.ratio("interruptions/small-job")? {
        rate.high *= figures.ratio("interruptions/small-job-factor")?;
    }
    let early = Early {
        share: figures.ratio(match plan.burnt_in {
            true => "early-failures/burnt-in",
            false => "early-failures/not-burnt-in",
        })?,
        days: figures.time("early-life")?.mid / DAY,
        yearly: figures.ratio("failures/accelerator-year")?,
    };
    if let Some(age) = plan.age {
        let extra = early.rate(age.get() / DAY, duration / DAY);
        rate = rate.map(|each| each + extra);
    }
    let stated = plan.mean_time.filter(|time| time.get() > 0.0);
    let per_day = match stated {
        Some(stated) => Range::exactly(DAY / stated.get()),
        None => rate.map(|each| each * accelerators),
    };
    Ok(Failures {
        per_accelerator_day: match stated {
            Some(_) => per_day.map(|all| all / accelerators),
            None => rate,
        },
        per_day,
        mean_time: per_day.map(|all| Seconds::new(DAY / all)),
        causes: causes(figures)?,
        parts: parts(figures, fleet, rate.mid)?,
        early: early.failed(NINETY_DAYS),
    })
}

fn causes(figures: Figures<'_>) -> Result<Vec<Cause>, String> {
    let mut causes = Vec::with_capacity(CAUSES.len());
    let mut all = 0.0;
    for (cause, key) in CAUSES {
        let share = figures.ratio(key)?;
        all += share;
        causes.push(Cause { cause, share });
    }
    for cause in &mut causes {
        cause.share /= all;
    }
    Ok(causes)
}

fn parts(figures: Figures<'_>, fleet: Fleet, rate: f64) -> Result<Vec<PartFaults>, String> {
    let node = rate * fleet.node as f64;
    let nodes = fleet.accelerators.div_ceil(fleet.node.max(1));
    let of = |part, count, each_per_day| PartFaults {
        part,
        count,
        each_per_day,
    };
    let published = |key: &str| figures.ratio(key).ok();
    let mut parts = vec![
        of("accelerator", Some(fleet.accelerators), Some(rate)),
        of("node", Some(nodes), Some(node)),
    ];
    if fleet.domain > 1 {
        let racks = nodes.div_ceil(fleet.domain);
        parts.push(of("rack", Some(racks), Some(node * fleet.domain as f64)));
    }
    parts.push(of("cable", fleet.cables, published("faults/cable-day")));
    parts.push(of("switch", fleet.switches, published("faults/switch-day")));
    let modules = fleet.cables.map(|cables| cables * 2);
    parts.push(of("optic", modules, published("faults/optic-day")));
    Ok(parts)
}

/// Early life: a share of the fleet fails beside the constant rate, most of it at first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Early {
    /// Share of the fleet that fails early.
    pub share: f64,
    /// Days in which all but 1/e of these have failed.
    pub days: f64,
    /// Share of the fleet that fails in each year besides.
    pub yearly: f64,
}

impl Early {
    /// Share of the fleet that has failed after so many days.
    pub fn failed(self, days: f64) -> f64 {
        self.left(0.0) - self.left(days) + self.yearly * days / DAYS_PER_YEAR
    }

    /// Early failures per accelerator and day, as mean over `duration` days from `age` on.
    pub fn rate(self, age: f64, duration: f64) -> f64 {
        if duration <= 0.0 {
            return 0.0;
        }
        (self.left(age) - self.left(age + duration)) / duration
    }

    fn left(self, days: f64) -> f64 {
        self.share * libm::exp(-days / self.days)
    }
}

pub(super) const DAY: f64 = 86_400.0;
const DAYS_PER_YEAR: f64 = 365.0;
const NINETY_DAYS: f64 = 90.0;
