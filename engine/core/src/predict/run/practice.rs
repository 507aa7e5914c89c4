//! From the steps to the days: checkpoints, interruptions and what is missing, together.

use super::Job;
use super::checkpoint::{Checkpoint, best, young};
use super::failures::Failures;
use super::figures::Figures;
use super::goodput::{efficiency, expected};
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::{Optimiser, Saving, Workload};
use crate::quantity::{Bytes, BytesPerSec, Seconds};
use crate::written::Write;

/// Share of the time that is progress, and where the rest goes.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Goodput {
    /// Effective training time: progress as share of the time in which the job has its units.
    pub effective: Range<f64>,
    /// The same by the first-order estimate that operators published, for comparison.
    pub first_order: f64,
    /// Effective time, and the share of the capacity that is there.
    pub with_missing: Range<f64>,
    /// Interruptions from start to end.
    pub interruptions: Range<f64>,
}

/// Everything that decides how the time of the steps becomes the time of the run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Practice {
    bytes: f64,
    write: f64,
    read: f64,
    saving: Saving,
    /// What training waits beyond the copy of its state, where it is staged.
    aside: f64,
    stated_blocking: Option<f64>,
    interval: Option<f64>,
    step: f64,
    mean_time: Range<f64>,
    recovery: Range<f64>,
    evaluation: Range<f64>,
    accelerators: f64,
}

impl Practice {
    pub fn new(
        derived: &Derived<'_>,
        figures: Figures<'_>,
        workload: &Workload,
        job: &Job,
        failures: &Failures,
    ) -> Result<Self, String> {
        let plan = &workload.plan;
        let (write, read) = storage(derived, job)?;
        let key = match plan.checkpoint.optimiser {
            Optimiser::Adam => "checkpoint",
            Optimiser::Adam8Bit => "checkpoint/adam-8-bit",
            Optimiser::Momentum => "checkpoint/momentum",
            Optimiser::Muon => "checkpoint/muon",
            Optimiser::MuonHalf => "checkpoint/muon-half",
        };
        let each = match plan.checkpoint.bytes_per_parameter {
            Some(stated) => stated.get(),
            None => figures.bytes(key)?,
        };
        let bytes = job.parameters.get() * each;
        let copy = bytes / job.accelerators.max(1) as f64 / figures.rate("host-copy")?;
        let positive = |stated: Option<Seconds>| stated.map(Seconds::get).filter(|t| *t > 0.0);
        Ok(Self {
            bytes,
            write,
            read,
            saving: plan.checkpoint.saving,
            aside: figures.time("staged-blocking")?.mid + copy,
            stated_blocking: plan.checkpoint.blocking.map(Seconds::get),
            interval: positive(plan.checkpoint.interval),
            step: job.step.mid.get(),
            mean_time: failures.mean_time.map(Seconds::get),
            recovery: match plan.reliability.recovery {
                Some(stated) => Range::exactly(stated.get()),
                None => figures.time("recovery")?,
            },
            evaluation: match plan.evaluation {
                Some(stated) => Range::exactly(stated.get()),
                None => figures.range("evaluation-share")?,
            },
            accelerators: job.accelerators as f64,
        })
    }

    /// Saving, on storage so many times as fast.
    pub fn checkpoint(&self, faster: f64) -> Checkpoint {
        let drain = self.bytes / (self.write * faster);
        let blocking = self.stated_blocking.unwrap_or(match self.saving {
            Saving::Staged => self.aside,
            Saving::Blocking => drain,
        });
        let mean_time = self.mean_time.mid;
        // One is not begun before the last has drained, nor twice within a step.
        let least = drain.max(blocking + self.step);
        let best = best(mean_time, blocking).max(least);
        let interval = self.interval.map_or(best, |stated| stated.max(least));
        Checkpoint {
            bytes: Bytes::new(self.bytes),
            write_rate: BytesPerSec::new(self.write * faster),
            blocking: Seconds::new(blocking),
            drain: Seconds::new(drain),
            reload: Seconds::new(self.bytes / (self.read * faster)),
            interval: Seconds::new(interval),
            best: Seconds::new(best),
            young: Seconds::new(young(mean_time, blocking)),
            blocked: blocking / interval,
        }
    }

