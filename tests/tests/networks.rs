//! A step held against other networks.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::predict::training::Forecast;
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;

fn forecast(edits: &[Edit]) -> Forecast {
    let reference = world().references.get("nvidia-dgx-superpod-h100");
    let design = instantiate(reference.expect("a reference"), 4, None, None).expect("a design");
    let design = apply_all(&design, edits).expect("edits").0;
    let workload = assess(&design, world()).predictions.workloads.remove(0);
    workload.forecast.expect("a forecast")
}

#[test]
fn less_bandwidth_is_slower_and_more_is_faster() {
    let forecast = forecast(&[]);
    let own = forecast.seconds.mid.get();
    assert_eq!(forecast.elsewhere.len(), world().training.networks.len());
    assert!(
        forecast
            .elsewhere
            .is_sorted_by(|a, b| a.seconds >= b.seconds)
    );
    for other in &forecast.elsewhere {
        let network = world()
            .training
            .networks
            .get(&other.network)
            .expect("a network");
        let share = network.share.known().expect("a share").get();
        assert_eq!(other.seconds < own, share > 1.0, "{}", network.what);
    }
}

/// What is reckoned for a taper is what a design with that taper is predicted to take, with the
/// same layout.
#[test]
fn a_taper_is_that_of_a_design_that_has_it() {
    let layout = [("tp", 8), ("pp", 4), ("cp", 1), ("micro_batch", 1)];
    let mut edits: Vec<Edit> = layout
        .iter()
        .map(|(field, value)| Edit::set(format!("workloads[0].plan.step.{field}"), *value))
        .collect();
    edits.push(Edit::set("workloads[0].plan.step.recompute", "None"));
    let even = forecast(&edits);
    let taper = even
        .elsewhere
        .iter()
        .find(|other| other.network == "taper-2")
        .expect("a taper");
    edits.push(Edit::set("fabrics.compute.uplinks", 16));
    let tapered = forecast(&edits);
    assert!(
        tapered
            .remarks
            .iter()
            .any(|remark| remark.contains("2.00:1")),
        "{:?}",
        tapered.remarks
    );
    let built = tapered.seconds.mid.get();
    if tapered.layout == even.layout {
        assert!(
            (built / taper.seconds - 1.0).abs() < 1e-9,
            "{built} {}",
            taper.seconds
        );
    } else {
        assert!(built <= taper.seconds, "{built} {}", taper.seconds);
    }
}

#[test]
fn a_job_inside_a_node_asks_no_network() {
    let forecast = forecast(&[
        Edit::set("workloads[0].accelerators", 8),
        Edit::set("workloads[0].model", "llama-3.1-8b"),
    ]);
    assert!(forecast.elsewhere.is_empty());
}
