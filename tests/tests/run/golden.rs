//! Values that papers print, or that follow by hand.

use super::{made, outlook, set, within};
use plumbline_engine::predict::run::{
    Early, at_least, best, capped_speed, critical_batch, daly, efficiency, enough, expected,
    samples_to_target, shortage, trade, young,
};
use plumbline_tests::world;

/// Aupy et al., Table 2: C = R = 600 s, D = 60 s; the last column is the true optimum, recomputed.
#[test]
fn intervals_of_the_table() {
    let rows = [
        (3_849_609.0, 68_567.0, 68_573.0, 68_168.0),
        (962_402.0, 34_584.0, 34_595.0, 34_185.0),
        (240_601.0, 17_592.0, 17_615.0, 17_194.0),
        (60_150.0, 9_096.0, 9_142.0, 8_701.0),
        (30_075.0, 6_608.0, 6_673.0, 6_214.0),
        (15_038.0, 4_848.0, 4_940.0, 4_458.0),
        (7_519.0, 3_604.0, 3_733.0, 3_218.0),
    ];
    for (mean, by_young, by_daly, optimum) in rows {
        let near = |found: f64, printed: f64| {
            assert!((found - printed).abs() <= 1.5, "{mean}: {found}, {printed}");
        };
        near(young(mean, 600.0), by_young);
        near(daly(mean, 600.0, 660.0), by_daly);
        near(best(mean, 600.0), optimum);
        // Nothing near it is better.
        let share = |interval| efficiency(mean, 600.0, interval, 60.0, 600.0);
        let at = best(mean, 600.0);
        assert!(share(at) >= share(at * 1.01) && share(at) >= share(at * 0.99));
    }
}

/// Effective time by the expression of Kokolis et al., 8 accelerators a node, 10 min of restart.
#[test]
fn effective_time_of_the_published_expression() {
    let rows = [
        (1_024.0, 6.50, 60.0, 58.83, 0.9609),
        (4_096.0, 3.79, 60.0, 38.52, 0.9363),
        (16_384.0, 3.79, 10.0, 7.86, 0.9057),
        (16_384.0, 3.79, 60.0, 19.26, 0.8501),
        (16_384.0, 3.79, 300.0, 43.07, 0.7437),
        (16_384.0, 6.50, 10.0, 6.00, 0.8560),
        (65_536.0, 3.79, 10.0, 3.93, 0.7118),
        (131_072.0, 6.50, 10.0, 2.12, 0.1687),
        (131_072.0, 6.50, 300.0, 11.63, 0.0),
    ];
    for (accelerators, rate, blocking, minutes, printed) in rows {
        let mean = 86_400.0 / (accelerators / 8.0 * rate / 1000.0);
        let interval = young(mean, blocking) - blocking;
        assert!((interval / 60.0 - minutes).abs() < 0.006, "{interval}");
        let found = expected(mean, blocking, interval, 600.0);
        assert!((found - printed).abs() < 1e-4, "{found}, {printed}");
        // The exact form agrees where much is left, and is the larger where little is.
        let exact = efficiency(mean, blocking, interval + blocking, 600.0, 0.0);
        assert!(exact > found - 1e-3 && (printed < 0.8 || exact - found < 1e-2));
    }
}

#[test]
fn racks_of_which_a_job_takes_sixteen_trays() {
    let rows = [
        (0.99, 0.9993, 0.835),
        (0.98, 0.9948, 0.695),
        (0.95, 0.942, 0.397),
    ];
    for (up, sixteen, all) in rows {
        assert!((at_least(16, 18, up) - sixteen).abs() < 5e-4);
        assert!((at_least(18, 18, up) - all).abs() < 5e-4);
    }
}

/// 2,048 nodes, 3.79 faults per 1,000 node-days, 37 % to be repaired in 3 days.
#[test]
fn spares_by_poisson() {
    let out: f64 = 2_048.0 * 3.79e-3 * 0.37 * 3.0;
    assert!((out - 8.6).abs() < 0.02);
    assert_eq!(enough(out, 0.01), 16);
    // The example prints 0.8 %; it is 0.75.
    assert!((shortage(out, 16) - 0.0075).abs() < 5e-5);
    // The normal distribution takes over without a step.
    let (below, above) = (shortage(99.9, 110), shortage(100.1, 110));
    assert!((above / below - 1.0).abs() < 0.08, "{below} {above}");
}

#[test]
fn early_life_of_a_fleet() {
    let early = Early {
        share: 0.03,
        days: 30.0,
        yearly: 0.11,
    };
    assert!((early.failed(90.0) - 0.056).abs() < 5e-4);
    assert!(early.rate(0.0, 30.0) > early.rate(30.0, 30.0));
}

#[test]
fn critical_batches_of_the_law() {
    for (tokens, millions) in [(100e9, 2.6), (1e12, 7.8), (3e12, 13.0), (15e12, 28.0)] {
        within(critical_batch(tokens, 11_730.0, 0.47) / 1e6, millions, 0.03);
    }
    // At the critical batch twice the fewest of both, at four times 1.25 and 5.
    assert_eq!(trade(1.0, 1.0), (2.0, 2.0));
    assert_eq!(trade(4.0, 1.0), (1.25, 5.0));
}

