//! Several things side by side, line by line: what differs is marked, and every figure has its
//! source one click away.

use super::data_table::{Cell, Column, Row, data_table};
use super::source_note::{Note, source_note};
use crate::ui::*;

/// In place of a value that is not known.
pub const NOT_STATED: &str = "not stated";

/// What one line says of each.
#[derive(Clone)]
pub struct Line {
    /// What the line is about.
    pub label: String,
    /// One for each of them.
    pub sides: Vec<Side>,
}

/// What a line says of one of them.
#[derive(Clone)]
pub enum Side {
    /// A figure; its value is [`NOT_STATED`] where there is none, and its section then the reason.
    Figure(Note),
    /// What needs no source, such as a name.
    Words(String),
}

impl Line {
    fn differs(&self) -> bool {
        let mut pairs = self.sides.windows(2);
        pairs.any(|two| matches!(two, [a, b] if a.value() != b.value()))
    }
}

impl Side {
    fn value(&self) -> &str {
        match self {
            Side::Figure(note) => &note.value,
            Side::Words(words) => words,
        }
    }
}

/// The table, with a row of things to do at its end where `last` gives one.
pub fn beside_table(
    caption: &str,
    heads: Vec<String>,
    lines: Vec<Line>,
    last: impl Fn() -> Option<Row> + Send + Sync + 'static,
) -> AnyView {
    let only = RwSignal::new(false);
    let alone = heads.len() < 2;
    let heads = heads.iter().map(|head| Column::text(head));
    let columns = std::iter::once(Column::text("")).chain(heads).collect();
    let rows = move || {
        let shown = lines.iter().filter(|line| !only.get() || line.differs());
        shown.map(row).chain(last()).collect()
    };
    view! {
        <label class="references-choose" hidden=alone>
            <input type="checkbox" on:change:target=move |event| only.set(event.target().checked()) />
            "Only differences"
        </label>
        <div class="scroll beside" role="region" aria-label=caption.to_owned() tabindex="0">
            {data_table(caption.to_owned(), columns, rows)}
        </div>
    }
    .into_any()
}

fn row(line: &Line) -> Row {
    let differs = line.differs().then(|| {
        view! { <span class="differs"><span aria-hidden="true">" ≠"</span><span class="visually-hidden">" differs"</span></span> }
    });
    let label = line.label.clone();
    let head = Cell::view(view! { {label}{differs} }.into_any());
    let sides = line.sides.iter().map(|side| match side {
        Side::Figure(note) => Cell::view(figure(note.clone(), true)),
        Side::Words(words) => Cell::text(words),
    });
    Row {
        cells: std::iter::once(head).chain(sides).collect(),
    }
}

/// A figure with its source; if `told` with its grade, and where it is not known with the reason.
pub fn figure(note: Note, told: bool) -> AnyView {
    let title = note.title.clone();
    let known = note.value != NOT_STATED;
    let (value, grade) = (note.value.clone(), note.origin.grade.to_string());
    // What was looked for is worth more than that it was not found.
    let reason = Some(note.origin.section.clone());
    let reason = reason.filter(|reason| told && !known && reason != NOT_STATED);
    let lacks = reason.map(|reason| view! { <span class="lacks">{reason}</span> });
    let grade = (told && known).then(|| [" ", &grade].concat());
    let source = source_note(&title, move || note.clone());
    view! { <span class:muted=!known>{value}</span><span class="grade">{grade}{source}</span>{lacks} }
        .into_any()
}