    /// Effective share at a mean time between interruptions.
    fn share(&self, checkpoint: &Checkpoint, mean_time: f64, recovery: f64) -> f64 {
        // What was not drained when the interruption came is done again.
        let again = match self.saving {
            Saving::Staged => checkpoint.drain.get(),
            Saving::Blocking => 0.0,
        };
        let reload = checkpoint.reload.get() + again;
        let (blocking, period) = (checkpoint.blocking.get(), checkpoint.interval.get());
        efficiency(mean_time, blocking, period, recovery, reload)
    }

    fn effective(&self, checkpoint: &Checkpoint) -> Range<f64> {
        self.mean_time.zip(self.recovery, |mean_time, recovery| {
            self.share(checkpoint, mean_time, recovery)
        })
    }

    /// Seconds from start to end.
    pub fn time(
        &self,
        ideal: Range<f64>,
        checkpoint: &Checkpoint,
        capacity: Range<f64>,
    ) -> Range<f64> {
        let left = self.effective(checkpoint).zip(capacity, |a, b| a * b);
        let work = ideal.zip(self.evaluation, |steps, share| steps * (1.0 + share));
        work.zip(left, |work, left| work / left)
    }

    /// Where the time goes.
    pub fn goodput(
        &self,
        checkpoint: &Checkpoint,
        capacity: Range<f64>,
        time: Range<f64>,
    ) -> Goodput {
        let effective = self.effective(checkpoint);
        let restart = self.recovery.mid + checkpoint.reload.get();
        let (blocking, interval) = (checkpoint.blocking.get(), checkpoint.interval.get());
        Goodput {
            effective,
            first_order: expected(self.mean_time.mid, blocking, interval, restart),
            with_missing: effective.zip(capacity, |a, b| a * b),
            interruptions: time.zip(self.mean_time, |time, mean| time / mean),
        }
    }

    /// Accelerators for a run that takes no longer than `deadline`. More of them are
    /// interrupted more often, so that each round asks for what the last one fell short of.
    pub fn needed(
        &self,
        ideal: Range<f64>,
        checkpoint: &Checkpoint,
        capacity: Range<f64>,
        deadline: f64,
    ) -> Option<Range<u64>> {
        let work = ideal.zip(self.evaluation, |steps, share| steps * (1.0 + share));
        let end = |work: f64, mean_time: f64, recovery: f64, capacity: f64| {
            let alone = work * self.accelerators / deadline;
            let mut count = alone;
            for _ in 0..ROUNDS {
                let mean_time = mean_time * self.accelerators / count;
                let left = self.share(checkpoint, mean_time, recovery) * capacity;
                let next = alone / left;
                if next.is_nan() || next > f64::from(crate::design::MAX_COUNT) {
                    return None;
                }
                count = next;
            }
            Some(libm::ceil(count) as u64)
        };
        let (t, r) = (self.mean_time, self.recovery);
        Some(Range {
            low: end(work.low, t.low, r.low, capacity.low)?,
            mid: end(work.mid, t.mid, r.mid, capacity.mid)?,
            high: end(work.high, t.high, r.high, capacity.high)?,
        })
    }
}

/// Write and read rate that the job gets: of the storage, or of its nodes' links to it.
fn storage(derived: &Derived<'_>, job: &Job) -> Result<(f64, f64), String> {
    let system = &derived.design.storage.system;
    let missing = |field: &str| match system.as_str() {
        "" => "storage.system".to_owned(),
        id => format!("{id}.{field}"),
    };
    let positive = |rate: Option<BytesPerSec>| rate.map(BytesPerSec::get).filter(|r| *r > 0.0);
    let facts = &derived.storage;
    let write = positive(facts.write).ok_or_else(|| missing("write"))?;
    let read = positive(facts.read).ok_or_else(|| missing("read"))?;
    let links = derived.main_node().and_then(|node| {
        let ports = node
            .storage_ports
            .count
            .known()
            .filter(|ports| *ports > 0)?;
        let rate = node.storage_ports.rate.known()?.get() / BITS_PER_BYTE;
        let nodes = job
            .accelerators
            .div_ceil(u64::from(node.accelerators.known()?.max(1)));
        Some(rate * f64::from(ports) * nodes as f64).filter(|rate| *rate > 0.0)
    });
    let links = links.unwrap_or(f64::INFINITY);
    Ok((write.min(links), read.min(links)))
}

const BITS_PER_BYTE: f64 = 8.0;
const ROUNDS: usize = 16;
