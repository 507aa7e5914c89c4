//! The kinds of parts. Every figure about the outside world is `Sourced`.

use super::PartId;
use crate::quantity::*;
use crate::sourced::Sourced;
use crate::written::{Read, Write};

/// How heat leaves a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum Cooling {
    /// All heat goes to air.
    Air,
    /// Cold plates take most of it, air the rest.
    Hybrid,
    /// Liquid takes all of it.
    Liquid,
}

/// How power reaches a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum Supply {
    /// Alternating current through the part's own supplies.
    Ac,
    /// A direct-current busbar fed by power shelves in the rack.
    DcBusbar,
}

/// Link technology of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum Technology {
    /// InfiniBand.
    InfiniBand,
    /// Ethernet.
    Ethernet,
}

/// An accelerator. Arithmetic rates are dense, but for those called sparse, which nothing computes
/// with.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Accelerator {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// FP64 rate (matrix units where it has them).
    pub fp64: Sourced<FlopsPerSec>,
    /// BF16 rate, dense.
    pub bf16: Sourced<FlopsPerSec>,
    /// FP8 rate, dense.
    pub fp8: Sourced<FlopsPerSec>,
    /// FP4 rate, dense.
    pub fp4: Sourced<FlopsPerSec>,
    /// BF16 rate with structured sparsity, as vendors print it.
    #[written(default)]
    pub bf16_sparse: Sourced<FlopsPerSec>,
    /// FP8 rate with structured sparsity.
    #[written(default)]
    pub fp8_sparse: Sourced<FlopsPerSec>,
    /// FP4 rate with structured sparsity.
    #[written(default)]
    pub fp4_sparse: Sourced<FlopsPerSec>,
    /// Memory on the label.
    pub memory_label: Sourced<Bytes>,
    /// Memory to plan with.
    pub memory: Sourced<Bytes>,
    /// Memory bandwidth.
    pub memory_bandwidth: Sourced<BytesPerSec>,
    /// Scale-up bandwidth per accelerator, one direction.
    pub scale_up: Sourced<BytesPerSec>,
    /// Accelerators in one scale-up domain.
    pub scale_up_domain: Sourced<u32>,
    /// Maximum board power.
    pub power_max: Sourced<Watts>,
    /// Form ("SXM", "OAM", "PCIe").
    #[written(default)]
    pub form: Sourced<String>,
}

/// A set of equal ports on a node.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Ports {
    /// Number of ports (links that can be plugged).
    pub count: Sourced<u32>,
    /// Rate of one port.
    pub rate: Sourced<BitsPerSec>,
    /// Links that one cage (transceiver slot) holds.
    pub per_cage: Sourced<u32>,
    /// The adapter that carries them, if it is in the catalogue.
    #[written(default)]
    pub nic: Option<PartId>,
}

/// Redundancy of a set of power supplies.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct PowerSupplies {
    /// Supplies installed.
    pub installed: Sourced<u32>,
    /// Supplies needed at full load.
    pub needed: Sourced<u32>,
    /// Rating of one supply.
    pub rating: Sourced<Watts>,
}

/// A node: one operating-system image (a compute tray in an NVL72 rack).
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Node {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// The accelerator it carries.
    pub accelerator: PartId,
    /// Accelerators per node.
    pub accelerators: Sourced<u32>,
    /// Processors, as text.
    pub cpu: Sourced<String>,
    /// Host memory.
    pub memory: Sourced<Bytes>,
    /// Local NVMe for data (cache), raw.
    pub local_nvme: Sourced<Bytes>,
    /// Ports of the compute (east-west) fabric.
    pub compute_ports: Ports,
    /// Ports of the storage fabric.
    pub storage_ports: Ports,
    /// Ports of the in-band network; the same ports as `storage_ports` where the two share a wire.
    pub in_band_ports: Ports,
    /// Management ports (BMC of host and of DPUs).
    pub management_ports: Sourced<u32>,
    /// Height.
    pub height: Sourced<RackUnits>,
    /// Mass.
    pub mass: Sourced<Kilograms>,
    /// Maximum input power, as the vendor rates it.
    pub power_max: Sourced<Watts>,
    /// Short peak above the maximum, where the vendor states one.
    pub power_peak: Sourced<Watts>,
    /// Power supplies; `Unknown` figures where the rack feeds the node by busbar.
    pub power_supplies: PowerSupplies,
    /// How power arrives.
    pub supply: Supply,
    /// How heat leaves.
    pub cooling: Cooling,
    /// Share of heat that goes to liquid.
    pub liquid_share: Sourced<Ratio>,
    /// Air flow needed.
    pub air_flow: Sourced<AirFlow>,
    /// Processors (sockets).
    #[written(default)]
    pub cpus: Sourced<u32>,
    /// Adapters towards storage and users (north-south).
    #[written(default)]
    pub ns_adapters: Sourced<u32>,
    /// Power in typical use, where the vendor states it.
    #[written(default)]
    pub power_typical: Sourced<Watts>,
    /// Generation in the vendor's naming, so that a mix shows.
    #[written(default)]
    pub generation: Sourced<String>,
    /// The vendor has withdrawn it from sale.
    #[written(default)]
    pub withdrawn: Sourced<bool>,
    /// Form of its adapter slots ("SFF", "TSFF", "LFF").
    #[written(default)]
    pub nic_slot: Sourced<String>,
    /// PCIe lanes of an adapter slot.
    #[written(default)]
    pub nic_lanes: Sourced<u32>,
}

