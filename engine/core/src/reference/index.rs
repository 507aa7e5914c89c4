//! What is known of the references before any of them is opened.

use super::{Reference, ReferenceKind, UnitName, World, instantiate};
use crate::design::Design;
use crate::table::Table;
use crate::written::{Read, Write};

/// The reference, and its size, with which a first visit begins.
const FIRST: (&str, u32) = ("nvidia-dgx-superpod-h100", 4);

/// A table of published measurements against which predictions are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measurements {
    /// Steps and runs of training.
    Training,
    /// Throughput and latency of inference.
    Inference,
    /// Energy of a token while serving.
    Energy,
}

impl Measurements {
    /// All of them, the first looked at first.
    pub const ALL: [Self; 3] = [Self::Training, Self::Inference, Self::Energy];

    /// Its name in addresses and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Inference => "inference",
            Self::Energy => "energy",
        }
    }

    /// The one of a name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// The part of a world that a program carries which loads the rest when it is wanted: what
/// lists show, and what the files with the rest are called. It has plain values: a figure is
/// shown with its source where the reference itself is shown.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
pub struct ReferenceIndex {
    /// Revision of the data.
    pub revision: String,
    /// Date of the assessment, ISO 8601.
    pub as_of: String,
    /// Seed of everything that samples.
    pub seed: u64,
    /// The design that is open on a first visit.
    pub first: Option<Design>,
    /// All references, by id.
    pub references: Vec<ReferenceEntry>,
}

/// The file of the world.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
pub struct WorldData {
    /// All but the references.
    pub world: World,
    /// Pages of the rules, by code.
    pub rules: Table<String>,
    /// What each reference is for and how far our reading of it goes, by id: text to be read,
    /// with which an index of all would be twice as heavy.
    pub summaries: Table<String>,
}

/// A reference in a list.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct ReferenceEntry {
    /// Id.
    pub id: String,
    /// What it describes.
    pub kind: ReferenceKind,
    /// Publisher.
    pub publisher: String,
    /// Title.
    pub title: String,
    /// Document number.
    pub document: String,
    /// Document version.
    pub version: String,
    /// Date of the version read, ISO 8601.
    pub date: String,
    /// Key of its main source.
    pub source: String,
    /// What it counts its size in.
    pub unit: UnitName,
    /// Nodes in one such unit, where known.
    pub unit_nodes: Option<u32>,
    /// Smallest and largest size that the document covers, where it says so.
    pub range: (Option<u32>, Option<u32>),
    /// Sizes that the document prints, in its units.
    pub sizes: Vec<u32>,
    /// Largest size that the document calls tested, in scalable units.
    pub tested_units: Option<u32>,
    /// Ids of its variants.
    pub variants: Vec<String>,
    /// How many requirements it has.
    pub requirements: usize,
}

impl ReferenceIndex {
    /// The index of a world.
    pub fn of(world: &World) -> Self {
        let (id, units) = FIRST;
        let first = world.references.get(id);
        let first = first.or_else(|| world.references.values().next());
        Self {
            revision: world.revision.clone(),
            as_of: world.as_of.clone(),
            seed: world.seed,
            first: first.and_then(|reference| instantiate(reference, units, None, None).ok()),
            references: world.references.values().map(ReferenceEntry::of).collect(),
        }
    }

    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&ReferenceEntry> {
        self.references.iter().find(|entry| entry.id == id)
    }

    /// Name of the file with a [`WorldData`]. The revision stands in it,
    /// so that a program never takes the data of another.
    pub fn world_file(&self) -> String {
        ["lazy/world-", &self.revision, ".json"].concat()
    }

    /// Name of the file with these measured rows.
    pub fn measured_file(&self, of: Measurements) -> String {
        ["lazy/measured-", of.key(), "-", &self.revision, ".csv"].concat()
    }

    /// Name of the file with all references, for what looks into each of them.
    pub fn references_file(&self) -> String {
        ["lazy/references-", &self.revision, ".json"].concat()
    }

    /// Name of the file with a reference.
    pub fn reference_file(&self, id: &str) -> String {
        ["lazy/reference-", id, "-", &self.revision, ".json"].concat()
    }
}

impl ReferenceEntry {
    /// The entry of a reference.
    pub fn of(reference: &Reference) -> Self {
        let sizes = reference.sizes.iter();
        let variants = reference.variants.iter().map(|variant| variant.id.clone());
        Self {
            id: reference.id.clone(),
            publisher: reference.publisher.clone(),
            title: reference.title.clone(),
            kind: reference.kind,
            unit: reference.unit.name,
            document: reference.document.clone(),
            version: reference.version.clone(),
            date: reference.date.clone(),
            source: reference.source.clone(),
            range: (reference.smallest.known(), reference.largest.known()),
            unit_nodes: reference.unit.nodes.known(),
            sizes: sizes.filter_map(|size| size.known()).collect(),
            tested_units: reference.tested_units.known(),
            variants: variants.collect(),
            requirements: reference.requirements.len(),
        }
    }
}
