//! From passes to service: a saturated instance in balance, a static batch, latency under load.

use super::calibration::Calibration;
use super::job::*;
use super::memory::{cache, capacity};
use super::pass::{Pass, pass};
use crate::catalogue::{Chip, EngineKind, Generation, Limits};

/// An instance in balance: as many requests begin as end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Sequences that run.
    pub running: f64,
    /// Time of a step that answers only, s.
    pub step: f64,
    /// Time that a request's prompt takes of the instance, s.
    pub prompt: f64,
    /// Requests completed per second by the instance.
    pub requests: f64,
}

impl Balance {
    /// Mean time between two tokens of an answer, s.
    pub fn between(&self, c: &Calibration, job: &Job<'_>, load: &Load) -> f64 {
        let others = (self.running - 1.0).max(0.0) / load.output.max(1.0);
        self.step / yielded(job) + c.interference * others * self.prompt
    }

    /// Median time between two tokens: steps with prompts count as soon as they are many.
    pub fn median_between(&self, c: &Calibration, job: &Job<'_>, load: &Load) -> f64 {
        let begun = self.running / load.output.max(1.0) * yielded(job);
        let share = begun / (begun + c.median_step);
        self.step / yielded(job) + share * begun / yielded(job) * self.prompt
    }
}

/// Tokens that a pass yields for a sequence.
pub(super) fn yielded(job: &Job<'_>) -> f64 {
    job.speculation.map_or(1.0, |s| s.accepted.max(1.0))
}

/// Time of a step in which each of the instance's running sequences goes on.
pub fn step(c: &Calibration, job: &Job<'_>, running: f64, context: f64) -> f64 {
    let stages = f64::from(job.layout.pp.max(1));
    let time = pass(c, job, &answering(job, running, context)).total() * staged(c, stages);
    time * (1.0 + job.speculation.map_or(0.0, |s| s.drafter * s.drafted))
}

/// The pass of such a step.
pub(super) fn answering(job: &Job<'_>, running: f64, context: f64) -> Pass {
    let stages = f64::from(job.layout.pp.max(1));
    let drafted = job.speculation.map_or(0.0, |s| s.drafted);
    // Stages work on a part of the sequences each; all of these go through all stages.
    let sequences = running / stages;
    Pass {
        tokens: sequences * (1.0 + drafted),
        sequences,
        context,
        chosen: sequences * (1.0 + drafted),
        prompt: false,
    }
}

/// Time that the instance spends on one prompt where `together` tokens of prompts are read in one
/// pass.
pub fn prefill(c: &Calibration, job: &Job<'_>, load: &Load, together: f64) -> f64 {
    let groups = f64::from(job.layout.groups.max(1));
    let what = reading(job, load, together);
    let request = match job.stack.kind {
        EngineKind::TensorRt | EngineKind::TensorRtTorch => c.request_nvidia,
        EngineKind::Vllm | EngineKind::Sglang => c.request_open,
    };
    let stages = f64::from(job.layout.pp.max(1));
    pass(c, job, &what).total() * staged(c, stages) / what.sequences / stages + request / groups
}

/// What a pipeline loses: stages wait for the longest part, and prompts and answers take turns.
fn staged(c: &Calibration, stages: f64) -> f64 {
    1.0 + c.bubble * (stages - 1.0)
}

/// A pass in which each group of ranks reads so many tokens of prompts.
pub(super) fn reading(job: &Job<'_>, load: &Load, together: f64) -> Pass {
    let tokens = load.computed();
    let groups = f64::from(job.layout.groups.max(1));
    let together = together.clamp(tokens.min(job.stack.chunk), job.stack.chunk) * groups;
    let sequences = together / tokens;
    Pass {
        tokens: together,
        sequences,
        context: load.prompt,
        chosen: sequences,
        prompt: true,
    }
}

/// Balance with so many running sequences.
pub fn balance(c: &Calibration, job: &Job<'_>, load: &Load, running: f64) -> Balance {
    let running = running.max(1.0);
    let step = step(c, job, running, load.context());
    let begun = running / load.output.max(1.0);
    let groups = f64::from(job.layout.groups.max(1));
    let prompt = prefill(c, job, load, begun * load.computed() / groups);
    // The first token comes with the prompt.
    let answers = (load.output - 1.0).max(0.0) / yielded(job) * step;
    Balance {
        running,
        step,
        prompt,
        requests: running / (answers + running * prompt),
    }
}

/// Sequences that run at once where requests never lack: what memory and engine allow.
pub fn most(c: &Calibration, job: &Job<'_>, load: &Load) -> f64 {
    let cap = job.stack.batch * f64::from(job.layout.groups.max(1));
    capacity(c, job, load).min(cap).max(1.0)
}

/// A saturated instance.
pub fn saturated(c: &Calibration, job: &Job<'_>, load: &Load) -> Balance {
    balance(c, job, load, most(c, job, load))
}

/// Time of a run of so many requests that are all there at its start, of which `running` run at
/// once: the last ones leave places empty.
pub fn whole_run(c: &Calibration, job: &Job<'_>, load: &Load, running: f64, requests: f64) -> f64 {
    let running = running.min(requests).max(1.0);
    let waves = libm::floor(requests / running);
    let rest = requests - waves * running;
    let time = |running: f64| running / balance(c, job, load, running).requests;
    let last = if rest >= 1.0 { time(rest) } else { 0.0 };
    waves * time(running) + last
}

/// Time of a static batch from its start to its end, s.
pub fn static_batch(c: &Calibration, job: &Job<'_>, load: &Load, batch: f64) -> f64 {
    let prompts = batch * prefill(c, job, load, batch * load.computed());
    prompts + (load.output - 1.0).max(0.0) / yielded(job) * step(c, job, batch, load.context())
}

