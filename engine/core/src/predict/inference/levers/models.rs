//! Another model in place of this, or beside it for what is easy.

use super::super::forecast::Setup;
use super::{Bench, Lever};
use crate::catalogue::Scores;
use crate::design::Edit;
use crate::sourced::Origin;

impl Bench<'_> {
    /// Models with a published score that is no worse, by the same hand.
    pub(super) fn models(&self) -> Vec<Lever> {
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
                    &other.serving,
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

    /// Requests that are easy go to a smaller model: by a router that knows them, or by a cascade that
    /// asks the small model first, so that what it gives up pays twice.
    pub(super) fn easy(&self) -> Vec<Lever> {
        let known = &self.derived.world.inference.techniques;
        let plan = &self.workload.serving.easy;
        let stated = plan.share.map(|share| share.get().clamp(0.0, 1.0));
        let Some(share) = stated.or_else(|| known.figure("easy-share").ok()) else {
            return Vec::new();
        };
        let Some(small) = self.smaller() else {
            return Vec::new();
        };
        let origin = match stated {
            Some(_) => None,
            None => known.origin("easy-share"),
        };
        let whose = match stated {
            Some(_) => "as stated",
            None => "as production reports",
        };
        let kept = known.figure("easy-quality").unwrap_or(1.0);
        let way = |cascade: bool| {
            let cost = easy_cost(share, self.own / small.yields, 1.0, cascade);
            let (name, pays) = match cascade {
                true => ("asked first", "; what it gives up is paid for twice"),
                false => ("for easy requests, by a router", ""),
            };
            Lever {
                name: format!("{} {name}", small.name),
                yields: 1.0 / cost,
                costs: format!(
                    "{} for {:.0} % of the requests, {whose}; routers keep about {:.0} % of the quality{pays}",
                    small.score,
                    100.0 * share,
                    100.0 * kept
                ),
                origin: origin.clone(),
                edits: Vec::new(),
            }
        };
        vec![way(false), way(true)]
    }

    /// The plan's smaller model where its score is above the floor, else the one that yields most of
    /// those that are scored by the same hand.
    pub(super) fn smaller(&self) -> Option<Small> {
        let plan = &self.workload.serving.easy;
        let known = &self.derived.world.inference.techniques;
        let least = known.figure("easy-score").unwrap_or(1.0);
        let tables = self.derived.world.inference.scores.iter();
        let tables =
            tables.filter(|(key, _)| plan.scores.as_ref().is_none_or(|named| named == *key));
        let scored = tables.flat_map(|(_, table)| {
            let own = table.models.get(&self.workload.model).copied();
            let models = table.models.iter();
            models.filter_map(move |(id, score)| {
                let floor = plan.floor.is_none_or(|floor| *score >= floor);
                let asked = plan.model.as_ref().is_none_or(|named| named == id);
                let likely = plan.floor.is_some() || own.is_some_and(|own| *score >= least * own);
                (floor && asked && likely && *id != self.workload.model)
                    .then_some((table, id, *score, own))
            })
        });
        let unscored = plan.model.as_ref().filter(|_| plan.floor.is_none());
        let unscored = unscored
            .and_then(|id| self.small(id, "no published score is held against the floor".into()));
        let found =
            scored.filter_map(|(table, id, score, own)| self.small(id, scores(table, score, own)));
        found
            .max_by(|a, b| a.yields.total_cmp(&b.yields))
            .filter(|small| small.yields > self.own)
            .or(unscored)
    }

    fn small(&self, id: &str, score: String) -> Option<Small> {
        let mut other = self.workload.clone();
        other.model = id.to_owned();
        // A drafter of its own the small model may not have.
        other.serving.drafting = Default::default();
        let setup = Setup::of(self.derived, &other).ok()?;
        let name = self.derived.model(id).map_or(id, |model| &model.name);
        // Which others have its shape is of no use here.
        let name = name.split(" (").next().unwrap_or(name);
        Some(Small {
            name: name.to_owned(),
            yields: super::held(&setup, &other.serving, self.n)?.per_accelerator(),
            score,
        })
    }

    /// A model of one's own for a narrow task. What it costs to make is in no published figure: the
    /// tokens after which it pays stand beside the price.
    pub(super) fn distilled(&self) -> Option<Lever> {
        let known = &self.derived.world.inference.techniques;
        let cheaper = known.figure("distilled-cheaper").ok()?;
        let kept = known.figure("distilled-quality").ok()?;
        Some(Lever {
            name: DISTILLED.into(),
            yields: cheaper,
            costs: format!(
                "data and training, and an evaluation of one's own: vendors claim {:.0} % of the quality on narrow tasks, weak evidence",
                100.0 * kept
            ),
            origin: known.origin("distilled-cheaper"),
            edits: Vec::new(),
        })
    }
}

/// A smaller model as it would serve.
pub(super) struct Small {
    pub(super) name: String,
    pub(super) yields: f64,
    score: String,
}

fn scores(table: &Scores, score: f64, own: Option<f64>) -> String {
    match own {
        Some(own) => format!("{}: {score} in place of {own}", table.name),
        None => format!("{}: {score}", table.name),
    }
}

/// Name of the lever whose price is that of a model of one's own.
pub(super) const DISTILLED: &str = "a distilled model for a narrow task";

/// Cost of a request where a share of them is easy: a router sends each to one model, a cascade asks
/// the small one first.
pub fn easy_cost(share: f64, small: f64, large: f64, cascade: bool) -> f64 {
    match cascade {
        true => small + (1.0 - share) * large,
        false => share * small + (1.0 - share) * large,
    }
}
