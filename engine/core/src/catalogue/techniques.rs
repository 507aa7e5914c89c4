//! What techniques of serving take from outside: what disaggregation costs, tiers that hold keys and
//! values, how often prompts are found again, and how many drafted tokens are taken.

use crate::quantity::*;
use crate::sourced::{Origin, Sourced};
use crate::table::Table;
use crate::written::{Read, Write};

/// Everything that techniques of serving need besides what a pass needs.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct Techniques {
    /// Single published figures, by name.
    pub figures: Table<Sourced<f64>>,
    /// Tiers that keys and values are held in, by name, the fastest last in no order of theirs.
    pub tiers: Table<CacheTier>,
    /// How often prompts are found again, by the traffic that was recorded.
    pub reuse: Table<Reuse>,
    /// Drafted tokens that are taken, by model and drafter.
    pub acceptance: Table<Acceptance>,
}

impl Techniques {
    /// A single figure.
    ///
    /// # Errors
    /// Its path in the world, where it is not known.
    pub fn figure(&self, name: &str) -> Result<f64, String> {
        let found = self.figures.get(name).and_then(Sourced::known);
        found.ok_or_else(|| format!("inference.techniques.figures.{name}"))
    }

    /// Where a single figure is from.
    pub fn origin(&self, name: &str) -> Option<Origin> {
        self.figures.get(name).map(Sourced::origin)
    }

    /// Adds what another file states.
    pub(crate) fn extend(&mut self, more: Self) {
        self.figures.extend(more.figures);
        self.tiers.extend(more.tiers);
        self.reuse.extend(more.reuse);
        self.acceptance.extend(more.acceptance);
    }
}

/// A tier below the accelerators' memory.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct CacheTier {
    /// Name for people.
    pub name: String,
    /// What an accelerator reads from it, one direction, usable.
    pub bandwidth: Sourced<BytesPerSec>,
    /// Time until the first byte.
    pub latency: Sourced<Seconds>,
    /// Capacity in a node, where the node's own is not known.
    pub capacity: Sourced<Bytes>,
    /// Share of the capacity that keys and values may take.
    pub usable: Sourced<Ratio>,
}

/// How often the tokens of prompts are found again: `most (1 - exp(-c / scale))`, `c` the cache as
/// share of the footprint.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Reuse {
    /// Name for people.
    pub name: String,
    /// Share found in a cache without bounds.
    pub most: Sourced<Ratio>,
    /// Share of the footprint that holds all but an e-th of that.
    pub scale: Sourced<f64>,
    /// Time within which prompts come again.
    pub window: Sourced<Seconds>,
}

/// Tokens that a verifying pass yields, the verified one included, by the tokens drafted.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Acceptance {
    /// Model and drafter, for people.
    pub name: String,
    /// Ids of the models that it was measured on.
    #[written(default)]
    pub models: Vec<String>,
    /// The way to draft: a key of [`super::InferenceData::drafting`].
    pub drafter: String,
    /// Tokens drafted, and tokens yielded.
    pub lengths: Sourced<Vec<(u32, f64)>>,
}
