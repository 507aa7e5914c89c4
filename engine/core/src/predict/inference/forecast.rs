//! A model served on a design: the layout, what it yields within limits of latency, and how that
//! changes with the load.

use super::*;
use crate::catalogue::{Range, Traffic};
use crate::derive::Derived;
use crate::design::{ServingPlan, Workload};
use crate::quantity::{Ratio, TokensPerSec};
use crate::sourced::Sourced;
use crate::written::Write;

/// What a service is predicted to yield.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Service {
    /// Accelerators at hand.
    pub accelerators: u32,
    /// Key of the engine's release.
    pub engine: String,
    /// Number format of the weights.
    pub format: Format,
    /// Bytes of an element of keys and values.
    pub cache: f64,
    /// Mean tokens of prompt and answer, and the share of prompts that is cached.
    pub load: Load,
    /// The layout: as the design states it, or that which yields most per accelerator.
    pub layout: Layout,
    /// Copies of it that the accelerators have room for.
    pub replicas: u32,
    /// Memory of the fullest accelerator at that load, part by part, bytes.
    pub memory: Memory,
    /// Memory of an accelerator, bytes.
    pub capacity: f64,
    /// Sequences that there is room for on one replica.
    pub room: f64,
    /// What requests meet at the highest load that holds the limits.
    pub met: Met,
    /// The limits cannot be held at any load: the lightest is shown.
    pub missed: bool,
    /// Requests per second of all replicas, with the band of measured rows of this kind.
    pub requests: Range<f64>,
    /// Output tokens per second and accelerator.
    pub per_accelerator: Range<TokensPerSec>,
    /// Replicas that the stated traffic needs, spare ones included; `None` where none is stated.
    pub needed: Option<Range<f64>>,
    /// One replica from light to full load.
    pub curve: Vec<Met>,
    /// Of all layouts and loads, those that no other beats in both: speed per user, yield.
    pub front: Vec<Choice>,
    /// Layouts that were considered, the best first.
    pub candidates: Vec<Choice>,
    /// The class of measured rows by whose errors the band goes.
    pub class: String,
    /// What was assumed.
    pub remarks: Vec<String>,
}

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
}

/// Predicts the service of a workload on so many accelerators.
///
/// # Errors
/// The datum that is missing: a field below the workload, or a name in the world.
pub fn service(
    derived: &Derived<'_>,
    workload: &Workload,
    accelerators: u64,
) -> Result<Service, String> {
    let world = derived.world;
    let c = calibration(world)?;
    let model = derived.model(&workload.model).ok_or("model")?;
    let shape = model.shape.get();
    let shape = shape.ok_or_else(|| format!("models.{}.shape", model.id))?;
    let plan = &workload.serving;
    let mut remarks = Vec::new();
    let asked = Asked::of(derived, plan, &mut remarks)?;
    let machine = machine(derived)?;
    let engine = plan.engine.clone().unwrap_or_else(|| USUAL_ENGINE.into());
    let release = release(world, Some(&engine))?;
    if plan.engine.is_none() {
        remarks.push(format!("the engine is assumed: {engine}"));
    }
    let format = plan.format.unwrap_or_else(|| usual_format(&machine));
    if plan.format.is_none() {
        remarks.push(format!("weights in {} are assumed", format.word()));
    }
    let narrow = release.narrow_cache && format != Format::Half;
    let cache = if plan.narrow_cache.unwrap_or(narrow) {
        1.0
    } else {
        2.0
    };
    let job = Job {
        shape,
        format,
        cache,
        layout: Layout::ONE,
        machine,
        stack: Stack::of(release),
        speculation: None,
    };
    let accelerators = u32::try_from(accelerators).unwrap_or(u32::MAX);
    let found = Found::of(&c, &job, plan, &asked, accelerators)?;
    let errors = &world.inference.errors;
    let class = class(&job);
    let band = errors.get(class).or_else(|| errors.get(UNLIKE));
    let (low, high) = band.map_or((1.0, 1.0), |class| class.band);
    if errors.get(class).is_none() {
        remarks.push(format!("the band is that of {UNLIKE}"));
    }
    let best = found.job;
    let instance = best.layout.instance();
    let replicas = (accelerators / (instance as u32).max(1)).max(1);
    // The band is of a time: what takes longer yields less.
    let ranged = |mid: f64| Range {
        low: mid / high,
        mid,
        high: mid / low,
    };
    let each = ranged(found.met.requests);
    let spare = f64::from(plan.spare.unwrap_or(0));
    let needed = plan.requests.map(|requests| {
        let replicas = |rate: f64| libm::ceil(requests.get() / rate) + spare;
        Range {
            low: replicas(each.high),
            mid: replicas(each.mid),
            high: replicas(each.low),
        }
    });
    Ok(Service {
        accelerators,
        engine,
        format,
        cache,
        load: asked.load,
        layout: best.layout,
        replicas,
        memory: memory(&c, &best, &asked.load, found.met.running),
        capacity: best.machine.memory,
        room: most(&c, &best, &asked.load),
        requests: each.map(|rate| rate * f64::from(replicas)),
        per_accelerator: each.map(|rate| TokensPerSec::new(rate * asked.load.output / instance)),
        needed,
        curve: curve(&Loaded::new(&c, &best, asked.load, asked.scatter)),
        met: found.met,
        missed: found.missed,
        front: found.front,
        candidates: found.candidates,
        class: class.to_owned(),
        remarks,
    })
}

