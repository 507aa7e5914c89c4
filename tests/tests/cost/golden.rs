//! Figures computed by hand from the small world, and the shape of the result.

use super::{all_close, close, costs, ends, line, small};
use plumbline_engine::cost::difference;
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Path, Quote, WorkloadClass};
use plumbline_engine::predict::{Basis, predict};
use plumbline_engine::quantity::*;
use plumbline_engine::sourced::Grade;

#[test]
fn purchase_and_installation() {
    let costs = costs(&small::design(), &small::world());
    // Two nodes, one leaf, one spine.
    all_close(
        line(&costs, "capex/compute/node").total,
        [400e3, 600e3, 800e3],
    );
    all_close(
        line(&costs, "capex/network/switch-leaf").total,
        [30e3, 40e3, 50e3],
    );
    // 3 % of 680 k, and 1 % of 460 k, 6 % of 900 k.
    all_close(
        line(&costs, "capex/installation/services").total,
        [4.6e3, 20.4e3, 54e3],
    );
    // 680 k x 1.065; 460 k x 1.025; 900 k x 1.13.
    all_close(costs.capex, [471.5e3, 724.2e3, 1017e3]);
}

#[test]
fn energy_is_on_mean_power_and_colocation_on_provisioned() {
    let costs = costs(&small::design(), &small::world());
    // 2 x 10 kW and 2 x 1 kW; shares are the mean of training and inference, half the time idle.
    close(costs.provisioned.get(), 22e3);
    close(costs.mean.get(), 22e3 * (0.5 * 0.7 + 0.5 * 0.2));
    let energy = line(&costs, "opex/energy");
    let year = |share: f64, pue: f64, price: f64| 22.0 * share * pue * 8760.0 * price;
    all_close(
        energy.years[1],
        [
            year(0.35, 1.1, 0.05),
            year(0.45, 1.25, 0.1),
            year(0.55, 1.5, 0.2),
        ],
    );
    all_close(
        energy.total,
        ends(energy.years[1]).map(|amount| amount * 4.0),
    );
    let colocation = line(&costs, "opex/colocation");
    all_close(
        colocation.years[1],
        [150.0, 200.0, 250.0].map(|price| price * 22.0 * 12.0),
    );
    assert!(colocation.label.contains("electricity billed separately"));
}

#[test]
fn yearly_lines() {
    let costs = costs(&small::design(), &small::world());
    all_close(
        line(&costs, "opex/support/compute").years[4],
        [12e3, 24e3, 48e3],
    );
    all_close(
        line(&costs, "opex/support/network").years[4],
        [3e3, 6.4e3, 10e3],
    );
    all_close(line(&costs, "opex/licences/suite").years[1], [72e3; 3]);
    all_close(line(&costs, "opex/staff").years[1], [360e3, 1e6, 2.4e6]);
}

#[test]
fn staff_beyond_the_first_thousand_accelerators() {
    let mut design = small::design();
    design.compute.groups[0].nodes = 250;
    let costs = costs(&design, &small::world());
    // 2,000 accelerators: 4 + 1 heads of 250 k.
    all_close(
        line(&costs, "opex/staff").years[1],
        [2.5 * 180e3, 5.0 * 250e3, 8.0 * 400e3],
    );
}

#[test]
fn residual_beyond_the_published_ages_keeps_declining() {
    let costs = costs(&small::design(), &small::world());
    let residual = line(&costs, "residual/compute");
    // Year 2 is 0.25-0.36-0.49, year 1 0.5-0.6-0.7: by half, 0.6 and 0.7 for two more years.
    let [low, mid, high] = [0.25 * 0.25, 0.36 * 0.36, 0.49 * 0.49];
    all_close(residual.total, [-600e3 * high, -600e3 * mid, -600e3 * low]);
    assert_eq!(residual.origin.grade, Grade::Derived);
    assert_eq!(ends(residual.years[3]), [0.0; 3]);
    all_close(residual.years[4], ends(residual.total));
}

#[test]
fn nobody_plans_to_sell_for_more_than_they_paid() {
    let (mut design, mut world) = (small::design(), small::world());
    design.economics.years = 1;
    world
        .prices
        .residual
        .insert("acc".into(), vec![small::price(0.5, 0.6, 0.7)]);
    // 70 % of the middle price of 600 k are more than the 400 k of the low-cost case.
    let residual = line(&costs(&design, &world), "residual/compute").total;
    all_close(residual, [-400e3, -360e3, -300e3]);
}

