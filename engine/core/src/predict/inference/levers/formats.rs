//! Narrower weights, keys and values.

use super::super::forecast::Setup;
use super::{Bench, Lever};
use crate::quantity::Ratio;
use crate::sourced::Sourced;
use crate::written::Write;

impl Bench<'_> {
    /// Narrower weights, with what of the quality they keep.
    pub(super) fn formats(&self, setup: &Setup<'_>) -> Vec<Lever> {
        let small = setup.job.shape.parameters() < SMALL;
        let formats = self.derived.world.inference.formats.values();
        let narrower = formats.filter(|kept| kept.format.bytes() < setup.job.format.bytes());
        let levers = narrower.filter_map(|kept| {
            let (changed, plan) = self.planned(|plan| plan.format = Some(kept.format))?;
            let share = if small { &kept.small } else { &kept.kept };
            let edits = self.set("format", kept.format.write().into_json());
            let name = format!("weights in {}", kept.format.word());
            self.lever(
                &changed,
                &plan,
                name,
                keeps(share),
                Some(share.origin()),
                edits,
            )
        });
        levers.collect()
    }

    pub(super) fn cache(&self, setup: &Setup<'_>) -> Option<Lever> {
        if setup.job.cache <= 1.0 {
            return None;
        }
        let (changed, plan) = self.planned(|plan| plan.narrow_cache = Some(true))?;
        let kept = &self.derived.world.inference.narrow_cache;
        self.lever(
            &changed,
            &plan,
            "keys and values in 8 bits".into(),
            keeps(kept),
            Some(kept.origin()),
            self.set("narrow_cache", true),
        )
    }
}

/// Models below this lose most to narrow formats.
pub(super) const SMALL: f64 = 1.5e10;
/// What of a published score is kept, in words.
fn keeps(share: &Sourced<Ratio>) -> String {
    match share.known() {
        Some(share) => format!("keeps {:.1} % of the published score", 100.0 * share.get()),
        None => "what it keeps is not known".into(),
    }
}
