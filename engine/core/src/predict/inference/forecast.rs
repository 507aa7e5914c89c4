//! A model served on a design: the layout, what it yields within limits of latency, and how that
//! changes with the load.

use super::adapters::slowed;
use super::asked::Asked;
use super::bands::band;
use super::choose::Choice;
use super::chosen::Chosen;
use super::disaggregate::Disaggregated;
use super::drafting::speculation;
use super::prefixes::{Caching, Prefixes};
use super::units::{copies, laid_out};
use super::*;
use crate::catalogue::{Chip, Range, Techniques};
use crate::derive::Derived;
use crate::design::{ServingPlan, Workload};
use crate::quantity::TokensPerSec;
use crate::reference::World;
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
    /// Measured rows that stand behind it.
    pub backing: Backing,
    /// Energy and emissions; `None` while a datum is missing.
    pub energy: Option<Energy>,
    /// The datum that is missing for it.
    pub energy_missing: Option<String>,
    /// Prefill and decode in units of their own; then `layout`, `memory` and `room` are those of a
    /// decode unit, and there is one replica: the whole.
    pub disaggregated: Option<Disaggregated>,
    /// What is found again of prompts, where it follows from what caches hold.
    pub caching: Option<Caching>,
    /// Drafted tokens.
    pub speculation: Option<Speculation>,
    /// Of the time that prompts take, the share of looking back on what of them is cached.
    pub looking: f64,
    /// What was assumed.
    pub remarks: Vec<String>,
}

/// Everything of a service but its layout.
pub(super) struct Setup<'a> {
    pub(super) c: Calibration,
    pub(super) asked: Asked,
    pub(super) job: Job<'a>,
    pub(super) prefixes: Option<Prefixes<'a>>,
    pub(super) techniques: &'a Techniques,
    engine: String,
    remarks: Vec<String>,
}

impl<'a> Setup<'a> {
    /// From a workload and its plan.
    ///
    /// # Errors
    /// The datum that is missing: a field below the workload, or a name in the world.
    pub(super) fn of(derived: &'a Derived<'a>, workload: &Workload) -> Result<Self, String> {
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
        let usual = world.inference.cache(&workload.model, format, release);
        let stated = plan.narrow_cache;
        let drafted = (model.id.as_str(), shape);
        let speculation = speculation(world, &plan.drafting, drafted, &mut remarks)?;
        let prefixes = Prefixes::of(derived, &plan.prefixes, &mut remarks)?;
        let job = Job {
            shape,
            format,
            cache: stated.map_or(usual, |narrow| if narrow { 1.0 } else { 2.0 }),
            layout: Layout::ONE,
            machine,
            stack: Stack::of(release)?,
            speculation,
        };
        Ok(Self {
            c,
            asked,
            job,
            prefixes,
            techniques: &world.inference.techniques,
            engine,
            remarks,
        })
    }
}

impl Setup<'_> {
    /// The remark that begins so, as the continuation of a sentence.
    pub(super) fn said(&self, begins: &str) -> Option<String> {
        let found = self.remarks.iter().find(|said| said.starts_with(begins));
        found.map(|said| format!("; {said}"))
    }
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
    let plan = &workload.serving;
    let mut setup = Setup::of(derived, workload)?;
    let accelerators = u32::try_from(accelerators).unwrap_or(u32::MAX);
    let found = Chosen::of(&setup, plan, accelerators)?;
    let mut remarks = std::mem::take(&mut setup.remarks);
    remarks.extend(said(&setup, &found, plan));
    let release = release(derived.world, Some(&setup.engine))?;
    let kind = (found.job.format, found.job.shape.experts.is_some());
    let chip = found.job.machine.chip;
    let backing = Backing::of(&derived.world.inference, (chip, release), kind);
    let replicas = found.count(accelerators);
    // Hardly a measured row has units of their own.
    let thin = backing.thin || found.disaggregated.is_some();
    let mut each = with_band(derived.world, plan, thin, found.met.requests)?;
    // Matched rates promise too much besides.
    let optimism = found.disaggregated.map_or(0.0, |fleet| fleet.optimism);
    each.low /= 1.0 + optimism;
    let spare = f64::from(plan.spare.unwrap_or(0));
    let needed = plan.requests.map(|requests| {
        let replicas = |rate: f64| libm::ceil(requests.get() / rate) + spare;
        Range {
            low: replicas(each.high),
            mid: replicas(each.mid),
            high: replicas(each.low),
        }
    });
    let (best, load, size) = (&found.job, found.asked.load, found.size());
    let copies = copies(best, plan.redundant);
    let mut memory = memory(&setup.c, best, &load, found.met.running);
    memory.experts += copies;
    let per_accelerator = each.map(|rate| TokensPerSec::new(rate * load.output / size));
    // Replicas beyond those that the traffic needs are free for other work.
    let kept = needed.map_or(replicas, |needed| needed.mid.min(replicas).max(1.0));
    let rates = (per_accelerator, each.mid * kept);
    let energy = match found.disaggregated {
        Some(_) => Err("the measured power of prefill and decode in units of their own".into()),
        None => consumption::energy(derived, plan, &setup.c, best, (&load, &found.met), rates),
    };
    let energy_missing = energy.as_ref().err().cloned();
    Ok(Service {
        accelerators,
        backing,
        energy: energy.ok(),
        energy_missing,
        engine: setup.engine,
        format: best.format,
        cache: best.cache,
        load,
        layout: best.layout,
        replicas: replicas as u32,
        memory,
        capacity: best.machine.memory + copies,
        room: most(&setup.c, best, &load),
        requests: each.map(|rate| rate * replicas),
        per_accelerator,
        needed,
        speculation: best.speculation,
        looking: looking(&setup.c, best, &load),
        curve: found.curve,
        met: found.met,
        missed: found.missed,
        front: found.front,
        candidates: found.candidates,
        disaggregated: found.disaggregated,
        caching: found.caching,
        remarks,
    })
}

