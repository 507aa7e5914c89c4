//! What follows from a design: counts, links, racks, power, storage throughput. Nothing
//! here judges or prices.

mod bill;
mod fabric;
mod facts;
mod network;
mod parts;
mod power;
mod racks;
mod storage;

pub use bill::{BillLine, bill};
pub use fabric::{FabricCounts, FabricRequest, Impossible, generate};
pub(crate) use facts::servers;
pub use facts::{Fact, FactUnit, FactValue, fact, fact_value, facts};
pub use network::{NetworkCounts, Networks};
pub use parts::{OverrideFault, Parts, is_sourced};
pub use power::{MissingLoad, Power};
pub use racks::Racks;
pub use storage::StorageFacts;

use crate::catalogue::{ModelArchitecture, Node, Rack, Switch};
use crate::design::{ComputeFabric, Design, Joining, NodeGroup};
use crate::quantity::BitsPerSec;
use crate::reference::World;

/// Everything derived from one design. A value that cannot be derived is `None`, and what
/// needs it is unknown.
#[derive(Debug)]
pub struct Derived<'a> {
    /// The design.
    pub design: &'a Design,
    /// The world.
    pub world: &'a World,
    /// Parts with the design's overrides.
    pub parts: Parts<'a>,
    /// The design's own models.
    models: Vec<ModelArchitecture>,
    /// Nodes in all groups.
    pub nodes: u64,
    /// Accelerators in all groups; `None` if a node part is not known.
    pub accelerators: Option<u64>,
    /// Units of compute fabric, of `unit_nodes` nodes each.
    pub units: u64,
    /// Scalable units of the claimed reference, of fabric where none is claimed.
    pub scalable_units: u64,
    /// Compute fabric, or why it cannot be built, or `None` if a part is missing.
    pub compute: Option<Result<FabricCounts, Impossible>>,
    /// The other networks.
    pub networks: Networks,
    /// Racks.
    pub racks: Racks,
    /// Power.
    pub power: Power,
    /// Storage.
    pub storage: StorageFacts,
}

/// Derives everything from a design.
pub fn derive<'a>(design: &'a Design, world: &'a World) -> Derived<'a> {
    let parts = Parts::new(design, world);
    // A workload that names no model does not mean one that has no id yet.
    let models = design.models.iter().filter(|own| !own.id.is_empty());
    let models = models.map(|own| ModelArchitecture::own(&own.id, &own.name, &own.shape));
    let models = models.collect();
    let nodes = design
        .compute
        .groups
        .iter()
        .map(|group| u64::from(group.nodes))
        .sum();
    let accelerators = design
        .compute
        .groups
        .iter()
        .map(|group| {
            let each = parts.node(&group.part)?.accelerators.known()?;
            Some(u64::from(group.nodes) * u64::from(each))
        })
        .sum();
    let (units, scalable_units) = units(design, world, nodes);
    let request = request(design, &parts, units, nodes);
    let compute = request.map(|request| request.and_then(|r| generate(&r)));
    let compute = match design.fabrics.compute.converged {
        true => compute.map(|counts| counts.map(converged)),
        false => compute,
    };
    let mut derived = Derived {
        design,
        world,
        parts,
        models,
        nodes,
        accelerators,
        units,
        scalable_units,
        compute,
        networks: Networks::default(),
        racks: Racks::default(),
        power: Power::default(),
        storage: StorageFacts::default(),
    };
    derived.racks = racks::racks(&derived);
    derived.storage = storage::storage(&derived);
    derived.networks = network::networks(&derived);
    derived.power = power::power(&derived);
    derived
}

impl Derived<'_> {
    /// A language model by its id: the design's own, else the world's.
    pub fn model(&self, id: &str) -> Option<&ModelArchitecture> {
        let own = self.models.iter().find(|model| model.id == id);
        own.or_else(|| self.world.model(id))
    }

    /// The first group of nodes, which node facts describe.
    pub fn main_group(&self) -> Option<&NodeGroup> {
        self.design.compute.groups.first()
    }

    /// Its node part.
    pub fn main_node(&self) -> Option<&Node> {
        self.parts.node(&self.main_group()?.part)
    }

    /// Its rack part.
    pub fn main_rack(&self) -> Option<&Rack> {
        self.parts.rack(&self.main_group()?.rack)
    }

    /// Counts of the compute fabric, if it can be built.
    pub fn fabric(&self) -> Option<&FabricCounts> {
        self.compute.as_ref()?.as_ref().ok()
    }
}