/// The class whose errors stand for those of a case unlike any measured.
const UNLIKE: &str = "a model and accelerator left out";

/// The class of measured rows that a service belongs to.
fn class(job: &Job<'_>) -> &'static str {
    if job.shape.experts.is_some() {
        "saturated, experts"
    } else {
        "saturated, dense"
    }
}

/// What most serve in on a chip.
fn usual_format(machine: &Machine) -> Format {
    if machine.eight > machine.half {
        Format::Fp8
    } else {
        Format::Half
    }
}

/// What is asked of a service.
struct Asked {
    load: Load,
    scatter: Scatter,
    limits: Option<(f64, f64)>,
    share: f64,
}

impl Asked {
    fn of(
        derived: &Derived<'_>,
        plan: &ServingPlan,
        remarks: &mut Vec<String>,
    ) -> Result<Self, String> {
        let traffics = &derived.world.inference.traffics;
        let traffic = match &plan.traffic {
            Some(key) => {
                let found = traffics.get(key);
                Some(found.ok_or_else(|| format!("inference.traffics.{key}"))?)
            }
            None => None,
        };
        let length = |stated: Option<u32>, of: fn(&Traffic) -> Option<u32>, field: &str| {
            let stated = stated.or_else(|| traffic.and_then(of));
            stated
                .filter(|tokens| *tokens > 0)
                .map(f64::from)
                .ok_or_else(|| format!("serving.{field}"))
        };
        let load = Load {
            prompt: length(plan.prompt, |traffic| traffic.prompt.known(), "prompt")?,
            output: length(plan.output, |traffic| traffic.output.known(), "output")?,
            cached: plan
                .cached
                .map_or(0.0, |cached| cached.get().clamp(0.0, 1.0)),
        };
        if traffic.is_none() {
            remarks.push(
                "no traffic is named: requests come by chance, and scatter in length as those of a conversation".into(),
            );
        }
        let usual = traffics.get(USUAL_TRAFFIC);
        let scatter = Scatter {
            arrivals: traffic
                .and_then(|traffic| share(&traffic.arrivals))
                .unwrap_or(1.0),
            prompts: scattered(traffic, usual, |traffic| &traffic.prompt_scatter),
            outputs: scattered(traffic, usual, |traffic| &traffic.output_scatter),
        };
        let limits = match (plan.first, plan.each) {
            (None, None) => None,
            (first, each) => {
                let seconds = |limit: Option<crate::quantity::Seconds>| {
                    limit.map_or(f64::INFINITY, |limit| limit.get())
                };
                Some((seconds(first), seconds(each)))
            }
        };
        if limits.is_none() {
            remarks.push("no limit of latency is stated: the yield is that of full load".into());
        }
        Ok(Self {
            load,
            scatter,
            limits,
            share: plan.percentile.map_or(USUAL_SHARE, |share| share.get()),
        })
    }

    fn holds(&self, met: &Met) -> bool {
        let Some((first, each)) = self.limits else {
            return true;
        };
        let at = |of: &Percentiles| match self.share {
            share if share <= 0.5 => of.half,
            share if share <= 0.95 => of.most,
            _ => of.nearly,
        };
        at(&met.first) <= first && at(&met.each) <= each
    }
}

fn share(ratio: &Sourced<Ratio>) -> Option<f64> {
    ratio.known().map(|ratio| ratio.get())
}

/// The variation of a length in a traffic, else in the usual one.
fn scattered(
    traffic: Option<&Traffic>,
    usual: Option<&Traffic>,
    of: fn(&Traffic) -> &Sourced<Ratio>,
) -> f64 {
    let own = traffic.and_then(|traffic| share(of(traffic)));
    own.or_else(|| share(of(usual?))).unwrap_or(1.0)
}

/// The traffic whose scatter stands for one that is not named.
const USUAL_TRAFFIC: &str = "azure-conversation";
/// Share of the requests that limits are for, where none is stated.
const USUAL_SHARE: f64 = 0.95;
/// Loads between one sequence and all that there is room for.
const LOADS: i32 = 14;
/// Layouts that are shown.
const SHOWN: usize = 6;

/// What a search found.
struct Found<'a> {
    job: Job<'a>,
    met: Met,
    missed: bool,
    candidates: Vec<Choice>,
    front: Vec<Choice>,
}

