//! What must hold for any figures.

use super::{made, outlook, set};
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::predict::run::{
    Law, at_least, best, efficiency, enough, missing, samples_to_target, shortage, trade,
};
use plumbline_engine::quantity::Seconds;
use plumbline_tests::world;
use proptest::prelude::*;

proptest! {
    #[test]
    fn efficiency_is_a_share_and_follows_its_causes(
        mean in 10.0..1e8_f64, blocking in 0.0..1e4_f64, period in 0.1..1e6_f64,
        down in 0.0..1e5_f64, reload in 0.0..1e5_f64, more in 1.0..10.0_f64,
    ) {
        let share = efficiency(mean, blocking, period, down, reload);
        prop_assert!((0.0..=1.0).contains(&share), "{share}");
        prop_assert!(efficiency(mean * more, blocking, period, down, reload) >= share - 1e-12);
        prop_assert!(efficiency(mean, blocking * more, period, down, reload) <= share + 1e-12);
        prop_assert!(efficiency(mean, blocking, period, down * more, reload) <= share + 1e-12);
        prop_assert!(efficiency(mean, blocking, period, down, reload * more) <= share + 1e-12);
    }

    #[test]
    fn no_interval_beats_the_best(mean in 10.0..1e8_f64, part in 1e-6..0.5_f64, other in 0.01..100.0_f64) {
        let blocking = mean * part;
        let at = best(mean, blocking);
        let share = |interval| efficiency(mean, blocking, interval, 60.0, 60.0);
        prop_assert!(at > blocking && share(at) >= share(at * other) - 1e-9);
    }

    #[test]
    fn spares_help_and_are_enough(mean in 0.0..2e4_f64, spares in 0_u64..500, chance in 1e-4..0.5_f64) {
        prop_assert!(shortage(mean, spares + 1) <= shortage(mean, spares) + 1e-12);
        prop_assert!(missing(mean, spares + 1) <= missing(mean, spares) + 1e-9);
        prop_assert!(missing(mean, spares) <= mean + 1e-9);
        let keep = enough(mean, chance);
        prop_assert!(shortage(mean, keep) <= chance);
        prop_assert!(keep == 0 || shortage(mean, keep - 1) > chance);
    }

    #[test]
    fn fewer_needed_are_up_more_often(needed in 1_u64..18, up in 0.0..1.0_f64) {
        let (fewer, more) = (at_least(needed, 18, up), at_least(needed + 1, 18, up));
        prop_assert!((0.0..=1.0).contains(&fewer) && fewer >= more - 1e-12);
    }

    #[test]
    fn larger_batches_take_fewer_steps_and_more_tokens(batch in 1e3..1e9_f64, critical in 1e3..1e9_f64, more in 1.0..10.0_f64) {
        let ((steps, tokens), (fewer, further)) = (trade(batch, critical), trade(batch * more, critical));
        prop_assert!(fewer <= steps && further >= tokens && fewer >= 1.0);
    }

    #[test]
    fn loss_falls_with_size_and_tokens(n in 1e7..1e13_f64, d in 1e8..1e14_f64, more in 1.0..10.0_f64) {
        let law = Law { floor: 1.82, a: 482.0, b: 2085.0, alpha: 0.35, beta: 0.37 };
        prop_assert!(law.loss(n * more, d) <= law.loss(n, d));
        prop_assert!(law.loss(n, d * more) <= law.loss(n, d) && law.loss(n, d) > 1.82);
    }
}

fn days(edits: &[Edit]) -> f64 {
    let mut all = super::published::llama();
    all.extend_from_slice(edits);
    let (outlook, _) = outlook(&made("nvidia-dgx-superpod-h100", 66, &all));
    outlook.time.expect("known").map(Seconds::get).mid / 86_400.0
}

#[test]
fn a_design_with_more_is_never_slower() {
    let usual = days(&[]);
    let blocking = set("plan.checkpoint.saving", "Blocking");
    let slow = |units: u32| days(&[blocking.clone(), Edit::set("storage.units", units)]);
    assert!(slow(4) > slow(8) && slow(8) > slow(64));
    assert!(slow(4) > usual);
    assert!(days(&[set("plan.reliability.spares", 0)]) > usual);
    let rigid = |spares: u32| {
        days(&[
            set("plan.reliability.rigid", true),
            set("plan.reliability.spares", spares),
        ])
    };
    assert!(rigid(4) > rigid(8) && rigid(8) > rigid(16) && rigid(16) >= usual);
    assert!(days(&[set("plan.power_cap", 0.7)]) > days(&[set("plan.power_cap", 0.9)]));
    assert!(
        days(&[
            set("plan.reliability.age", "0 d"),
            set("plan.reliability.burnt_in", false)
        ]) > usual
    );
    assert!(days(&[set("accelerators", 8_192)]) > usual);
}