/// Units of fabric and scalable units of the claimed reference. Of both there are at least as
/// many as the claim says and as the nodes need; a reference may count its size in something
/// else than units of fabric, so that the two meet in nodes.
fn units(design: &Design, world: &World, nodes: u64) -> (u64, u64) {
    let unit_nodes = u64::from(design.fabrics.compute.unit_nodes.max(1));
    let needed = nodes.div_ceil(unit_nodes).max(1);
    let Some(claim) = &design.claim else {
        return (needed, needed);
    };
    let claimed = u64::from(claim.units);
    let reference = world.references.get(&claim.reference);
    match reference.and_then(|r| r.unit.nodes.known()).map(u64::from) {
        Some(each @ 1..) => (
            needed.max((claimed * each).div_ceil(unit_nodes)),
            nodes.div_ceil(each).max(claimed).max(1),
        ),
        _ => (needed.max(claimed), needed.max(claimed)),
    }
}

/// Ports of a switch at the rate of one link, and the links that one of its cages holds.
fn ports(
    switch: &Switch,
    field: &'static str,
    link: BitsPerSec,
) -> Option<Result<(u64, u64), Impossible>> {
    let rate = switch.port_rate.known()?;
    let split = libm::floor(rate / link + 1e-9);
    if split < 1.0 {
        let reason = format!(
            "{field} switch {}: its ports run at {rate}, a link needs {link}",
            switch.id
        );
        return Some(Err(Impossible { field, reason }));
    }
    let split = (split as u64).min(u64::from(switch.max_split.known()?.max(1)));
    Some(Ok((
        u64::from(switch.ports.known()?) * split,
        u64::from(switch.per_cage.known()?) * split,
    )))
}

/// The generator's request; `None` if a part or a figure that it needs is not known.
fn request(
    design: &Design,
    parts: &Parts<'_>,
    units: u64,
    nodes: u64,
) -> Option<Result<FabricRequest, Impossible>> {
    let f: &ComputeFabric = &design.fabrics.compute;
    let node = parts.node(&design.compute.groups.first()?.part)?;
    let node_ports = &node.compute_ports;
    let planes = u64::from(f.planes.max(1));
    let link = node_ports.rate.known()? / planes as f64;
    let leaf = parts.switch(&f.leaf)?;
    let uplinks = leaf.uplink_ports.known().filter(|ports| *ports > 0);
    let scheduled = f.joining == Joining::Scheduled;
    // Of a scheduled fabric the spines see the leaf's fabric ports, whole.
    let above = match scheduled {
        true => leaf.uplink_rate.known()?,
        false => link,
    };
    let alone = f.joining == Joining::Peers || f.spines == Some(0);
    let mut radix = [0_u64; 3];
    let mut per_cage = [0_u64; 3];
    let tiers = [
        ("leaf", &f.leaf, link),
        ("spine", if alone { &f.leaf } else { &f.spine }, above),
        ("core", if alone { &f.leaf } else { f.core_part() }, above),
    ];
    for (at, (field, id, link)) in tiers.into_iter().enumerate() {
        match ports(parts.switch(id)?, field, link)? {
            Ok(found) => (radix[at], per_cage[at]) = found,
            Err(why) => return Some(Err(why)),
        }
    }
    let wide = |value: Option<u32>| value.map(u64::from);
    let steps = f.spine_steps.iter();
    Some(Ok(FabricRequest {
        topology: f.topology,
        units,
        nodes,
        unit_nodes: u64::from(f.unit_nodes),
        ports_per_node: u64::from(node_ports.count.known()?),
        rails: u64::from(f.rails),
        rails_per_leaf: u64::from(f.rails_per_leaf),
        joining: f.joining,
        peer_links: wide(f.peer_links),
        uplink_ratio: f.uplink_ratio.map(|ratio| ratio.get()),
        fabric_ports: match scheduled {
            true => u64::from(uplinks?),
            false => 0,
        },
        fabric_per_cage: u64::from(leaf.per_cage.known()?),
        fabric_port_links: above / link,
        spine_steps: steps.map(|(a, b)| (u64::from(*a), u64::from(*b))).collect(),
        planes,
        radix,
        per_cage,
        node_per_cage: u64::from(node_ports.per_cage.known()?),
        leaf_nodes: wide(f.leaf_nodes),
        uplinks: wide(f.uplinks),
        spines: wide(f.spines),
        cores: wide(f.cores),
        tiers: wide(f.tiers),
        whole_units: f.whole_units,
        ufm_links: u64::from(f.ufm_links),
    }))
}

/// Fabric whose leaves belong to the in-band network: they are counted there.
fn converged(counts: FabricCounts) -> FabricCounts {
    FabricCounts {
        leaf: 0,
        shared_leaf: counts.leaf,
        ..counts
    }
}
