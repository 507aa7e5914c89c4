//! Edits as a table: the path, what stands there, and what would.

use crate::ui::*;
use plumbline_engine::design::{Edit, Path, get};
use serde_json::Value;

/// What `edits` would change in a design whose written form is `before`.
pub fn changes_table(
    caption: &'static str,
    heads: [String; 2],
    before: &Value,
    edits: &[Edit],
) -> AnyView {
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    let rows = edits.iter().map(|edit| {
        let after = match edit {
            Edit::Set { value, .. } | Edit::Insert { value, .. } => shown(value),
            Edit::Remove { .. } => String::new(),
        };
        view! {
            <tr>
                <th scope="row"><code>{edit.path().to_owned()}</code></th>
                <td>{at(before, edit.path())}</td>
                <td>{after}</td>
            </tr>
        }
    });
    view! {
        <div class="scroll" role="region" aria-label=caption tabindex="0">
            <table class="data changes">
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr><th scope="col">"Field"</th>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn at(tree: &Value, path: &str) -> String {
    let path = Path::parse(path).ok();
    let found = path.and_then(|path| get(tree, &path).map(shown));
    found.unwrap_or_default()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "left open".into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