#[test]
fn present_value_and_hourly_cost() {
    let costs = costs(&small::design(), &small::world());
    // 724,200 now, 1,166,040.50 in each of four years, less 77,760 at the end, at 10 %. The
    // annuity factor is (1 - 1.1^-4) / 0.1 = 4.641 / 1.4641 = 3.169865446...
    let annuity = 4.641 / 1.4641;
    let npv = 724.2e3 + 1_166_040.5 * annuity - 77.76e3 / 1.4641;
    close(costs.npv.mid.get(), npv);
    close(costs.tco.mid.get(), 724.2e3 + 4.0 * 1_166_040.5 - 77.76e3);
    let hour = costs
        .per_accelerator_hour
        .map(ends)
        .expect("all data are known");
    close(hour[1], npv / annuity / (16.0 * 8760.0 * 0.5));
    close(hour[1], 19.659_666_757);
}

#[test]
fn without_discount_the_present_value_is_the_sum() {
    let mut design = small::design();
    design.economics.discount = Some(Ratio::new(0.0));
    let costs = costs(&design, &small::world());
    all_close(costs.npv, ends(costs.tco));
    let hour = costs
        .per_accelerator_hour
        .map(ends)
        .expect("all data are known");
    close(hour[1], costs.tco.mid.get() / 4.0 / (16.0 * 8760.0 * 0.5));
}

#[test]
fn predictions_rest_on_what_is_stated() {
    let (design, world) = (small::design(), small::world());
    let predictions = predict(&derive(&design, &world));
    let [run, tokens] = predictions.workloads.as_slice() else {
        panic!("two workloads")
    };
    // 6 x 10^9 x 1.2 x 10^12 operations at 0.4 PFLOPS are 18 M s on one accelerator.
    let training = run.run.expect("all data are stated");
    close(training.operations.get(), 7.2e21);
    close(training.accelerator_hours, 5000.0);
    close(training.duration.get(), 18e6 / 16.0);
    assert_eq!(
        (run.basis, tokens.class),
        (Basis::Stated, WorkloadClass::Inference)
    );
    // 1,000 tokens/s: a million takes 1,000 s.
    close(
        tokens.serving.expect("stated").hours_per_million_tokens.mid,
        1000.0 / 3600.0,
    );
    let costs = costs(&design, &world);
    let hour = costs
        .per_accelerator_hour
        .expect("all data are known")
        .mid
        .get();
    close(
        costs.outcomes[0].run.expect("known").mid.get(),
        hour * 5000.0,
    );
    close(
        costs.outcomes[0].run_rented.expect("known").high.get(),
        4.0 * 5000.0,
    );
    close(
        costs.outcomes[1].million_tokens.expect("known").mid.get(),
        hour / 3.6,
    );
}

#[test]
fn at_the_break_even_utilisation_own_and_rent_cost_the_same() {
    let mut design = small::design();
    design.economics.staff = Some(Ratio::new(0.1));
    let world = small::world();
    let rent = costs(&design, &world).rent.expect("the book has a rent");
    let even = rent
        .break_even
        .mid
        .expect("owning pays off before full use");
    design.economics.utilisation = Some(Ratio::new(even));
    let there = costs(&design, &world).rent.expect("the book has a rent");
    close(there.own.mid.get(), there.rent.mid.get());
    let (low, high) = (
        rent.break_even.low.expect("optimistic"),
        rent.break_even.high,
    );
    assert!(low < even && high.is_none_or(|high| high > even));
}

#[test]
fn a_quote_replaces_our_price() {
    let (mut design, world) = (small::design(), small::world());
    let quote = |price: f64| Quote {
        price: Some(Money::new(price)),
        note: "Reseller, March".into(),
    };
    design
        .quotes
        .insert("capex/compute/node".into(), quote(250e3));
    design
        .quotes
        .insert("opex/support/compute".into(), quote(10e3));
    design.quotes.insert("opex/energy".into(), quote(0.08));
    design
        .quotes
        .insert("capex/compute/gone".into(), quote(1.0));
    let costs = costs(&design, &world);
    assert_eq!(costs.unused_quotes, ["capex/compute/gone"]);
    let node = line(&costs, "capex/compute/node");
    all_close(node.total, [500e3; 3]);
    assert_eq!(
        (node.weakest, node.origin.section.as_str()),
        (Grade::User, "Reseller, March")
    );
    all_close(line(&costs, "opex/support/compute").years[2], [10e3; 3]);
    close(
        line(&costs, "opex/energy").years[1].mid.get(),
        22.0 * 0.45 * 1.25 * 8760.0 * 0.08,
    );
    let mut defaults = costs.defaults.iter();
    assert!(defaults.all(|default| !default.value.contains("support, compute")));
}

