//! Power from ratings: what must be provisioned, by part of the cluster.

use super::Derived;
use crate::quantity::Watts;

/// Provisioned power (ratings, redundancy not added) by part of the cluster.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Power {
    /// Nodes with what their racks add.
    pub compute: Watts,
    /// Switches of all networks.
    pub network: Watts,
    /// Storage systems.
    pub storage: Watts,
    /// Management servers and appliances.
    pub management: Watts,
    /// Paths of parts whose rating or number is not known: the total is at least this.
    pub missing: Vec<String>,
}

impl Power {
    /// All IT power of known rating.
    pub fn it(&self) -> Watts {
        self.compute + self.network + self.storage + self.management
    }
}

pub(super) fn power(derived: &Derived<'_>) -> Power {
    let mut power = Power::default();
    compute(derived, &mut power);
    network(derived, &mut power);
    let storage = &derived.design.storage;
    if !storage.system.is_empty() {
        let rated = derived
            .parts
            .storage(&storage.system)
            .and_then(|s| s.power_max.known().or(s.power_typical.known()));
        add(
            &mut power.storage,
            rated,
            Some(u64::from(storage.units)),
            "storage.system",
            &mut power.missing,
        );
    }
    for (at, group) in derived.design.orchestration.servers.iter().enumerate() {
        let rated = derived
            .parts
            .server(&group.part)
            .and_then(|s| s.power_max.known());
        let path = format!("orchestration.servers[{at}].part");
        add(
            &mut power.management,
            rated,
            Some(u64::from(group.count)),
            &path,
            &mut power.missing,
        );
    }
    power
}

/// A rack that the vendor rates as a whole counts as that; others as the sum of their nodes.
fn compute(derived: &Derived<'_>, power: &mut Power) {
    for (at, group) in derived.design.compute.groups.iter().enumerate() {
        let node = derived
            .parts
            .node(&group.part)
            .and_then(|n| n.power_max.known());
        let full = derived
            .parts
            .rack(&group.rack)
            .and_then(|r| r.power_full.known());
        let per_rack = f64::from(group.nodes_per_rack.max(1));
        let each = match (node, full) {
            (node, Some(full)) => Some(node.unwrap_or(Watts::ZERO).max(full / per_rack)),
            (node, None) => node,
        };
        let path = format!("compute.groups[{at}].part");
        add(
            &mut power.compute,
            each,
            Some(u64::from(group.nodes)),
            &path,
            &mut power.missing,
        );
    }
}

fn network(derived: &Derived<'_>, power: &mut Power) {
    let fabrics = &derived.design.fabrics;
    let rated = |id: &str| {
        derived
            .parts
            .switch(id)
            .and_then(|s| s.power_max.known().or(s.power_typical.known()))
    };
    if let Some(counts) = derived.fabric() {
        let c = &fabrics.compute;
        for (id, count, path) in [
            (&c.leaf, Some(counts.leaf), "fabrics.compute.leaf"),
            (&c.spine, counts.spine, "fabrics.compute.spine"),
            (&c.core, counts.core, "fabrics.compute.core"),
        ] {
            if count.is_some() {
                add(
                    &mut power.network,
                    rated(id),
                    count,
                    path,
                    &mut power.missing,
                );
            }
        }
    } else {
        power.missing.push("fabrics.compute".into());
    }
    for (name, network) in [("storage", &fabrics.storage), ("in_band", &fabrics.in_band)] {
        for (at, group) in network.switches.iter().enumerate() {
            let path = format!("fabrics.{name}.switches[{at}].count");
            let count = group.count.map(u64::from);
            add(
                &mut power.network,
                rated(&group.part),
                count,
                &path,
                &mut power.missing,
            );
        }
    }
    if let Some(group) = fabrics.out_of_band.switches.first() {
        let count = derived.networks.out_of_band.switches;
        let path = "fabrics.out_of_band.switches[0].count";
        add(
            &mut power.network,
            rated(&group.part),
            count,
            path,
            &mut power.missing,
        );
    }
}

fn add(
    total: &mut Watts,
    each: Option<Watts>,
    count: Option<u64>,
    path: &str,
    missing: &mut Vec<String>,
) {
    match (each, count) {
        (_, Some(0)) => {}
        (Some(each), Some(count)) => *total += each * count as f64,
        _ => missing.push(path.to_owned()),
    }
}
