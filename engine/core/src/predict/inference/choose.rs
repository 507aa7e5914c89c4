//! The choice of a layout and a load: all are tried.

use super::asked::Asked;
use super::calibration::Calibration;
use super::job::{Job, Layout};
use super::latency::{Loaded, Met};
use super::memory::capacity;
use super::search::layouts;
use super::units::{laid_out, wide};
use crate::design::ServingPlan;
use crate::written::Write;

/// A layout at a load.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Choice {
    /// The layout.
    pub layout: Layout,
    /// Sequences that run at once on one replica.
    pub running: f64,
    /// Tokens per second that one user sees.
    pub speed: f64,
    /// Output tokens per second and accelerator.
    pub per_accelerator: f64,
    /// It holds the limits of latency.
    pub holds: bool,
}

/// What a search found.
pub(super) struct Found<'a> {
    /// The job in its best layout.
    pub(super) job: Job<'a>,
    /// What requests meet there.
    pub(super) met: Met,
    /// No load of any layout holds the limits.
    pub(super) missed: bool,
    /// Layouts, the best first.
    pub(super) candidates: Vec<Choice>,
    /// Layouts and loads that no other beats in both speed and yield.
    pub(super) front: Vec<Choice>,
}

impl<'a> Found<'a> {
    /// Tries every layout of a replica, within a scale-up domain or, where none of these holds the model
    /// or the plan, on all accelerators.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn of(
        c: &Calibration,
        job: &Job<'a>,
        plan: &ServingPlan,
        asked: &Asked,
        accelerators: u32,
    ) -> Result<Self, String> {
        let allowed = |layout: &Layout| {
            let is = |stated: Option<u32>, value: u32| stated.is_none_or(|stated| stated == value);
            is(plan.tp, layout.tp) && is(plan.pp, layout.pp) && is(plan.groups, layout.groups)
        };
        let mut found: Vec<(Choice, Met)> = Vec::new();
        let mut all = Vec::new();
        let mut tried = 0_u32;
        // A replica leaves its scale-up domain only where it must or may: hardly a measured row does.
        let domain = job.machine.domain.max(1).min(accelerators);
        let first = if plan.wide == Some(true) {
            accelerators
        } else {
            domain
        };
        for most in [first, accelerators] {
            if !found.is_empty() {
                break;
            }
            tried = 0;
            let mut all_layouts = layouts(job, most);
            if most > domain && plan.wide != Some(false) {
                all_layouts.extend(wide(job, most, plan.groups));
            }
            for layout in all_layouts.into_iter().filter(allowed) {
                tried += 1;
                let trial = laid_out(job, layout, plan.redundant);
                if capacity(c, &trial, &asked.load) < 1.0 {
                    continue;
                }
                let loaded =
                    Loaded::new(c, &trial, asked.load, asked.scatter).loading(asked.loading);
                let met = highest(&loaded, asked, &mut |met| {
                    all.push(choice(&trial, asked, met))
                });
                found.push((choice(&trial, asked, &met), met));
            }
        }
        // Those that hold the limits first, then those that yield most.
        found.sort_by(|(a, _), (b, _)| {
            let yields = b.per_accelerator.total_cmp(&a.per_accelerator);
            b.holds.cmp(&a.holds).then(yields)
        });
        let Some((best, met)) = found.first().copied() else {
            return Err(match tried {
                0 => format!("a layout of these degrees on {accelerators} accelerators"),
                _ => format!(
                    "memory: none of {tried} layouts on {accelerators} accelerators holds the model"
                ),
            });
        };
        Ok(Self {
            job: laid_out(job, best.layout, plan.redundant),
            met,
            missed: !best.holds,
            candidates: found.iter().map(|(own, _)| *own).take(SHOWN).collect(),
            front: front(all),
        })
    }
}

fn choice(job: &Job<'_>, asked: &Asked, met: &Met) -> Choice {
    Choice {
        layout: job.layout,
        running: met.running,
        speed: met.speed(),
        per_accelerator: met.requests * asked.load.output / job.layout.instance(),
        holds: asked.holds(met),
    }
}

/// The highest load that holds the limits, or the lightest where none does; every load is shown to
/// `seen`.
fn highest(loaded: &Loaded<'_>, asked: &Asked, seen: &mut dyn FnMut(&Met)) -> Met {
    let room = loaded.room();
    let at = |step: i32| loaded.at(libm::pow(room, f64::from(step) / f64::from(LOADS)) * FULLEST);
    let mut found: Option<Met> = None;
    let mut lightest = None;
    for step in 0..=LOADS {
        let met = at(step);
        seen(&met);
        lightest.get_or_insert(met);
        let more = found.is_none_or(|found| met.requests >= found.requests);
        if asked.holds(&met) && more {
            found = Some(met);
        }
    }
    let Some(found) = found else {
        return lightest.unwrap_or_default();
    };
    // Between this load and the next.
    let (mut low, mut high) = (
        found.running,
        (found.running * libm::pow(room, 1.0 / f64::from(LOADS))).min(room * FULLEST),
    );
    let mut best = found;
    for _ in 0..HALVINGS {
        let middle = libm::sqrt(low * high);
        let met = loaded.at(middle);
        if asked.holds(&met) {
            low = middle;
            if met.requests > best.requests {
                best = met;
            }
        } else {
            high = middle;
        }
    }
    best
}

/// Halvings between two loads.
const HALVINGS: usize = 5;
/// Share of the room that a service in use fills: beyond it requests wait without end.
const FULLEST: f64 = 0.97;

/// Those that no other beats in both, the fastest for a user first.
pub(super) fn front(mut all: Vec<Choice>) -> Vec<Choice> {
    all.retain(|one| one.speed.is_finite() && one.per_accelerator.is_finite());
    all.sort_by(|a, b| b.speed.total_cmp(&a.speed));
    let mut front: Vec<Choice> = Vec::new();
    for one in all {
        let beats = front
            .last()
            .is_none_or(|last| one.per_accelerator > last.per_accelerator);
        if beats {
            front.push(one);
        }
    }
    front
}

/// One replica from light to full load.
pub(super) fn curve(loaded: &Loaded<'_>) -> Vec<Met> {
    let room = loaded.room() * FULLEST;
    let mut curve: Vec<Met> = Vec::new();
    for step in 1..=CURVE {
        // Latency moves most where few run: the steps are finer there.
        let share = f64::from(step) / f64::from(CURVE);
        let met = loaded.at(room * share * share);
        if curve.last().is_none_or(|last| met.requests > last.requests) {
            curve.push(met);
        }
    }
    curve
}

/// Points of the curve.
const CURVE: u32 = 24;

/// Loads between one sequence and all that there is room for.
const LOADS: i32 = 14;
/// Layouts that are shown.
const SHOWN: usize = 6;
