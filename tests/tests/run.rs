//! Training in practice: golden values of checkpoints, failures, spares, batches, benchmarks and
//! campaigns; published runs within a stated band; what must be monotonic.

// Helpers fail as the tests that call them do.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "run/golden.rs"]
mod golden;
#[path = "run/properties.rs"]
mod properties;
#[path = "run/published.rs"]
mod published;
#[path = "run/rules.rs"]
mod rules;

use plumbline_engine::assess;
use plumbline_engine::cost::CampaignCost;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::run::Outlook;
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;

/// A reference at a size, changed.
fn made(id: &str, units: u32, edits: &[Edit]) -> Design {
    let reference = world().references.get(id);
    let reference = reference.unwrap_or_else(|| panic!("no reference {id}"));
    let design = instantiate(reference, units, None, None).expect("a size");
    apply_all(&design, edits).expect("edits of fields").0
}

/// The outlook of the first workload, and its cost.
fn outlook(design: &Design) -> (Outlook, CampaignCost) {
    let assessment = assess(design, world());
    let prediction = assessment.predictions.workloads.into_iter().next();
    let prediction = prediction.expect("a workload");
    let missing = format!("{:?} {:?}", prediction.missing, prediction.outlook_missing);
    let outlook = prediction.outlook.unwrap_or_else(|| panic!("{missing}"));
    assert_eq!(outlook.missing, None);
    let cost = assessment.costs.campaigns.into_iter().next();
    (outlook, cost.expect("a campaign"))
}

/// A workload's field.
fn set(field: &str, value: impl Into<serde_json::Value>) -> Edit {
    Edit::set(format!("workloads[0].{field}"), value)
}

/// Within a relative band.
fn within(found: f64, published: f64, band: f64) {
    let error = found / published - 1.0;
    assert!(
        error.abs() <= band,
        "found {found}, published {published}: {:.1} % off",
        error * 100.0
    );
}
