//! Power from ratings: what must be provisioned, by part of the cluster.

use super::{Derived, Parts};
use crate::catalogue::PartId;
use crate::design::{Network, SwitchGroup};
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
    /// Parts that are left out for want of a datum: the total is at least this.
    pub missing: Vec<MissingLoad>,
}

/// A part whose power is not in the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingLoad {
    /// Path in the design of the datum, or of the part that lacks one.
    pub path: String,
    /// The part; empty where none is known.
    pub part: PartId,
    /// What is not known.
    pub lacks: &'static str,
}

impl Power {
    /// All IT power of known rating.
    pub fn it(&self) -> Watts {
        self.compute + self.network + self.storage + self.management
    }
}

/// Something that draws power.
struct Load<'a> {
    path: String,
    part: &'a str,
    each: Option<Watts>,
    count: Option<u64>,
}

pub(super) fn power(derived: &Derived<'_>) -> Power {
    let mut missing = Vec::new();
    let mut sum = |loads: Vec<Load<'_>>| -> Watts {
        let watts = loads
            .into_iter()
            .filter_map(|load| watts(load, &mut missing));
        watts.fold(Watts::ZERO, |total, watts| total + watts)
    };
    let compute = sum(nodes(derived));
    let network = sum(switches(derived));
    let storage = sum(storage(derived));
    let management = sum(servers(derived));
    if derived.fabric().is_none() {
        missing.push(MissingLoad {
            path: "fabrics.compute".into(),
            part: PartId::new(),
            lacks: "number of switches of the compute fabric",
        });
    }
    Power {
        compute,
        network,
        storage,
        management,
        missing,
    }
}

/// What a load draws; a part that is not there draws nothing, whatever its rating.
fn watts(load: Load<'_>, missing: &mut Vec<MissingLoad>) -> Option<Watts> {
    let lacks = match (load.each, load.count) {
        (_, Some(0)) => return None,
        (Some(each), Some(count)) => return Some(each * count as f64),
        _ if load.part.is_empty() => "rated power of a part that is not chosen",
        (_, None) => "number",
        (None, Some(_)) => "rated power",
    };
    missing.push(MissingLoad {
        path: load.path,
        part: load.part.to_owned(),
        lacks,
    });
    None
}

/// A rack that the vendor rates as a whole counts as that; others as the sum of their nodes.
fn nodes<'a>(derived: &'a Derived<'_>) -> Vec<Load<'a>> {
    let parts = &derived.parts;
    let groups = derived.design.compute.groups.iter().enumerate();
    groups
        .map(|(at, group)| {
            let node = parts.node(&group.part).and_then(|n| n.power_max.known());
            let full = parts.rack(&group.rack).and_then(|r| r.power_full.known());
            let share = full.map(|full| full / f64::from(group.nodes_per_rack.max(1)));
            Load {
                path: format!("compute.groups[{at}].part"),
                part: &group.part,
                each: match (node, share) {
                    (Some(node), Some(share)) => Some(node.max(share)),
                    (node, share) => node.or(share),
                },
                count: Some(u64::from(group.nodes)),
            }
        })
        .collect()
}

fn switches<'a>(derived: &'a Derived<'_>) -> Vec<Load<'a>> {
    let fabrics = &derived.design.fabrics;
    let parts = &derived.parts;
    let mut loads = Vec::new();
    if let Some(counts) = derived.fabric() {
        let compute = &fabrics.compute;
        for (tier, part, count) in [
            ("leaf", &compute.leaf, Some(counts.leaf)),
            ("spine", &compute.spine, counts.spine),
            ("core", compute.core_part(), counts.core),
        ] {
            loads.extend(count.map(|count| Load {
                path: format!("fabrics.compute.{tier}"),
                part,
                each: switch_power(parts, part),
                count: Some(count),
            }));
        }
    }
    for (name, network) in [("storage", &fabrics.storage), ("in_band", &fabrics.in_band)] {
        loads.extend(counted(parts, name, network, |group| {
            group.count.map(u64::from)
        }));
    }
    let all = derived.networks.out_of_band.switches;
    loads.extend(counted(
        parts,
        "out_of_band",
        &fabrics.out_of_band,
        |group| match fabrics.out_of_band.switches.len() {
            1 => all,
            _ => group.count.map(u64::from),
        },
    ));
    loads
}

fn counted<'a>(
    parts: &Parts<'_>,
    name: &str,
    network: &'a Network,
    count: impl Fn(&SwitchGroup) -> Option<u64>,
) -> Vec<Load<'a>> {
    let groups = network.switches.iter().enumerate();
    groups
        .map(|(at, group)| {
            let (each, count) = (switch_power(parts, &group.part), count(group));
            // The part where it is the part that leaves the power open.
            let field = if each.is_none() { "part" } else { "count" };
            Load {
                path: format!("fabrics.{name}.switches[{at}].{field}"),
                part: &group.part,
                each,
                count,
            }
        })
        .collect()
}

/// Provisioned on the maximum; on the typical figure where that is all the vendor prints.
fn switch_power(parts: &Parts<'_>, id: &str) -> Option<Watts> {
    let switch = parts.switch(id)?;
    switch.power_max.known().or(switch.power_typical.known())
}

fn storage<'a>(derived: &'a Derived<'_>) -> Vec<Load<'a>> {
    let storage = &derived.design.storage;
    if storage.system.is_empty() {
        return Vec::new();
    }
    let system = derived.parts.storage(&storage.system);
    vec![Load {
        path: "storage.system".into(),
        part: &storage.system,
        each: system.and_then(|s| s.power_max.known().or(s.power_typical.known())),
        count: Some(u64::from(storage.units)),
    }]
}

fn servers<'a>(derived: &'a Derived<'_>) -> Vec<Load<'a>> {
    let groups = derived.design.orchestration.servers.iter().enumerate();
    groups
        .map(|(at, group)| Load {
            path: format!("orchestration.servers[{at}].part"),
            part: &group.part,
            each: derived
                .parts
                .server(&group.part)
                .and_then(|s| s.power_max.known()),
            count: Some(u64::from(group.count)),
        })
        .collect()
}
