//! What would change the yield of a service, one thing at a time, under the same limits: what it
//! buys, and what it costs in quality. And the same service on other accelerators.

use super::choose::Found;
use super::chosen::Chosen;
use super::forecast::{Setup, usual_format};
use super::job::{Format, Layout, Machine, Speculation};
use super::serve::static_batch;
use crate::catalogue::Range;
use crate::derive::Derived;
use crate::design::{Edit, ServingPlan, Workload};
use crate::quantity::{Ratio, Watts};
use crate::sourced::{Origin, Sourced};
use crate::written::Write;

/// One change of a service.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Lever {
    /// What is changed, for people.
    pub name: String,
    /// Yield per accelerator as multiple of that of the design.
    pub yields: f64,
    /// What it costs in quality or otherwise, for people.
    pub costs: String,
    /// Where that is from.
    pub origin: Option<Origin>,
    /// The edits that make it; none where it cannot be stated.
    pub edits: Vec<Edit>,
}

/// The levers of a workload at this path, the strongest first.
///
/// # Errors
/// The datum that is missing for the service itself.
pub fn levers(
    derived: &Derived<'_>,
    workload: &Workload,
    place: &str,
    accelerators: u64,
) -> Result<Vec<Lever>, String> {
    let setup = Setup::of(derived, workload)?;
    let n = u32::try_from(accelerators).unwrap_or(u32::MAX);
    let bench = Bench {
        derived,
        workload,
        place,
        n,
        own: yielded(&setup, workload, n).ok_or("a layout that holds the model")?,
    };
    let mut all = bench.formats(&setup);
    all.extend(bench.cache(&setup));
    all.extend(bench.prefixes(&setup));
    all.extend(bench.drafting(&setup));
    all.extend(bench.batching(&setup));
    all.extend(bench.models());
    all.sort_by(|a, b| b.yields.total_cmp(&a.yields));
    Ok(all)
}

struct Bench<'a> {
    derived: &'a Derived<'a>,
    workload: &'a Workload,
    place: &'a str,
    n: u32,
    own: f64,
}

/// Output tokens per second and accelerator within the limits; `None` where no layout holds.
fn yielded(setup: &Setup<'_>, workload: &Workload, n: u32) -> Option<f64> {
    let found = Chosen::of(setup, &workload.serving, n).ok()?;
    let held = !found.missed;
    held.then(|| found.per_accelerator()).filter(|rate| *rate > 0.0)
}

impl Bench<'_> {
    fn lever(
        &self,
        setup: &Setup<'_>,
        name: String,
        costs: String,
        origin: Option<Origin>,
        edits: Vec<Edit>,
    ) -> Option<Lever> {
        let yields = yielded(setup, self.workload, self.n)? / self.own;
        Some(Lever {
            name,
            yields,
            costs,
            origin,
            edits,
        })
    }

    fn set(&self, field: &str, value: impl Into<serde_json::Value>) -> Vec<Edit> {
        vec![Edit::set(format!("{}.serving.{field}", self.place), value)]
    }

    /// Narrower weights, with what of the quality they keep.
    fn formats(&self, setup: &Setup<'_>) -> Vec<Lever> {
        let small = setup.job.shape.parameters() < SMALL;
        let formats = self.derived.world.inference.formats.values();
        let narrower = formats.filter(|kept| kept.format.bytes() < setup.job.format.bytes());
        let levers = narrower.filter_map(|kept| {
            let changed = self.planned(|plan| plan.format = Some(kept.format))?;
            let share = if small { &kept.small } else { &kept.kept };
            let edits = self.set("format", kept.format.write().into_json());
            let name = format!("weights in {}", kept.format.word());
            self.lever(&changed, name, keeps(share), Some(share.origin()), edits)
        });
        levers.collect()
    }

    fn cache(&self, setup: &Setup<'_>) -> Option<Lever> {
        if setup.job.cache <= 1.0 {
            return None;
        }
        let changed = self.planned(|plan| plan.narrow_cache = Some(true))?;
        let kept = &self.derived.world.inference.narrow_cache;
        self.lever(
            &changed,
            "keys and values in 8 bits".into(),
            keeps(kept),
            Some(kept.origin()),
            self.set("narrow_cache", true),
        )
    }

    /// The largest share that a recorded traffic found cached.
    fn prefixes(&self, setup: &Setup<'_>) -> Option<Lever> {
        let traffics = self.derived.world.inference.traffics.values();
        let known = traffics.filter_map(|traffic| Some((traffic, traffic.cached.known()?.get())));
        let (traffic, share) = known.max_by(|a, b| a.1.total_cmp(&b.1))?;
        if share <= setup.asked.load.cached {
            return None;
        }
        let changed = self.planned(|plan| plan.cached = Some(Ratio::new(share)))?;
        let name = format!(
            "prefixes cached, {:.0} % of the prompts' tokens",
            100.0 * share
        );
        let costs = format!("memory for them; the share is that of {}", traffic.name);
        self.lever(
            &changed,
            name,
            costs,
            Some(traffic.cached.origin()),
            self.set("cached", share),
        )
    }

    fn drafting(&self, setup: &Setup<'_>) -> Vec<Lever> {
        let ways = self.derived.world.inference.drafting.values();
        let possible = ways.filter(|way| !way.own || setup.job.shape.mtp > 0);
        let levers = possible.filter_map(|way| {
            let mut changed = self.planned(|_| ())?;
            changed.job.speculation = Some(Speculation {
                drafted: f64::from(way.tokens.drafted),
                accepted: way.tokens.accepted.known()?,
                drafter: 1.0 / f64::from(setup.job.shape.layers.max(1)),
            });
            let costs =
                "none in quality: every token is verified; it slows a full batch down".to_owned();
            let name = format!("tokens drafted by {}", way.name);
            self.lever(
                &changed,
                name,
                costs,
                Some(way.tokens.accepted.origin()),
                Vec::new(),
            )
        });
        levers.collect()
    }

    /// What continuous batching is worth: the same replica with static batches, which wait for
    /// their longest answer. Only where the traffic's record tells how long that is.
    fn batching(&self, setup: &Setup<'_>) -> Option<Lever> {
        let traffic = self.workload.serving.traffic.as_ref()?;
        let traffic = self.derived.world.inference.traffics.get(traffic)?;
        let plan = &self.workload.serving;
        let found = Found::of(&setup.c, &setup.job, plan, &setup.asked, self.n).ok()?;
        let fits = |(batch, _): &&(f64, f64)| *batch <= found.met.running;
        let (batch, longest) = traffic.longest.iter().rfind(fits)?;
        let mut load = setup.asked.load;
        // Every place is held until the longest of the batch has ended.
        load.output *= longest;
        let seconds = static_batch(&setup.c, &found.job, &load, *batch);
        let rate = batch * setup.asked.load.output / seconds / found.job.layout.instance();
        (!found.missed).then(|| Lever {
            name: format!("static batches of {batch} in place of continuous ones"),
            yields: rate / self.own,
            costs: format!("answers wait for the longest of their batch, {longest} times the mean"),
            origin: Some(traffic.output_scatter.origin()),
            edits: Vec::new(),
        })
    }

    /// Models with a published score that is no worse, by the same hand.
    fn models(&self) -> Vec<Lever> {
        let mut levers = Vec::new();
        for table in self.derived.world.inference.scores.values() {
            let (Some(own), Some(gap)) =
                (table.models.get(&self.workload.model), table.gap.known())
            else {
                continue;
            };
            for (id, score) in &table.models {
                if *id == self.workload.model || *score < own - gap.get() {
                    continue;
                }
                let mut other = self.workload.clone();
                other.model.clone_from(id);
                let Ok(changed) = Setup::of(self.derived, &other) else {
                    continue;
                };
                let name = self
                    .derived
                    .model(id)
                    .map_or(id.as_str(), |model| &model.name);
                let costs = format!("{}: {score} in place of {own}", table.name);
                let origin = Origin {
                    source: table.source.clone(),
                    ..table.gap.origin()
                };
                let edits = vec![Edit::set(format!("{}.model", self.place), id.as_str())];
                let lever = self.lever(
                    &changed,
                    format!("{name} in its place"),
                    costs,
                    Some(origin),
                    edits,
                );
                levers.extend(lever.filter(|lever| lever.yields > 1.0));
            }
        }
        levers
    }

    /// The service with another plan.
    fn planned(&self, change: impl Fn(&mut ServingPlan)) -> Option<Setup<'_>> {
        let mut other = self.workload.clone();
        change(&mut other.serving);
        Setup::of(self.derived, &other).ok()
    }
}

