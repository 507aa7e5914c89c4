//! What differs between two designs, field by field.

use super::pair::{Pair, Side};
use crate::format::plural;
use crate::ui::*;
use plumbline_engine::design::{Path, difference as edits_between, get};
use serde_json::Value;
use std::sync::Arc;

/// A field with its value on either side; empty where a side lacks it.
#[derive(Debug, Clone, PartialEq)]
struct FieldDifference {
    path: String,
    first: String,
    second: String,
}

/// The section.
pub(super) fn difference(pair: Pair) -> AnyView {
    let found = Memo::new(move |_| {
        let (first, second) = pair.sides()?;
        let fields = between(&first, &second);
        Some(Arc::new((first.name, second.name, fields)))
    });
    let section = move || {
        let found = found.get()?;
        let (first, second, fields) = &*found;
        let heads =
            [first.clone(), second.clone()].map(|name| view! { <th scope="col">{name}</th> });
        if fields.is_empty() {
            return Some(view! { <section><h2>"Difference of the designs"</h2><p>"The two designs are the same."</p></section> }.into_any());
        }
        let rows = fields.iter().map(|field| {
            view! {
                <tr>
                    <th scope="row"><code>{field.path.clone()}</code></th>
                    <td>{field.first.clone()}</td>
                    <td>{field.second.clone()}</td>
                </tr>
            }
        });
        let title = format!(
            "Difference of the designs: {}",
            plural(fields.len(), "field", "fields")
        );
        Some(
            view! {
                <section class="compare-fields">
                    <h2>{title}</h2>
                    <div class="scroll" role="region" aria-label="Difference of the designs" tabindex="0">
                        <table class="data">
                            <caption class="visually-hidden">"Fields that differ"</caption>
                            <thead><tr><th scope="col">"Field"</th>{heads.into_iter().collect_view()}</tr></thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                </section>
            }
            .into_any(),
        )
    };
    section.into_any()
}

fn between(first: &Side, second: &Side) -> Vec<FieldDifference> {
    let trees =
        [&first.design, &second.design].map(|design| plumbline_engine::design::to_tree(design));
    edits_between(&first.design, &second.design)
        .iter()
        .map(|edit| {
            let path = edit.path();
            let [a, b] = trees.each_ref().map(|tree| at(tree, path));
            FieldDifference {
                path: path.to_owned(),
                first: a,
                second: b,
            }
        })
        .collect()
}

fn at(tree: &Value, path: &str) -> String {
    let found = Path::parse(path)
        .ok()
        .and_then(|path| get(tree, &path).cloned());
    match found {
        None => String::new(),
        Some(Value::Null) => "left open".into(),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    }
}
