//! What is not known is named, and the totals say so.

use super::{costs, line, small};
use plumbline_engine::cost::Costs;
use plumbline_engine::design::{Design, Quote};
use plumbline_engine::predict::predict;
use plumbline_engine::quantity::*;
use plumbline_engine::reference::World;
use plumbline_engine::sourced::Sourced;

/// The world without one figure that a total needs.
fn blanked(blank: impl Fn(&mut World)) -> Costs {
    let mut world = small::world();
    blank(&mut world);
    costs(&small::design(), &world)
}

#[test]
fn nothing_is_missing_where_everything_is_known() {
    let costs = blanked(|_| {});
    assert!(
        !costs.at_least() && costs.unknowns.is_empty(),
        "{:?} {:?}",
        costs.missing,
        costs.unknowns
    );
}

#[test]
fn each_figure_of_the_book_blanked_makes_the_total_at_least() {
    let known = blanked(|_| {});
    let book = small::world().prices;
    let mut cases: Vec<(String, World)> = Vec::new();
    let mut case = |name: &str, blank: &dyn Fn(&mut World)| {
        let mut world = small::world();
        blank(&mut world);
        cases.push((name.to_owned(), world));
    };
    for key in book.parts.keys() {
        case(key, &|w| drop(w.prices.parts.remove(key)));
    }
    for key in book.shares.keys().filter(|key| *key != "support.storage") {
        case(key, &|w| drop(w.prices.shares.remove(key)));
    }
    case("suite", &|w| w.prices.licences.clear());
    case("engineer-year", &|w| w.prices.people.clear());
    case("first-1000", &|w| w.prices.staff.clear());
    case("site.region", &|w| w.sites.clear());
    case("utilisation", &|w| w.constants.ratios.clear());
    case("idle", &|w| drop(w.constants.utilisation.remove("idle")));
    case("training-air", &|w| {
        drop(w.constants.utilisation.remove("training-air"))
    });
    case("compute.groups[0].part", &|w| {
        w.catalogue
            .nodes
            .values_mut()
            .for_each(|n| n.power_max = Sourced::unknown("blank"))
    });
    for (name, world) in cases {
        let costs = costs(&small::design(), &world);
        assert!(costs.at_least(), "{name}");
        assert!(
            costs.missing.iter().any(|m| m.contains(&name)),
            "{name}: {:?}",
            costs.missing
        );
        assert!(costs.lines.iter().any(|l| l.missing.is_some()), "{name}");
        assert!(
            costs.tco.low <= known.tco.low && costs.tco.high <= known.tco.high,
            "{name}"
        );
    }
}

#[test]
fn a_line_without_a_price_is_empty_and_a_quote_fills_it() {
    let (mut design, mut world) = (small::design(), small::world());
    world.prices.parts.remove("node");
    let without = costs(&design, &world);
    let node = line(&without, "capex/compute/node");
    assert_eq!(node.missing.as_deref(), Some("price of node"));
    assert!(node.years.is_empty() && node.unit_price.is_none());
    assert_eq!(node.quantity, Some(2.0));
    // What is a share of it is not counted as nothing either.
    assert!(line(&without, "opex/support/compute").missing.is_some());
    assert!(
        line(&without, "capex/installation/services")
            .missing
            .is_some()
    );
    design.quotes.insert(
        "capex/compute/node".into(),
        Quote {
            price: Some(Money::new(1e5)),
            note: String::new(),
        },
    );
    assert!(!costs(&design, &world).at_least());
}

#[test]
fn a_count_that_is_not_known_names_its_subject() {
    let mut design = small::design();
    design.fabrics.storage.switches = vec![plumbline_engine::design::SwitchGroup {
        part: "switch".into(),
        ..Default::default()
    }];
    let costs = costs(&design, &small::world());
    let switch = line(&costs, "capex/network/switch-storage");
    assert_eq!(
        switch.missing.as_deref(),
        Some("fabrics.storage.switches[0].count")
    );
    // Its power is not known either: energy holds the rest and says so.
    let energy = line(&costs, "opex/energy");
    assert!(energy.total.mid > Money::ZERO && energy.missing.is_some());
}

#[test]
fn figures_beside_the_totals_are_unknown_not_missing() {
    let residual = blanked(|w| w.prices.residual.clear());
    assert!(
        !residual.at_least()
            && residual
                .unknowns
                .iter()
                .any(|u| u.starts_with("residual/compute"))
    );
    let rent = blanked(|w| w.prices.rent.clear());
    assert!(rent.rent.is_none() && rent.unknowns == ["rent of acc/reserved-1y"]);
    let rate = blanked(|w| w.prices.discount.clear());
    assert!(rate.per_accelerator_hour.is_none() && rate.outcomes[0].missing.is_some());
    assert!(rate.unknowns.iter().any(|u| u.contains("enterprise")));
}

#[test]
fn a_prediction_names_the_datum_that_it_lacks() {
    let missing = |change: fn(&mut Design, &mut World)| {
        let (mut design, mut world) = (small::design(), small::world());
        change(&mut design, &mut world);
        let derived = plumbline_engine::derive::derive(&design, &world);
        predict(&derived)
            .workloads
            .into_iter()
            .filter_map(|w| w.missing)
            .collect::<Vec<_>>()
    };
    assert!(missing(|_, _| {}).is_empty());
    assert_eq!(
        missing(|d, _| d.workloads[0].mfu = None),
        ["workloads[0].mfu"]
    );
    assert_eq!(
        missing(|d, _| d.workloads[0].mfu = Some(Ratio::ZERO)),
        ["workloads[0].mfu"]
    );
    assert_eq!(
        missing(|d, _| d.workloads[0].tokens = None),
        ["workloads[0].tokens"]
    );
    assert_eq!(
        missing(|d, _| d.workloads[0].model = "x".into()),
        ["workloads[0].model"]
    );
    assert_eq!(
        missing(|d, _| d.workloads[1].throughput = None),
        ["workloads[1].throughput"]
    );
    assert_eq!(
        missing(|_, w| w.catalogue.accelerators.clear()),
        ["acc.bf16"]
    );
    assert_eq!(
        missing(|d, _| d.compute.groups.clear()),
        ["compute.groups[0].part"]
    );
    let constant = "constants.ratios.training-flops-per-parameter-token";
    assert_eq!(missing(|_, w| w.constants.ratios.clear()), [constant]);
}

#[test]
fn an_empty_design_and_an_empty_world_cost_nothing_that_is_known() {
    let costs = costs(&Design::default(), &World::default());
    assert_eq!(costs.tco.high, Money::ZERO);
    assert!(costs.per_accelerator_hour.is_none() && costs.rent.is_none());
}
