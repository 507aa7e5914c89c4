//! What is asked of a service: lengths, how they scatter, and the limits of latency.

use super::job::Load;
use super::latency::{Met, Percentiles, Scatter};
use crate::catalogue::Traffic;
use crate::derive::Derived;
use crate::design::ServingPlan;
use crate::quantity::{Ratio, Seconds};
use crate::sourced::Sourced;

/// What is asked of a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) load: Load,
    pub(super) scatter: Scatter,
    /// Time before the first token in which cached prefixes are loaded, s.
    pub(super) loading: f64,
    limits: Option<(f64, f64)>,
    share: f64,
}

impl Asked {
    /// What a plan asks for, with what is assumed.
    ///
    /// # Errors
    /// The field that is missing, as a path below the workload, or the name of no traffic.
    pub(super) fn of(
        derived: &Derived<'_>,
        plan: &ServingPlan,
        remarks: &mut Vec<String>,
    ) -> Result<Self, String> {
        let traffics = &derived.world.inference.traffics;
        let traffic = match &plan.traffic {
            Some(key) => {
                let found = traffics.get(key);
                Some(found.ok_or_else(|| format!("inference.traffics.{key}"))?)
            }
            None => None,
        };
        let length = |stated: Option<u32>, of: fn(&Traffic) -> Option<u32>, field: &str| {
            let stated = stated.or_else(|| traffic.and_then(of));
            stated
                .filter(|tokens| *tokens > 0)
                .map(f64::from)
                .ok_or_else(|| format!("serving.{field}"))
        };
        let load = Load {
            prompt: length(plan.prompt, |traffic| traffic.prompt.known(), "prompt")?,
            output: length(plan.output, |traffic| traffic.output.known(), "output")?,
            cached: plan
                .cached
                .map_or(0.0, |cached| cached.get().clamp(0.0, 1.0)),
        };
        if traffic.is_none() {
            remarks.push(
                "no traffic is named: requests come by chance, and scatter in length as those of a conversation".into(),
            );
        }
        let usual = traffics.get(USUAL_TRAFFIC);
        let scatter = Scatter {
            arrivals: traffic
                .and_then(|traffic| share(&traffic.arrivals))
                .unwrap_or(1.0),
            prompts: scattered(traffic, usual, |traffic| &traffic.prompt_scatter),
            outputs: scattered(traffic, usual, |traffic| &traffic.output_scatter),
        };
        let limits = match (plan.first, plan.each) {
            (None, None) => None,
            (first, each) => {
                let seconds =
                    |limit: Option<Seconds>| limit.map_or(f64::INFINITY, |limit| limit.get());
                Some((seconds(first), seconds(each)))
            }
        };
        if limits.is_none() {
            remarks.push("no limit of latency is stated: the yield is that of full load".into());
        }
        Ok(Self {
            load,
            scatter,
            loading: 0.0,
            limits,
            share: plan.share(),
        })
    }

    /// Whether the limits hold.
    pub(super) fn holds(&self, met: &Met) -> bool {
        self.holds_first(&met.first) && self.holds_each(&met.each)
    }

    /// Whether the first token comes in time.
    pub(super) fn holds_first(&self, first: &Percentiles) -> bool {
        self.limits
            .is_none_or(|(limit, _)| first.at(self.share) <= limit)
    }

    /// Whether further tokens do.
    pub(super) fn holds_each(&self, each: &Percentiles) -> bool {
        self.limits
            .is_none_or(|(_, limit)| each.at(self.share) <= limit)
    }
}

fn share(ratio: &Sourced<Ratio>) -> Option<f64> {
    ratio.known().map(|ratio| ratio.get())
}

/// The variation of a length in a traffic, else in the usual one.
fn scattered(
    traffic: Option<&Traffic>,
    usual: Option<&Traffic>,
    of: fn(&Traffic) -> &Sourced<Ratio>,
) -> f64 {
    let own = traffic.and_then(|traffic| share(of(traffic)));
    own.or_else(|| share(of(usual?))).unwrap_or(1.0)
}

/// The traffic whose scatter stands for one that is not named.
const USUAL_TRAFFIC: &str = "azure-conversation";
