//! Designs that serve a model, and what is predicted of them.

use crate::world;
use plumbline_engine::assess;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::inference::Service;
use plumbline_engine::reference::instantiate;
use serde_json::Value;

/// So many units of a reference that serve a model on so many accelerators with this plan.
///
/// # Panics
/// If there is no such reference or the plan cannot be read.
#[expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]
pub fn serving(
    reference: &str,
    units: u32,
    (model, accelerators): (&str, u32),
    plan: Value,
) -> Design {
    let reference = world().references.get(reference).expect("a reference");
    let design = instantiate(reference, units, None, None).expect("a design");
    let edits = [
        Edit::set("workloads[0].class", "Inference"),
        Edit::set("workloads[0].model", model),
        Edit::set("workloads[0].accelerators", accelerators),
        Edit::set("workloads[0].serving", plan),
    ];
    apply_all(&design, &edits).expect("edits").0
}

/// What is predicted of a design's first workload.
pub fn prediction(design: &Design) -> Prediction {
    assess(design, world()).predictions.workloads.remove(0)
}

/// Its service.
///
/// # Panics
/// If a datum is missing for it.
#[expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]
pub fn service(design: &Design) -> Service {
    let prediction = prediction(design);
    assert_eq!(prediction.service_missing, None);
    prediction.service.expect("a service")
}
