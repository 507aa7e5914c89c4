//! Types of parts, sites, models and price books. The figures themselves stand in
//! `references/`, each with its source; none stands here.

mod inference;
mod lifetime;
mod model;
mod parts;
mod prices;
mod shape;
mod sites;
mod techniques;
mod training;

pub use inference::*;
pub use lifetime::*;
pub use model::*;
pub use parts::*;
pub use prices::*;
pub use shape::*;
pub use sites::*;
pub use techniques::*;
pub use training::*;

use crate::table::Table;
use crate::written::{Read, Write};

/// Id of a part: kebab case, unique over all kinds.
pub type PartId = String;

/// All parts, by kind and id.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
pub struct Catalogue {
    /// Accelerators (GPUs).
    pub accelerators: Table<Accelerator>,
    /// Nodes: one operating-system image each.
    pub nodes: Table<Node>,
    /// Racks.
    pub racks: Table<Rack>,
    /// Switches.
    pub switches: Table<Switch>,
    /// Network adapters and DPUs.
    pub nics: Table<Nic>,
    /// Optical transceivers.
    pub transceivers: Table<Transceiver>,
    /// Cables.
    pub cables: Table<Cable>,
    /// Storage systems.
    pub storage: Table<StorageSystem>,
    /// Management servers and appliances.
    pub servers: Table<Server>,
    /// Rack power distribution units.
    pub pdus: Table<Pdu>,
    /// Coolant distribution units.
    pub cdus: Table<Cdu>,
}

/// One catalogue entry as a file writes it.
#[expect(
    clippy::large_enum_variant,
    reason = "it lives only from the file to its map"
)]
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub enum Part {
    /// An accelerator.
    Accelerator(Accelerator),
    /// A node.
    Node(Node),
    /// A rack.
    Rack(Rack),
    /// A switch.
    Switch(Switch),
    /// A network adapter or DPU.
    Nic(Nic),
    /// A transceiver.
    Transceiver(Transceiver),
    /// A cable.
    Cable(Cable),
    /// A storage system.
    Storage(StorageSystem),
    /// A server or appliance.
    Server(Server),
    /// A power distribution unit.
    Pdu(Pdu),
    /// A coolant distribution unit.
    Cdu(Cdu),
}

/// Runs the same expression over every kind of part: the one place that lists the kinds.
macro_rules! each_kind {
    ($catalogue:expr, $map:ident => $body:expr) => {{
        let c = $catalogue;
        {
            let $map = &c.accelerators;
            $body
        }
        {
            let $map = &c.nodes;
            $body
        }
        {
            let $map = &c.racks;
            $body
        }
        {
            let $map = &c.switches;
            $body
        }
        {
            let $map = &c.nics;
            $body
        }
        {
            let $map = &c.transceivers;
            $body
        }
        {
            let $map = &c.cables;
            $body
        }
        {
            let $map = &c.storage;
            $body
        }
        {
            let $map = &c.servers;
            $body
        }
        {
            let $map = &c.pdus;
            $body
        }
        {
            let $map = &c.cdus;
            $body
        }
    }};
}
pub(crate) use each_kind;

impl Catalogue {
    /// Adds a part; `false` if its id is taken.
    pub fn insert(&mut self, part: Part) -> bool {
        if self.contains(part.id()) {
            return false;
        }
        match part {
            Part::Accelerator(p) => self.accelerators.insert(p.id.clone(), p).is_none(),
            Part::Node(p) => self.nodes.insert(p.id.clone(), p).is_none(),
            Part::Rack(p) => self.racks.insert(p.id.clone(), p).is_none(),
            Part::Switch(p) => self.switches.insert(p.id.clone(), p).is_none(),
            Part::Nic(p) => self.nics.insert(p.id.clone(), p).is_none(),
            Part::Transceiver(p) => self.transceivers.insert(p.id.clone(), p).is_none(),
            Part::Cable(p) => self.cables.insert(p.id.clone(), p).is_none(),
            Part::Storage(p) => self.storage.insert(p.id.clone(), p).is_none(),
            Part::Server(p) => self.servers.insert(p.id.clone(), p).is_none(),
            Part::Pdu(p) => self.pdus.insert(p.id.clone(), p).is_none(),
            Part::Cdu(p) => self.cdus.insert(p.id.clone(), p).is_none(),
        }
    }

    /// Whether any kind holds this id.
    pub fn contains(&self, id: &str) -> bool {
        let mut found = false;
        each_kind!(self, map => found |= map.contains_key(id));
        found
    }

    /// Every id with its name and the name of its kind, ordered by kind and id.
    pub fn list(&self) -> Vec<PartName> {
        let mut names = Vec::new();
        each_kind!(self, map => names.extend(map.values().map(Named::named)));
        names
    }

    /// A part as a JSON object, the form in which its fields are listed and overridden.
    pub fn to_json(&self, id: &str) -> Option<serde_json::Value> {
        let mut found = None;
        each_kind!(self, map => if let Some(part) = map.get(id) {
            found = Some(crate::written::tree(part));
        });
        found
    }
}

/// Id, names and kind of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartName {
    /// The id.
    pub id: PartId,
    /// Name for people, with the vendor.
    pub name: String,
    /// The vendor alone.
    pub vendor: String,
    /// Name of the kind ("switch").
    pub kind: &'static str,
}

/// What every part has.
pub trait Named {
    /// The id.
    fn id(&self) -> &str;
    /// Id, name and kind.
    fn named(&self) -> PartName;
}

macro_rules! named {
    ($($variant:ident $kind:ident $label:literal),+ $(,)?) => {
        $(impl Named for $kind {
            fn id(&self) -> &str { &self.id }
            fn named(&self) -> PartName {
                PartName {
                    id: self.id.clone(),
                    name: format!("{} {}", self.vendor, self.name),
                    vendor: self.vendor.clone(),
                    kind: $label,
                }
            }
        })+
        impl Part {
            /// The id of the part.
            pub fn id(&self) -> &str {
                match self { $(Part::$variant(p) => &p.id),+ }
            }
        }
    };
}
named!(
    Accelerator Accelerator "accelerator", Node Node "node", Rack Rack "rack", Switch Switch "switch",
    Nic Nic "network adapter", Transceiver Transceiver "transceiver", Cable Cable "cable",
    Storage StorageSystem "storage system", Server Server "server", Pdu Pdu "PDU",
    Cdu Cdu "coolant distribution unit",
);
