//! The best layout of a job: every layout that divides model and machine is tried.

use super::calibration::Calibration;
use super::job::*;
use super::memory::memory;
use super::step::{Step, estimate, step};
use crate::written::Write;

/// A layout with what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Candidate {
    /// The layout.
    pub layout: Layout,
    /// The step.
    pub step: Step,
    /// Seconds of the step.
    pub seconds: f64,
    /// Bytes on the fullest rank.
    pub memory: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The fastest layouts that fit, best first; of those that differ in micro-batch, chunks or
    /// recomputation only, the fastest.
    pub best: Vec<Candidate>,
    /// Layouts tried.
    pub tried: u64,
    /// Of them, how many do not fit into memory.
    pub too_large: u64,
    /// The smallest memory of any layout, where none fits.
    pub smallest: Option<Candidate>,
}

/// Degrees that a search does not choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fixed {
    /// Tensor parallel.
    pub tp: Option<u32>,
    /// Pipeline stages.
    pub pp: Option<u32>,
    /// Context parallel.
    pub cp: Option<u32>,
    /// Expert parallel.
    pub ep: Option<u32>,
    /// Sequences of a micro-batch.
    pub micro_batch: Option<u32>,
    /// Recomputation.
    pub recompute: Option<Recompute>,
}

fn allowed(fixed: Option<u32>, value: u32) -> bool {
    fixed.is_none_or(|fixed| fixed == value)
}

/// Searches the layouts of a job. Of `job.layout` only the schedule is kept. `limit` is how many
/// layouts are returned.
pub fn search(c: &Calibration, job: &Job<'_>, fixed: &Fixed, limit: usize) -> Found {
    let mut search = Search {
        c,
        fixed,
        limit,
        job: job.clone(),
        found: Found::default(),
    };
    let n = job.accelerators.max(1);
    for tp in powers(
        job.machine
            .domain
            .min(LARGEST_TENSOR)
            .min(job.shape.heads.max(1)),
    ) {
        if !allowed(fixed.tp, tp) || tp > n || !job.shape.heads.is_multiple_of(tp) {
            continue;
        }
        for pp in 1..=(n / tp).min(job.shape.layers) {
            if allowed(fixed.pp, pp) && divides(job.shape.layers, pp) {
                for cp in powers(n / tp / pp) {
                    search.divided(n, tp, pp, cp);
                }
            }
        }
    }
    search.refine();
    search.found
}

struct Search<'a> {
    c: &'a Calibration,
    fixed: &'a Fixed,
    limit: usize,
    /// The job, whose layout changes.
    job: Job<'a>,
    found: Found,
}

