//! Pipelines that are played: their bubble and memory, and what a design gains by them. And
//! adapters over weights in 4 bits.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::assess;
use plumbline_engine::design::{Edit, Schedule, apply_all};
use plumbline_engine::predict::training::{Forecast, Pipeline, Played, play};
use plumbline_engine::reference::instantiate;
use plumbline_tests::world;

fn played(schedule: Schedule, stages: u32, micro_batches: f64, transfer: f64) -> Played {
    let pipeline = Pipeline {
        schedule,
        stages,
        micro_batches,
        work: 6.0,
        transfer,
    };
    play(&pipeline).expect("a schedule without a closed form")
}

const PLAYED: [Schedule; 2] = [Schedule::VHalf, Schedule::VMin];

#[test]
fn the_bubble_does_not_grow_with_the_batch() {
    for schedule in PLAYED {
        for stages in [2, 4, 8, 16] {
            let bubble = |batch: f64| {
                let batch = batch * f64::from(stages);
                played(schedule, stages, batch, 0.0).seconds - 6.0 * batch
            };
            let (few, many) = (bubble(2.0), bubble(40.0));
            assert!(
                (few - many).abs() < 1e-6,
                "{schedule:?} {stages}: {few} {many}"
            );
            // Less than that of one forward, one backward, which waits for all of the others' work.
            assert!(
                few > 0.0 && few < 6.0 * f64::from(stages - 1),
                "{schedule:?} {stages}: {few}"
            );
        }
    }
}

/// Peaks near those published, a half and a third of those of one forward, one backward: the blocks
/// are not searched for each depth, and so hold up to half more.
#[test]
fn activations_are_near_those_published() {
    for stages in [4_u32, 8, 16, 32] {
        let p = f64::from(stages);
        for (schedule, published) in [(Schedule::VHalf, p / 2.0), (Schedule::VMin, p / 3.0)] {
            let held = played(schedule, stages, 8.0 * p, 0.0).held;
            let most = 1.5 * published + 1.0;
            assert!(
                (published..=most).contains(&held),
                "{schedule:?} {stages}: {held}"
            );
        }
    }
}

/// What saves most memory leaves least time for a transfer to hide in.
#[test]
fn transfers_cost_most_where_operations_are_close() {
    let lost = |schedule| {
        let seconds = |transfer| played(schedule, 8, 64.0, transfer).seconds;
        seconds(0.3) - seconds(0.0)
    };
    assert!(PLAYED.iter().all(|schedule| lost(*schedule) > 0.0));
    assert!(lost(Schedule::VMin) > lost(Schedule::VHalf));
}

#[test]
fn absurd_pipelines_are_answered_at_once() {
    let pipeline = |schedule, stages, micro_batches| {
        play(&Pipeline {
            schedule,
            stages,
            micro_batches,
            work: f64::NAN,
            transfer: f64::INFINITY,
        })
    };
    for schedule in PLAYED {
        for stages in [0, 1, 2, 64, 65, u32::MAX] {
            for micro_batches in [f64::NAN, -1.0, 0.5, 1e300] {
                let played = pipeline(schedule, stages, micro_batches);
                assert_eq!(played.is_some(), (2..=64).contains(&stages));
            }
        }
    }
    assert_eq!(pipeline(Schedule::ZeroBubble, 8, 8.0), None);
}

/// The forecast of a job of 64 H100 with these settings of its step.
fn forecast(settings: &[(&str, serde_json::Value)]) -> Forecast {
    let reference = world()
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let mut edits = vec![
        Edit::set("workloads[0].accelerators", 64),
        Edit::set("workloads[0].plan.batch", "2 M"),
    ];
    let path = |field: &str| format!("workloads[0].plan.step.{field}");
    edits.extend(
        settings
            .iter()
            .map(|(field, value)| Edit::set(path(field), value.clone())),
    );
    let design = apply_all(&design, &edits).expect("edits").0;
    let predictions = assess(&design, world()).predictions;
    predictions.workloads[0]
        .forecast
        .clone()
        .expect("a forecast")
}

#[test]
fn a_design_may_choose_its_schedule() {
    let of = |schedule: &str| {
        forecast(&[
            ("tp", 4.into()),
            ("pp", 8.into()),
            ("cp", 1.into()),
            ("sequence", 4096.into()),
            ("recompute", "None".into()),
            ("micro_batch", 1.into()),
            ("schedule", schedule.into()),
        ])
    };
    let [usual, half, least] = ["OneForwardOneBackward", "VHalf", "VMin"].map(of);
    assert!(half.memory.activations < 0.8 * usual.memory.activations);
    assert!(least.memory.activations < half.memory.activations);
    assert_eq!((half.layout.vp, least.layout.vp), (2, 2));
    assert!(
        half.remarks
            .iter()
            .any(|remark| remark.contains("schedule"))
    );
    for forecast in [&usual, &half, &least] {
        let total = forecast.step.total();
        assert!((total / forecast.seconds.mid.get() - 1.0).abs() < 1e-9);
        assert!(forecast.step.bubble > 0.0);
    }
}

/// Weights in 4 bits take a quarter of the memory, and steps as much longer as is reported.
#[test]
fn adapters_over_four_bits_save_memory_and_cost_time() {
    let of = |quantised: bool| {
        forecast(&[
            ("lora", true.into()),
            ("quantised", quantised.into()),
            ("sequence", 1024.into()),
            ("tp", 1.into()),
            ("pp", 4.into()),
            ("micro_batch", 1.into()),
        ])
    };
    let (plain, quantised) = (of(false), of(true));
    let share = quantised.memory.weights / plain.memory.weights;
    assert!((0.25..0.27).contains(&share), "{share}");
    let slower = quantised.seconds.mid.get() / plain.seconds.mid.get() - 1.0;
    assert!((0.02..0.35).contains(&slower), "{slower}");
}