/// Models below this lose most to narrow formats.
const SMALL: f64 = 1.5e10;
/// What of a published score is kept, in words.
fn keeps(share: &Sourced<Ratio>) -> String {
    match share.known() {
        Some(share) => format!("keeps {:.1} % of the published score", 100.0 * share.get()),
        None => "what it keeps is not known".into(),
    }
}

/// The same service on another accelerator.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct OnOther {
    /// The accelerator's id.
    pub accelerator: String,
    /// The layout.
    pub layout: Layout,
    /// Format of the weights.
    pub format: Format,
    /// Output tokens per second and accelerator, with the band of a case unlike any measured.
    pub per_accelerator: Range<f64>,
    /// The same, in the middle, per kilowatt of the accelerator's rating.
    pub per_kilowatt: Option<f64>,
}

/// The service of a workload on each accelerator that is known to serve, within the same limits, the
/// highest yield first; those that cannot hold them are left out.
///
/// # Errors
/// The datum that is missing for the service itself.
pub fn across(derived: &Derived<'_>, workload: &Workload) -> Result<Vec<OnOther>, String> {
    let world = derived.world;
    let band = world.inference.errors.get(super::forecast::UNLIKE);
    let (low, high) = band.map_or((1.0, 1.0), |class| class.band);
    let one = |id: &str| {
        let known = world.inference.machines.get(id)?;
        let part = world.catalogue.accelerators.get(id)?;
        let mut setup = Setup::of(derived, workload).ok()?;
        setup.job.machine = Machine::of(part, known).ok()?;
        if workload.serving.format.is_none() {
            setup.job.format = usual_format(&setup.job.machine);
        }
        let n = setup.job.machine.domain.max(known.node);
        let found = Found::of(&setup.c, &setup.job, &workload.serving, &setup.asked, n).ok()?;
        if found.missed {
            return None;
        }
        let mid = found.met.requests * setup.asked.load.output / found.job.layout.instance();
        let per_accelerator = Range {
            low: mid / high,
            mid,
            high: mid / low,
        };
        let watts = part.power_max.known().map(Watts::get);
        Some(OnOther {
            accelerator: id.to_owned(),
            layout: found.job.layout,
            format: setup.job.format,
            per_kilowatt: watts.map(|watts| mid / watts * 1e3),
            per_accelerator,
        })
    };
    Setup::of(derived, workload)?;
    let mut all: Vec<OnOther> = world
        .inference
        .machines
        .keys()
        .filter_map(|id| one(id))
        .collect();
    all.sort_by(|a, b| b.per_accelerator.mid.total_cmp(&a.per_accelerator.mid));
    Ok(all)
}