/// A rack with its supply.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Rack {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Usable height.
    pub height: Sourced<RackUnits>,
    /// Outer width.
    pub width: Sourced<Metres>,
    /// Outer depth.
    pub depth: Sourced<Metres>,
    /// How it is fed.
    pub supply: Supply,
    /// Whether liquid is brought to the nodes.
    pub liquid: Sourced<bool>,
    /// Leak detection in each tray and in the rack.
    pub leak_detection: Sourced<bool>,
    /// Power of the rack when full of nodes, including what is not a node (NVLink switch
    /// trays, shelf losses), where the vendor states it for the whole rack.
    pub power_full: Sourced<Watts>,
    /// Power shelf capacity installed in the rack, where it has shelves.
    pub shelf_power: Sourced<Watts>,
    /// Share of that capacity kept as redundancy: capacity usable with one side lost.
    pub shelf_power_redundant: Sourced<Watts>,
    /// Mass when full.
    pub mass_full: Sourced<Kilograms>,
    /// Family of its frame ("EIA-310", "ORV3", "ORW", "MGX").
    #[written(default)]
    pub kind: Sourced<String>,
    /// Most that it may carry.
    #[written(default)]
    pub payload: Sourced<Kilograms>,
    /// Power shelves installed.
    #[written(default)]
    pub shelves: Sourced<u32>,
    /// Rating of one power shelf.
    #[written(default)]
    pub shelf_rating: Sourced<Watts>,
    /// Height of one power shelf.
    #[written(default)]
    pub shelf_height: Sourced<RackUnits>,
    /// Short peak that the shelves of the rack ride through.
    #[written(default)]
    pub shelf_peak: Sourced<Watts>,
    /// Voltage of its busbar.
    #[written(default)]
    pub busbar_voltage: Sourced<Volts>,
    /// Current that one section of the busbar may carry.
    #[written(default)]
    pub busbar_current: Sourced<Amperes>,
    /// Ends from which shelves feed its busbar.
    #[written(default)]
    pub busbar_ends: Sourced<u32>,
    /// Most power that the rack's supply is built for.
    #[written(default)]
    pub power_ceiling: Sourced<Watts>,
    /// Mass of its rear-door heat exchanger.
    #[written(default)]
    pub door_mass: Sourced<Kilograms>,
    /// Heat that a coolant distribution unit in the rack takes.
    #[written(default)]
    pub cdu_capacity: Sourced<Watts>,
    /// Floor positions that the unit takes, side racks included.
    #[written(default)]
    pub positions: Sourced<u32>,
}

/// A switch.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Switch {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Product family ("Quantum-2").
    pub family: String,
    /// InfiniBand or Ethernet.
    pub technology: Technology,
    /// Ports at `port_rate`.
    pub ports: Sourced<u32>,
    /// Rate of one port.
    pub port_rate: Sourced<BitsPerSec>,
    /// Links that one cage holds at `port_rate`.
    pub per_cage: Sourced<u32>,
    /// Into how many slower links a port may be split.
    pub max_split: Sourced<u32>,
    /// Has its own management processor (not externally managed).
    pub managed: Sourced<bool>,
    /// In-network reduction (SHARP).
    pub sharp: Sourced<bool>,
    /// Adaptive routing.
    pub adaptive_routing: Sourced<bool>,
    /// Congestion control.
    pub congestion_control: Sourced<bool>,
    /// Management ports to wire to the out-of-band network.
    pub management_ports: Sourced<u32>,
    /// Faster uplink ports beside the main ones, as on a management switch.
    pub uplink_ports: Sourced<u32>,
    /// Rate of one such uplink.
    #[written(default)]
    pub uplink_rate: Sourced<BitsPerSec>,
    /// Height.
    pub height: Sourced<RackUnits>,
    /// Mass.
    pub mass: Sourced<Kilograms>,
    /// Typical power, passive cables.
    pub power_typical: Sourced<Watts>,
    /// Maximum power, active modules.
    pub power_max: Sourced<Watts>,
}

