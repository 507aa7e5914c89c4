//! All parts: search, filters, and a table that sorts by the figures of a kind.

use super::kinds::{KINDS, figures_in_list, label, note, sort_key};
use super::shelf::{Shelf, address};
use crate::format::plural;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{
    Cell, Column, Row, SortKey, data_table, figure, figures_of, filter_choice, price_note,
};
use plumbline_engine::catalogue::PartName;
use plumbline_engine::quantity::Quantity;
use plumbline_engine::table::Table;

/// The page.
pub(super) fn list() -> AnyView {
    let shelf = Shelf::new();
    let all = StoredValue::new(world().catalogue.list());
    let count = all.with_value(Vec::len);
    let matching = Memo::new(move |_| all.with_value(|all| matching(shelf, all)));
    let vendors: Table<()> = all.with_value(|all| {
        let vendors = all.iter().map(|part| (part.vendor.clone(), ()));
        vendors.collect()
    });
    let vendors = vendors.into_iter().map(|(name, ())| (name.clone(), name));
    let kinds = KINDS.map(|(kind, _)| (kind.to_owned(), kind.to_owned()));
    let status = move || match (matching.with(Vec::len), plural(count, "part", "parts")) {
        (some, all) if some == count => all,
        (some, all) => [&some.to_string(), " of ", &all].concat(),
    };
    let dense = move || {
        let accelerators = shelf
            .kind
            .with(|kind| kind.as_deref() == Some("accelerator"));
        accelerators.then(|| view! { <p class="muted">"Dense and sparse rates never share a column. Everything is computed from the dense ones; the sparse are what vendors print for structured sparsity."</p> })
    };
    view! {
        <div class="page-references">
            <h1>"Catalogue"</h1>
            <p class="page-lead">
                "The parts that references and designs are made of. Every figure has its source one click away; what is not stated says what was looked for. Choose a kind to see its figures, and two to four parts of a kind to see them side by side."
            </p>
            <form class="findings-filter references-search" role="search" aria-label="Filter parts" on:submit=|event| event.prevent_default()>
                <label>
                    <span>"Search"</span>
                    <input type="search" autocomplete="off" placeholder="name, vendor, kind, id" prop:value=shelf.words
                        on:input:target=move |event| shelf.words.set(event.target().value()) />
                </label>
                {filter_choice("Kind", kinds.to_vec(), shelf.kind)}
                {filter_choice("Vendor", vendors.collect(), shelf.vendor)}
                <p role="status">{status}</p>
            </form>
            {shelf.tray()}
            {dense}
            <div class="scroll parts" role="region" aria-label="Parts" tabindex="0">
                {move || table(shelf, shelf.kind.get(), matching)}
            </div>
        </div>
    }
    .into_any()
}

fn matching(shelf: Shelf, all: &[PartName]) -> Vec<PartName> {
    let words = shelf.words.with(|words| words.to_ascii_lowercase());
    let (kind, vendor) = (shelf.kind.get(), shelf.vendor.get());
    let fits = |part: &&PartName| {
        let text = [&part.name, " ", part.kind, " ", &part.id].concat();
        let text = text.to_ascii_lowercase();
        kind.as_ref().is_none_or(|kind| kind == part.kind)
            && vendor.as_ref().is_none_or(|vendor| *vendor == part.vendor)
            && words.split_whitespace().all(|word| text.contains(word))
    };
    all.iter().filter(fits).cloned().collect()
}

fn table(shelf: Shelf, kind: Option<String>, matching: Memo<Vec<PartName>>) -> AnyView {
    let fields = figures_in_list(kind.as_deref());
    let mut columns = vec![
        Column::text("Part").sortable(),
        Column::text("Vendor").sortable(),
    ];
    columns.extend(kind.is_none().then(|| Column::text("Kind").sortable()));
    let figures = fields.iter().map(|field| Column::figures(&label(field)));
    columns.extend(figures.map(Column::sortable));
    columns.push(Column::figures("Price").sortable());
    let rows = move || {
        matching.with(|parts| {
            let rows = parts
                .iter()
                .map(|part| row(shelf, part, kind.is_none(), fields));
            rows.collect()
        })
    };
    data_table(
        "Parts, sorted by the head that you press".into(),
        columns,
        rows,
    )
}

fn row(shelf: Shelf, part: &PartName, kind: bool, fields: &[&str]) -> Row {
    let short = part.name.strip_prefix(&part.vendor).map(str::trim_start);
    let short = short.unwrap_or(&part.name).to_owned();
    let href = address(std::slice::from_ref(&part.id));
    let head = Cell {
        key: SortKey::Text(short.to_ascii_lowercase()),
        view: view! { <span class="part-name">{shelf.choice(part)}<a href=href>{short}</a></span> }
            .into_any(),
    };
    let mut cells = vec![head, Cell::text(&part.vendor)];
    cells.extend(kind.then(|| Cell::text(part.kind)));
    let tree = world().catalogue.to_json(&part.id).unwrap_or_default();
    let figures = figures_of(&tree);
    cells.extend(fields.iter().map(|field| {
        let found = figures.iter().find(|figure| figure.field == *field);
        // Not every kind has every figure.
        found.map_or_else(
            || Cell::text(""),
            |found| Cell {
                key: sort_key(&found.value),
                view: figure(note(&part.name, found.clone()), false),
            },
        )
    }));
    let price = world().prices.parts.get(&part.id);
    cells.push(Cell {
        key: price.map_or(SortKey::None, |price| {
            SortKey::Number(price.range.mid.base())
        }),
        view: figure(
            price_note(["Price, ", &part.name].concat(), &part.id),
            false,
        ),
    });
    Row { cells }
}