impl Search<'_> {
    /// Layouts of these degrees.
    fn divided(&mut self, n: u32, tp: u32, pp: u32, cp: u32) {
        let short = cp > 1 && self.job.sequence / f64::from(cp) < SHORTEST_PART;
        if short || !allowed(self.fixed.cp, cp) {
            return;
        }
        let Some(dp) = replicas(&self.job, n / tp / pp / cp) else {
            return;
        };
        // Accelerators that do not make up a replica stay idle, but only a few.
        let used = tp * pp * cp * dp;
        if f64::from(used) < MOST_IDLE * f64::from(n) {
            return;
        }
        self.job.accelerators = used;
        for ep in experts(&self.job, tp * cp * dp) {
            if allowed(self.fixed.ep, ep) {
                let schedule = self.job.layout.schedule;
                self.best_of(Layout {
                    tp,
                    pp,
                    vp: 1,
                    cp,
                    ep,
                    dp,
                    micro_batch: 1,
                    recompute: Recompute::None,
                    sharding: Sharding::Optimizer,
                    schedule,
                });
            }
        }
    }

    /// Adds the fastest of one division of the machine over micro-batch, chunks, recomputation
    /// and sharding.
    fn best_of(&mut self, layout: Layout) {
        let mut best: Option<Candidate> = None;
        for micro_batch in [1, 2, 4, 8, 16] {
            let sequences = f64::from(layout.dp) * f64::from(micro_batch);
            let large = micro_batch > 1 && sequences > self.job.batch;
            if large || !allowed(self.fixed.micro_batch, micro_batch) {
                continue;
            }
            let asked = layout.schedule.chunks().filter(|_| layout.pp > 1);
            let allowed = |vp: &u32| asked.is_none_or(|asked| asked == *vp);
            for vp in chunks(self.job.shape.layers, layout.pp).filter(allowed) {
                for recompute in [Recompute::None, Recompute::Full] {
                    if self.fixed.recompute.is_none_or(|fixed| fixed == recompute) {
                        for &sharding in shardings(&self.job, layout.pp) {
                            self.try_one(
                                Layout {
                                    vp,
                                    micro_batch,
                                    recompute,
                                    sharding,
                                    ..layout
                                },
                                &mut best,
                            );
                        }
                    }
                }
            }
        }
        let Some(best) = best else { return };
        let all = &mut self.found.best;
        let at = all.partition_point(|other| other.seconds <= best.seconds);
        if at < self.limit {
            all.insert(at, best);
            all.truncate(self.limit);
        }
    }

    /// Predicts the shortlist in full; what is played may come out in another order.
    fn refine(&mut self) {
        let mut best = std::mem::take(&mut self.found.best);
        for candidate in best.iter_mut().chain(&mut self.found.smallest) {
            self.job.layout = candidate.layout;
            self.job.accelerators = candidate.layout.ranks();
            candidate.step = step(self.c, &self.job);
            candidate.seconds = candidate.step.total();
        }
        best.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        self.found.best = best;
    }

    fn try_one(&mut self, layout: Layout, best: &mut Option<Candidate>) {
        self.job.layout = layout;
        self.found.tried += 1;
        let memory = memory(self.c, &self.job).total();
        let fits = memory <= self.job.machine.memory;
        if !fits {
            self.found.too_large += 1;
            let least = self
                .found
                .smallest
                .map_or(f64::INFINITY, |least| least.memory);
            if memory >= least {
                return;
            }
        }
        let step = estimate(self.c, &self.job);
        let candidate = Candidate {
            layout,
            step,
            seconds: step.total(),
            memory,
        };
        if !fits {
            self.found.smallest = Some(candidate);
        } else if best.is_none_or(|best| candidate.seconds < best.seconds) {
            *best = Some(candidate);
        }
    }
}

fn shardings(job: &Job<'_>, pp: u32) -> &'static [Sharding] {
    if pp > 1 || job.stack.framework.plain() {
        &[Sharding::Optimizer]
    } else {
        &[Sharding::Optimizer, Sharding::Weights]
    }
}

/// Tensor parallelism beyond this is not built.
const LARGEST_TENSOR: u32 = 64;
/// Share of the accelerators that a layout must use.
const MOST_IDLE: f64 = 0.9;

/// Data-parallel ranks: as many as there is room for and the batch feeds evenly, else as many as
/// there is room for.
fn replicas(job: &Job<'_>, room: u32) -> Option<u32> {
    let most = f64::from(room).min(job.batch) as u32;
    let even = (1..=most)
        .rev()
        .take(64)
        .find(|dp| job.batch % f64::from(*dp) == 0.0);
    let close = |dp: &u32| f64::from(*dp) >= MOST_IDLE * f64::from(most);
    even.filter(close).or((most > 0).then_some(most))
}

/// Parts of a sequence shorter than this leave nothing to overlap with.
const SHORTEST_PART: f64 = 1024.0;

fn powers(most: u32) -> impl Iterator<Item = u32> {
    (0..32)
        .map(|exponent| 1_u32 << exponent)
        .take_while(move |power| *power <= most.max(1))
}

/// Whether layers can be dealt out evenly, embedding and head counting as a layer each or not.
pub fn divides(layers: u32, parts: u32) -> bool {
    layers.is_multiple_of(parts) || (layers + 2).is_multiple_of(parts)
}

fn experts(job: &Job<'_>, ranks: u32) -> Vec<u32> {
    let Some(experts) = job.shape.experts else {
        return vec![1];
    };
    powers(ranks.min(experts.routed))
        .filter(|ep| ranks.is_multiple_of(*ep) && experts.routed.is_multiple_of(*ep))
        .collect()
}

/// Chunks per stage that layers allow.
pub fn chunks(layers: u32, pp: u32) -> impl Iterator<Item = u32> {
    let most = if pp > 1 { (layers / pp).max(1) } else { 1 };
    (1..=most).filter(move |vp| *vp == 1 || divides(layers, pp * vp))
}
