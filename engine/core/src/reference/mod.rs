//! Published reference architectures as data, and the `World` that holds everything the
//! outside supplies.

mod index;
mod references;
mod requirement;
mod template;
mod world;

pub use index::{ReferenceEntry, ReferenceIndex, VariantEntry};
pub use references::References;
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
    /// What its scalable unit is called and how many nodes it holds.
    pub unit: ScalableUnit,
    /// Sizes that the document prints, in scalable units.
    pub sizes: Vec<Sourced<u32>>,
    /// Largest size that the document calls tested, in scalable units.
    pub tested_units: Sourced<u32>,
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

/// The repeating block.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct ScalableUnit {
    /// Nodes in one full unit (trays in NVL72 racks).
    pub nodes: Sourced<u32>,
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