/// The levers say what a design with the change comes to.
#[test]
fn levers_are_what_the_change_brings() {
    let mut edits = super::published::llama();
    edits.push(set("plan.checkpoint.saving", "Blocking"));
    edits.push(Edit::set("storage.units", 8));
    edits.push(set("plan.reliability.spares", 4));
    let design = made("nvidia-dgx-superpod-h100", 66, &edits);
    let (before, cost) = outlook(&design);
    let after = |edit: Edit| {
        let (outlook, _) = outlook(&apply_all(&design, &[edit]).expect("an edit").0);
        outlook.time.expect("known").mid
    };
    let rack = design.compute.groups[0].nodes_per_rack;
    let changed = [
        after(set("plan.reliability.spares", 4 + rack)),
        after(Edit::set("storage.units", 16)),
    ];
    for (lever, after) in before.levers.iter().zip(changed) {
        let saved = before.time.expect("known").mid - after;
        assert!(
            (lever.saves.get() - saved.get()).abs() < 1e-6 * saved.get() + 1e-6,
            "{lever:?} {saved}"
        );
        assert!(lever.saves.get() > 0.0);
    }
    for lever in &cost.levers {
        assert!(lever.saves.get() > 0.0 && lever.costs.get() > 0.0 && lever.days > 0.0);
    }
}

/// The band of the efficiency arrives in days, nodes and money.
#[test]
fn the_error_of_the_efficiency_is_carried_on() {
    let with = |spread: f64| {
        let mut edits = super::published::llama();
        edits.extend([set("plan.spread", spread), set("plan.deadline", "90 d")]);
        let design = made("nvidia-dgx-superpod-h100", 66, &edits);
        let (outlook, cost) = outlook(&design);
        (
            outlook.time.expect("known").map(Seconds::get),
            outlook.needed.expect("it can be met"),
            cost.run.expect("a price"),
        )
    };
    let ((time, nodes, money), (wide_time, wide_nodes, wide_money)) = (with(0.0), with(0.3));
    assert!(wide_time.low < time.low && wide_time.high > time.high && wide_time.mid == time.mid);
    assert!(wide_nodes.low < nodes.low && wide_nodes.high > nodes.high);
    assert!(wide_money.low < money.low && wide_money.high > money.high);
    assert!(nodes.low < nodes.mid && nodes.mid < nodes.high);
    // With as many accelerators as are needed at the middle, the run ends in time.
    let mut edits = super::published::llama();
    edits.extend([set("plan.spread", 0.0), set("accelerators", nodes.mid)]);
    let (met, _) = outlook(&made("nvidia-dgx-superpod-h100", 66, &edits));
    let days = met.time.expect("known").mid.get() / 86_400.0;
    assert!((days - 90.0).abs() < 0.5, "{days}");
}

/// Lifetime: more often is more, better software is less, rent follows its share.
#[test]
fn campaigns_follow_their_plan() {
    let with = |edits: &[Edit]| {
        let (outlook, cost) = outlook(&made("nvidia-dgx-superpod-h100", 4, edits));
        (outlook.campaign.expect("known"), cost)
    };
    let (usual, _) = with(&[]);
    assert_eq!(
        (usual.models, usual.continued, usual.years.len()),
        (4, 12, 4)
    );
    let (often, _) = with(&[set("plan.campaign.refresh_months", 6)]);
    assert!(often.models == 8 && often.lifetime.mid > usual.lifetime.mid);
    let (flat, _) = with(&[set("plan.campaign.software_gains", false)]);
    assert!(flat.lifetime.mid > usual.lifetime.mid && flat.years[0] == usual.years[0]);
    let (frontier, _) = with(&[set("plan.campaign.lab", "Frontier")]);
    assert!(frontier.model.mid > usual.model.mid * 3.0);
    let (_, own) = with(&[]);
    let (_, half) = with(&[set("plan.campaign.rented", 0.5)]);
    let (_, rent) = with(&[set("plan.campaign.rented", 1.0)]);
    let mid =
        |cost: &plumbline_engine::cost::CampaignCost| cost.lifetime.expect("a price").mid.get();
    assert!((mid(&half) - (mid(&own) + mid(&rent)) / 2.0).abs() < 1e-6 * mid(&half));
    assert_eq!(own.lifetime, own.lifetime_owned);
    assert_eq!(rent.lifetime, rent.lifetime_rented);
    let (_, data) = with(&[set("plan.campaign.data", "10 M$")]);
    assert!((mid(&data) - mid(&own) - 40e6).abs() < 1.0);
}

#[test]
fn nothing_unknown_is_guessed() {
    let design = made(
        "nvidia-dgx-superpod-h100",
        4,
        &[Edit::set("storage.system", "")],
    );
    let assessment = plumbline_engine::assess(&design, world());
    let outlook = assessment.predictions.workloads[0]
        .outlook
        .as_ref()
        .expect("failures are known");
    assert_eq!(outlook.missing.as_deref(), Some("storage.system"));
    assert!(outlook.time.is_none() && outlook.checkpoint.is_none());
    assert!(assessment.costs.campaigns.is_empty());
    let switch = outlook
        .failures
        .parts
        .iter()
        .find(|part| part.part == "switch");
    assert_eq!(switch.expect("listed").each_per_day, None);
    let benchmark = world()
        .constants
        .benchmarks
        .get("gpt3-175b")
        .expect("a benchmark");
    assert_eq!(samples_to_target(benchmark, 1), None);
}
