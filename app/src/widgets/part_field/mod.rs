//! A choice from the catalogue, and the figures of what was chosen.

mod figures;

pub use figures::part_figures;

use super::field::Field;
use super::select_field::{Choice, select_field};
use crate::state::world;
use crate::ui::*;
use serde_json::Value;

/// A part of one kind ("switch"), with its figures below.
pub fn part_field(field: Field, kind: &'static str) -> AnyView {
    let parts = world()
        .catalogue
        .list()
        .into_iter()
        .filter(|part| part.kind == kind);
    let mut choices: Vec<Choice> = parts
        .map(|part| Choice::new(&part.id, &part.name))
        .collect();
    // An open part that is written as an empty text, not as nothing.
    if let Some(open) = field.open.clone().filter(|_| !is_option(&field.path)) {
        choices.insert(0, Choice::new("", &open));
    }
    let path = field.path.clone();
    let workbench = crate::state::use_workbench();
    let value = field.value(workbench);
    let field = if is_option(&path) {
        field
    } else {
        Field {
            open: None,
            ..field
        }
    };
    let id = Memo::new(move |_| value.with(|value| value.as_str().unwrap_or_default().to_owned()));
    view! {
        <div class="part">
            {select_field(field, choices)}
            {move || part_figures(id.get())}
        </div>
    }
    .into_any()
}

/// Name of a part for people; its id where the catalogue does not know it.
pub fn part_name(id: &str) -> String {
    let Some(part) = world().catalogue.to_json(id) else {
        return id.to_owned();
    };
    let word = |key: &str| {
        part.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    [word("vendor"), word("name")].join(" ")
}

/// Optics and cables may be left out altogether; other parts are empty where none is chosen.
fn is_option(path: &str) -> bool {
    ["node_optic", "switch_optic", "cable"]
        .iter()
        .any(|field| path.ends_with(field))
}
