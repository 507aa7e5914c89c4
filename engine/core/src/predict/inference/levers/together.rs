//! Levers pulled one after the other: each on top of those before it, with the best layout for all.

use super::super::forecast::Setup;
use super::models::easy_cost;
use super::techniques::USUAL_REUSE;
use super::{Bench, held};
use crate::derive::Derived;
use crate::design::{Disaggregation, ServingPlan, Workload};
use crate::sourced::Origin;
use crate::written::Write;

/// One lever on top of the others.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Step {
    /// What is changed.
    pub name: String,
    /// Yield with this and all before it, as multiple of the design's.
    pub yields: f64,
    /// The lever brings nothing here and is left out of what follows.
    pub left_out: bool,
    /// Where its figures are from.
    pub origin: Option<Origin>,
}

/// The levers of a workload in the order in which they are usually pulled: what costs no quality and
/// no machine first, then the layout, then which model answers.
///
/// # Errors
/// The datum that is missing for the service itself.
pub fn together(
    derived: &Derived<'_>,
    workload: &Workload,
    accelerators: u64,
) -> Result<Vec<Step>, String> {
    let setup = Setup::of(derived, workload)?;
    let n = u32::try_from(accelerators).unwrap_or(u32::MAX);
    let own = held(&setup, &workload.serving, n).ok_or("a layout that holds the model")?;
    let own = own.per_accelerator();
    let mut row = Row {
        derived,
        n,
        own,
        best: own,
        workload: workload.clone(),
        steps: Vec::new(),
    };
    row.formats(&setup);
    row.pull(
        "keys and values in 8 bits".into(),
        |known| Some(known.narrow_cache.origin()),
        |plan| plan.narrow_cache = Some(true),
    );
    if workload.serving.cached.is_none() && workload.serving.prefixes.reuse.is_none() {
        let reuse = &derived.world.inference.techniques.reuse;
        let traffic = workload.serving.traffic.as_deref();
        let key = traffic
            .filter(|key| reuse.contains_key(key))
            .unwrap_or(USUAL_REUSE);
        row.pull(
            "prefixes cached".into(),
            |known| Some(known.techniques.reuse.get(key)?.most.origin()),
            |plan| plan.prefixes.reuse = Some(key.to_owned()),
        );
    }
    for (key, way) in derived.world.inference.drafting.iter() {
        let possible = !way.own || setup.job.shape.mtp > 0;
        if possible && workload.serving.drafting.drafter.is_none() {
            row.pull(
                ["drafting by ", &way.name].concat(),
                |_| Some(way.tokens.accepted.origin()),
                |plan| plan.drafting.drafter = Some(key.clone()),
            );
        }
    }
    row.pull(
        "prefill and decode apart, where it pays".into(),
        |known| known.techniques.origin("apart-prefill"),
        |plan| plan.disaggregation.mode = Some(Disaggregation::Search),
    );
    row.easy();
    row.night();
    Ok(row.steps)
}

struct Row<'a> {
    derived: &'a Derived<'a>,
    n: u32,
    /// Yield of the design, and with all levers that were pulled.
    own: f64,
    best: f64,
    workload: Workload,
    steps: Vec<Step>,
}

impl Row<'_> {
    fn yielded(&self, workload: &Workload) -> Option<f64> {
        let setup = Setup::of(self.derived, workload).ok()?;
        Some(held(&setup, &workload.serving, self.n)?.per_accelerator())
    }

    /// Pulls a lever; it stays where it brings something.
    fn pull(
        &mut self,
        name: String,
        origin: impl Fn(&crate::catalogue::InferenceData) -> Option<Origin>,
        change: impl Fn(&mut ServingPlan),
    ) {
        let mut changed = self.workload.clone();
        change(&mut changed.serving);
        if changed.serving == self.workload.serving {
            return;
        }
        let yielded = self.yielded(&changed).unwrap_or(0.0);
        let left_out = yielded <= self.best * LEAST;
        if !left_out {
            self.best = yielded;
            self.workload = changed;
        }
        self.steps.push(Step {
            name,
            yields: self.best / self.own,
            left_out,
            origin: origin(&self.derived.world.inference),
        });
    }

    /// The narrowest weights that keep what is published, of those that yield more.
    fn formats(&mut self, setup: &Setup<'_>) {
        let techniques = &self.derived.world.inference.techniques;
        let least = techniques.figure("kept-score").unwrap_or(1.0);
        let known = self.derived.world.inference.formats.values();
        let small = setup.job.shape.parameters() < super::formats::SMALL;
        let kept = known.filter_map(|kept| {
            let share = if small { &kept.small } else { &kept.kept };
            let enough = share.known()?.get() >= least;
            let narrower = kept.format.bytes() < setup.job.format.bytes();
            let mut changed = self.workload.clone();
            changed.serving.format = Some(kept.format);
            let yielded = (enough && narrower).then(|| self.yielded(&changed))??;
            Some((kept.format, share.origin(), yielded))
        });
        let best = kept.max_by(|(_, _, a), (_, _, b)| a.total_cmp(b));
        if let Some((format, origin, _)) = best {
            let name = ["weights in ", format.word()].concat();
            self.pull(
                name,
                |_| Some(origin.clone()),
                |plan| plan.format = Some(format),
            );
        }
    }

    /// Easy requests by a router, both models with all levers so far.
    fn easy(&mut self) {
        let workload = self.workload.clone();
        let bench = Bench {
            derived: self.derived,
            workload: &workload,
            place: "",
            n: self.n,
            own: self.best,
        };
        let known = &self.derived.world.inference.techniques;
        let stated = workload.serving.easy.share;
        let stated = stated.map(|share| share.get().clamp(0.0, 1.0));
        let share = stated.or_else(|| known.figure("easy-share").ok());
        let Some((small, share)) = bench.smaller().zip(share) else {
            return;
        };
        let cost = easy_cost(share, self.best / small.yields, 1.0, false);
        let name = format!("{:.0} % of the requests to {}", 100.0 * share, small.name);
        self.push(name, 1.0 / cost, known.origin("easy-share"));
    }

    fn night(&mut self) {
        let workload = self.workload.clone();
        let bench = Bench {
            derived: self.derived,
            workload: &workload,
            place: "",
            n: self.n,
            own: self.best,
        };
        let Some((now, then)) = bench.utilisation() else {
            return;
        };
        let known = &self.derived.world.inference.techniques;
        self.push(
            "nights filled with batches".into(),
            then / now,
            known.origin("night-mean"),
        );
    }

    /// A lever that leaves the service as it is, and makes more of it.
    fn push(&mut self, name: String, times: f64, origin: Option<Origin>) {
        let left_out = times <= LEAST;
        if !left_out {
            self.best *= times;
        }
        self.steps.push(Step {
            name,
            yields: self.best / self.own,
            left_out,
            origin,
        });
    }
}

/// What brings less is not worth a step.
const LEAST: f64 = 1.001;
