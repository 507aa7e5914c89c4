//! The fabrics of a design: the recipe of the compute fabric, and the networks beside it.

use crate::catalogue::PartId;
use crate::quantity::*;
use crate::written::{Read, Write};

/// The four networks.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Fabrics {
    /// East-west: accelerator to accelerator.
    pub compute: ComputeFabric,
    /// Node to high-performance storage.
    pub storage: Network,
    /// Provisioning, home directories, scheduler, users.
    pub in_band: Network,
    /// Management ports.
    pub out_of_band: Network,
    /// Uplink to the customer's network.
    pub edge: Edge,
}

/// How leaves, spines and cores are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Topology {
    /// Adapter i of each node of a unit meets the leaf group of rail i; one spine layer
    /// joins all leaves, with a core tier above when the spine has no port left.
    #[default]
    RailOptimised,
    /// As `RailOptimised`, but each unit has spines of its own for each rail, and a core
    /// tier joins them from the second unit on.
    RailPerUnit,
    /// All adapters of a node meet the same leaf.
    SharedLeaf,
}

/// What stands above the leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Joining {
    /// Spines over which each leaf spreads its uplinks, and cores where they are needed.
    #[default]
    Spread,
    /// Nothing: the leaves of a plane are joined to one another.
    Peers,
    /// A scheduled fabric: leaves cut traffic into cells and spray them over all spines.
    Scheduled,
}

/// The compute fabric, as a recipe; the generator turns it into counts.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct ComputeFabric {
    /// How tiers are joined.
    pub topology: Topology,
    /// Leaf switch.
    pub leaf: PartId,
    /// Spine switch.
    pub spine: PartId,
    /// Core switch, used when there is a core tier.
    pub core: PartId,
    /// Nodes per scalable unit of fabric.
    pub unit_nodes: u32,
    /// Rails per unit.
    pub rails: u32,
    /// Rails that share a leaf group.
    pub rails_per_leaf: u32,
    /// What stands above the leaves.
    pub joining: Joining,
    /// Links of one leaf to its peers and plane; `None` = as many as down-links. Only where
    /// the leaves are joined as peers.
    pub peer_links: Option<u32>,
    /// Uplink to downlink capacity that a leaf is planned for; `None` = 1.
    pub uplink_ratio: Option<Ratio>,
    /// Sizes in which the spines of a scheduled fabric are built: leaves joined, spines.
    pub spine_steps: Vec<(u32, u32)>,
    /// Nodes reach storage and users through the same leaves: these then belong to the
    /// in-band network and are counted there.
    pub converged: bool,
    /// Parallel planes; each endpoint has one port on each.
    pub planes: u32,
    /// No switch serves two planes.
    pub disjoint_planes: bool,
    /// Nodes that one leaf of a rail serves; `None` = as many as half its ports allow.
    pub leaf_nodes: Option<u32>,
    /// Uplinks per leaf; `None` = as many as down-ports (non-blocking).
    pub uplinks: Option<u32>,
    /// Spines in all; `None` = as few as spread evenly.
    pub spines: Option<u32>,
    /// Cores in all; `None` = as few as spread evenly.
    pub cores: Option<u32>,
    /// Switch tiers; `None` = as few as the radix allows.
    pub tiers: Option<u32>,
    /// Whole units of fabric are built even where node places stay empty.
    pub whole_units: bool,
    /// Links to the fabric manager.
    pub ufm_links: u32,
    /// Priority flow control is on.
    pub pfc: Option<bool>,
    /// Explicit congestion notification is on.
    pub ecn: Option<bool>,
    /// Flows are moved to less loaded links.
    pub dynamic_load_balancing: Option<bool>,
    /// Transceiver at the node end.
    pub node_optic: Option<PartId>,
    /// Transceiver at a switch end.
    pub switch_optic: Option<PartId>,
    /// Cable of a link.
    pub cable: Option<PartId>,
}

impl ComputeFabric {
    /// The core switch: the spine stands in for it where none is named.
    pub fn core_part(&self) -> &PartId {
        if self.core.is_empty() {
            &self.spine
        } else {
            &self.core
        }
    }
}

impl Default for ComputeFabric {
    fn default() -> Self {
        Self {
            topology: Topology::default(),
            leaf: String::new(),
            spine: String::new(),
            core: String::new(),
            unit_nodes: 32,
            rails: 8,
            rails_per_leaf: 1,
            joining: Joining::default(),
            peer_links: None,
            uplink_ratio: None,
            spine_steps: Vec::new(),
            converged: false,
            planes: 1,
            disjoint_planes: true,
            leaf_nodes: None,
            uplinks: None,
            spines: None,
            cores: None,
            tiers: None,
            whole_units: true,
            ufm_links: 0,
            pfc: None,
            ecn: None,
            dynamic_load_balancing: None,
            node_optic: None,
            switch_optic: None,
            cable: None,
        }
    }
}

/// Place of a switch in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Tier {
    /// The document gives only a total.
    #[default]
    Any,
    /// Leaf.
    Leaf,
    /// Spine.
    Spine,
}

/// A number of equal switches in a network.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct SwitchGroup {
    /// Switch part.
    pub part: PartId,
    /// Tier.
    pub tier: Tier,
    /// How many; `None` = not stated.
    pub count: Option<u32>,
}

/// A network whose switches are counted, not generated.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Network {
    /// Its switches.
    pub switches: Vec<SwitchGroup>,
    /// Shares no switch with the compute fabric.
    pub separate: bool,
    /// Each node is homed on two switches.
    pub dual_homed: bool,
    /// Not reachable by users.
    pub isolated: bool,
    /// Downlink to uplink on the node side.
    pub node_oversubscription: Option<Ratio>,
    /// Downlink to uplink on the storage side.
    pub storage_oversubscription: Option<Ratio>,
    /// Storage-side bandwidth per scalable unit.
    pub storage_uplink_per_unit: Option<BitsPerSec>,
    /// Uplinks per leaf to the next network.
    pub uplinks: Option<u32>,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            switches: Vec::new(),
            separate: true,
            dual_homed: true,
            isolated: true,
            node_oversubscription: None,
            storage_oversubscription: None,
            storage_uplink_per_unit: None,
            uplinks: None,
        }
    }
}

/// Connection to the customer's network.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Edge {
    /// Number of links.
    pub links: Option<u32>,
    /// Rate of one.
    pub rate: Option<BitsPerSec>,
    /// Routed by BGP.
    pub bgp: Option<bool>,
}
