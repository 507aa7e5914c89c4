//! Layouts of units: those of a scale-up domain, and those that spread the experts of a mixture beyond
//! it (wide EP), with copies of the busiest experts.

use super::calibration::Calibration;
use super::job::{Job, Layout};
use super::memory::cache;
use super::pass::{Pass, pass};
use super::search::layouts;
use crate::design::{ServingPlan, UnitPlan};

/// Bytes of keys and values of a token, all layers, one copy, at such a context.
pub fn bytes_per_token(job: &Job<'_>, context: f64) -> f64 {
    let mut one = job.clone();
    one.layout = Layout::ONE;
    cache(&one, context) / context.max(1.0)
}

/// Jobs of a unit in every layout that its plan allows.
pub(super) fn unit_layouts<'a>(
    job: &Job<'a>,
    own: &UnitPlan,
    plan: &ServingPlan,
    accelerators: u32,
) -> Vec<Job<'a>> {
    let is = |stated: Option<u32>, value: u32| stated.is_none_or(|stated| stated == value);
    let domain = job.machine.domain.max(1).min(accelerators);
    let mut all = layouts(job, domain);
    if plan.wide != Some(false) {
        all.extend(wide(job, accelerators, own.groups));
    }
    let allowed = |layout: &Layout| {
        is(own.tp, layout.tp) && is(own.pp, layout.pp) && is(own.groups, layout.groups)
    };
    all.into_iter()
        .filter(allowed)
        .map(|layout| laid_out(job, layout, plan.redundant))
        .collect()
}

/// Layouts whose experts are spread over more ranks than a scale-up domain has; each rank attends to
/// sequences of its own.
pub fn wide(job: &Job<'_>, accelerators: u32, stated: Option<u32>) -> Vec<Layout> {
    let Some(experts) = job.shape.experts else {
        return Vec::new();
    };
    let domain = job.machine.domain.max(1);
    let usual = DOMAINS.iter().map(|times| domain.saturating_mul(*times));
    let mut sizes: Vec<u32> = usual.chain(stated).collect();
    sizes.sort_unstable();
    sizes.dedup();
    // A rank without an expert of its own is of no use.
    sizes.retain(|ranks| *ranks > domain && *ranks <= accelerators.min(experts.routed));
    let layout = |ranks: u32| Layout {
        tp: 1,
        pp: 1,
        groups: ranks,
        ep: ranks,
        replicas: (accelerators / ranks).max(1),
    };
    sizes.into_iter().map(layout).collect()
}

/// A job in a layout, with the memory that copies of experts take set aside.
pub(super) fn laid_out<'a>(job: &Job<'a>, layout: Layout, redundant: Option<u32>) -> Job<'a> {
    let mut laid = job.clone();
    laid.layout = layout;
    laid.machine.memory -= copies(&laid, redundant);
    laid
}

/// Time of a pass that is cut in two halves, which hide each other's exchanges, as share of that in one
/// piece; never more. Each half reads the weights anew, and exchanges take some of the arithmetic.
pub(super) fn overlapped(c: &Calibration, job: &Job<'_>, what: &Pass, taken: f64) -> f64 {
    let whole = pass(c, job, what).total();
    let half = Pass {
        tokens: what.tokens / 2.0,
        sequences: what.sequences / 2.0,
        chosen: what.chosen / 2.0,
        ..*what
    };
    let half = pass(c, job, &half);
    let work = (half.total() - half.exchange) * (1.0 + taken);
    // The first layer of one half has nothing to hide behind.
    let begun = work.min(half.exchange) / f64::from(job.shape.layers.max(1));
    ((2.0 * work.max(half.exchange) + begun) / whole).min(1.0)
}

/// Bytes on an accelerator that copies of experts take.
pub(super) fn copies(job: &Job<'_>, redundant: Option<u32>) -> f64 {
    // Ranks that share one copy of each expert have none to spare for.
    if job.layout.ep <= 1 || job.shape.experts.is_none() {
        return 0.0;
    }
    let one = f64::from(job.shape.expert_layers()) * job.shape.expert_parameters();
    let all = f64::from(redundant.unwrap_or(0)) * one * job.format.bytes();
    all / job.layout.instance()
}

/// Scale-up domains that a unit takes.
const DOMAINS: [u32; 9] = [2, 3, 4, 6, 8, 12, 16, 18, 24];
