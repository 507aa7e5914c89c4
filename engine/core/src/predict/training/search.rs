//! The best layout of a job: every layout that divides model and machine is tried.

use super::calibration::Calibration;
use super::job::*;
use super::memory::memory;
use super::step::{Step, step};

/// A layout with what it gives.
#[derive(Debug, Clone, Copy, PartialEq)]
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
}

fn allowed(fixed: Option<u32>, value: u32) -> bool {
    fixed.is_none_or(|fixed| fixed == value)
}

/// Searches the layouts of a job. Of `job.layout` only the schedule is kept. `limit` is how many
/// layouts are returned.
pub fn search(c: &Calibration, job: &Job<'_>, fixed: &Fixed, limit: usize) -> Found {
    let mut found = Found::default();
    let n = job.accelerators.max(1);
    for tp in powers(job.machine.domain.min(64).min(job.shape.heads.max(1))) {
        if !allowed(fixed.tp, tp) || !n.is_multiple_of(tp) || !job.shape.heads.is_multiple_of(tp) {
            continue;
        }
        for pp in 1..=(n / tp).min(job.shape.layers) {
            if !allowed(fixed.pp, pp)
                || !(n / tp).is_multiple_of(pp)
                || !divides(job.shape.layers, pp)
            {
                continue;
            }
            for cp in powers(n / tp / pp) {
                let tokens = job.sequence / f64::from(cp);
                if !(n / tp / pp).is_multiple_of(cp) || cp > 1 && tokens < SHORTEST_PART {
                    break;
                }
                let dp = n / tp / pp / cp;
                if !allowed(fixed.cp, cp) || f64::from(dp) > job.batch {
                    continue;
                }
                for ep in experts(job, tp * cp * dp) {
                    if !allowed(fixed.ep, ep) {
                        continue;
                    }
                    let layout = Layout {
                        tp,
                        pp,
                        vp: 1,
                        cp,
                        ep,
                        dp,
                        ..job.layout
                    };
                    best_of(c, job, layout, limit, &mut found);
                }
            }
        }
    }
    found.best.truncate(limit);
    found
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

/// Adds the fastest of one division of the machine over micro-batch, chunks, recomputation and
/// sharding.
fn best_of(c: &Calibration, job: &Job<'_>, layout: Layout, limit: usize, found: &mut Found) {
    let mut best: Option<Candidate> = None;
    let plain = job.stack.framework.plain();
    let shardings: &[Sharding] = if layout.pp > 1 || plain {
        &[Sharding::Optimizer]
    } else {
        &[Sharding::Optimizer, Sharding::Weights]
    };
    for micro_batch in [1, 2, 4, 8, 16] {
        let sequences = f64::from(layout.dp) * f64::from(micro_batch);
        if sequences > job.batch || job.batch % sequences != 0.0 {
            continue;
        }
        for vp in chunks(job.shape.layers, layout.pp) {
            for recompute in [Recompute::None, Recompute::Full] {
                for &sharding in shardings {
                    let mut job = job.clone();
                    job.layout = Layout {
                        vp,
                        micro_batch,
                        recompute,
                        sharding,
                        ..layout
                    };
                    found.tried += 1;
                    let memory = memory(&job).total();
                    let fits = memory <= job.machine.memory;
                    if !fits {
                        found.too_large += 1;
                        let least = found.smallest.map_or(f64::INFINITY, |least| least.memory);
                        if memory >= least {
                            continue;
                        }
                    }
                    let step = step(c, &job);
                    let candidate = Candidate {
                        layout: job.layout,
                        step,
                        seconds: step.total(),
                        memory,
                    };
                    if !fits {
                        found.smallest = Some(candidate);
                    } else if best.is_none_or(|best| candidate.seconds < best.seconds) {
                        best = Some(candidate);
                    }
                }
            }
        }
    }
    let Some(best) = best else { return };
    let at = found
        .best
        .partition_point(|other| other.seconds <= best.seconds);
    if at < limit {
        found.best.insert(at, best);
        found.best.truncate(limit);
    }
}

/// Chunks per stage that layers allow.
pub fn chunks(layers: u32, pp: u32) -> impl Iterator<Item = u32> {
    let most = if pp > 1 { (layers / pp).max(1) } else { 1 };
    (1..=most).filter(move |vp| *vp == 1 || divides(layers, pp * vp))
}