/// Training step under a power limit, as the facts tabulate it.
#[test]
fn speed_under_a_power_limit() {
    for (cap, speed) in [
        (1.0, 1.0),
        (0.9, 0.95),
        (0.8, 0.90),
        (0.7, 0.85),
        (0.6, 0.79),
        (0.5, 0.72),
    ] {
        assert!(
            (capped_speed(cap, 0.75, 0.6) - speed).abs() < 0.0065,
            "{cap}"
        );
    }
}

/// 4 M tokens until 252 M, 8 M until 2.87 T, 16 M to the end of 15.6 T.
#[test]
fn steps_of_a_batch_schedule() {
    let design = made("nvidia-dgx-superpod-h100", 64, &super::published::llama());
    let (outlook, _) = outlook(&design);
    let by_hand = 252e6 / 4e6 + (2.87e12 - 252e6) / 8e6 + (15.6e12 - 2.87e12) / 16e6;
    within(outlook.batch.steps, by_hand, 1e-9);
    assert!(!outlook.batch.assumed);
}

/// MLPerf rows: the score from the measured step, in minutes as they were before scaling.
#[test]
fn benchmark_scores_from_measured_steps() {
    let rows = [
        ("llama-3.1-405b", 448, 19.1684, 206.288),
        ("llama-3.1-405b", 1152, 8.4995, 36.397),
        ("llama-3.1-405b", 1152, 55.143, 230.676),
        ("llama-3.1-405b", 1152, 14.2222, 60.167),
        ("llama-3.1-405b", 1216, 12.7118, 60.414),
        ("llama-3.1-405b", 1536, 5.1807, 19.638),
        ("llama-3.1-405b", 576, 27.6456, 241.255),
        ("llama-3.1-405b", 960, 3.1906, 18.794),
        ("llama-3.1-405b", 1280, 2.2279, 9.995),
        ("llama-3.1-8b", 16, 0.4055, 79.325),
        ("llama-3.1-8b", 16, 0.3466, 67.373),
        ("llama-3.1-8b", 36, 0.148, 12.750),
        ("llama-3.1-8b", 64, 0.0854, 5.164),
        ("llama-2-70b-lora", 8, 0.2407, 1.859),
        ("llama-2-70b-lora", 9, 0.2275, 1.586),
        ("llama-2-70b-lora", 18, 0.244, 1.128),
        ("llama-2-70b-lora", 64, 0.2577, 0.560),
        ("llama-2-70b-lora", 8, 1.4864, 10.793),
    ];
    let mut errors: Vec<f64> = Vec::new();
    for (id, batch, step, minutes) in rows {
        let benchmark = world().constants.benchmarks.get(id).expect("a benchmark");
        let found = benchmark.time_to_train(batch, step).expect("known").mid / 60.0;
        errors.push((found / minutes - 1.0).abs());
        within(found, minutes, 0.19);
    }
    errors.sort_by(f64::total_cmp);
    let at = |part: f64| errors[(errors.len() as f64 * part) as usize] * 100.0;
    println!(
        "time to train with steps known: median {:.1} %, p90 {:.1} %",
        at(0.5),
        at(0.9)
    );
    assert!(at(0.5) <= 7.0 && at(0.9) <= 18.0);
}

#[test]
fn samples_between_published_batches_lie_between_them() {
    let lora = world()
        .constants
        .benchmarks
        .get("llama-2-70b-lora")
        .expect("a benchmark");
    let between = samples_to_target(lora, 32).expect("between 18 and 48").mid;
    assert!(between > 4347.0 && between < 6144.0);
    assert_eq!(samples_to_target(lora, 4), None);
    assert_eq!(samples_to_target(lora, 256), None);
}

/// What a plan states goes before every default.
#[test]
fn the_persons_own_figures_hold() {
    let mut edits = super::published::llama();
    edits.extend([
        set("plan.reliability.mean_time", "10 h"),
        set("plan.reliability.recovery", "5 min"),
        set("plan.checkpoint.interval", "20 min"),
        set("plan.checkpoint.blocking", "3 s"),
        set("plan.evaluation", 0.0),
        set("plan.spread", 0.0),
        set("plan.campaign.multiplier", 2.0),
        set("plan.campaign.post_training", 0.1),
        set("plan.campaign.refresh_months", 0),
        set("plan.campaign.continued_months", 0),
    ]);
    let (outlook, _) = outlook(&made("nvidia-dgx-superpod-h100", 65, &edits));
    let checkpoint = outlook.checkpoint.expect("storage is known");
    let reload = checkpoint.reload.get() + checkpoint.drain.get();
    let share = efficiency(36_000.0, 3.0, 1200.0, 300.0, reload);
    let goodput = outlook.goodput.expect("storage is known");
    within(goodput.effective.mid, share, 1e-12);
    let campaign = outlook.campaign.expect("all is known");
    within(campaign.lifetime.mid, campaign.final_run.mid * 2.1, 1e-12);
    assert_eq!((campaign.models, campaign.continued), (1, 0));
}