/// Time before and after the prefill until the first token.
pub(super) fn around(c: &Calibration, job: &Job<'_>) -> f64 {
    match job.stack.kind {
        EngineKind::TensorRt => 0.0,
        EngineKind::TensorRtTorch => c.first_nvidia,
        EngineKind::Vllm => c.first_vllm,
        EngineKind::Sglang => c.first_sglang,
    }
}

/// Prompts that an arriving one waits for, of the others in flight.
fn wave(c: &Calibration, job: &Job<'_>) -> f64 {
    match (job.stack.generation, job.machine.chip) {
        (Generation::Sglang1 | Generation::SglangRecent, Chip::Blackwell) => c.wave_sglang,
        _ => c.wave,
    }
}

/// Latency of a closed loop.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Latency {
    /// Until the first token, s.
    pub first: f64,
    /// Between two further tokens, s.
    pub between: f64,
    /// The same, median.
    pub median_between: f64,
    /// Answers' tokens per second of the instance.
    pub rate: f64,
}

/// What each of `concurrency` users of an instance meets who ask again when they are answered.
pub fn closed_loop(c: &Calibration, job: &Job<'_>, load: &Load, concurrency: f64) -> Latency {
    let concurrency = concurrency.max(1.0);
    let most = most(c, job, load);
    let running = concurrency.min(most);
    let at = balance(c, job, load, running);
    let alone = prefill(c, job, load, load.computed()) * f64::from(job.layout.pp.max(1));
    let groups = f64::from(job.layout.groups.max(1));
    // Some begin together, as at the start of a run: half of them are ahead in the mean.
    let others = ((running - 1.0) / 2.0 / groups).max(0.0);
    let waves = alone + wave(c, job) * libm::pow(others, c.wave_power) * at.prompt * groups;
    let between = at.between(c, job, load);
    let kept_out = (concurrency - running) / running;
    let service = load.output * between + waves;
    Latency {
        first: around(c, job) + waves + c.wait * kept_out * service,
        between,
        median_between: at.median_between(c, job, load),
        rate: at.requests * load.output,
    }
}

/// The same where some of the instance's groups only read prompts and the others only answer
/// (disaggregated): as many read as keep up with the rest. Measured rows are read so, which name a
/// number of accelerators and no units; a design's units are searched (`disaggregate`).
pub fn split_loop(c: &Calibration, job: &Job<'_>, load: &Load, users: f64) -> Latency {
    let users = users.max(1.0);
    let all = f64::from(job.layout.groups.max(2));
    let part = |share: f64| {
        let mut part = job.clone();
        part.layout.groups = libm::round(all * share).clamp(1.0, all - 1.0) as u32;
        part.layout.ep = part.layout.ranks() as u32;
        part
    };
    let mut reading = 0.5;
    let mut found = Latency::default();
    for _ in 0..SPLITS {
        let (mut readers, writers) = (part(reading), part(1.0 - reading));
        readers.layout.ep = readers.layout.ep.min(READING_RANKS);
        let groups = f64::from(readers.layout.groups);
        // Work of one group for a prompt; the unit works on as many at once as it has groups.
        let prompt = prefill(c, &readers, load, job.stack.chunk) * groups;
        let alone = prefill(c, &readers, load, load.computed()) * groups;
        let most = most(c, &writers, load);
        let running = users.min(most);
        let between = step(c, &writers, running, load.context()) / yielded(job);
        let others = (users - 1.0) / 2.0 / groups;
        let waves = alone + c.wave * libm::pow(others.max(0.0), c.wave_power) * prompt;
        let sent = load.prompt * cache(job, 1.0) / (job.machine.network * c.network);
        let first = around(c, job) + c.split_first * waves + sent;
        let whole = first + (load.output - 1.0).max(0.0) * between;
        let requests = running / whole;
        found = Latency {
            first: first + c.wait * (users - running) / running * whole,
            between,
            median_between: between,
            rate: requests * load.output,
        };
        // Groups that reading alone would keep busy, against those that answering needs.
        let busy = requests * prompt;
        let answering = all - groups;
        reading = (busy / (busy + answering)).clamp(1.0 / all, 1.0 - 1.0 / all);
    }
    found
}

/// Ranks that experts are spread over where prompts are read: those units are a node, or less.
const READING_RANKS: u32 = 8;
/// Rounds until the parts of a disaggregated instance are known.
const SPLITS: usize = 6;

/// The saturated instance that still holds limits of latency: with fewer running sequences where it
/// must be.
pub fn within(c: &Calibration, job: &Job<'_>, load: &Load, limits: &Limits) -> Balance {
    let alone = prefill(c, job, load, load.computed()) * f64::from(job.layout.pp.max(1));
    let together = prefill(c, job, load, job.stack.chunk);
    let holds = |at: &Balance| {
        // Prompts wait for each other: 99 of 100 shorter than this, with random arrivals.
        let busy = (at.requests * together).min(0.99);
        let first = alone + NINETY_NINE * together * busy / (2.0 * (1.0 - busy));
        c.tail * at.between(c, job, load) <= limits.each.get() && first <= limits.first.get()
    };
    let most = most(c, job, load);
    let full = balance(c, job, load, most);
    if holds(&full) {
        return full;
    }
    let (mut low, mut high) = (1.0, most);
    for _ in 0..HALVINGS {
        let middle = libm::sqrt(low * high);
        if holds(&balance(c, job, load, middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    balance(c, job, load, low)
}

/// Multiple of the mean wait that 99 of 100 exponentially distributed waits stay below.
const NINETY_NINE: f64 = 4.6;
/// Halvings until the number of running sequences is known to a part in thousands.
const HALVINGS: usize = 14;
