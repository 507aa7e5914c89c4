//! The fabric generator: from a recipe to switch, link, cage and fibre counts, for any
//! number of nodes. Counts come from rules, never from a table.
//!
//! Rules (rule ids of the summary of the SuperPOD tables in brackets):
//! - A leaf without a stated split uses half its ports downwards, half upwards. [G1]
//! - Each group of a unit (a rail, or the whole unit) gets a whole number of leaves. [G1]
//! - Fabric is built for whole units; missing nodes leave their ports empty. [G2]
//! - Each leaf spreads its uplinks evenly: the spines are the fewest that divide the
//!   uplinks and have ports enough. [G3]
//! - Two tiers while a spine has a port for every leaf, else three. [G4]
//! - With three tiers, units form pods with spines of their own, half down, half up, and
//!   core groups join the spines of equal number. [G5]
//! - With spines per unit and rail, cores join them from the second unit on. [G6]
//! - Planes are equal, separate fabrics that are added. [G7]
//! - Several rails may share a leaf group. [G9]
//! - Leaves of a plane may be joined to one another instead of to spines, as many links as
//!   down-links unless stated. [G10]
//! - A leaf may be planned for more uplink than downlink; it then takes fewer nodes. [G11]
//! - A scheduled fabric sprays cells over all spines, so that these need only ports enough; it
//!   is built in steps where its document has steps. [G12]
//! - A leaf that all nodes share needs nothing above it. [G14]

mod cages;
mod joined;
mod layout;
mod spread;
mod tiers;

pub use tiers::Upper;

use crate::design::{Joining, Topology};
use cages::{attach_manager, cages, leaf_classes};
use joined::{peers, scheduled};
use layout::{Leaves, leaf_layout};
use std::fmt;
use tiers::upper_tiers;

/// What a fabric is asked to join; plain numbers, so that tests can drive it directly.
#[derive(Debug, Clone, PartialEq)]
pub struct FabricRequest {
    /// How tiers are joined.
    pub topology: Topology,
    /// Scalable units of fabric.
    pub units: u64,
    /// Nodes present.
    pub nodes: u64,
    /// Nodes per full unit.
    pub unit_nodes: u64,
    /// Full-rate ports per node.
    pub ports_per_node: u64,
    /// Rails per unit.
    pub rails: u64,
    /// Rails that share a leaf group.
    pub rails_per_leaf: u64,
    /// What stands above the leaves.
    pub joining: Joining,
    /// Links of a leaf to its peers and plane, where stated.
    pub peer_links: Option<u64>,
    /// Uplink to downlink capacity that a leaf is planned for; 1 = equal.
    pub uplink_ratio: Option<f64>,
    /// Ports of a leaf that face the spines of a scheduled fabric, beside those of `radix`.
    pub fabric_ports: u64,
    /// Links that one cage of those ports holds.
    pub fabric_per_cage: u64,
    /// Their rate in links of a node.
    pub fabric_port_links: f64,
    /// Sizes in which a scheduled fabric is built: leaves joined, spines.
    pub spine_steps: Vec<(u64, u64)>,
    /// Planes; each full-rate port has one link on each.
    pub planes: u64,
    /// Ports of a leaf, a spine and a core at the rate of one link.
    pub radix: [u64; 3],
    /// Links that one cage of a leaf, a spine and a core holds.
    pub per_cage: [u64; 3],
    /// Full-rate ports that one cage of a node holds.
    pub node_per_cage: u64,
    /// Nodes that one leaf of a group serves, where stated.
    pub leaf_nodes: Option<u64>,
    /// Uplinks per leaf and plane, where stated.
    pub uplinks: Option<u64>,
    /// Spines in all planes, where stated.
    pub spines: Option<u64>,
    /// Cores in all planes, where stated.
    pub cores: Option<u64>,
    /// Tiers, where stated.
    pub tiers: Option<u64>,
    /// Build whole units.
    pub whole_units: bool,
    /// Links to the fabric manager.
    pub ufm_links: u64,
}

