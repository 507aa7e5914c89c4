//! The whole assessment as JSON.

use super::{SCHEMA, cost_json};
use crate::assess::Assessment;
use crate::design::Design;
use crate::reference::World;
use crate::written::tree;
use serde_json::{Map, Value, json};

/// Design, named quantities, findings, predictions, costs and defaults.
pub fn assess_json(design: &Design, world: &World, assessment: &Assessment) -> Value {
    let derived: Map<String, Value> = assessment
        .facts
        .iter()
        .map(|fact| {
            let value = fact
                .value
                .as_ref()
                .map_or_else(|| json!("unknown"), |v| v.to_json());
            (
                fact.name.to_owned(),
                json!({ "value": value, "unit": fact.unit.symbol(), "what": fact.what }),
            )
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "design": tree(design),
        "derived": derived,
        "summary": tree(&assessment.summary),
        "findings": tree(&assessment.findings),
        "predictions": tree(&assessment.predictions),
        "bill": tree(&assessment.bill),
        "costs": cost_json(&[(design, &assessment.costs)]),
        "defaults_used": tree(&assessment.defaults_used),
        "revision": world.revision,
        "as_of": world.as_of,
    })
}