/// A rate with the band of its class, wider on thin evidence, and with the adapters of the plan.
///
/// # Errors
/// The constant that is missing.
pub(super) fn with_band(
    world: &World,
    plan: &ServingPlan,
    thin: bool,
    mid: f64,
) -> Result<Range<f64>, String> {
    let (low, high) = band(world, CLASS, thin);
    // The band is of a time: what takes longer yields less.
    let bare = Range {
        low: mid / high,
        mid,
        high: mid / low,
    };
    slowed(world, plan, bare)
}

/// Of the time that prompts take, the share of looking back on what of them is cached.
fn looking(c: &Calibration, job: &Job<'_>, load: &Load) -> f64 {
    let bare = Load {
        prompt: load.computed(),
        cached: 0.0,
        ..*load
    };
    let time = |load: &Load| prefill(c, job, load, job.stack.chunk);
    (1.0 - time(&bare) / time(load)).clamp(0.0, 1.0)
}

/// What else a person must know of what was found.
fn said(setup: &Setup<'_>, found: &Chosen<'_>, plan: &ServingPlan) -> Vec<String> {
    let mut remarks = Vec::new();
    let domain = f64::from(found.job.machine.domain);
    let reads = found
        .disaggregated
        .map(|fleet| fleet.prefill.layout.instance());
    let largest = found.job.layout.instance().max(reads.unwrap_or(0.0));
    if largest > domain {
        remarks.push(format!(
            "a replica spans more than the {domain} accelerators of a scale-up domain, which hardly a measured row does: extrapolated"
        ));
    }
    if let Some(fleet) = &found.disaggregated {
        remarks.push(format!(
            "prefill and decode apart: rates of the units are corrected and the first token is delayed as published; matched rates are known to promise up to {:.0} % too much, which the low end of the band counts in",
            100.0 * fleet.optimism
        ));
    }
    if plan.redundant.is_some_and(|copies| copies > 0) && found.job.layout.ep > 1 {
        remarks.push(
            "copies of experts are counted as memory; the better balance that they bring is not measured apart".into(),
        );
    }
    if plan.prefixes.reuse.is_some() && plan.cached.is_some() {
        remarks.push(
            "the stated share of cached prompts is taken; what tiers hold is not reckoned".into(),
        );
    }
    if setup.job.speculation.is_none() && plan.drafting.drafted.is_some() {
        remarks.push("no drafter is named: no tokens are drafted".into());
    }
    remarks
}

impl Service {
    /// Accelerators that replicas are made of; the rest are too few for another.
    pub fn used(&self) -> f64 {
        match &self.disaggregated {
            Some(fleet) => fleet.prefill.accelerators() + fleet.decode.accelerators(),
            None => f64::from(self.replicas) * self.layout.instance(),
        }
    }

    /// Accelerators of a replica; of the whole, where prefill and decode have units of their own.
    pub fn size(&self) -> f64 {
        self.used() / f64::from(self.replicas.max(1))
    }

    /// The rest: too few for another replica.
    pub fn idle(&self) -> u32 {
        self.accelerators.saturating_sub(self.used() as u32)
    }

    /// Requests per second that one replica answers, with their band.
    pub fn replica(&self) -> Range<f64> {
        self.requests.map(|rate| rate / f64::from(self.replicas))
    }

    /// Output tokens per second of all replicas.
    pub fn tokens(&self) -> TokensPerSec {
        self.per_accelerator.mid * self.used()
    }
}

/// The class whose errors stand for those of a case unlike any measured.
pub const UNLIKE: &str = "a model on an accelerator left out";

/// The class of measured rows whose errors a yield has.
const CLASS: &str = "saturated";

/// What most serve in on a chip.
pub(super) fn usual_format(machine: &Machine) -> Format {
    // Ampere's 8-bit products are of integers, in which few serve.
    if machine.eight > machine.half && machine.chip != Chip::Ampere {
        Format::Fp8
    } else {
        Format::Half
    }
}

/// A service whose scheduler can be played.
pub struct Player<'a>(Setup<'a>);

impl<'a> Player<'a> {
    /// One replica of a workload's service as it was predicted.
    ///
    /// # Errors
    /// The datum that is missing, as with [`service`].
    pub fn of(
        derived: &'a Derived<'a>,
        workload: &Workload,
        service: &Service,
    ) -> Result<Self, String> {
        let mut setup = Setup::of(derived, workload)?;
        setup.job = laid_out(&setup.job, service.layout, workload.serving.redundant);
        setup.asked.load = service.load;
        let loading = service.caching.as_ref().map(|caching| caching.loading);
        setup.asked.loading = loading.unwrap_or(0.0);
        Ok(Self(setup))
    }

    /// `requests` requests at `rate` per second, by chance and yet the same for a seed.
    pub fn play(&self, rate: f64, requests: u32, seed: u64) -> Simulation<'_> {
        let asked = (self.0.asked.load, self.0.asked.scatter);
        Simulation::new(&self.0.c, &self.0.job, asked, rate, requests, seed)
            .loading(self.0.asked.loading)
    }
}
