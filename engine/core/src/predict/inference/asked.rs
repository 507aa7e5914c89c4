//! What is asked of a service: lengths, how they scatter, and the limits of latency.

use super::job::Load;
use super::latency::{Met, Percentiles, Scatter};
use super::pasted::Lengths;
use super::profile::stated as pasted;
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
    /// Tokens per second that half of the users see at least.
    pub(super) speed: Option<f64>,
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
        let own = |text: &Option<String>, column: &str, field: &str| match pasted(text) {
            Some(text) => Lengths::read(text, column)
                .map(Some)
                .map_err(|why| format!("serving.sizing.{field}: {why}")),
            None => Ok(None),
        };
        let prompts = own(&plan.sizing.prompts, "Request tokens", "prompts")?;
        let answers = own(&plan.sizing.answers, "Response tokens", "answers")?;
        // A stated mean goes before a counted one, and that before a traffic's.
        let counted = |stated: Option<u32>, own: Option<Lengths>| {
            own.filter(|_| stated.is_none()).map(|own| own.mean)
        };
        let load = Load {
            prompt: match counted(plan.prompt, prompts) {
                Some(mean) => mean,
                None => length(plan.prompt, |traffic| traffic.prompt.known(), "prompt")?,
            },
            output: match counted(plan.output, answers) {
                Some(mean) => mean,
                None => length(plan.output, |traffic| traffic.output.known(), "output")?,
            },
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
            prompts: prompts.map_or_else(
                || scattered(traffic, usual, |traffic| &traffic.prompt_scatter),
                |own| own.variation,
            ),
            outputs: answers.map_or_else(
                || scattered(traffic, usual, |traffic| &traffic.output_scatter),
                |own| own.variation,
            ),
        };
        let limits = match (plan.first, plan.each) {
            (None, None) => None,
            (first, each) => {
                let seconds =
                    |limit: Option<Seconds>| limit.map_or(f64::INFINITY, |limit| limit.get());
                Some((seconds(first), seconds(each)))
            }
        };
        if limits.is_none() && plan.sizing.speed.is_none() {
            remarks.push("no limit of latency is stated: the yield is that of full load".into());
        }
        Ok(Self {
            load,
            scatter,
            loading: 0.0,
            limits,
            speed: plan.sizing.speed.map(|speed| speed.get()),
            share: plan.share(),
        })
    }

    /// Whether the limits hold.
    pub(super) fn holds(&self, met: &Met) -> bool {
        let fast = self.speed.is_none_or(|speed| met.speed() >= speed);
        fast && self.holds_first(&met.first) && self.holds_each(&met.each)
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
pub(super) const USUAL_TRAFFIC: &str = "azure-conversation";
