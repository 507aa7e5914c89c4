//! Prefixes, drafting, and units of their own.

use super::super::chosen::Chosen;
use super::super::forecast::Setup;
use super::{Bench, Lever, held};
use crate::design::{CacheRouting, Disaggregation, ServingPlan};

impl Bench<'_> {
    /// Prompts that come again as often as in the plan's own traffic, else as in a consumer's chat.
    pub(super) fn prefixes(&self, setup: &Setup<'_>) -> Vec<Lever> {
        let plan = &self.workload.serving;
        if plan.cached.is_some() {
            return Vec::new();
        }
        if setup.prefixes.is_some() {
            return self.routing(plan).into_iter().collect();
        }
        let known = &self.derived.world.inference.techniques.reuse;
        let traffic = plan.traffic.as_deref().unwrap_or(USUAL_REUSE);
        let key = match known.contains_key(traffic) {
            true => traffic,
            false => USUAL_REUSE,
        };
        let Some(reuse) = known.get(key) else {
            return Vec::new();
        };
        let lever = self.planned(|plan| plan.prefixes.reuse = Some(key.to_owned()));
        let lever = lever.and_then(|(changed, plan)| {
            let found = held(&changed, &plan, self.n)?;
            let caching = found.caching.as_ref()?;
            Some(Lever {
                name: format!(
                    "prefixes cached, {:.0} % of the prompts' tokens",
                    100.0 * caching.found
                ),
                yields: found.per_accelerator() / self.own,
                costs: format!(
                    "{} of keys and values within the time that sessions go on, in the tiers of this design; reuse as in {}",
                    size(caching.footprint),
                    reuse.name
                ),
                origin: Some(reuse.most.origin()),
                edits: self.set("prefixes.reuse", key),
            })
        });
        lever.into_iter().collect()
    }

    /// Requests reach the replica that holds their prefix.
    fn routing(&self, plan: &ServingPlan) -> Option<Lever> {
        if plan.prefixes.routing != Some(CacheRouting::Random) {
            return None;
        }
        let (changed, plan) =
            self.planned(|plan| plan.prefixes.routing = Some(CacheRouting::Aware))?;
        let known = &self.derived.world.inference.techniques;
        self.lever(
            &changed,
            &plan,
            "requests go to the replica that holds their prefix".into(),
            "a router that knows what each replica holds; load is less even".into(),
            known.origin("instance-hits"),
            self.set("prefixes.routing", "Aware"),
        )
    }

    pub(super) fn drafting(&self, setup: &Setup<'_>) -> Vec<Lever> {
        let now = self.workload.serving.drafting.drafter.as_ref();
        let ways = self.derived.world.inference.drafting.iter();
        let possible =
            ways.filter(|(key, way)| Some(*key) != now && (!way.own || setup.job.shape.mtp > 0));
        let levers = possible.filter_map(|(key, way)| {
            let (changed, plan) = self.planned(|plan| {
                plan.drafting.drafter = Some(key.clone());
                plan.drafting.drafted = None;
                plan.drafting.accepted = None;
            })?;
            let yielded = changed.job.speculation?.accepted;
            let other = changed.said("no acceptance").unwrap_or_default();
            let costs = format!(
                "none in quality: every token is verified; {yielded:.2} tokens a pass; it slows a full batch down{other}"
            );
            let edits = self.set(
                "drafting",
                serde_json::json!({ "drafter": key, "drafted": null, "accepted": null }),
            );
            let name = format!("tokens drafted by {}", way.name);
            let origin = Some(way.tokens.accepted.origin());
            self.lever(&changed, &plan, name, costs, origin, edits)
        });
        levers.collect()
    }

    /// Prefill and decode apart; experts beyond a scale-up domain.
    pub(super) fn units(&self, found: &Chosen<'_>) -> Vec<Lever> {
        let known = &self.derived.world.inference.techniques;
        let apart = || {
            let (changed, plan) =
                self.planned(|plan| plan.disaggregation.mode = Some(Disaggregation::Yes))?;
            let other = held(&changed, &plan, self.n)?;
            let fleet = other.disaggregated?;
            Some(Lever {
                name: format!(
                    "prefill and decode apart, {} units to {}",
                    fleet.prefill.layout.replicas, fleet.decode.layout.replicas
                ),
                yields: other.per_accelerator() / self.own,
                costs: format!(
                    "first token at p95 after {} in place of {}, of which keys and values travel {}; known to promise up to {:.0} % too much",
                    seconds(other.met.first.most),
                    seconds(found.met.first.most),
                    seconds(fleet.transfer),
                    100.0 * fleet.optimism
                ),
                origin: known.origin("apart-prefill"),
                edits: self.set("disaggregation.mode", "Yes"),
            })
        };
        let wide = || {
            let (changed, plan) = self.planned(|plan| plan.wide = Some(true))?;
            self.lever(
                &changed,
                &plan,
                "experts spread beyond a scale-up domain".into(),
                "an accelerator reads its share of the experts only; exchanges over the network; a fault stops a larger replica; hardly a measured row does it"
                    .into(),
                known.origin("wide-reads"),
                self.set("wide", true),
            )
        };
        let plan = &self.workload.serving;
        let mut levers = Vec::new();
        if found.disaggregated.is_none() {
            levers.extend(apart());
            let mixture = found.job.shape.experts.is_some();
            let larger = self.n > found.job.machine.domain;
            if mixture && larger && plan.wide.is_none() {
                levers.extend(wide());
            }
        }
        levers
    }
}

fn size(bytes: f64) -> String {
    match bytes >= TERA {
        true => format!("{:.1} TB", bytes / TERA),
        false => format!("{:.0} GB", bytes / GIGA),
    }
}

fn seconds(time: f64) -> String {
    match time >= 1.0 {
        true => format!("{time:.1} s"),
        false => format!("{:.0} ms", 1e3 * time),
    }
}

const GIGA: f64 = 1e9;
const TERA: f64 = 1e12;
/// Reuse that is meant where the traffic has none that was recorded.
pub(super) const USUAL_REUSE: &str = "alibaba-chat";
