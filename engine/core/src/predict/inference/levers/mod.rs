//! What would change the yield of a service, one thing at a time, under the same limits: what it
//! buys, and what it costs in quality. All of it together; and the same service on other accelerators.

mod batching;
mod formats;
mod models;
mod techniques;
mod together;

pub use batching::longest_of;
pub use models::easy_cost;
pub use together::{Step, together};

use super::chosen::Chosen;
use super::forecast::Setup;
use crate::derive::Derived;
use crate::design::{Edit, ServingPlan, Workload};
use crate::sourced::Origin;
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
    let found = held(&setup, &workload.serving, n).ok_or("a layout that holds the model")?;
    let bench = Bench {
        derived,
        workload,
        place,
        n,
        own: found.per_accelerator(),
    };
    let mut all = bench.formats(&setup);
    all.extend(bench.cache(&setup));
    all.extend(bench.prefixes(&setup));
    all.extend(bench.drafting(&setup));
    all.extend(bench.units(&found));
    all.extend(bench.batching(&setup, &found));
    all.extend(bench.night());
    all.extend(bench.models());
    all.extend(bench.easy());
    all.sort_by(|a, b| b.yields.total_cmp(&a.yields));
    // What vendors claim stands behind what is predicted.
    all.extend(bench.distilled());
    Ok(all)
}

struct Bench<'a> {
    derived: &'a Derived<'a>,
    workload: &'a Workload,
    place: &'a str,
    n: u32,
    own: f64,
}

/// What a plan comes to where it holds the limits.
fn held<'a>(setup: &Setup<'a>, plan: &ServingPlan, n: u32) -> Option<Chosen<'a>> {
    let found = Chosen::of(setup, plan, n).ok()?;
    let yields = !found.missed && found.per_accelerator() > 0.0;
    yields.then_some(found)
}

impl Bench<'_> {
    /// A service that is set up another way, by edits that leave the plan's other fields.
    fn lever(
        &self,
        setup: &Setup<'_>,
        plan: &ServingPlan,
        name: String,
        costs: String,
        origin: Option<Origin>,
        edits: Vec<Edit>,
    ) -> Option<Lever> {
        let yields = held(setup, plan, self.n)?.per_accelerator() / self.own;
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

    /// The service with another plan, and that plan.
    fn planned(&self, change: impl Fn(&mut ServingPlan)) -> Option<(Setup<'_>, ServingPlan)> {
        let mut other = self.workload.clone();
        change(&mut other.serving);
        let setup = Setup::of(self.derived, &other).ok()?;
        Some((setup, other.serving))
    }
}
