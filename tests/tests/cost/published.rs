//! The embedded world: its prices, what happens without each of them, and published costs
//! to hold ours against.

use super::{costs, ends};
use plumbline_engine::catalogue::{Price, Range};
use plumbline_engine::cost::Costs;
use plumbline_engine::derive::derive;
use plumbline_engine::design::Design;
use plumbline_engine::quantity::*;
use plumbline_engine::reference::{ReferenceKind, World, instantiate};
use plumbline_engine::world;

fn design(world: &World, id: &str) -> Option<Design> {
    instantiate(world.references.get(id)?, 4, None, None).ok()
}

fn superpod(world: &World) -> Design {
    design(world, "nvidia-dgx-superpod-h100").expect("the reference is embedded")
}

#[test]
fn all_prices_rise_from_low_to_high() {
    fn rising<'p, Q: Quantity + 'p>(prices: impl Iterator<Item = (&'p String, &'p Price<Q>)>) {
        for (key, price) in prices {
            let [low, mid, high] = ends(price.range);
            assert!(
                0.0 <= low && low <= mid && mid <= high,
                "{key}: {low} {mid} {high}"
            );
        }
    }
    let world = world();
    let book = &world.prices;
    rising(book.parts.iter());
    rising(book.shares.iter());
    rising(book.licences.iter());
    rising(book.people.iter());
    rising(book.staff.iter());
    rising(book.rent.iter());
    rising(book.discount.iter());
    rising(
        book.residual
            .iter()
            .flat_map(|(key, curve)| curve.iter().map(move |price| (key, price))),
    );
    rising(
        world
            .sites
            .iter()
            .map(|(key, site)| (key, &site.electricity)),
    );
    rising(
        world
            .sites
            .iter()
            .map(|(key, site)| (key, &site.colocation)),
    );
    rising(world.sites.iter().map(|(key, site)| (key, &site.pue)));
    let shares: Vec<Range<Ratio>> = world
        .constants
        .utilisation
        .values()
        .filter_map(|s| s.known())
        .collect();
    assert!(shares.iter().all(|s| s.low <= s.mid && s.mid <= s.high));
}

#[test]
fn without_any_one_price_the_total_says_at_least_and_names_it() {
    let mut world = world();
    let design = superpod(&world);
    let before = costs(&design, &world);
    let mut blanked = 0;
    for part in world.prices.parts.clone().keys() {
        let removed = world
            .prices
            .parts
            .remove(part)
            .expect("the key is of this book");
        let after = costs(&design, &world);
        let name = format!("price of {part}");
        let bought = before
            .lines
            .iter()
            .any(|l| l.path.starts_with("capex/") && on_line(&design, &world, &l.subject, part));
        let named = after.missing.iter().filter(|m| m.ends_with(&name)).count();
        assert_eq!(named > 0, bought, "{part}: {:?}", after.missing);
        if bought {
            assert!(
                after.at_least() && after.capex.mid < before.capex.mid,
                "{part}"
            );
            blanked += 1;
        }
        world.prices.parts.insert(part.clone(), removed);
    }
    assert!(blanked >= 8, "{blanked} parts of the design have a price");
    for share in world
        .prices
        .shares
        .clone()
        .keys()
        .filter(|key| *key != "spares.compute")
    {
        let removed = world
            .prices
            .shares
            .remove(share)
            .expect("the key is of this book");
        let after = costs(&design, &world);
        assert!(
            after.missing.iter().any(|m| m.contains(share.as_str())),
            "{share}"
        );
        world.prices.shares.insert(share.clone(), removed);
    }
}

/// Whether the bill has the part on the line that this subject causes.
fn on_line(design: &Design, world: &World, subject: &str, part: &str) -> bool {
    let bill = plumbline_engine::derive::bill(&derive(design, world));
    bill.iter()
        .any(|line| line.subject == subject && line.part == part)
}

