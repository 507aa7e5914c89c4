//! What the page loads when it wants it: the world without its references but with the pages of
//! the rules, each reference, all of them in one for what looks into each, and the measured rows
//! against which predictions are held. They are named by the revision of the data, which the
//! program knows from its index. And the schema of what a person may bring, for their editor.

use crate::site::Files;
use plumbline_engine::check::rules;
use plumbline_engine::load::pack;
use plumbline_engine::reference::{Measurements, Reference, WorldData};
use plumbline_engine::{index, schema, world};

/// The JSON Schema of a reference.
const SCHEMA: &str = "lazy/reference.schema.json";

/// Published measurements.
fn measured(of: Measurements) -> String {
    match of {
        Measurements::Training => include_str!("../../../references/measured/training.csv").into(),
        Measurements::Inference => INFERENCE.into(),
        Measurements::Energy => energy(),
    }
}

const INFERENCE: &str = include_str!("../../../references/measured/inference.csv");

/// The rows of throughput whose energy was measured too.
fn energy() -> String {
    let told =
        |line: &&str| line.contains(" J/output token") && line.contains(",output_tokens_per_s,");
    let rows = INFERENCE.lines().skip(1).filter(told);
    let lines = INFERENCE.lines().take(1).chain(rows);
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The files, by their names within the site.
pub(crate) fn files() -> Files {
    let (index, mut world) = (index(), world());
    let references = std::mem::take(&mut world.references);
    let each = references
        .values()
        .map(|reference| (index.reference_file(&reference.id), pack(reference)));
    let rules = rules().iter().map(|rule| rule.meta());
    let rules = rules.map(|meta| (meta.code.to_owned(), meta.page.to_owned()));
    let rules = rules.collect();
    let summaries = references
        .values()
        .map(|reference| (reference.id.clone(), reference.summary.clone()))
        .collect();
    let all: Vec<Reference> = references.values().cloned().collect();
    let data = WorldData {
        world,
        rules,
        summaries,
    };
    [
        (index.world_file(), pack(&data)),
        (index.references_file(), pack(&all)),
        (SCHEMA.to_owned(), format!("{:#}\n", schema::reference())),
    ]
    .into_iter()
    .chain(each)
    .chain(Measurements::ALL.map(|of| (index.measured_file(of), measured(of))))
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plumbline_engine::load::unpack;
    use plumbline_engine::reference::References;

    #[test]
    fn the_files_together_are_the_world() -> Result<(), String> {
        let (index, files, whole) = (index(), files(), world());
        let text = |name: String| {
            let bytes = files.get(&name).cloned().ok_or(name)?;
            String::from_utf8(bytes).map_err(|why| why.to_string())
        };
        let WorldData {
            world: mut read,
            rules: pages,
            summaries,
        } = unpack(&text(index.world_file())?)?;
        assert_eq!(pages.len(), rules().len());
        assert!(pages.values().all(|page| page.contains("## How to fix")));
        assert!(read.references.is_empty());
        read.references = References::awaited(index.references.iter().map(|one| one.id.as_str()));
        for entry in &index.references {
            let reference: Reference = unpack(&text(index.reference_file(&entry.id))?)?;
            assert!(read.references.supply(reference), "{}", entry.id);
        }
        assert_eq!(summaries.len(), index.references.len());
        assert_eq!(
            files.len(),
            index.references.len() + 3 + Measurements::ALL.len()
        );
        assert_eq!(read, whole);
        let all: Vec<Reference> = unpack(&text(index.references_file())?)?;
        assert!(all.iter().eq(whole.references.values()));
        Ok(())
    }
}
