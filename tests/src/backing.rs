//! Counts the measured rows behind predictions, by family of accelerators, engine, format and kind of
//! model.

use crate::evidence::Case;
use plumbline_core::catalogue::{EngineRelease, RowCount};
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{Figure, InferenceRow, Outcomes, Rows};
use plumbline_core::reference::World;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows that are predicted, by what they share, in a fixed order.
pub fn counts(world: &World, table: &Csv, cases: &[Case<InferenceRow>]) -> Vec<RowCount> {
    let engines: BTreeMap<&str, &str> = Rows::new(table)
        .iter()
        .map(|row| (row.text("id"), row.text("engine")))
        .collect();
    let mut found: BTreeMap<String, RowCount> = BTreeMap::new();
    for case in cases {
        let row = &case.row;
        let called = engines.get(case.id.as_str()).copied().unwrap_or_default();
        let told = |release: &EngineRelease| {
            let named = release
                .names
                .iter()
                .any(|name| called.starts_with(name.as_str()));
            release.generation == row.stack.generation && (named || release.names.is_empty())
        };
        let mut releases = world.inference.engines.iter();
        let Some((engine, _)) = releases.find(|(_, release)| told(release)) else {
            continue;
        };
        let mut count = RowCount {
            chip: row.machine.chip,
            engine: engine.clone(),
            format: row.format,
            mixture: row.shape.experts.is_some(),
            rows: 0,
        };
        let key = format!("{count:?}");
        count.rows = 1;
        found
            .entry(key)
            .and_modify(|known| known.rows += 1)
            .or_insert(count);
    }
    found.into_values().collect()
}

/// Rows whose energy was measured, by family of accelerators.
pub fn energy_counts(table: &Csv, cases: &[Case<InferenceRow>]) -> Vec<(String, u32)> {
    let mut found: BTreeMap<String, u32> = BTreeMap::new();
    let rows = Rows::new(table);
    let told: BTreeMap<&str, bool> = rows
        .iter()
        .map(|row| (row.text("id"), Outcomes::of(&row).energy.is_some()))
        .collect();
    let with = |case: &&Case<InferenceRow>| {
        case.row.figure == Figure::Output && told.get(case.id.as_str()).copied().unwrap_or(false)
    };
    for case in cases.iter().filter(with) {
        *found
            .entry(format!("{:?}", case.row.machine.chip))
            .or_default() += 1;
    }
    found.into_iter().collect()
}

/// The file of the counts.
pub fn written(rows: usize, counts: &[RowCount], energy: &[(String, u32)]) -> String {
    let mut text = format!(
        "// Measured rows that are predicted, by what they share; and those whose energy was measured. Written by\n\
         // `calibrate counts --write`; a test holds it to the rows.\n\
         (\n    backing: (\n        rows: {rows},\n        counts: [\n"
    );
    for count in counts {
        let _ = writeln!(
            text,
            "            (chip: {:?}, engine: {:?}, format: {:?}, mixture: {}, rows: {}),",
            count.chip, count.engine, count.format, count.mixture, count.rows
        );
    }
    text.push_str("        ],\n        energy: [");
    let energy = energy
        .iter()
        .map(|(chip, rows)| format!("({chip}, {rows})"));
    text.push_str(&energy.collect::<Vec<_>>().join(", "));
    text.push_str("],\n    ),\n)\n");
    text
}