#[test]
fn a_part_that_another_includes_has_no_line_while_the_other_is_bought() {
    let (design, mut world) = (small::design(), small::world());
    world.prices.parts.remove("switch");
    world.prices.included.insert("switch".into(), "node".into());
    let with = costs(&design, &world);
    assert!(!with.at_least() && with.lines.iter().all(|line| !line.path.contains("switch")));
    world.prices.included.insert("node".into(), "switch".into());
    let circular = costs(&design, &world);
    assert!(
        circular.missing.iter().any(|m| m.contains("switch")),
        "{:?}",
        circular.missing
    );
}

#[test]
fn a_stated_share_replaces_the_lines_of_installation() {
    let mut design = small::design();
    design.economics.installation = Some(Ratio::new(0.1));
    let costs = costs(&design, &small::world());
    let paths = costs
        .lines
        .iter()
        .filter(|l| l.path.starts_with("capex/installation"));
    assert_eq!(
        paths.map(|l| l.path.as_str()).collect::<Vec<_>>(),
        ["capex/installation/stated"]
    );
    close(costs.capex.mid.get(), 680e3 * 1.1);
}

#[test]
fn every_path_is_its_own_and_can_carry_a_quote() {
    let mut design = small::design();
    let group = design.compute.groups[0].clone();
    design.compute.groups.extend([group.clone(), group]);
    let costs = costs(&design, &small::world());
    let mut paths: Vec<&str> = costs.lines.iter().map(|l| l.path.as_str()).collect();
    for path in &paths {
        let edit = Path::parse(&format!("quotes.{path}.price")).expect("a path in a design");
        assert_eq!(edit.0.len(), 3, "{path}");
    }
    let count = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), count);
    assert!(paths.contains(&"capex/compute/node-3"));
}

#[test]
fn the_soft_share_counts_estimates_and_memory() {
    let (design, mut world) = (small::design(), small::world());
    assert_eq!(costs(&design, &world).soft_share.get(), 0.0);
    world
        .prices
        .parts
        .get_mut("switch")
        .expect("priced")
        .origin
        .grade = Grade::Memory;
    let soft = costs(&design, &world);
    let lines = soft.lines.iter().filter(|l| l.weakest == Grade::Memory);
    let memory: f64 = lines.map(|l| l.total.mid.get()).sum();
    // Both switches, their support, and the installation that they are part of the base of.
    close(memory, 80e3 + 25.6e3 + 680e3 * 0.065);
    close(
        soft.soft_share.get(),
        memory / (soft.capex.mid + soft.opex.mid).get(),
    );
}

#[test]
fn a_difference_is_attributed_line_by_line() {
    let world = small::world();
    let (here, mut there) = (small::design(), small::design());
    // A third node is a second unit of fabric: another leaf.
    there.compute.groups[0].nodes = 3;
    there.orchestration.licence = String::new();
    there.economics.installation = Some(Ratio::new(0.05));
    let (a, b) = (costs(&here, &world), costs(&there, &world));
    let lines = difference(&a, &b);
    let find = |path: &str| {
        lines
            .iter()
            .find(|l| l.path == path)
            .map(|l| l.amount.get())
    };
    assert_eq!(find("capex/compute/node"), Some(300e3));
    assert_eq!(find("capex/network/switch-leaf"), Some(40e3));
    assert_eq!(find("opex/licences/suite"), Some(-288e3));
    close(
        find("capex/installation/services").expect("only the first has it"),
        -20.4e3,
    );
    close(
        find("capex/installation/stated").expect("only the second has it"),
        0.05 * 1020e3,
    );
    close(
        lines.iter().map(|l| l.amount.get()).sum(),
        (b.tco.mid - a.tco.mid).get(),
    );
    close(lines.iter().map(|l| l.share).sum(), 1.0);
    assert!(
        difference(&a, &a)
            .iter()
            .all(|l| l.amount.get() == 0.0 && l.share == 0.0)
    );
}
