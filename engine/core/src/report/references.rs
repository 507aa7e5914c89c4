//! The references, listed.

use super::SCHEMA;
use crate::reference::World;
use serde_json::{Value, json};

/// All references as JSON.
pub fn references_json(world: &World) -> Value {
    let references: Vec<Value> = world
        .references
        .values()
        .map(|r| {
            json!({
                "id": r.id, "publisher": r.publisher, "title": r.title,
                "document": r.document, "version": r.version, "date": r.date,
                "sizes": r.sizes.iter().filter_map(|size| size.known()).collect::<Vec<_>>(),
                "variants": r.variants.iter().map(|variant| variant.id.as_str()).collect::<Vec<_>>(),
                "requirements": r.requirements.iter().map(|q| json!({
                    "id": q.id, "severity": format!("{:?}", q.strength).to_ascii_lowercase(),
                    "statement": q.statement, "source": q.origin.source, "section": q.origin.section,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "schema": SCHEMA, "references": references })
}

/// All references as a table of text.
pub fn references_text(world: &World) -> String {
    let mut out = String::new();
    for r in world.references.values() {
        let sizes: Vec<String> = r
            .sizes
            .iter()
            .filter_map(|size| size.known())
            .map(|n| n.to_string())
            .collect();
        let variants: Vec<&str> = r
            .variants
            .iter()
            .map(|variant| variant.id.as_str())
            .collect();
        out += &format!(
            "{}\n  {} · {} {} · {} · {}\n  sizes {} {} · variants {} · {} requirements\n",
            r.id,
            r.title,
            r.document,
            r.version,
            r.publisher,
            r.date,
            sizes.join(", "),
            r.unit.name.words(2),
            variants.join(", "),
            r.requirements.len(),
        );
    }
    out
}
