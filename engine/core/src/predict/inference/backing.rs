//! How many measured rows stand behind a prediction.

use super::job::Format;
use crate::catalogue::{BackingData, Chip, EngineRelease, InferenceData, RowCount};
use crate::written::Write;

/// Measured rows that share something with a service.
#[derive(Debug, Clone, PartialEq, Default, Write)]
pub struct Backing {
    /// The family of accelerators, for people.
    pub family: String,
    /// All rows.
    pub all: u32,
    /// On accelerators of the family.
    pub chip: u32,
    /// With the engine, in any release.
    pub engine: u32,
    /// On accelerators of the family with the engine.
    pub both: u32,
    /// Of these, with weights in the format.
    pub format: u32,
    /// Of these, of a model of the kind: dense or a mixture of experts.
    pub kind: u32,
    /// The family with the engine has too few for a band of its own.
    pub thin: bool,
}

impl Backing {
    /// Of a release on a family of accelerators, of a format and a kind of model.
    pub(super) fn of(
        data: &InferenceData,
        (chip, engine): (Chip, &EngineRelease),
        (format, mixture): (Format, bool),
    ) -> Self {
        let same = |count: &RowCount| {
            let other = data.engines.get(&count.engine);
            other.is_some_and(|other| alike(other, engine))
        };
        let counts = &data.backing.counts;
        let sum = |holds: &dyn Fn(&RowCount) -> bool| {
            let rows = counts.iter().filter(|count| holds(count));
            rows.map(|count| count.rows).sum::<u32>()
        };
        let both = sum(&|count| count.chip == chip && same(count));
        let least = data.backing.thin.known();
        let mut families = data.backing.families.iter();
        let family = families.find(|(known, _)| *known == chip);
        Self {
            family: family.map_or(String::new(), |(_, name)| name.clone()),
            all: data.backing.rows,
            chip: sum(&|count| count.chip == chip),
            engine: sum(&same),
            both,
            format: sum(&|count| count.chip == chip && same(count) && count.format == format),
            kind: sum(&|count| {
                count.chip == chip
                    && same(count)
                    && count.format == format
                    && count.mixture == mixture
            }),
            thin: least.is_some_and(|least| both < least),
        }
    }
}

/// Releases of one engine: of one kind, and under one name where both have one.
fn alike(one: &EngineRelease, other: &EngineRelease) -> bool {
    let nameless = one.names.is_empty() || other.names.is_empty();
    let shared = one.names.iter().any(|name| other.names.contains(name));
    one.kind == other.kind && (nameless || shared)
}

impl BackingData {
    /// Rows of a family whose energy was measured.
    pub fn energy_rows(&self, chip: Chip) -> u32 {
        let of = self.energy.iter().filter(|(family, _)| *family == chip);
        of.map(|(_, rows)| rows).sum()
    }
}
