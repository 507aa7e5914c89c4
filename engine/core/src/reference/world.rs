//! Everything that the outside supplies to an assessment.

use super::References;
use crate::catalogue::{
    Catalogue, Constants, InferenceData, ModelArchitecture, PriceBook, SiteData, TrainingData,
};
use crate::sourced::Source;
use crate::table::Table;
use crate::written::{Read, Write};

/// Catalogue, references, prices, sites, models, constants, a date and a seed. The engine
/// has no other way to learn anything about the world.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
pub struct World {
    /// Revision of the data: a hash of its content.
    pub revision: String,
    /// Date of the assessment, ISO 8601.
    pub as_of: String,
    /// Seed of everything that samples.
    pub seed: u64,
    /// All sources, by key.
    pub sources: Table<Source>,
    /// All parts.
    pub catalogue: Catalogue,
    /// All references, by id.
    pub references: References,
    /// The price book in use.
    pub prices: PriceBook,
    /// Regions, by id.
    pub sites: Table<SiteData>,
    /// Language models, by id.
    pub models: Table<ModelArchitecture>,
    /// Engineering constants.
    pub constants: Constants,
    /// What the prediction of training takes from outside.
    pub training: TrainingData,
    /// What the prediction of inference takes from outside.
    pub inference: InferenceData,
}

impl World {
    /// A language model by its id or another name of it.
    pub fn model(&self, name: &str) -> Option<&ModelArchitecture> {
        let by_name = || self.models.values().find(|model| model.is_called(name));
        self.models.get(name).or_else(by_name)
    }

    /// The source of a key: one of the world, else one that an own standard names.
    pub fn source(&self, key: &str) -> Option<&Source> {
        let own = || self.references.own().into_iter();
        let known = self.sources.get(key);
        known.or_else(|| own().find_map(|own| own.sources.get(key)))
    }
}
