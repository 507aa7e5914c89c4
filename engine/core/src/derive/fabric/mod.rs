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

mod cages;
mod spread;
mod tiers;

pub use tiers::Upper;

use crate::design::Topology;
use cages::{attach_manager, cages, leaf_classes};
use std::fmt;
use tiers::upper_tiers;

/// What a fabric is asked to join; plain numbers, so that tests can drive it directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Leaf layout of one plane.
struct Leaves {
    /// Leaf groups per unit.
    groups: u64,
    /// Leaves per group.
    per_group: u64,
    /// Nodes on a full leaf.
    leaf_nodes: u64,
    /// Links of one node on its leaf.
    bundle: u64,
    /// Uplinks per leaf.
    up: u64,
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
    let upper = upper_tiers(r, &leaves, per_plane, links_up)?;
    let whole = per_plane * leaves.up;
    let full_down = leaves.leaf_nodes * leaves.bundle;
    let most_down = classes.iter().map(|c| c.down).max().unwrap_or(0);
    // Links of all planes add up to one full-rate port per plane-th link.
    let node_leaf = r.nodes * r.ports_per_node + r.ufm_links;
    let physical_nodes = r.nodes * r.ports_per_node * r.planes + r.ufm_links;
    let switch_cages = cages(&classes, r.per_cage[0]) + upper.cages;
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
        fibre_runs: physical_nodes + (links_up + upper.spine_core) * r.planes,
        uplinks_per_leaf: leaves.up,
        downlinks_per_leaf: full_down,
        leaves_per_rail: leaves.per_group,
        uneven_uplinks: upper.uneven,
        used_ports: [most_down + leaves.up, upper.spine_ports, upper.core_ports],
        ufm_without_port,
        oversubscription: oversubscription(full_down, leaves.up, &upper),
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
    ] {
        if let Some(value) = value.filter(|value| *value > MOST) {
            return Err(Impossible {
                field,
                reason: format!("{field} is {value}, expected at most {MOST}"),
            });
        }
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

fn leaf_layout(r: &FabricRequest) -> Result<Leaves, Impossible> {
    let radix = r.radix[0];
    let (groups, bundle) = match r.topology {
        Topology::SharedLeaf => (1, r.ports_per_node),
        _ => (r.rails, r.ports_per_node.div_ceil(r.rails)),
    };
    let (down, up) = match (r.leaf_nodes, r.uplinks) {
        (Some(nodes), up) => {
            let down = nodes.saturating_mul(bundle);
            (down, up.unwrap_or(down))
        }
        (None, Some(up)) => (radix.saturating_sub(up), up),
        (None, None) => (radix / 2, radix / 2),
    };
    if down < bundle || down.saturating_add(up) > radix {
        let reason = format!(
            "a leaf with {radix} ports cannot take {up} uplinks beside {} down-links per node group",
            down.max(bundle)
        );
        return Err(Impossible {
            field: "uplinks",
            reason,
        });
    }
    let per_group = r.unit_nodes.div_ceil(down / bundle);
    Ok(Leaves {
        groups,
        per_group,
        leaf_nodes: r.unit_nodes.div_ceil(per_group),
        bundle,
        up,
    })
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
