//! Properties over random designs and prices: money is conserved, totals are ordered, and
//! what should not lower a cost does not.

use super::{costs, ends, line, small};
use plumbline_engine::catalogue::{Price, Range};
use plumbline_engine::cost::{CostLine, Costs, difference};
use plumbline_engine::design::{Design, Quote, WorkloadClass};
use plumbline_engine::quantity::*;
use plumbline_engine::reference::World;
use proptest::prelude::*;

/// Everything that moves the cost of the small design.
fn any_design() -> impl Strategy<Value = Design> {
    let counts = (1_u32..3000, 1_u32..=10, any::<bool>(), any::<bool>());
    let ratio = || proptest::option::of(0.0_f64..1.0);
    let ratios = (ratio(), ratio(), ratio(), ratio(), ratio(), ratio());
    let prices = (
        proptest::option::of(0.0_f64..1e-3),
        proptest::option::of(1.0_f64..2.0),
        proptest::option::of(0.0_f64..1e6),
    );
    (counts, ratios, prices).prop_map(|((nodes, years, licence, inference), ratios, prices)| {
        let mut design = small::design();
        design.compute.groups[0].nodes = nodes;
        if licence {
            design.orchestration.licence.clear();
        }
        if inference {
            design.workloads[0].class = WorkloadClass::Inference;
        }
        let money = &mut design.economics;
        money.years = years;
        let [
            utilisation,
            share,
            discount,
            support,
            installation,
            residual,
        ] = <[Option<f64>; 6]>::from(ratios).map(|r| r.map(Ratio::new));
        (money.utilisation, money.power_share, money.discount) = (utilisation, share, discount);
        (money.support, money.installation, money.residual) = (support, installation, residual);
        money.electricity = prices.0.map(EnergyPrice::new);
        design.site.pue = prices.1.map(Ratio::new);
        if let Some(price) = prices.2 {
            let quote = Quote {
                price: Some(Money::new(price)),
                note: String::new(),
            };
            design.quotes.insert("capex/compute/node".into(), quote);
        }
        design
    })
}

/// A price with its ends in order, sometimes without spread.
fn any_range() -> impl Strategy<Value = Range<f64>> {
    (0.0_f64..1e6, 0.0_f64..1e6, 0.0_f64..1e6).prop_map(|(a, b, c)| {
        let mut ends = [a, b, c];
        ends.sort_by(f64::total_cmp);
        Range {
            low: ends[0],
            mid: ends[1],
            high: ends[2],
        }
    })
}

fn totals(costs: &Costs) -> [[f64; 3]; 4] {
    [
        ends(costs.capex),
        ends(costs.opex),
        ends(costs.tco),
        ends(costs.npv),
    ]
}

fn sum(lines: &[CostLine], prefix: &str) -> [f64; 3] {
    let lines = lines.iter().filter(|line| line.path.starts_with(prefix));
    lines.fold([0.0; 3], |sum, line| {
        let amount = ends(line.total);
        [sum[0] + amount[0], sum[1] + amount[1], sum[2] + amount[2]]
    })
}

fn equal(a: [f64; 3], b: [f64; 3]) -> bool {
    a.into_iter()
        .zip(b)
        .all(|(a, b)| (a - b).abs() <= 1e-9 * (a.abs() + b.abs() + 1.0))
}

