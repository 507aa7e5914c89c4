//! A step of post-training by reinforcement: answers are generated, scored and learned from, one
//! after the other on the same accelerators.

use super::forecast::{Forecast, UNLIKE};
use super::job::{Job, Precision};
use super::step::Step;
use crate::derive::Derived;
use crate::design::{Reinforcement, ReinforcementPlan};
use crate::predict::inference::{self as serving, Format, Layout, Load, Stack};
use crate::reference::World;

/// What a plan asks for, once all of it is stated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    method: Reinforcement,
    /// Sequences of a step.
    pub(super) answers: f64,
    load: Load,
    longest: f64,
    epochs: f64,
}

impl Asked {
    /// What a workload asks for; `None` where it does not learn by reinforcement.
    ///
    /// # Errors
    /// The field that is missing, as a path below the workload.
    pub(super) fn of(plan: &ReinforcementPlan) -> Result<Option<Self>, String> {
        let Some(method) = plan.method else {
            return Ok(None);
        };
        let need = |value: Option<u32>, field: &str| {
            let value = value.filter(|value| *value > 0);
            value
                .map(f64::from)
                .ok_or_else(|| format!("plan.reinforcement.{field}"))
        };
        let answers = need(plan.prompts, "prompts")? * need(plan.samples, "samples")?;
        Ok(Some(Self {
            method,
            answers,
            load: Load {
                prompt: need(plan.prompt, "prompt")?,
                output: need(plan.answer, "answer")?,
                // All answers to a prompt but the first find it read.
                cached: 1.0 - 1.0 / need(plan.samples, "samples")?,
            },
            longest: plan.longest.map_or(1.0, |longest| longest.get().max(1.0)),
            epochs: plan.epochs.map_or(1.0, |epochs| f64::from(epochs.max(1))),
        }))
    }

    /// Mean tokens of a prompt with its answer.
    pub(super) fn sequence(&self) -> f64 {
        self.load.prompt + self.load.output
    }

    /// The whole step, from that of the update alone.
    pub(super) fn step(&self, update: &Step, generation: f64) -> Step {
        let forward = update.forward() * self.method.scorers();
        let mut step = update.scaled(self.epochs * self.method.learners());
        step.scoring = forward;
        step.generation = generation;
        step
    }

    /// Says what is assumed of such a step, and gives it the band of a case unlike any measured.
    pub(super) fn told(&self, forecast: &mut Forecast, world: &World) {
        let mut say = |text: &str| forecast.remarks.push(text.to_owned());
        say(
            "learning by reinforcement is not measured: its phases are reckoned from training and from serving, one after the other",
        );
        say("models that only score are held in the host's memory between their turns");
        if self.longest <= 1.0 {
            say("answers of equal length are assumed; a step waits for its longest");
        }
        let mid = forecast.seconds.mid;
        if let Some(errors) = world.training.errors.get(UNLIKE) {
            forecast.seconds.low = mid * errors.band.0;
            forecast.seconds.high = mid * errors.band.1;
        }
        forecast.class = CLASS.to_owned();
        // What a network changes is reckoned for the update alone.
        forecast.elsewhere.clear();
    }
}

/// The class of such steps, of which no row is measured.
const CLASS: &str = "reinforcement";

/// Seconds in which all answers of a step are generated, with the best layout of instances.
///
/// # Errors
/// The datum that is missing.
pub(super) fn generation(
    derived: &Derived<'_>,
    job: &Job<'_>,
    plan: &ReinforcementPlan,
    asked: &Asked,
) -> Result<f64, String> {
    let c = serving::calibration(derived.world)?;
    let release = serving::release(derived.world, plan.engine.as_deref())?;
    let mut served = serving::Job {
        shape: job.shape,
        format: match job.precision {
            Precision::Half => Format::Half,
            Precision::Fp8 | Precision::Mxfp8 => Format::Fp8,
            Precision::Nvfp4 => Format::Nvfp4,
        },
        cache: 2.0,
        layout: Layout::ONE,
        machine: serving::machine(derived)?,
        stack: Stack::of(release)?,
        speculation: None,
    };
    let room = job.accelerators.min(served.machine.domain.max(1));
    let mut best: Option<f64> = None;
    for layout in serving::layouts(&served, room) {
        served.layout = Layout {
            replicas: 1,
            ..layout
        };
        if serving::capacity(&c, &served, &asked.load) < 1.0 {
            continue;
        }
        let instances = libm::floor(f64::from(job.accelerators) / layout.instance()).max(1.0);
        let requests = libm::ceil(asked.answers / instances);
        let running = serving::most(&c, &served, &asked.load);
        let all = serving::whole_run(&c, &served, &asked.load, running, requests);
        let rest = (asked.longest - 1.0) * asked.load.output;
        let seconds = all + rest * serving::step(&c, &served, 1.0, asked.load.prompt + rest);
        if best.is_none_or(|best| seconds < best) {
            best = Some(seconds);
        }
    }
    best.filter(|seconds| seconds.is_finite())
        .ok_or_else(|| format!("a way to serve this model on {room} accelerators"))
}
