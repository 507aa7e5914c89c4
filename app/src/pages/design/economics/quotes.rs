//! The person's own prices over ours, line by line.

use crate::format;
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{Field, Note, quantity_field, source_note, text_field};
use plumbline_engine::catalogue::Range;
use plumbline_engine::quantity::Money;
use plumbline_engine::sourced::Origin;

/// A line with the price that the cost uses.
#[derive(Clone, PartialEq)]
struct Line {
    path: String,
    label: String,
    unit: &'static str,
    price: Option<Range<f64>>,
    date: String,
    origin: Origin,
}

pub(super) fn quotes() -> AnyView {
    let workbench = use_workbench();
    let paths = Memo::new(move |_| {
        workbench.assessment().with(|a| {
            a.costs
                .lines
                .iter()
                .map(|line| line.path.clone())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="group">
            <h2>"Your own prices"</h2>
            <p class="about">"A quote takes the place of our price for one piece, or for one year where the line is yearly. Empty means ours."</p>
            <div class="scroll">
                <table class="data quotes">
                    <caption class="visually-hidden">"Prices and quotes"</caption>
                    <thead><tr>
                        <th scope="col">"Line"</th><th scope="col" class="figures">"Price in use"</th>
                        <th scope="col">"Your price"</th><th scope="col">"Who quoted it, when"</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || paths.get() key=String::clone children=row />
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(path: String) -> AnyView {
    let workbench = use_workbench();
    let wanted = path.clone();
    let line = Memo::new(move |_| {
        workbench.assessment().with(|a| {
            let line = a.costs.lines.iter().find(|line| line.path == wanted)?;
            Some(Line {
                path: line.path.clone(),
                label: line.label.clone(),
                unit: line.unit,
                price: line.unit_price,
                date: line.date.clone(),
                origin: line.origin.clone(),
            })
        })
    });
    let label = line
        .with_untracked(|line| line.as_ref().map(|line| line.label.clone()))
        .unwrap_or_default();
    let unit = line.with_untracked(|line| line.as_ref().map_or("", |line| line.unit));
    let name = label.clone();
    let price = move || {
        line.with(|line| line.as_ref().and_then(|line| line.price))
            .map_or("unknown".into(), shown)
    };
    let note = move || {
        let line = line.get_untracked();
        let (value, date, origin) = line.map_or(
            (String::new(), String::new(), Origin::derived("")),
            |line| {
                (
                    line.price.map_or("unknown".into(), shown),
                    line.date,
                    line.origin,
                )
            },
        );
        Note {
            title: name.clone(),
            value,
            origin,
            formula: String::new(),
            inputs: vec![("date of the price".into(), date)],
        }
    };
    let field = |what: &str, name: &str| {
        let label = [what, &label.to_ascii_lowercase()].concat();
        Field::new(&label, &["quotes.", &path, ".", name].concat())
    };
    let price_field = quantity_field(field("Your price: ", "price").optional("ours"));
    let note_field = text_field(field("Quoted by: ", "note"));
    let source = source_note(&["price of ", &label].concat(), note);
    view! {
        <tr>
            <th scope="row">{label.clone()}<span class="muted">" "{unit}</span></th>
            <td class="figures">{price}" "{source}</td>
            <td class="bare">{price_field}</td>
            <td class="bare">{note_field}</td>
        </tr>
    }
    .into_any()
}

fn shown(price: Range<f64>) -> String {
    format::money_range(price.map(Money::new))
}
