use super::mode_words;
use crate::catalogue::Supply;
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::{FactUnit, fact};
use crate::design::{Edit, Redundancy};
use crate::quantity::{Quantity, Watts};
use crate::scalar::Scalar;
use crate::sourced::Origin;

rule! {
    /// ## What it checks
    /// The power supplies of a node that stay, when what the site's power redundancy lets fail
    /// has failed, carry the node at full load.
    /// ## Why it matters
    /// Supplies are sold as 3+3 by their number, whatever the node draws. Where one side does
    /// not carry full load, the loss of a feed stops the node or throttles it, although the
    /// design counts on two feeds.
    /// ## Evidence
    /// Number and rating of the supplies; rating of the node, or where there is none, the rack
    /// figure of the claimed reference over the nodes of a rack. With N all supplies count,
    /// with N+1 all but one, with 2N half of them.
    /// ## Example
    /// Six supplies of 2.7 kW keep 8.1 kW as 3+3. A rack of four such nodes is planned with
    /// 36.6 kW, 9.15 kW for each: full load needs N+1, which keeps 13.5 kW.
    /// ## How to fix
    /// Claim N+1 where five of six carry the node, choose larger supplies, or cap the node.
    /// ## Limits
    /// Supplies are never added up as a load: what is installed says nothing of what is drawn.
    /// Without a requirement the rule is silent where a figure is missing, and where nothing
    /// may fail.
    pub struct SupplyEnvelope;
    "PWR004" "supply_envelope" Advice "a node's supplies carry full load with what may fail lost"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(node) = on.derived.main_node().filter(|n| n.supply == Supply::Ac) else {
        return Vec::new();
    };
    let subject = "site.power_redundancy";
    let mode = on.derived.design.site.power_redundancy;
    let supplies = &node.power_supplies;
    let known = supplies.installed.known().zip(supplies.rating.known());
    let load = load(on);
    let (Some((installed, rating)), Some((load, origin))) = (known, load) else {
        let missing = match known {
            Some(_) => format!("power_max of {}", node.id),
            None => format!("{}: power_supplies", node.id),
        };
        let unknown = Outcome::unknown(subject, missing, "power of the supplies that stay");
        return on.demand.map(|_| unknown).into_iter().collect();
    };
    if on.demand.is_none() && mode == Redundancy::N {
        return Vec::new();
    }
    let kept = |mode: Redundancy| rating * mode.survivors(installed);
    let holds = |mode: Redundancy| kept(mode).get() >= load.get() * (1.0 - 1e-9);
    let mut message = format!(
        "found {} usable of {installed} supplies of {} with {}, required at least {} for a node at full load",
        kept(mode).pretty(),
        rating.pretty(),
        mode_words(mode),
        load.pretty()
    );
    let relief = mode == Redundancy::TwoN && !holds(mode) && holds(Redundancy::NPlusOne);
    if relief {
        message += &format!("; N+1 keeps {}", kept(Redundancy::NPlusOne).pretty());
    }
    let mut outcome = Outcome::compared(
        subject,
        FactUnit::Power,
        Scalar::Num(kept(mode).get()),
        "at least",
        Scalar::Num(load.get()),
        holds(mode),
    )
    .by(origin);
    outcome.message = message;
    if relief {
        outcome = outcome.with_fix(
            format!("claim N+1: {} supplies carry the node", installed - 1),
            vec![Edit::set(subject, "NPlusOne")],
        );
    }
    vec![outcome]
}

/// Full load of a node: its own rating, else its share of the rack that the claimed reference
/// prints.
fn load(on: &On<'_>) -> Option<(Watts, Origin)> {
    let rating = &on.derived.main_node()?.power_max;
    if let Some(load) = rating.known() {
        return Some((load, rating.origin()));
    }
    let claim = on.derived.design.claim.as_ref()?;
    let reference = on.derived.world.references.get(&claim.reference)?;
    let mut rows = reference
        .published
        .iter()
        .filter(|row| row.variant == claim.variant);
    rows.find_map(|row| {
        let rack = row.figures.get("rack.load")?;
        let watts = fact("rack.load")?.unit.read(rack.get()?)?.as_f64()?;
        let stated = row.counts.get("compute.nodes_per_rack");
        let stated = stated.and_then(|nodes| nodes.known());
        let nodes = stated.or_else(|| Some(on.derived.main_group()?.nodes_per_rack.into()))?;
        Some((Watts::new(watts / nodes.max(1) as f64), rack.origin()))
    })
}