/// A network adapter or DPU.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Nic {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Total rate, one direction.
    pub rate: Sourced<BitsPerSec>,
    /// Power without optics.
    pub power_max: Sourced<Watts>,
    /// Form of the card ("SFF", "TSFF", "LFF", "HHHL").
    #[written(default)]
    pub form: Sourced<String>,
    /// PCIe lanes.
    #[written(default)]
    pub lanes: Sourced<u32>,
}

/// An optical transceiver (one end of a link).
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Transceiver {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Rate of one link it carries.
    pub link_rate: Sourced<BitsPerSec>,
    /// Links it carries.
    pub links: Sourced<u32>,
    /// Reach.
    pub reach: Sourced<Metres>,
    /// Maximum power.
    pub power_max: Sourced<Watts>,
}

/// A cable.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Cable {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Highest link rate it carries.
    pub link_rate: Sourced<BitsPerSec>,
    /// Longest length sold.
    pub reach: Sourced<Metres>,
}

/// A storage system: the unit in which it is bought (an appliance, a pair, a node).
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct StorageSystem {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Client protocol, as text.
    pub protocol: Sourced<String>,
    /// What one unit is, as text.
    pub unit: String,
    /// Read throughput per unit.
    pub read: Sourced<BytesPerSec>,
    /// Write throughput per unit.
    pub write: Sourced<BytesPerSec>,
    /// Usable capacity per unit in the smallest listed configuration.
    pub capacity: Sourced<Bytes>,
    /// Fewest units for a working system.
    pub units_min: Sourced<u32>,
    /// Links to the storage fabric per unit.
    pub ports: Sourced<u32>,
    /// Rate of one such link.
    pub port_rate: Sourced<BitsPerSec>,
    /// Keeps serving when one controller or node fails.
    pub resilient: Sourced<bool>,
    /// POSIX semantics.
    pub posix: Sourced<bool>,
    /// Parallel access from many clients to one file system.
    pub parallel: Sourced<bool>,
    /// RDMA data path.
    pub rdma: Sourced<bool>,
    /// Transparent cache in the client's RAM and flash.
    pub client_cache: Sourced<bool>,
    /// Certified by the publisher of the SuperPOD references.
    pub certified_superpod: Sourced<bool>,
    /// Height per unit.
    pub height: Sourced<RackUnits>,
    /// Typical power per unit.
    pub power_typical: Sourced<Watts>,
    /// Maximum power per unit.
    pub power_max: Sourced<Watts>,
}

/// A management server or appliance.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Server {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Processor cores.
    pub cores: Sourced<u32>,
    /// Memory.
    pub memory: Sourced<Bytes>,
    /// NVMe, raw.
    pub nvme: Sourced<Bytes>,
    /// Management ports to wire to the out-of-band network.
    pub management_ports: Sourced<u32>,
    /// Height.
    pub height: Sourced<RackUnits>,
    /// Maximum power.
    pub power_max: Sourced<Watts>,
}

/// A rack power distribution unit.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Pdu {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Power it may carry continuously.
    pub rating: Sourced<Watts>,
    /// Management ports to wire to the out-of-band network.
    pub management_ports: Sourced<u32>,
}

/// A coolant distribution unit.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Cdu {
    /// Id.
    pub id: PartId,
    /// Vendor.
    pub vendor: String,
    /// Name.
    pub name: String,
    /// Heat that it takes at its design point.
    pub capacity: Sourced<Watts>,
    /// A pump may fail.
    pub redundant_pumps: Sourced<bool>,
    /// Pumps and controls are on uninterruptible power.
    pub ups_backed: Sourced<bool>,
    /// Maximum power it draws itself.
    pub power_max: Sourced<Watts>,
}
