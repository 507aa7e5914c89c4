//! A reference that a person brings: a company's own standard, in one file.

use super::LoadError;
use super::library::Library;
use super::lineage::{inherit_from, unknown};
use super::reader::{Document, read, read_tree};
use crate::nearest::nearest;
use crate::reference::{Reference, World};
use crate::sourced::{Source, USER_SOURCE};
use crate::table::Table;
use crate::written::{self, Tree, TreeFault, quoted, tree};

/// A company's own standard, read and completed.
#[derive(Debug)]
pub struct Standard {
    /// The reference, with what it takes over from the one it follows.
    pub reference: Reference,
    /// The documents that it names beside those of the world.
    pub sources: Table<Source>,
    document: Document,
}

impl Standard {
    /// A fault at a path of its file.
    pub fn fault(&self, path: &str, message: String, nearest: Option<&str>) -> LoadError {
        self.document.fault(TreeFault {
            path: path.to_owned(),
            message,
            nearest: nearest.map(str::to_owned),
        })
    }
}

impl Standard {
    /// Where in its file a setting of a path of a design stands; the template itself where it is
    /// taken over.
    pub fn setting(&self, path: &str) -> String {
        let settings = self.document.tree.get("template").and_then(Tree::as_array);
        let of = |setting: &Tree| setting.get("path").and_then(Tree::as_str) == Some(path);
        match settings.and_then(|settings| settings.iter().position(of)) {
            Some(at) => format!("template[{at}]"),
            None => "template".into(),
        }
    }
}

/// Whether a text is meant as a standard and not as a design: what names itself and demands, or
/// follows, is one. A text that cannot be read is taken for what its words look like.
pub fn is_standard(text: &str) -> bool {
    const WORDS: [&str; 4] = ["publisher", "requirements", "follows", "template"];
    let has = |tree: &Tree| WORDS.iter().any(|word| tree.get(word).is_some());
    match read_tree(text.trim_start_matches('\u{feff}')) {
        Ok(tree) => has(&tree) || tree.get("Reference").is_some(),
        Err(_) => {
            let named = |word: &str, end: &str| text.contains(&[word, end].concat());
            WORDS
                .iter()
                .any(|word| named(word, ":") || named(word, "\":"))
        }
    }
}

/// Reads a standard. It may follow a reference of the world: fields that it leaves out are then
/// those of the other, and requirements may be named by an id that some reference has.
///
/// # Errors
/// Every fault, with line, column, path, what was found and what was expected.
pub fn standard_from_text(text: &str, world: &World) -> Result<Standard, Vec<LoadError>> {
    let mut document = read(text.trim_start_matches('\u{feff}')).map_err(|fault| vec![fault])?;
    if let Some(inner) = document.tree.get_mut("Reference") {
        document.tree = inner.take();
    }
    let parent = match document.tree.get("follows") {
        None | Some(Tree::Null) => None,
        Some(id) => {
            let id = id.as_str().unwrap_or_default();
            let Some(parent) = world.references.get(id) else {
                let ids = world.references.keys().map(String::as_str);
                let fault = TreeFault {
                    path: "follows".into(),
                    message: unknown(id),
                    nearest: nearest(id, ids).map(str::to_owned),
                };
                return Err(vec![document.fault(fault)]);
            };
            Some(parent)
        }
    };
    let sources = match document
        .tree
        .as_object_mut()
        .and_then(|map| map.remove("sources"))
    {
        None => Table::new(),
        Some(sources) => written::read(&sources).map_err(|faults| {
            let placed = faults.into_iter().map(|mut fault| {
                let dot = if fault.path.is_empty() { "" } else { "." };
                fault.path = format!("sources{dot}{}", fault.path);
                document.fault(fault)
            });
            placed.collect::<Vec<_>>()
        })?,
    };
    if let (Some(parent), Some(own)) = (parent, document.tree.as_object_mut()) {
        take_fields(own, parent);
    }
    Library::of(world).complete(&mut document.tree);
    let read: Result<Reference, _> = written::read(&document.tree);
    let mut reference = read.map_err(|faults| {
        let placed = faults.into_iter().map(|fault| document.fault(fault));
        placed.collect::<Vec<_>>()
    })?;
    let mut faults = Vec::new();
    if let Some(parent) = parent {
        faults.extend(inherit_from(&mut reference, parent, &document));
    }
    let known = |key: &str| {
        key == USER_SOURCE || sources.contains_key(key) || world.sources.contains_key(key)
    };
    for (path, key) in super::world::source_keys_of(&document.tree) {
        if !known(&key) {
            let keys = sources
                .keys()
                .chain(world.sources.keys())
                .map(String::as_str);
            faults.push(document.fault(TreeFault {
                path,
                message: format!(
                    "source {} is neither in `sources` of this file nor known",
                    quoted(&key)
                ),
                nearest: nearest(&key, keys).map(str::to_owned),
            }));
        }
    }
    let standard = Standard {
        reference,
        sources,
        document,
    };
    match faults.is_empty() {
        true => Ok(standard),
        false => Err(faults),
    }
}

/// What describes a document, and not what it demands, is the parent's where it is left out.
fn take_fields(own: &mut serde_json::Map<String, Tree>, parent: &Reference) {
    const OF_ITS_OWN: [&str; 8] = [
        "id",
        "title",
        "drops",
        "template",
        "storage_levels",
        "requirements",
        "published",
        "notes",
    ];
    let Tree::Object(fields) = tree(parent) else {
        return;
    };
    for (field, value) in fields {
        if !OF_ITS_OWN.contains(&field.as_str()) && field != "follows" {
            own.entry(field).or_insert(value);
        }
    }
    for list in ["template", "requirements"] {
        own.entry(list).or_insert(Tree::Array(Vec::new()));
    }
}
