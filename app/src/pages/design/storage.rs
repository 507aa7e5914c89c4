//! Storage: what the reference asks of each level, the system, and the users' own files.

use super::layout::{group, readout};
use crate::format;
use crate::state::{use_workbench, world};
use crate::ui::*;
use crate::widgets::{
    Cell, Choice, Column, Field, Note, Row, count_field, data_table, part_field, select_field,
    source_note, text_field, toggle_field,
};
use plumbline_engine::quantity::BytesPerSec;
use plumbline_engine::reference::StorageLevel;
use plumbline_engine::sourced::Sourced;

pub(super) fn editor() -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &["storage.", name].concat());
    let levels = levels();
    let mut choices: Vec<Choice> = levels
        .iter()
        .map(|level| Choice::new(&level.name, &level.name))
        .collect();
    choices.insert(0, Choice::new("", "none"));
    let fast = vec![
        select_field(field("Level aimed at", "level"), choices),
        part_field(
            field("Storage system", "system").optional("none chosen"),
            "storage system",
        ),
        count_field(field("Storage units", "units").hint("in the unit in which it is bought")),
    ];
    let user = vec![
        text_field(field("Protocol of user storage", "user.protocol").optional("no user storage")),
        toggle_field(field("Reached in band", "user.in_band")),
        count_field(field("Link rate, Gb/s", "user.gigabits").optional("not stated")),
    ];
    view! {
        {readout("What follows", &[
            ("storage.read", "Read, aggregate"),
            ("storage.write", "Write, aggregate"),
            ("storage.capacity", "Usable capacity"),
            ("node.storage_bandwidth", "Per node, at most"),
        ])}
        {group("High-performance storage", "", fast)}
        {table(levels)}
        {group("User storage", "Home directories and shared files.", user)}
    }
    .into_any()
}

/// The levels of the claimed reference.
fn levels() -> &'static [StorageLevel] {
    let claim = use_workbench()
        .design()
        .with_untracked(|design| design.claim.clone());
    let reference = claim.and_then(|claim| world().references.get(&claim.reference));
    reference.map_or(&[], |reference| reference.storage_levels.as_slice())
}

fn table(levels: &'static [StorageLevel]) -> AnyView {
    if levels.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text("Level"),
        Column::text("Meant for"),
        Column::figures("Read per SU"),
        Column::figures("Write per SU"),
    ];
    data_table(
        "What the reference asks of storage".into(),
        columns,
        move || {
            let rows = levels.iter().map(|level| Row {
                cells: vec![
                    Cell::text(&level.name),
                    Cell::text(&level.purpose),
                    rate(&level.name, "read", &level.read),
                    rate(&level.name, "write", &level.write),
                ],
            });
            rows.collect()
        },
    )
}

fn rate(level: &str, what: &str, rate: &Sourced<BytesPerSec>) -> Cell {
    let title = [level, ", ", what, " per scalable unit"].concat();
    let shown = rate.known().map_or("unknown".into(), format::quantity);
    let (name, origin, value) = (title.clone(), rate.origin(), shown.clone());
    let note = move || Note {
        title: title.clone(),
        value: value.clone(),
        origin: origin.clone(),
        formula: String::new(),
        inputs: Vec::new(),
    };
    Cell::view(view! { {shown}" "{source_note(&name, note)} }.into_any())
}
