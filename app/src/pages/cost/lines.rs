//! All lines of the cost, each with its cause, its price and the ground of that price.

use super::{quote, sheet};
use crate::charts::csv;
use crate::format;
use crate::shell::dom;
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{Note, source_note};
use plumbline_engine::catalogue::{PriceKind, Range};
use plumbline_engine::cost::CostLine;
use plumbline_engine::quantity::Money;

const HEADS: [(&str, bool); 6] = [
    ("Line", false),
    ("Quantity", true),
    ("Price of one", true),
    ("Your price", false),
    ("Total", true),
    ("Price from", false),
];

/// The table.
pub(super) fn lines() -> AnyView {
    let workbench = use_workbench();
    let assessment = workbench.assessment();
    let paths = Memo::new(move |_| {
        // A line of another design with the same path is another line: its fields start anew.
        let active = workbench.active.get();
        assessment.with(|a| {
            a.costs
                .lines
                .iter()
                .map(|line| (active, line.path.clone()))
                .collect::<Vec<_>>()
        })
    });
    let export = move |_| {
        let text = assessment.with_untracked(|a| csv(sheet::rows(&a.costs)));
        if dom::download("plumbline-cost-lines.csv", "text/csv;charset=utf-8", &text).is_ok() {
            workbench.announce("saved plumbline-cost-lines.csv");
        }
    };
    let heads =
        HEADS.map(|(name, figures)| view! { <th scope="col" class:figures=figures>{name}</th> });
    view! {
        <section class="cost-lines">
            <div class="section-head">
                <h2>"Every line"</h2>
                <button type="button" class="quiet" on:click=export>"Export lines as CSV"</button>
            </div>
            <p class="muted">"Type a price over any of ours: it holds at once, is part of the file and the link, and gives way when it is cleared."</p>
            <div class="scroll" role="region" aria-label="Every line" tabindex="0">
                <table class="data cost-table">
                    <caption class="visually-hidden">"Every line of the cost"</caption>
                    <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                    <tbody>
                        <For each=move || paths.get() key=Clone::clone children=|(_, path)| row(path) />
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(path: String) -> AnyView {
    let workbench = use_workbench();
    let assessment = workbench.assessment();
    let wanted = path.clone();
    let line = Memo::new(move |_| {
        assessment.with(|a| {
            a.costs
                .lines
                .iter()
                .find(|line| line.path == wanted)
                .cloned()
        })
    });
    let label = line.with_untracked(|line| {
        line.as_ref()
            .map(|line| line.label.clone())
            .unwrap_or_default()
    });
    let show = move |get: fn(&CostLine) -> String| move || line.with(|line| line.as_ref().map(get));
    let missing = move || line.with(|line| line.as_ref().and_then(|line| line.missing.clone()));
    let exact =
        move || line.with(|line| line.as_ref().map(|line| line.total.mid.get().to_string()));
    let go = move |_| {
        if let Some(subject) =
            line.with_untracked(|line| line.as_ref().map(|line| line.subject.clone()))
        {
            workbench.go_to_subject(&subject);
        }
    };
    let edit = format!("Edit what causes {label}");
    view! {
        <tr data-line=path.clone() class:quoted=move || line.with(|line| line.as_ref().is_some_and(is_quote))>
            <th scope="row">
                <button type="button" class="link" aria-label=edit on:click=go>{show(|line| line.label.clone())}</button>
                <code>{path.clone()}</code>
            </th>
            <td class="figures">
                {show(|line| line.quantity.map_or("–".into(), |n| format::significant(n, 4)))}
                <span class="unit">{show(|line| line.unit.into())}</span>
            </td>
            <td class="figures">
                {show(|line| line.unit_price.map_or("–".into(), |range| price(range.mid)))}
                <span class="ends">{show(|line| line.unit_price.map_or(String::new(), price_ends))}</span>
            </td>
            <td>{quote::quote(&path, &label)}</td>
            <td class="figures">
                <b data-value=exact>{show(total)}</b>
                <span class="ends">{show(ends)}</span>
                <span class="cost-lack">{move || missing().map(|missing| format!("missing: {missing}"))}</span>
            </td>
            <td>
                {show(|line| line.kind.map_or("–", format::price_kind).into())}
                {source_note(&label, move || line.with_untracked(|line| line.as_ref().map_or_else(blank, note)))}
                <span class="ends">{show(|line| line.origin.grade.to_string())}</span>
                <span class="ends">{show(|line| line.date.clone())}</span>
            </td>
        </tr>
    }
    .into_any()
}

fn is_quote(line: &CostLine) -> bool {
    line.kind == Some(PriceKind::Quote)
}

/// A line without a price has no total; a zero would read as if it were free.
fn total(line: &CostLine) -> String {
    if line.years.is_empty() {
        "–".into()
    } else {
        format::money(line.total.mid)
    }
}

fn ends(line: &CostLine) -> String {
    let Range { low, mid: _, high } = line.total;
    if low == high {
        String::new()
    } else {
        [format::money(low), format::money(high)].join(" – ")
    }
}

/// The price of one piece: pieces cost dollars, kilowatt-hours cents.
fn price(price: f64) -> String {
    match price.abs() {
        small if small < 100.0 => format!("$\u{202f}{}", format::significant(price, 3)),
        _ => format::money_full(Money::new(price)),
    }
}

fn price_ends(range: Range<f64>) -> String {
    if range.low == range.high {
        String::new()
    } else {
        [price(range.low), price(range.high)].join(" – ")
    }
}

fn price_range(range: Range<f64>) -> String {
    match price_ends(range) {
        none if none.is_empty() => price(range.mid),
        _ => [price(range.low), price(range.mid), price(range.high)].join(" – "),
    }
}

fn note(line: &CostLine) -> Note {
    let mut inputs = Vec::new();
    if let Some(quantity) = line.quantity {
        inputs.push((
            "quantity".to_owned(),
            format!("{} {}", format::full(quantity), line.unit),
        ));
    }
    if let Some(range) = line.unit_price {
        inputs.push(("price of one".to_owned(), price_range(range)));
    }
    inputs.push((
        "weakest figure in the line".to_owned(),
        line.weakest.to_string(),
    ));
    Note {
        title: line.label.clone(),
        value: format::money_range(line.total),
        origin: line.origin.clone(),
        formula: "quantity × price of one, over the years in which it falls due".into(),
        inputs,
    }
}

fn blank() -> Note {
    Note {
        title: String::new(),
        value: String::new(),
        origin: plumbline_engine::sourced::Origin::derived(""),
        formula: String::new(),
        inputs: Vec::new(),
    }
}