/// What the generator counts. Links are in units of one full-rate port of a node; counts of
/// switches are summed over planes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FabricCounts {
    /// Leaf switches.
    pub leaf: u64,
    /// Spine switches; `None` = no such tier.
    pub spine: Option<u64>,
    /// Core switches; `None` = no such tier.
    pub core: Option<u64>,
    /// Planes.
    pub planes: u64,
    /// Tiers built.
    pub tiers: u64,
    /// Tiers that the radix asks for.
    pub tiers_needed: u64,
    /// Node (and fabric manager) to leaf.
    pub node_leaf: u64,
    /// Leaf to spine.
    pub leaf_spine: Option<u64>,
    /// Spine to core.
    pub spine_core: Option<u64>,
    /// Leaf to spine if whole units are built.
    pub leaf_spine_whole: Option<u64>,
    /// Cages used at nodes.
    pub cages_node: u64,
    /// Cages used at switches.
    pub cages_switch: u64,
    /// Cages used at fabric managers (one link each).
    pub cages_ufm: u64,
    /// Physical cables.
    pub fibre_runs: u64,
    /// Uplinks per leaf and plane.
    pub uplinks_per_leaf: u64,
    /// Down-links per leaf and plane in a full unit.
    pub downlinks_per_leaf: u64,
    /// Leaves per group (rail) and unit.
    pub leaves_per_rail: u64,
    /// Remainder when a leaf's uplinks are spread over its spines; 0 = even.
    pub uneven_uplinks: u64,
    /// Most ports used on any leaf, spine and core.
    pub used_ports: [u64; 3],
    /// Links to the fabric manager for which a leaf of the last unit has no port.
    pub ufm_without_port: u64,
    /// Highest ratio of down- to uplinks at any tier.
    pub oversubscription: f64,
    /// Ports of a leaf, a spine and a core at the rate of one link.
    pub ports: [u64; 3],
    /// Leaf to leaf, where leaves are joined as peers.
    pub peer_links: Option<u64>,
    /// Nodes on a full leaf.
    pub nodes_on_leaf: u64,
    /// Leaves that one node meets, in all planes.
    pub leaves_per_node: u64,
    /// Leaves that belong to another network; `leaf` is then 0.
    pub shared_leaf: u64,
}

/// Why a fabric cannot be built, in words a person can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Field of the recipe that is at fault.
    pub field: &'static str,
    /// What was found, why it cannot be, and what would do.
    pub reason: String,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// Counts everything, or says why it cannot be built.
///
/// # Errors
/// The field at fault and the reason.
pub fn generate(request: &FabricRequest) -> Result<FabricCounts, Impossible> {
    let r = request;
    check_bounds(r)?;
    let leaves = leaf_layout(r)?;
    let per_plane = r.units * leaves.groups * leaves.per_group;
    let mut classes = leaf_classes(r, &leaves);
    let ufm_without_port = attach_manager(r, &leaves, &mut classes);
    let links_up: u64 = classes.iter().map(|class| class.count * class.up).sum();
    let upper = match r.joining {
        Joining::Spread => upper_tiers(r, &leaves, per_plane, links_up)?,
        Joining::Peers => peers(&leaves, per_plane)?,
        Joining::Scheduled => scheduled(r, &leaves, per_plane)?,
    };
    // A cable between peers ends on a leaf at both ends.
    let peer_links = (r.joining == Joining::Peers).then_some(links_up / 2);
    let cables_up = peer_links.unwrap_or(links_up);
    let whole = per_plane * leaves.up;
    let full_down = leaves.leaf_nodes * leaves.bundle;
    let most_down = classes.iter().map(|c| c.down).max().unwrap_or(0);
    // Links of all planes add up to one full-rate port per plane-th link.
    let node_leaf = r.nodes * r.ports_per_node + r.ufm_links;
    let physical_nodes = r.nodes * r.ports_per_node * r.planes + r.ufm_links;
    let up_per_cage = match r.joining {
        Joining::Scheduled => r.fabric_per_cage,
        _ => r.per_cage[0],
    };
    let switch_cages = cages(&classes, r.per_cage[0], up_per_cage) + upper.cages;
    Ok(FabricCounts {
        leaf: per_plane * r.planes,
        spine: upper.spines.map(|n| n * r.planes),
        core: upper.cores.map(|n| n * r.planes),
        planes: r.planes,
        tiers: upper.tiers,
        tiers_needed: upper.tiers_needed,
        node_leaf,
        leaf_spine: upper.spines.map(|_| links_up),
        spine_core: upper.cores.map(|_| upper.spine_core),
        leaf_spine_whole: upper.spines.map(|_| whole),
        cages_node: r.nodes * r.ports_per_node.div_ceil(r.node_per_cage),
        cages_switch: switch_cages * r.planes,
        cages_ufm: r.ufm_links,
        fibre_runs: physical_nodes + (cables_up + upper.spine_core) * r.planes,
        uplinks_per_leaf: leaves.up,
        downlinks_per_leaf: full_down,
        leaves_per_rail: leaves.per_group,
        uneven_uplinks: upper.uneven,
        used_ports: [most_down + leaves.up, upper.spine_ports, upper.core_ports],
        ufm_without_port,
        oversubscription: match r.joining {
            Joining::Spread => oversubscription(full_down, leaves.up, &upper),
            _ if leaves.up == 0 => 0.0,
            Joining::Peers => full_down as f64 / leaves.up as f64,
            Joining::Scheduled => full_down as f64 / (leaves.up as f64 * r.fabric_port_links),
        },
        ports: match r.joining {
            Joining::Scheduled => [r.radix[0] + r.fabric_ports, r.radix[1], r.radix[2]],
            _ => r.radix,
        },
        peer_links,
        nodes_on_leaf: leaves.leaf_nodes,
        leaves_per_node: leaves.groups * r.planes,
        shared_leaf: 0,
    })
}

