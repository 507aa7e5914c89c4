//! What the lifetime cost of inference takes from outside: power while serving, tokens of a word by
//! language, what software gains, and how many measured rows stand behind a prediction.

use super::{Chip, ErrorClass, FittedConstant, Range};
use crate::design::Format;
use crate::quantity::*;
use crate::sourced::Sourced;
use crate::table::Table;
use crate::written::{Read, Write};

/// What the prediction of energy rests on.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct EnergyData {
    /// Fitted constants, by name.
    pub constants: Table<FittedConstant>,
    /// How far predictions were off on rows that the fit had not seen, by class.
    pub errors: Table<ErrorClass>,
    /// What a server draws besides, for each of its accelerators.
    pub host: Sourced<Range<Watts>>,
}

/// Tokens of words by language.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct LanguageData {
    /// Names for people, by key.
    pub names: Table<String>,
    /// Tokenizers, by key.
    pub tokenizers: Table<Tokenizer>,
    /// Tokens of everyday text, as multiple of those of the text that was measured.
    pub everyday: Sourced<Range<Ratio>>,
}

impl LanguageData {
    /// The tokenizer of a model, by its id.
    pub fn tokenizer(&self, model: &str) -> Option<&Tokenizer> {
        let mut all = self.tokenizers.values();
        all.find(|tokenizer| tokenizer.models.iter().any(|id| id == model))
    }
}

/// What a tokenizer makes of a text in several languages.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Tokenizer {
    /// Name for people.
    pub name: String,
    /// Ids of the models that use it.
    pub models: Vec<String>,
    /// By language.
    pub spoken: Sourced<Table<Spoken>>,
}

/// Tokens of a language.
#[derive(Debug, Clone, Copy, PartialEq, Write, Read)]
pub struct Spoken {
    /// Tokens of a word of it.
    pub word: f64,
    /// Tokens of a text as multiple of those of the same text in English.
    pub english: f64,
}

/// What changes over the life of a service.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct LifetimeData {
    /// Yield at the same precision as multiple of that at the launch of the pair of model and
    /// accelerators, half a year after it and then year by year.
    pub software: Table<Vec<Sourced<Range<Ratio>>>>,
    /// Time for which such models have been served on such accelerators, where it is not stated.
    pub age: Sourced<Seconds>,
}

/// How many measured rows stand behind a prediction.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct BackingData {
    /// Fewer rows of a chip family with an engine than this are thin.
    pub thin: Sourced<u32>,
    /// Names of families for people.
    pub families: Vec<(Chip, String)>,
    /// Rows that are predicted at all.
    pub rows: u32,
    /// Rows by what they share.
    pub counts: Vec<RowCount>,
    /// Rows whose energy was measured, by family of accelerators.
    pub energy: Vec<(Chip, u32)>,
}

/// Rows that share these.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct RowCount {
    /// Family of accelerators.
    pub chip: Chip,
    /// Key of the engine's release.
    pub engine: String,
    /// Format of the weights.
    pub format: Format,
    /// The model is a mixture of experts.
    pub mixture: bool,
    /// How many.
    pub rows: u32,
}

/// Takes in what another file of the same room holds.
macro_rules! joins {
    ($type:ident: $($table:ident),*; $($figure:ident),*) => {
        impl $type {
            /// Takes in what another file holds.
            pub fn extend(&mut self, other: Self) {
                $(self.$table.extend(other.$table);)*
                $(if other.$figure.get().is_some() {
                    self.$figure = other.$figure;
                })*
            }
        }
    };
}

joins!(EnergyData: constants, errors; host);
joins!(LanguageData: names, tokenizers; everyday);
joins!(LifetimeData: software; age);

impl BackingData {
    /// Takes in what another file holds.
    pub fn extend(&mut self, other: Self) {
        if other.thin.get().is_some() {
            self.thin = other.thin;
        }
        self.families.extend(other.families);
        self.rows += other.rows;
        self.counts.extend(other.counts);
        self.energy.extend(other.energy);
    }
}
