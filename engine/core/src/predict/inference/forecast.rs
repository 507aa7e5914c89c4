//! A model served on a design: the layout, what it yields within limits of latency, and how that
//! changes with the load.

use super::adapters::slowed;
use super::asked::Asked;
use super::bands::band;
use super::choose::{Choice, Found, curve};
use super::*;
use crate::catalogue::Range;
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
    /// What was assumed.
    pub remarks: Vec<String>,
}

/// Everything of a service but its layout.
pub(super) struct Setup<'a> {
    pub(super) c: Calibration,
    pub(super) asked: Asked,
    pub(super) job: Job<'a>,
    engine: String,
    remarks: Vec<String>,
}

impl<'a> Setup<'a> {
    /// From a workload and its plan.
    ///
    /// # Errors
    /// The datum that is missing: a field below the workload, or a name in the world.
    pub(super) fn of(derived: &'a Derived<'_>, workload: &Workload) -> Result<Self, String> {
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
        let job = Job {
            shape,
            format,
            cache: stated.map_or(usual, |narrow| if narrow { 1.0 } else { 2.0 }),
            layout: Layout::ONE,
            machine,
            stack: Stack::of(release)?,
            speculation: None,
        };
        Ok(Self {
            c,
            asked,
            job,
            engine,
            remarks,
        })
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
    let Setup {
        c,
        asked,
        job,
        engine,
        mut remarks,
    } = Setup::of(derived, workload)?;
    let (format, cache) = (job.format, job.cache);
    let accelerators = u32::try_from(accelerators).unwrap_or(u32::MAX);
    let found = Found::of(&c, &job, plan, &asked, accelerators)?;
    let best = found.job;
    let data = &derived.world.inference;
    let release = release(derived.world, Some(&engine))?;
    let kind = (format, job.shape.experts.is_some());
    let backing = Backing::of(data, (best.machine.chip, release), kind);
    let instance = best.layout.instance();
    let domain = f64::from(best.machine.domain);
    if instance > domain {
        remarks.push(format!(
            "a replica spans more than the {domain} accelerators of a scale-up domain, which hardly a measured row does: extrapolated"
        ));
    }
    let replicas = (accelerators / (instance as u32).max(1)).max(1);
    let each = with_band(derived.world, plan, backing.thin, found.met.requests)?;
    let spare = f64::from(plan.spare.unwrap_or(0));
    let needed = plan.requests.map(|requests| {
        let replicas = |rate: f64| libm::ceil(requests.get() / rate) + spare;
        Range {
            low: replicas(each.high),
            mid: replicas(each.mid),
            high: replicas(each.low),
        }
    });
    let per_accelerator = each.map(|rate| TokensPerSec::new(rate * asked.load.output / instance));
    // Replicas beyond those that the traffic needs are free for other work.
    let kept = needed.map_or(f64::from(replicas), |needed| {
        needed.mid.min(f64::from(replicas)).max(1.0)
    });
    let all = each.mid * kept;
    let energy = consumption::energy(
        derived,
        plan,
        &c,
        &best,
        (&asked.load, &found.met),
        (per_accelerator, all),
    );
    let energy_missing = energy.as_ref().err().cloned();
    Ok(Service {
        accelerators,
        backing,
        energy: energy.ok(),
        energy_missing,
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
        per_accelerator,
        needed,
        curve: curve(&Loaded::new(&c, &best, asked.load, asked.scatter)),
        met: found.met,
        missed: found.missed,
        front: found.front,
        candidates: found.candidates,
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

impl Service {
    /// Accelerators that replicas are made of; the rest are too few for another.
    pub fn used(&self) -> f64 {
        f64::from(self.replicas) * self.layout.instance()
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
    if machine.eight > machine.half {
        Format::Fp8
    } else {
        Format::Half
    }
}

/// A service whose scheduler can be played.
pub struct Player<'a>(Setup<'a>);

impl<'a> Player<'a> {
    /// One replica of a workload's service in this layout.
    ///
    /// # Errors
    /// The datum that is missing, as with [`service`].
    pub fn of(
        derived: &'a Derived<'_>,
        workload: &Workload,
        layout: Layout,
    ) -> Result<Self, String> {
        let mut setup = Setup::of(derived, workload)?;
        setup.job.layout = layout;
        Ok(Self(setup))
    }

    /// `requests` requests at `rate` per second, by chance and yet the same for a seed.
    pub fn play(&self, rate: f64, requests: u32, seed: u64) -> Simulation<'_> {
        let asked = (self.0.asked.load, self.0.asked.scatter);
        Simulation::new(&self.0.c, &self.0.job, asked, rate, requests, seed)
    }
}
