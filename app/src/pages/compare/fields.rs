//! What differs between two designs, field by field.

use super::pair::Pair;
use crate::format::plural;
use crate::ui::*;
use crate::widgets::changes_table;
use plumbline_engine::design::{Edit, difference as edits_between, to_tree};
use serde_json::Value;
use std::sync::Arc;

/// Names of the two, the written form of the first, and what leads from it to the second.
type Found = (String, String, Value, Vec<Edit>);

/// The section.
pub(super) fn difference(pair: Pair) -> AnyView {
    let found = Memo::new(move |_| {
        let (first, second) = pair.sides()?;
        let edits = edits_between(&first.design, &second.design);
        let found: Found = (first.name, second.name, to_tree(&first.design), edits);
        Some(Arc::new(found))
    });
    let section = move || {
        let found = found.get()?;
        let (first, second, tree, edits) = &*found;
        if edits.is_empty() {
            return Some(view! { <section><h2>"Difference of the designs"</h2><p>"The two designs are the same."</p></section> }.into_any());
        }
        let title = format!(
            "Difference of the designs: {}",
            plural(edits.len(), "field", "fields")
        );
        let heads = [first.clone(), second.clone()];
        Some(
            view! {
                <section class="compare-fields">
                    <h2>{title}</h2>
                    {changes_table("Fields that differ", heads, tree, edits)}
                </section>
            }
            .into_any(),
        )
    };
    section.into_any()
}
