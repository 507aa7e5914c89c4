//! Prefill and decode in units of their own: how many of each the accelerators at hand make, what the
//! pair yields, and what moving keys and values between them adds to the first token.

use super::asked::Asked;
use super::calibration::Calibration;
use super::choose::{Choice, front};
use super::job::{Job, Layout, Load};
use super::latency::Met;
use super::memory::capacity;
use super::pairs::{Pair, Reader, Writer, splits};
use super::units::{bytes_per_token, unit_layouts};
use crate::catalogue::{Chip, Techniques};
use crate::design::ServingPlan;
use crate::written::Write;

/// Units of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct PhaseUnit {
    /// Layout of one, its replicas the number of units.
    pub layout: Layout,
    /// Requests per second that one could take.
    pub rate: f64,
    /// Share of that which is asked of it.
    pub busy: f64,
}

impl PhaseUnit {
    /// Accelerators of all units.
    pub fn accelerators(&self) -> f64 {
        self.layout.instance() * f64::from(self.layout.replicas)
    }
}

/// What bounds a fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum Bound {
    /// Units that read prompts.
    Prefill,
    /// Units that write answers.
    Decode,
    /// The limit of the first token.
    FirstToken,
}

/// Prefill and decode units that work together.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Disaggregated {
    /// Units that read prompts.
    pub prefill: PhaseUnit,
    /// Units that write answers.
    pub decode: PhaseUnit,
    /// Bytes of keys and values that move with a prompt.
    pub moved: f64,
    /// Time that they take, s.
    pub transfer: f64,
    /// They stay inside a scale-up domain.
    pub inside: bool,
    /// What bounds the rate.
    pub bound: Bound,
    /// By how much the matching of rates is known to promise too much, as share of what was measured.
    pub optimism: f64,
}

/// Published corrections of the matching of rates.
#[derive(Debug, Clone, Copy)]
pub struct Factors {
    pub(super) prefill: f64,
    pub(super) decode: f64,
    pub(super) first: f64,
    pub(super) optimism: f64,
    pub(super) optimism_prefill: f64,
    pub(super) prefill_heavy: f64,
    pub(super) taken: f64,
}

impl Factors {
    /// From the world.
    ///
    /// # Errors
    /// The figure that is missing.
    pub fn of(known: &Techniques) -> Result<Self, String> {
        Ok(Self {
            prefill: known.figure("apart-prefill")?,
            decode: known.figure("apart-decode")?,
            first: known.figure("apart-first")?,
            optimism: known.figure("apart-optimism")?,
            optimism_prefill: known.figure("apart-optimism-prefill")?,
            prefill_heavy: known.figure("apart-prefill-heavy")?,
            taken: known.figure("overlap-taken")?,
        })
    }
}

/// Seconds that keys and values of a prompt take from one unit to another, and their bytes.
pub fn transfer(c: &Calibration, from: &Job<'_>, to: &Job<'_>, load: &Load) -> (f64, f64) {
    let bytes = bytes_per_token(from, load.prompt) * load.prompt;
    let ranks = |job: &Job<'_>| f64::from(job.layout.tp.max(1)) * f64::from(job.layout.pp.max(1));
    // Each rank sends its part over links of its own; the side with fewer is the slower.
    let links = ranks(from).min(ranks(to));
    (bytes / links / link(c, from, to), bytes)
}

/// Bytes per second of the link between an accelerator of each.
fn link(c: &Calibration, from: &Job<'_>, to: &Job<'_>) -> f64 {
    let machine = &from.machine;
    if !is_inside(from, to) {
        return machine.network * c.network;
    }
    machine.scale_up
        * match machine.chip {
            _ if machine.pcie => c.link,
            Chip::Blackwell => c.scale_up_blackwell,
            _ => c.scale_up,
        }
}

pub(super) fn is_inside(from: &Job<'_>, to: &Job<'_>) -> bool {
    from.layout.instance() + to.layout.instance() <= f64::from(from.machine.domain)
}

/// What was found.
pub(super) struct Matched<'a> {
    pub(super) fleet: Disaggregated,
    /// The job of a decode unit.
    pub(super) job: Job<'a>,
    pub(super) met: Met,
    pub(super) missed: bool,
    pub(super) candidates: Vec<Choice>,
    pub(super) front: Vec<Choice>,
    pub(super) curve: Vec<Met>,
}

/// The best pair of units and their numbers, of all that the accelerators have room for.
///
/// # Errors
/// Why there is none.
pub(super) fn matched<'a>(
    c: &Calibration,
    job: &Job<'a>,
    plan: &ServingPlan,
    asked: &Asked,
    factors: &Factors,
    accelerators: u32,
) -> Result<Matched<'a>, String> {
    let units = |own| {
        let jobs = unit_layouts(job, own, plan, accelerators);
        jobs.into_iter()
            .filter(|unit| capacity(c, unit, &asked.load) >= 1.0)
            .collect::<Vec<_>>()
    };
    let readers: Vec<Reader<'_>> = units(&plan.disaggregation.prefill)
        .into_iter()
        .map(|job| Reader::of(c, job, asked, plan, factors))
        .collect();
    let writers: Vec<Writer<'_>> = units(&plan.disaggregation.decode)
        .into_iter()
        .map(|job| Writer::of(c, job, asked, plan, factors))
        .collect();
    let mut found: Option<(bool, f64, Pair<'_, '_>)> = None;
    let mut shown = Vec::new();
    for writer in &writers {
        let mut best: Option<(bool, f64, Pair<'_, '_>)> = None;
        for reader in &readers {
            for (readers, writers) in splits(reader, writer, plan, accelerators) {
                let pair = Pair {
                    c,
                    asked,
                    reader,
                    writer,
                    counts: (readers, writers),
                    first: factors.first,
                };
                let (rate, holds) = pair.highest();
                let held = holds && writer.holds;
                if best
                    .as_ref()
                    .is_none_or(|(also, most, _)| (held, rate) > (*also, *most))
                {
                    best = Some((held, rate, pair));
                }
            }
        }
        let Some((held, rate, pair)) = best else {
            continue;
        };
        shown.push(pair.choice(rate, held));
        if found
            .as_ref()
            .is_none_or(|(also, most, _)| (held, rate) > (*also, *most))
        {
            found = Some((held, rate, pair));
        }
    }
    let Some((held, rate, pair)) = found else {
        return Err(format!(
            "memory: no prefill unit and decode unit of these degrees fit on {accelerators} accelerators"
        ));
    };
    shown.sort_by(|a, b| {
        let yields = b.per_accelerator.total_cmp(&a.per_accelerator);
        b.holds.cmp(&a.holds).then(yields)
    });
    shown.truncate(SHOWN);
    let loads = writers
        .iter()
        .flat_map(|writer| writer.loads(c, asked, &readers));
    Ok(Matched {
        fleet: pair.fleet(factors, rate),
        job: pair.writer.job.clone(),
        met: pair.met(rate),
        missed: !held,
        candidates: shown,
        front: front(loads.collect()),
        curve: pair.curve(),
    })
}

/// Layouts that are shown.
const SHOWN: usize = 6;
