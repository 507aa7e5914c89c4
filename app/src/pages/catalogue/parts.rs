//! One part with all that is known of it, or several of a kind side by side.

use super::kinds::{figures_in_list, label, note};
use super::shelf::{address, choose_all, named};
use crate::state::{Page, use_workbench, world};
use crate::ui::*;
use crate::widgets::{
    Cell, Figure, Line, Row, Side, beside_table, figures_of, part_name, price_note,
};
use plumbline_engine::catalogue::PartName;
use plumbline_engine::derive::is_sourced;
use plumbline_engine::order::sorted;
use plumbline_engine::written::quoted;
use serde_json::{Map, Value};

/// The page of these ids, divided by commas.
pub(super) fn parts(ids: &str) -> AnyView {
    let asked: Vec<PartName> = ids.split(',').take(4).filter_map(named).collect();
    let kind = asked.first().map(|part| part.kind);
    let (shown, others): (Vec<PartName>, Vec<PartName>) =
        asked.into_iter().partition(|part| Some(part.kind) == kind);
    let Some(kind) = kind else {
        return unknown(ids);
    };
    let ids: Vec<String> = shown.iter().map(|part| part.id.clone()).collect();
    let title = match shown.as_slice() {
        [one] => one.name.clone(),
        _ => "Parts side by side".to_owned(),
    };
    let left_out = others.iter().map(|part| {
        let why = [
            &part.name,
            " is left out: only parts of one kind have the same figures.",
        ];
        view! { <p role="note">{why.concat()}</p> }
    });
    let left_out = left_out.collect_view();
    let lead = [kind, ", ", &ids.join(", ")].concat();
    if ids.len() > 1 {
        choose_all(kind, ids.clone());
    }
    let choose = compare_with(kind, ids.clone());
    let heads = shown.iter().map(|part| part.name.clone()).collect();
    let table = beside_table("All figures", heads, lines(&shown), move || last(&ids));
    view! {
        <div class="page-references">
            <p class="crumb"><a href=Page::Catalogue(None).fragment()>"Catalogue"</a></p>
            <h1>{title}</h1>
            <p class="page-lead first-letter">{lead}</p>
            {left_out}
            {choose}
            {table}
        </div>
    }
    .into_any()
}

/// To the list of the kind, with these in the tray.
fn compare_with(kind: &'static str, ids: Vec<String>) -> AnyView {
    let workbench = use_workbench();
    let words = match ids.len() {
        1 => ["Compare with another ", kind].concat(),
        _ => "Choose others".to_owned(),
    };
    let go = move |_| {
        choose_all(kind, ids.clone());
        workbench.go(Page::Catalogue(None));
    };
    view! { <p class="actions"><button type="button" on:click=go>{words}</button></p> }.into_any()
}

/// What needs no source, the figures in the order of the list, all other figures, the price.
fn lines(parts: &[PartName]) -> Vec<Line> {
    let trees = parts.iter().map(|part| world().catalogue.to_json(&part.id));
    let trees: Vec<Value> = trees.map(Option::unwrap_or_default).collect();
    let mut paths = Vec::new();
    if let Some(fields) = trees.first().and_then(Value::as_object) {
        plain_fields(fields, "", &mut paths);
    }
    let mut lines: Vec<Line> = paths.iter().map(|path| plain_line(path, &trees)).collect();
    // Parts of one kind have the same figures in the same order.
    let first = figures_in_list(parts.first().map(|part| part.kind));
    let figures = trees.iter().map(|tree| in_order(figures_of(tree), first));
    let figures: Vec<Vec<Figure>> = figures.collect();
    for (at, figure) in figures.first().into_iter().flatten().enumerate() {
        let sides = figures.iter().zip(parts).filter_map(|(all, part)| {
            let figure = all.get(at)?.clone();
            Some(Side::Figure(note(&part.name, figure)))
        });
        lines.push(Line {
            label: label(&figure.field),
            sides: sides.collect(),
        });
    }
    let price =
        |part: &PartName| Side::Figure(price_note(["Price, ", &part.name].concat(), &part.id));
    lines.push(Line {
        label: "Price".into(),
        sides: parts.iter().map(price).collect(),
    });
    lines
}

/// Those that a list shows come first, in its order.
fn in_order(figures: Vec<Figure>, first: &[&str]) -> Vec<Figure> {
    let place = |figure: &Figure| {
        let known = first.iter().position(|field| *field == figure.field);
        known.unwrap_or(first.len())
    };
    sorted(figures, |a, b| place(a).cmp(&place(b)))
}

/// Paths of the fields that say what a part is: names of things, not figures.
fn plain_fields(fields: &Map<String, Value>, above: &str, paths: &mut Vec<String>) {
    for (name, value) in fields {
        let path = [above, "/", name].concat();
        match value {
            figure if is_sourced(figure) => {}
            Value::Object(nested) => plain_fields(nested, &path, paths),
            _ if ["/id", "/name"].contains(&path.as_str()) => {}
            _ => paths.push(path),
        }
    }
}

fn plain_line(path: &str, trees: &[Value]) -> Line {
    let said = |tree: &Value| {
        let text = tree.pointer(path).and_then(Value::as_str);
        Side::Words(match text {
            None | Some("") => "none".into(),
            Some("Ac") => "AC".into(),
            Some("DcBusbar") => "DC busbar".into(),
            Some(text) => part_name(text),
        })
    };
    Line {
        label: label(path.trim_start_matches('/')),
        sides: trees.iter().map(said).collect(),
    }
}

/// Below several: each alone, and all but it.
fn last(ids: &[String]) -> Option<Row> {
    if ids.len() < 2 {
        return None;
    }
    let links = ids.iter().map(|id| {
        let alone = address(std::slice::from_ref(id));
        let others: Vec<String> = ids.iter().filter(|other| *other != id).cloned().collect();
        let name = part_name(id);
        let (show, take_out) = (
            ["Show alone: ", &name].concat(),
            ["Take out: ", &name].concat(),
        );
        Cell::view(
            view! {
                <a href=alone aria-label=show>"Show alone"</a>" "<a href=address(&others) aria-label=take_out>"Take out"</a>
            }
            .into_any(),
        )
    });
    Some(Row {
        cells: std::iter::once(Cell::text("Go on")).chain(links).collect(),
    })
}

fn unknown(ids: &str) -> AnyView {
    let text = ["There is no part ", &quoted(ids), " in this version."].concat();
    view! {
        <h1>"Catalogue"</h1>
        <p>{text}</p>
        <p><a href=Page::Catalogue(None).fragment()>"All parts"</a></p>
    }
    .into_any()
}
