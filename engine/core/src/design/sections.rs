//! The sections of a design, in the order in which the workbench shows them.

use super::{ServingPlan, TrainingPlan};
use crate::catalogue::{PartId, Shape};
use crate::quantity::*;
use crate::table::Table;
use crate::written::{Read, Write};

/// The three classes of work; each has its own model of performance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WorkloadClass {
    /// Long, all-reduce-heavy, hungry for interconnect and checkpoint bandwidth.
    #[default]
    PreTraining,
    /// Smaller, repeated, wants elastic pools.
    FineTuning,
    /// Bound by latency, measured in throughput.
    Inference,
}

/// How training data reaches the accelerators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DataLoading {
    /// Text, or a data set that fits the node's cache.
    #[default]
    Cached,
    /// Compressed images, most of it read from shared storage.
    Streamed,
    /// Uncompressed images or video, read at line rate.
    RawVision,
}

/// One workload.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Workload {
    /// Name for people.
    pub name: String,
    /// Class.
    pub class: WorkloadClass,
    /// Id of a model: the design's own, else the world's.
    pub model: String,
    /// Accelerators that one job or replica uses; `None` = all of them.
    pub accelerators: Option<u32>,
    /// Training tokens of one run.
    pub tokens: Option<Tokens>,
    /// Model FLOPS utilisation as stated by the person, until a prediction replaces it.
    pub mfu: Option<Ratio>,
    /// Output tokens per second and accelerator as stated by the person.
    pub throughput: Option<TokensPerSec>,
    /// Bytes per parameter held while the job runs.
    pub bytes_per_parameter: Option<Ratio>,
    /// How data is read.
    pub data: DataLoading,
    /// How training is run and repeated.
    pub plan: TrainingPlan,
    /// How the model is served.
    pub serving: ServingPlan,
}

impl Default for Workload {
    fn default() -> Self {
        Self {
            name: "Workload".into(),
            class: WorkloadClass::default(),
            model: String::new(),
            accelerators: None,
            tokens: None,
            mfu: None,
            throughput: None,
            bytes_per_parameter: None,
            data: DataLoading::default(),
            plan: TrainingPlan::default(),
            serving: ServingPlan::default(),
        }
    }
}

/// A model of the person's own, which workloads name by its id.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct OwnModel {
    /// Id; one that the world has too hides the world's.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its dimensions.
    pub shape: Shape,
}

/// All nodes, by group.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Compute {
    /// Groups of equal nodes.
    pub groups: Vec<NodeGroup>,
}

/// A number of equal nodes in equal racks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct NodeGroup {
    /// Name for people.
    pub name: String,
    /// Node part.
    pub part: PartId,
    /// Number of nodes.
    pub nodes: u32,
    /// Rack part.
    pub rack: PartId,
    /// Nodes in one full rack.
    pub nodes_per_rack: u32,
}

/// Storage.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Storage {
    /// Performance level of the reference that is aimed at ("Enhanced").
    pub level: String,
    /// High-performance storage system; empty = none chosen.
    pub system: PartId,
    /// Units of it.
    pub units: u32,
    /// User storage.
    pub user: UserStorage,
}

/// Home directories and shared files over Ethernet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct UserStorage {
    /// Protocol ("NFS"); `None` = no user storage.
    pub protocol: Option<String>,
    /// Reached over the in-band network.
    pub in_band: bool,
    /// Link rate in gigabits per second, as whole number; `None` = not stated.
    pub gigabits: Option<u32>,
}

/// What a management server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Role {
    /// Cluster manager head node.
    #[default]
    Head,
    /// Scheduler login node.
    Login,
    /// Kubernetes node for administration.
    KubernetesAdmin,
    /// Kubernetes node for users' services.
    KubernetesUser,
    /// Fabric manager of the compute fabric.
    FabricManagerCompute,
    /// Fabric manager of the storage fabric.
    FabricManagerStorage,
    /// Anything else.
    Other,
}

/// A number of equal management servers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct ServerGroup {
    /// What they do.
    pub role: Role,
    /// Server part.
    pub part: PartId,
    /// How many.
    pub count: u32,
}

/// Schedulers, management servers and software.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Orchestration {
    /// Schedulers in use ("Slurm", "Kubernetes").
    pub schedulers: Vec<String>,
    /// Tenants that do not trust one another share it.
    pub multi_tenant: bool,
    /// Management servers and appliances.
    pub servers: Vec<ServerGroup>,
    /// Licence per accelerator, by key of the price book; empty = none.
    pub licence: String,
    /// Software by name with its version ("rocm": "6.2.4").
    pub software: Table<String>,
    /// Backups are planned; `None` = not stated.
    pub backup: Option<bool>,
    /// Security is planned: who may reach what; `None` = not stated.
    pub security: Option<bool>,
}

