//! Published reference architectures as data, and the `World` that holds everything the
//! outside supplies.

mod index;
mod references;
mod requirement;
mod template;
mod world;

pub use index::{Measurements, ReferenceEntry, ReferenceIndex, WorldData};
pub use references::{OwnStandard, References};
pub use requirement::*;
pub use template::{Provenance, SizeError, instantiate, provenance, units_for_nodes};
pub use world::*;

use crate::scalar::Scalar;
use crate::sourced::Sourced;
use crate::table::Table;
use crate::written::{Read, Write};

/// A published reference architecture.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Reference {
    /// Id: kebab case, publisher first.
    pub id: String,
    /// Publisher.
    pub publisher: String,
    /// Title.
    pub title: String,
    /// What it describes.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub kind: ReferenceKind,
    /// Document number, or "number not found".
    pub document: String,
    /// Document version.
    pub version: String,
    /// Date of the version read, ISO 8601.
    pub date: String,
    /// Key of its main source.
    pub source: String,
    /// One paragraph: what it is for and how far our reading of it goes.
    pub summary: String,
    /// Id of the reference that it follows: its template settings, requirements and storage
    /// levels hold wherever this one states none of the same path, id or name. They are taken
    /// over when the files are read, and keep their own origin.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub follows: Option<String>,
    /// Ids of the followed reference's requirements that do not hold here.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub drops: Vec<String>,
    /// What its scalable unit is called and how many nodes it holds.
    pub unit: ScalableUnit,
    /// Sizes that the document prints, in scalable units.
    pub sizes: Vec<Sourced<u32>>,
    /// Largest size that the document calls tested, in scalable units.
    pub tested_units: Sourced<u32>,
    /// Smallest size that the document covers, in scalable units.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub smallest: Sourced<u32>,
    /// Largest size that the document covers, in scalable units.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub largest: Sourced<u32>,
    /// Variants, default first where the document prints both.
    pub variants: Vec<Variant>,
    /// Counts that the document prints, by size and variant.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub published: Vec<PublishedRow>,
    /// How a design at any size is made.
    pub template: Vec<Setting>,
    /// Storage performance by level and size: GB/s per scalable unit scale linearly.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub storage_levels: Vec<StorageLevel>,
    /// What it demands.
    pub requirements: Vec<Requirement>,
    /// Errors and oddities of the document, with the value we use and why.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub notes: Vec<String>,
}

impl Reference {
    /// Parts that its nodes may be, over all sizes and variants.
    pub fn node_parts(&self) -> impl Iterator<Item = &str> {
        let parts = self.template.iter().filter(|setting| {
            setting.path.starts_with("compute.groups[") && setting.path.ends_with("].part")
        });
        parts.filter_map(|setting| match setting.value.get() {
            Some(Amount::Is(Scalar::Text(id))) => Some(id.as_str()),
            _ => None,
        })
    }
}

/// What a reference describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ReferenceKind {
    /// A whole cluster.
    #[default]
    Cluster,
    /// A rack, or a unit of a few racks, that is bought as one.
    RackScale,
    /// A node and what it asks of its surroundings.
    Platform,
    /// A building block without nodes of its own: a frame, a power or a cooling unit.
    Block,
}

impl ReferenceKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cluster, Self::RackScale, Self::Platform, Self::Block];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            ReferenceKind::Cluster => "cluster",
            ReferenceKind::RackScale => "rack scale",
            ReferenceKind::Platform => "platform",
            ReferenceKind::Block => "building block",
        }
    }
}

/// What a size is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UnitName {
    /// Scalable units.
    #[default]
    ScalableUnit,
    /// Nodes.
    Node,
    /// Racks.
    Rack,
    /// Stripes: the nodes that one set of rail leaves joins.
    Stripe,
    /// Endpoints.
    Endpoint,
    /// Pieces of a building block.
    Piece,
}

impl UnitName {
    /// In words, by number.
    pub fn words(self, count: u64) -> &'static str {
        match (self, count) {
            (UnitName::ScalableUnit, 1) => "scalable unit",
            (UnitName::ScalableUnit, _) => "scalable units",
            (UnitName::Node, 1) => "node",
            (UnitName::Node, _) => "nodes",
            (UnitName::Rack, 1) => "rack",
            (UnitName::Rack, _) => "racks",
            (UnitName::Stripe, 1) => "stripe",
            (UnitName::Stripe, _) => "stripes",
            (UnitName::Endpoint, 1) => "endpoint",
            (UnitName::Endpoint, _) => "endpoints",
            (UnitName::Piece, 1) => "piece",
            (UnitName::Piece, _) => "pieces",
        }
    }

    /// A size as lists and buttons show it ("4 SU", "16 nodes").
    pub fn sized(self, count: u32) -> String {
        let words = match self {
            UnitName::ScalableUnit => "SU",
            other => other.words(count.into()),
        };
        format!("{count} {words}")
    }
}

/// The repeating block.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct ScalableUnit {
    /// Nodes in one full unit (trays in NVL72 racks). Not known where a building block holds
    /// none of its own.
    pub nodes: Sourced<u32>,
    /// What the document counts its size in ("scalable unit", "node", "rack", "stripe").
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub name: UnitName,
}

/// A way in which the document prints its sizes.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Variant {
    /// Id ("idealised", "with-ufm").
    pub id: String,
    /// What it means.
    pub summary: String,
    /// Node places given up per POD.
    pub nodes_given_up: Sourced<u32>,
    /// Sizes in scalable units for which it is the default; empty = all others.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub default_for: Vec<u32>,
}

/// Counts as printed. Keys are names of facts (`"compute.leaf"`); a blank cell has no key.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct PublishedRow {
    /// Scalable units.
    pub units: u32,
    /// Variant id.
    pub variant: String,
    /// Fact name to printed count.
    pub counts: Table<Sourced<u64>>,
    /// Fact name to printed figure with its unit (`"362 kW"`) or ratio.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub figures: Table<Sourced<Scalar>>,
    /// What is odd about the row.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub note: String,
}

/// One setting of the template: the value that a field of the design takes.
/// The first entry for a path whose conditions hold wins.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Setting {
    /// Path in the design. A list entry is made when its index is the list's length.
    pub path: String,
    /// Only at these sizes; empty = all.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub at: Vec<u32>,
    /// Only in this variant; empty = all.
    #[cfg_attr(feature = "schema", schemars(default))]
    #[written(default)]
    pub variant: String,
    /// The value and where it comes from.
    pub value: Sourced<Amount>,
}

/// A value that may grow with the size.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Amount {
    /// The same at every size.
    Is(Scalar),
    /// This many per scalable unit.
    PerUnit(f64),
    /// A quantity per scalable unit: number and unit (`PerUnitOf(1.2, "MW")`).
    PerUnitOf(f64, String),
}

/// What a level of storage performance demands of one scalable unit.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct StorageLevel {
    /// Name ("Enhanced").
    pub name: String,
    /// What it is meant for.
    pub purpose: String,
    /// Aggregate read per scalable unit.
    pub read: Sourced<crate::quantity::BytesPerSec>,
    /// Aggregate write per scalable unit.
    pub write: Sourced<crate::quantity::BytesPerSec>,
    /// Read of a single node, where stated.
    pub node_read: Sourced<crate::quantity::BytesPerSec>,
    /// Write of a single node, where stated.
    pub node_write: Sourced<crate::quantity::BytesPerSec>,
}