/// Not below, but for rounding.
fn no_less(after: f64, before: f64) -> bool {
    after >= before - 1e-9 * before.abs()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn money_is_conserved(design in any_design(), node in any_range()) {
        let mut world = small::world();
        reprice(&mut world, "node", node);
        let costs = costs(&design, &world);
        prop_assert!(equal(sum(&costs.lines, "capex/"), ends(costs.capex)));
        prop_assert!(equal(sum(&costs.lines, "opex/"), ends(costs.opex)));
        prop_assert!(equal(sum(&costs.lines, "residual/").map(|x| -x), ends(costs.residual)));
        prop_assert!(equal(sum(&costs.lines, ""), ends(costs.tco)));
        for line in &costs.lines {
            prop_assert_eq!(line.years.len(), costs.years as usize + 1);
            let years = line.years.iter().fold(0.0, |sum, year| sum + year.mid.get());
            prop_assert!((years - line.total.mid.get()).abs() <= 1e-9 * years.abs());
        }
    }

    #[test]
    fn totals_rise_from_low_to_high(design in any_design(), node in any_range(), switch in any_range()) {
        let mut world = small::world();
        reprice(&mut world, "node", node);
        reprice(&mut world, "switch", switch);
        let costs = costs(&design, &world);
        for [low, mid, high] in totals(&costs) {
            prop_assert!(no_less(mid, low) && no_less(high, mid), "{low} {mid} {high}");
        }
        if let Some(hour) = costs.per_accelerator_hour {
            prop_assert!(no_less(hour.mid.get(), hour.low.get()) && no_less(hour.high.get(), hour.mid.get()));
        }
    }

    #[test]
    fn a_price_up_lowers_no_total(design in any_design(), which in 0_usize..9, factor in 1.0_f64..3.0) {
        let before = small::world();
        let mut after = before.clone();
        raise(&mut after, which, factor);
        let (before, after) = (costs(&design, &before), costs(&design, &after));
        for (after, before) in totals(&after).into_iter().zip(totals(&before)) {
            for (after, before) in after.into_iter().zip(before) {
                prop_assert!(no_less(after, before), "price {which}: {before} to {after}");
            }
        }
    }

    #[test]
    fn more_years_lower_no_running_cost(design in any_design()) {
        let world = small::world();
        let mut longer = design.clone();
        longer.economics.years = (design.economics.years + 1).min(10);
        let (short, long) = (costs(&design, &world), costs(&longer, &world));
        prop_assert!(ends(long.opex).into_iter().zip(ends(short.opex)).all(|(l, s)| no_less(l, s)));
        prop_assert_eq!(long.capex, short.capex);
        prop_assert!(long.residual.mid <= short.residual.mid);
    }

    #[test]
    fn dearer_power_and_more_overhead_lower_no_energy_cost(design in any_design(), price in 0.0_f64..1e-3, more in 0.0_f64..1e-3) {
        let world = small::world();
        let mut cheap = design;
        cheap.economics.electricity = Some(EnergyPrice::new(price));
        cheap.site.pue = Some(Ratio::new(1.1));
        let mut dear = cheap.clone();
        dear.economics.electricity = Some(EnergyPrice::new(price + more));
        dear.site.pue = Some(Ratio::new(1.1 + more));
        let energy = |design: &Design| ends(line(&costs(design, &world), "opex/energy").total);
        for (dear, cheap) in energy(&dear).into_iter().zip(energy(&cheap)) {
            prop_assert!(no_less(dear, cheap));
        }
    }

    #[test]
    fn differences_sum_to_the_whole(a in any_design(), b in any_design()) {
        let world = small::world();
        let (a, b) = (costs(&a, &world), costs(&b, &world));
        let lines = difference(&a, &b);
        let whole = (b.tco.mid - a.tco.mid).get();
        let amounts = lines.iter().fold(0.0, |sum, line| sum + line.amount.get());
        let scale = a.tco.mid.get() + b.tco.mid.get();
        prop_assert!((amounts - whole).abs() <= 1e-13 * scale, "{amounts} {whole}");
        let shares: f64 = lines.iter().map(|line| line.share).sum();
        prop_assert!((shares - 1.0).abs() < 1e-9 || shares == 0.0, "{shares}");
    }

    #[test]
    fn absurd_figures_stay_finite(price in prop::num::f64::POSITIVE, rate in prop::num::f64::POSITIVE, nodes in 0_u32..=1_000_000) {
        let mut design = small::design();
        design.compute.groups[0].nodes = nodes;
        design.quotes.insert("capex/compute/node".into(), Quote { price: Some(Money::new(price)), note: String::new() });
        design.economics.discount = Some(Ratio::new(rate));
        design.economics.electricity = Some(EnergyPrice::new(price));
        design.workloads[0].tokens = Some(Tokens::new(price));
        design.workloads[1].throughput = Some(TokensPerSec::new(rate));
        let costs = costs(&design, &small::world());
        prop_assert!(totals(&costs).into_iter().flatten().all(f64::is_finite));
        prop_assert!(costs.outcomes.iter().all(|o| o.accelerator_hours.is_none_or(f64::is_finite)));
    }
}

fn reprice(world: &mut World, part: &str, range: Range<f64>) {
    if let Some(price) = world.prices.parts.get_mut(part) {
        price.range = range.map(Money::new);
    }
}

/// Raises one price of the world.
fn raise(world: &mut World, which: usize, factor: f64) {
    fn up<Q: Quantity>(price: Option<&mut Price<Q>>, factor: f64) {
        let price = price.expect("the small world has it");
        price.range = price.range.map(|q| Q::from_base(q.base() * factor));
    }
    let (prices, site) = (
        &mut world.prices,
        world.sites.get_mut("here").expect("one site"),
    );
    match which {
        0 => up(prices.parts.get_mut("node"), factor),
        1 => up(prices.parts.get_mut("switch"), factor),
        2 => up(prices.shares.get_mut("support.compute"), factor),
        3 => up(prices.shares.get_mut("installation.services"), factor),
        4 => up(prices.licences.get_mut("suite"), factor),
        5 => up(prices.people.get_mut("engineer-year"), factor),
        6 => up(prices.staff.get_mut("per-further-1000"), factor),
        7 => up(Some(&mut site.electricity), factor),
        _ => up(Some(&mut site.colocation), factor),
    }
}