#[test]
fn every_reference_has_a_cost_in_order_at_every_size() {
    let world = world();
    for reference in world.references.values() {
        for units in reference.sizes.iter().filter_map(|size| size.known()) {
            let Ok(design) = instantiate(reference, units, None, None) else {
                panic!("{} at {units}", reference.id)
            };
            let costs = costs(&design, &world);
            // A building block has little to buy until somebody puts nodes in, and a platform
            // without a price nothing that could be added up.
            let block = reference.kind == ReferenceKind::Block;
            let unpriced = costs.missing.iter().any(|m| m.starts_with("capex/compute"));
            let least = match block || unpriced {
                true => 0.0,
                false => f64::MIN_POSITIVE,
            };
            for [low, mid, high] in [ends(costs.capex), ends(costs.opex), ends(costs.npv)] {
                assert!(
                    least <= low && low <= mid && mid <= high,
                    "{} at {units}",
                    reference.id
                );
                assert!(high.is_finite(), "{} at {units}", reference.id);
            }
            // No rent is published for some accelerators, no price for the nodes of one.
            let unknowns = costs.unknowns.iter();
            let mut others = unknowns.filter(|u| !u.starts_with("rent of"));
            assert!(
                block || others.all(|u| unpriced && u.starts_with("residual")),
                "{:?}",
                costs.unknowns
            );
        }
    }
}

#[test]
fn a_rack_that_is_bought_with_its_nodes_is_compute() {
    let world = world();
    let Some(mut design) = design(&world, "nvidia-dgx-superpod-gb200") else {
        return;
    };
    design.economics.support = Some(Ratio::new(0.04));
    let costs = costs(&design, &world);
    let rack = super::line(&costs, "capex/compute/gb200-nvl72-rack");
    assert!(costs.lines.iter().all(|line| !line.path.contains("tray")));
    let support = super::line(&costs, "opex/support/compute");
    super::close(support.years[1].mid.get(), rack.total.mid.get() * 0.04);
    assert!(costs.residual.mid > Money::ZERO);
}

/// SemiAnalysis' cost of ownership per GPU-hour over four years (InferenceX constants; facts:
/// prices.md 8c), for a hyperscaler and for a large neo-cloud.
const OWNED: [(&str, [f64; 2]); 4] = [
    ("nvidia-dgx-superpod-h100", [1.30, 1.69]),
    ("nvidia-dgx-superpod-h200", [1.41, 1.74]),
    ("nvidia-dgx-superpod-b200", [1.95, 2.34]),
    ("nvidia-dgx-superpod-gb200", [2.21, 2.75]),
];

/// How far our low case may be from the published figure before somebody has to look.
const BAND: f64 = 0.30;

/// A report more than a test; nothing is fitted. The published figures are of the largest
/// buyers: their servers come from contract makers at volume, ours are DGX systems at street
/// prices of 2026. They say that colocation and power are below a fifth of the whole, with
/// ours at asking rates they are more; support, staff, spares and installation are lines of
/// ours that their basis does not name. So our middle case lies a fifth to four fifths above
/// theirs, and their figures are near our low case, in which every price is at its low end.
#[test]
fn published_costs_of_ownership_are_near_the_low_case() {
    let world = world();
    println!(
        "{:28} {:12} {:>9} {:>24} {:>6} {:>6}",
        "reference", "owner", "published", "ours low-mid-high", "low", "mid"
    );
    for (id, published) in OWNED {
        let Some(mut design) = design(&world, id) else {
            continue;
        };
        design.economics.years = 4;
        design.economics.utilisation = Some(Ratio::new(1.0));
        // Their software is their own.
        design.orchestration.licence.clear();
        for (owner, published) in ["hyperscaler", "neo-cloud"].into_iter().zip(published) {
            design.economics.owner = owner.into();
            let [low, mid, high] = hourly(&costs(&design, &world));
            let off = |ours: f64| (ours / published - 1.0) * 100.0;
            println!(
                "{id:28} {owner:12} {published:9.2} {low:8.2}{mid:8.2}{high:8.2} {:+5.0}% {:+5.0}%",
                off(low),
                off(mid)
            );
            assert!(
                (low / published - 1.0).abs() <= BAND,
                "{id} {owner}: {low} against {published}"
            );
            assert!(published < mid, "{id} {owner}: {mid} against {published}");
        }
    }
}

fn hourly(costs: &Costs) -> [f64; 3] {
    costs.per_accelerator_hour.map(ends).unwrap_or_default()
}

#[test]
fn the_cost_of_one_design_takes_no_time() {
    let world = world();
    let design = superpod(&world);
    let derived = derive(&design, &world);
    let predictions = plumbline_engine::predict::predict(&derived);
    let start = std::time::Instant::now();
    let rounds = 200;
    for _ in 0..rounds {
        std::hint::black_box(plumbline_engine::cost::cost(&derived, &predictions));
    }
    let each = start.elapsed() / rounds;
    println!("cost: {each:?} each");
    let limit = if cfg!(debug_assertions) { 20_000 } else { 200 };
    assert!(each.as_micros() < limit, "{each:?}");
}
