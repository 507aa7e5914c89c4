//! The figures of a reference as tables: what the document prints, storage by level, and the
//! template with the source of each setting.

use crate::ui::*;
use crate::widgets::{Cell, Column, Note, Row, data_table, originator_link, source_note};
use plumbline_engine::derive::fact;
use plumbline_engine::quantity::{BytesPerSec, Quantity};
use plumbline_engine::reference::{Amount, PublishedRow, Reference, Setting};
use plumbline_engine::sourced::{Origin, Sourced};
use plumbline_engine::table::Table;

/// Counts as the document prints them, size by size.
pub(super) fn published(reference: &'static Reference) -> AnyView {
    if reference.published.is_empty() {
        return ().into_any();
    }
    let mut names: Table<()> = Table::new();
    for row in &reference.published {
        names.extend(row.counts.keys().map(|name| (name.clone(), ())));
    }
    let heads = reference.published.iter().map(|row| {
        let title = [&reference.unit.name.sized(row.units), ", ", &row.variant].concat();
        let source = source_note(&title, {
            let title = title.clone();
            move || sources(&title, row)
        });
        view! { <th scope="col" class="figures">{reference.unit.name.sized(row.units)} " " <span class="muted">{row.variant.as_str()}</span>{source}</th> }
    });
    let rows = names.into_iter().map(|(name, ())| {
        let name = name.as_str();
        let what = fact(name).map_or(name, |fact| fact.what);
        let cells = reference
            .published
            .iter()
            .map(|row| view! { <td class="figures">{printed(row, name)}</td> });
        view! { <tr><th scope="row">{what} " " <code>{name}</code></th>{cells.collect_view()}</tr> }
    });
    let notes = reference
        .published
        .iter()
        .filter(|row| !row.note.is_empty());
    let notes = notes.map(|row| view! { <li>{reference.unit.name.sized(row.units)} ", " {row.variant.as_str()} ": " {row.note.as_str()}</li> });
    view! {
        <section>
            <h2>"Counts as printed"</h2>
            <div class="scroll" role="region" aria-label="Counts as printed" tabindex="0">
                <table class="data">
                    <caption class="visually-hidden">"Counts as printed"</caption>
                    <thead><tr><th scope="col">"Count"</th>{heads.collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <ul class="reference-notes">{notes.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Where the document prints each count of a row.
fn sources(title: &str, row: &PublishedRow) -> Note {
    let first = row.counts.values().find(|count| count.get().is_some());
    let counts = row.counts.iter().filter(|(_, count)| count.get().is_some());
    let place = |(name, count): (&String, &Sourced<_>)| {
        let what = fact(name).map_or(name.as_str(), |fact| fact.what);
        let place = [&count.grade.to_string(), ", ", &count.section].concat();
        (what.to_owned(), place)
    };
    Note {
        title: title.to_owned(),
        value: String::new(),
        origin: first.map_or_else(|| Origin::unknown(""), Sourced::origin),
        formula: String::new(),
        inputs: counts.map(place).collect(),
    }
}

/// A printed count; a blank cell of the document stays blank.
fn printed(row: &'static PublishedRow, name: &str) -> String {
    row.counts
        .get(name)
        .and_then(Sourced::known)
        .map_or_else(String::new, |count| count.to_string())
}

/// What each level of storage performance demands of one scalable unit.
pub(super) fn storage_levels(reference: &'static Reference) -> AnyView {
    if reference.storage_levels.is_empty() {
        return ().into_any();
    }
    let rate = |figure: &Sourced<BytesPerSec>| {
        figure
            .known()
            .map_or_else(|| "–".to_owned(), Quantity::pretty)
    };
    let columns = vec![
        Column::text("Level"),
        Column::text("Meant for"),
        Column::figures("Read per SU"),
        Column::figures("Write per SU"),
        Column::figures("Read of a node"),
        Column::figures("Write of a node"),
        Column::text("Source"),
    ];
    let rows = move || {
        let levels = reference.storage_levels.iter();
        levels
            .map(|level| {
                let figures = [
                    &level.read,
                    &level.write,
                    &level.node_read,
                    &level.node_write,
                ];
                let figures = figures.map(|figure| {
                    Cell::figure(figure.known().map_or(0.0, Quantity::base), rate(figure))
                });
                let mut cells = vec![Cell::text(&level.name), Cell::text(&level.purpose)];
                cells.extend(figures);
                cells.push(Cell::view(origin(&level.read.origin())));
                Row { cells }
            })
            .collect()
    };
    view! {
        <section>
            <h2>"Storage performance"</h2>
            <div class="scroll" role="region" aria-label="Storage performance" tabindex="0">
                {data_table("Storage performance by level".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

/// How a design is made, setting by setting; folded, because it is long.
pub(super) fn template(reference: &'static Reference) -> AnyView {
    let opened = RwSignal::new(false);
    let columns = vec![
        Column::text("Path"),
        Column::text("Value"),
        Column::text("Holds for"),
        Column::text("Source"),
    ];
    let rows = move || {
        let settings = reference.template.iter();
        settings
            .map(|setting| {
                let path = setting.path.clone();
                let cells = vec![
                    Cell::view(view! { <code>{path}</code> }.into_any()),
                    Cell::text(
                        &setting
                            .value
                            .get()
                            .map_or_else(|| "not known".to_owned(), amount),
                    ),
                    Cell::text(&condition(setting)),
                    Cell::view(origin(&setting.value.origin())),
                ];
                Row { cells }
            })
            .collect()
    };
    let table = move || {
        view! {
            <div class="scroll" role="region" aria-label="Template" tabindex="0">
                {data_table("How a design is made from it".into(), columns.clone(), rows)}
            </div>
        }
    };
    view! {
        <section>
            <details on:toggle:target=move |event| {
                let _ = opened.try_set(event.target().open());
            }>
                <summary><h2>"How a design is made from it"</h2></summary>
                {move || opened.get().then(&table)}
            </details>
        </section>
    }
    .into_any()
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Is(value) => value.to_string(),
        Amount::PerUnit(each) => format!("{each} per scalable unit"),
        Amount::PerUnitOf(each, unit) => format!("{each} {unit} per scalable unit"),
    }
}

fn condition(setting: &Setting) -> String {
    let sizes: Vec<String> = setting.at.iter().map(u32::to_string).collect();
    match (sizes.is_empty(), setting.variant.as_str()) {
        (true, "") => "all".into(),
        (true, variant) => variant.into(),
        (false, "") => format!("{} SU", sizes.join(", ")),
        (false, variant) => format!("{} SU, {variant}", sizes.join(", ")),
    }
}

fn origin(origin: &Origin) -> AnyView {
    view! {
        <span class="grade">{origin.grade.to_string()}</span> " " {originator_link(&origin.source)} " "
        <span class="muted">{origin.section.clone()}</span>
    }
    .into_any()
}