/// Redundancy of the power distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Redundancy {
    /// The load needs all feeds.
    #[default]
    N,
    /// One feed may fail.
    NPlusOne,
    /// Either of two sides carries everything.
    TwoN,
}

/// Availability class of the building, in the field's three dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Availability {
    /// Uptime Tier I, TIA-942 Rated 1, EN 50600 class 1.
    Class1,
    /// Uptime Tier II, TIA-942 Rated 2, EN 50600 class 2.
    Class2,
    /// Uptime Tier III, TIA-942 Rated 3, EN 50600 class 3: concurrently maintainable.
    Class3,
    /// Uptime Tier IV, TIA-942 Rated 4, EN 50600 class 4.
    Class4,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Site {
    /// Region of the site data.
    pub region: String,
    /// Power that one compute rack can be given.
    pub rack_power: Option<Watts>,
    /// Short peak that one compute rack's supply rides through.
    pub rack_peak: Option<Watts>,
    /// Redundancy of that supply.
    pub power_redundancy: Redundancy,
    /// Rack PDU part; empty where the rack is fed by a busbar.
    pub pdu: PartId,
    /// PDUs per compute rack.
    pub pdus_per_rack: Option<u32>,
    /// Voltage of the feed, phase to phase.
    pub feed_voltage: Option<Volts>,
    /// Temperature of the air that enters the nodes.
    pub inlet_temperature: Option<Celsius>,
    /// Height above the sea.
    pub altitude: Option<Metres>,
    /// Temperature of the coolant that enters the racks.
    pub coolant_supply: Option<Celsius>,
    /// Coolant flow to one rack.
    pub coolant_flow: Option<LitresPerMin>,
    /// Coolant distribution unit; empty = none chosen.
    pub cdu: PartId,
    /// How many of them.
    pub cdus: Option<u32>,
    /// Stands on a raised floor.
    pub raised_floor: Option<bool>,
    /// Network core, storage and management are on uninterruptible power.
    pub ups_core: Option<bool>,
    /// Racks for switches, storage and management; `None` = not stated.
    pub support_racks: Option<u32>,
    /// PDUs per support rack.
    pub pdus_per_support_rack: Option<u32>,
    /// IT power that the site provides; `None` = not stated.
    pub it_power: Option<Watts>,
    /// Cooling method, by key of the constants.
    pub cooling: String,
    /// Heat that air can take from one compute rack; `None` = the method's own limit.
    pub air_per_rack: Option<Watts>,
    /// Power usage effectiveness; `None` = the region's default.
    pub pue: Option<Ratio>,
    /// Availability class of the building.
    pub availability: Option<Availability>,
    /// Connected to the building management system.
    pub bms: Option<bool>,
}

/// How it is paid for. `None` takes the default of the price book or the region, which is
/// then listed among the defaults used.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Economics {
    /// Life in years, 1 to 10.
    pub years: u32,
    /// Kind of owner, by key of the price book's discount rates.
    pub owner: String,
    /// Discount rate per year.
    pub discount: Option<Ratio>,
    /// Price of electricity.
    pub electricity: Option<EnergyPrice>,
    /// Price of colocation.
    pub colocation: Option<CapacityPrice>,
    /// Mean power as share of the rating while in use.
    pub power_share: Option<Ratio>,
    /// Share of the time that accelerators do paid work.
    pub utilisation: Option<Ratio>,
    /// Full-time staff.
    pub staff: Option<Ratio>,
    /// Hardware support per year, as share of hardware price.
    pub support: Option<Ratio>,
    /// Installation, once, as share of hardware price.
    pub installation: Option<Ratio>,
    /// Residual value at the end, as share of accelerator hardware price.
    pub residual: Option<Ratio>,
    /// Rent to compare with: price per accelerator-hour.
    pub rent: Option<HourlyPrice>,
    /// Term of that rent, by key of the price book.
    pub rent_term: String,
}

impl Default for Economics {
    fn default() -> Self {
        Self {
            years: 4,
            owner: "enterprise".into(),
            discount: None,
            electricity: None,
            colocation: None,
            power_share: None,
            utilisation: None,
            staff: None,
            support: None,
            installation: None,
            residual: None,
            rent: None,
            rent_term: "reserved-1y".into(),
        }
    }
}