/// Caps that keep every product below within `u64`.
fn check_bounds(r: &FabricRequest) -> Result<(), Impossible> {
    const MOST: u64 = 1_000_000;
    let fields = [
        ("units", r.units, MOST),
        ("unit_nodes", r.unit_nodes, MOST),
        ("ports_per_node", r.ports_per_node, 1_024),
        ("rails", r.rails, 1_024),
        ("rails_per_leaf", r.rails_per_leaf, 1_024),
        ("planes", r.planes, 16),
        ("leaf radix", r.radix[0], 65_536),
        ("spine radix", r.radix[1], 65_536),
        ("core radix", r.radix[2], 65_536),
        (
            "cage size",
            r.per_cage[0].min(r.per_cage[1]).min(r.per_cage[2]),
            65_536,
        ),
        ("node cage size", r.node_per_cage, 1_024),
        ("fabric cage size", r.fabric_per_cage, 1_024),
    ];
    for (field, value, most) in fields {
        if value == 0 || value > most {
            return Err(Impossible {
                field,
                reason: format!("{field} is {value}, expected 1 to {most}"),
            });
        }
    }
    for (field, value) in [
        ("leaf_nodes", r.leaf_nodes),
        ("uplinks", r.uplinks),
        ("spines", r.spines),
        ("cores", r.cores),
        ("ufm_links", Some(r.ufm_links)),
        ("peer_links", r.peer_links),
        ("fabric ports", Some(r.fabric_ports)),
    ] {
        if let Some(value) = value.filter(|value| *value > MOST) {
            return Err(Impossible {
                field,
                reason: format!("{field} is {value}, expected at most {MOST}"),
            });
        }
    }
    if let Some(ratio) = r
        .uplink_ratio
        .filter(|ratio| !(0.01..=100.0).contains(ratio))
    {
        return Err(Impossible {
            field: "uplink_ratio",
            reason: format!("uplink_ratio is {ratio}, expected 0.01 to 100"),
        });
    }
    let places = r.units * r.unit_nodes;
    if r.nodes > places {
        let reason = format!(
            "{} nodes do not fit into {} units of {} ({places} places)",
            r.nodes, r.units, r.unit_nodes
        );
        return Err(Impossible {
            field: "units",
            reason,
        });
    }
    Ok(())
}

fn oversubscription(down: u64, up: u64, upper: &Upper) -> f64 {
    let leaf = if upper.spines.is_none() || up == 0 {
        None
    } else {
        Some(down as f64 / up as f64)
    };
    let spine = (upper.spine_up > 0).then(|| upper.spine_down as f64 / upper.spine_up as f64);
    leaf.into_iter().chain(spine).fold(0.0, f64::max)
}