impl<'a> Found<'a> {
    fn of(
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
        let mut best: Option<(bool, f64, Layout, Met)> = None;
        let mut candidates = Vec::new();
        let mut all = Vec::new();
        let (mut tried, mut large) = (0_u32, 0_u32);
        for layout in layouts(job, accelerators).into_iter().filter(allowed) {
            tried += 1;
            let mut trial = job.clone();
            trial.layout = layout;
            if capacity(c, &trial, &asked.load) < 1.0 {
                large += 1;
                continue;
            }
            let loaded = Loaded::new(c, &trial, asked.load, asked.scatter);
            let (held, met) = highest(&loaded, asked, &mut |met| {
                all.push(choice(&trial, asked, met))
            });
            let own = choice(&trial, asked, &met);
            candidates.push((held, own));
            let better = best
                .as_ref()
                .is_none_or(|(was, yielded, ..)| (held, own.per_accelerator) > (*was, *yielded));
            if better {
                best = Some((held, own.per_accelerator, layout, met));
            }
        }
        let Some((held, _, layout, met)) = best else {
            return Err(if large > 0 {
                format!(
                    "memory: none of {tried} layouts on {accelerators} accelerators holds the model"
                )
            } else {
                format!("a layout of these degrees on {accelerators} accelerators")
            });
        };
        candidates.sort_by(|a, b| {
            let yields = b.1.per_accelerator.total_cmp(&a.1.per_accelerator);
            b.0.cmp(&a.0).then(yields)
        });
        let mut job = job.clone();
        job.layout = layout;
        Ok(Self {
            job,
            met,
            missed: !held,
            candidates: candidates
                .into_iter()
                .map(|(_, own)| own)
                .take(SHOWN)
                .collect(),
            front: front(all),
        })
    }
}

fn choice(job: &Job<'_>, asked: &Asked, met: &Met) -> Choice {
    Choice {
        layout: job.layout,
        running: met.running,
        speed: 1.0 / met.each.half,
        per_accelerator: met.requests * asked.load.output / job.layout.instance(),
    }
}

/// The highest load that holds the limits, and whether any does; every load is shown to `seen`.
fn highest(loaded: &Loaded<'_>, asked: &Asked, seen: &mut dyn FnMut(&Met)) -> (bool, Met) {
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
        return (false, lightest.unwrap_or_default());
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
            best = if met.requests > best.requests {
                met
            } else {
                best
            };
        } else {
            high = middle;
        }
    }
    (true, best)
}

/// Halvings between two loads.
const HALVINGS: usize = 5;
/// Share of the room that a service in use fills: beyond it requests wait without end.
const FULLEST: f64 = 0.97;

/// Those that no other beats in both, the fastest for a user first.
fn front(mut all: Vec<Choice>) -> Vec<Choice> {
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
fn curve(loaded: &Loaded<'_>) -> Vec<Met> {
    let room = loaded.room() * FULLEST;
    let mut curve: Vec<Met> = Vec::new();
    for step in 1..=CURVE {
        let met = loaded.at(room * f64::from(step) / f64::from(CURVE));
        if curve.last().is_none_or(|last| met.requests > last.requests) {
            curve.push(met);
        }
    }
    curve
}

/// Points of the curve.
const CURVE: u32 = 24;
