//! Layouts that divide a model and a machine.

use super::job::{Job, Layout};

/// Layouts of an instance on at most `accelerators`, with as many replicas as there is room for.
pub fn layouts(job: &Job<'_>, accelerators: u32) -> Vec<Layout> {
    let mut found = Vec::new();
    let shape = job.shape;
    let domain = job.machine.domain.min(accelerators).max(1);
    let routed = shape.experts.map_or(0, |experts| experts.routed);
    for tp in powers(domain.min(LARGEST_TENSOR)) {
        if !shape.heads.max(1).is_multiple_of(tp) {
            continue;
        }
        for pp in powers((accelerators / tp).min(LARGEST_PIPELINE)) {
            for groups in powers(accelerators / tp / pp) {
                let ranks = tp.saturating_mul(groups);
                let spread = groups > 1 && (routed == 0 || ranks > domain || pp > 1);
                if spread || tp > 1 && groups > 1 {
                    continue;
                }
                let instance = ranks.saturating_mul(pp).max(1);
                let layout = Layout {
                    tp,
                    pp,
                    groups,
                    ep: if groups > 1 { ranks.min(routed) } else { 1 },
                    replicas: (accelerators / instance).max(1),
                };
                found.push(layout);
            }
        }
    }
    found
}

/// Tensor parallelism beyond this is not built.
const LARGEST_TENSOR: u32 = 8;
/// Stages beyond this are not built.
const LARGEST_PIPELINE: u32 = 8;

/// Powers of two. Of a domain that is none, such as 72, the rest stays idle or serves another replica.
fn powers(most: u32) -> impl Iterator<Item = u32> {
    (0..32)
        .map(|exponent| 1_u32 << exponent)
        .take_while(move |power| *power <= most.max(1))
}
