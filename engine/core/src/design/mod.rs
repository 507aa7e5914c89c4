//! What the person edits. Plain data; nothing here computes.
//!
//! Every field has a default, so that a short hand-written file is a design; a field
//! that is `None` means "not stated", and what needs it becomes unknown.

mod edit;
mod fabrics;
mod history;
mod lifetime;
mod migrate;
mod path;
mod reinforcement;
mod sections;
mod serving;
mod sizing;
mod step;
mod techniques;
mod training;
mod tree;
mod validate;

pub use crate::written::TreeFault;
pub use edit::{Edit, EditError, apply, apply_all, difference};
pub use fabrics::*;
pub use history::{History, Step};
pub use lifetime::*;
pub use migrate::{MigrateError, migrate};
pub use path::{Path, PathError, Segment, get, same_written};
pub use reinforcement::*;
pub use sections::*;
pub use serving::*;
pub use sizing::*;
pub use step::*;
pub use techniques::*;
pub use training::*;
pub use tree::{from_tree, to_tree};
pub use validate::{MAX_COUNT, MAX_YEARS, Problem, validate};

use crate::quantity::Money;
use crate::scalar::Scalar;
use crate::table::Table;
use crate::written::{Read, Write};

/// Version of the written form of [`Design`]. Raise it with every change that an older
/// reader would misread, and add a step to `migrate`.
pub const SCHEMA: u32 = 1;

/// One cluster design.
#[derive(Debug, Clone, PartialEq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Design {
    /// Version of the written form.
    pub schema: u32,
    /// Name for people.
    pub name: String,
    /// The reference it claims to follow.
    pub claim: Option<Claim>,
    /// What will run on it.
    pub workloads: Vec<Workload>,
    /// Models of the person's own.
    pub models: Vec<OwnModel>,
    /// Nodes.
    pub compute: Compute,
    /// Networks.
    pub fabrics: Fabrics,
    /// Storage systems.
    pub storage: Storage,
    /// Schedulers, management servers and software.
    pub orchestration: Orchestration,
    /// Where it stands: racks, power, cooling.
    pub site: Site,
    /// How it is paid for.
    pub economics: Economics,
    /// Fields of parts that the person knows better: part id, then field path, then value.
    pub overrides: Table<Table<Scalar>>,
    /// The person's own prices, by path of the cost line.
    pub quotes: Table<Quote>,
    /// Findings accepted with a reason.
    pub waivers: Vec<Waiver>,
}

impl Default for Design {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            name: "Untitled design".into(),
            claim: None,
            workloads: Vec::new(),
            models: Vec::new(),
            compute: Compute::default(),
            fabrics: Fabrics::default(),
            storage: Storage::default(),
            orchestration: Orchestration::default(),
            site: Site::default(),
            economics: Economics::default(),
            overrides: Table::new(),
            quotes: Table::new(),
            waivers: Vec::new(),
        }
    }
}

/// The reference that a design claims to follow, and at which size and variant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Claim {
    /// Id of the reference.
    pub reference: String,
    /// Scalable units built (of fabric; node places may stay empty).
    pub units: u32,
    /// Variant of the reference ("idealised", "with-ufm").
    pub variant: String,
    /// Size as an offer or a slide states it, to be held against what the design comes to.
    pub stated: Option<Stated>,
}

/// A stated size. The same word means nodes to one vendor and accelerators to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Stated {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: StatedUnit,
}

/// What a stated size counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum StatedUnit {
    /// Accelerators in the whole cluster.
    #[default]
    Accelerators,
    /// Accelerators in one rack.
    AcceleratorsPerRack,
    /// Nodes.
    Nodes,
    /// Racks of nodes.
    Racks,
    /// Scalable units of the claimed reference.
    Units,
}

/// A price that the person was quoted.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Quote {
    /// Price of one piece of the line (of one year, where the line is yearly); `None` = a
    /// note without a price, which changes nothing.
    pub price: Option<Money>,
    /// Who quoted it, when.
    pub note: String,
}

/// A finding that the person accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Waiver {
    /// Id of the rule or requirement.
    pub id: String,
    /// Subject path of the finding.
    pub subject: String,
    /// Why it is accepted; must not be empty.
    pub reason: String,
    /// When, ISO 8601.
    pub date: String,
}
