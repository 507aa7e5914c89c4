//! Requirements that several documents of a publisher share: said once in
//! `requirements/<publisher>.ron`, named by id in each reference that demands them.

use super::LoadError;
use super::reader::{Document, read};
use super::text::document_from_text;
use crate::nearest::nearest;
use crate::reference::{Comparison, FixSetting, Reference, Strength, Test, World};
use crate::table::Table;
use crate::written::{self, Read, Tree, TreeFault, Write, quoted, tree};
use serde_json::Map;

/// All that is shared, by id: each entry's fields as a reference would write them.
#[derive(Default)]
pub(super) struct Library(Table<Map<String, Tree>>);

/// One entry. What its documents do not agree on is left out, so that each must state it.
#[derive(Write, Read)]
struct Entry {
    id: String,
    strength: Option<Strength>,
    statement: Option<String>,
    why: Option<String>,
    when: Option<Vec<Comparison>>,
    test: Option<Test>,
    fix: Option<Vec<FixSetting>>,
}

/// Fields that must stand in the library or in the reference.
const SHARED: [&str; 4] = ["strength", "statement", "why", "test"];

impl Library {
    /// Adds the entries of a file.
    ///
    /// # Errors
    /// What does not fit, and ids that are already taken.
    pub fn add(&mut self, text: &str) -> Result<(), Vec<LoadError>> {
        let (entries, document): (Vec<Entry>, _) = document_from_text(text)?;
        let mut faults = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let Tree::Object(mut fields) = tree(entry) else {
                continue;
            };
            fields.retain(|_, value| !value.is_null());
            if self.0.insert(entry.id.clone(), fields).is_some() {
                faults.push(document.fault(TreeFault {
                    path: format!("[{at}].id"),
                    message: format!("requirement {} is defined twice", quoted(&entry.id)),
                    nearest: None,
                }));
            }
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(faults),
        }
    }

    /// The requirements of a world's references, each as the first of them writes it.
    pub fn of(world: &World) -> Self {
        let mut all = Table::new();
        let requirements = world.references.values().flat_map(|r| &r.requirements);
        for requirement in requirements {
            if all.contains_key(&requirement.id) {
                continue;
            }
            if let Tree::Object(mut fields) = tree(requirement) {
                // Where it stands is for each document to say.
                fields.remove("origin");
                fields.remove("not_in_variant");
                all.insert(requirement.id.clone(), fields);
            }
        }
        Self(all)
    }

    /// Reads a reference, whose requirements may be written short.
    ///
    /// # Errors
    /// Every fault, with line, column and path.
    pub fn reference(&self, text: &str) -> Result<(Reference, Document), Vec<LoadError>> {
        let mut document = read(text).map_err(|fault| vec![fault])?;
        self.complete(&mut document.tree);
        let faults = match written::read(&document.tree) {
            Ok(reference) => return Ok((reference, document)),
            Err(faults) => faults.into_iter(),
        };
        let explained = faults.map(|fault| self.explained(&document.tree, fault));
        Err(explained.map(|fault| document.fault(fault)).collect())
    }

    /// Fills in what the requirements of a reference leave out.
    pub fn complete(&self, reference: &mut Tree) {
        let requirements = reference.get_mut("requirements");
        let Some(requirements) = requirements.and_then(Tree::as_array_mut) else {
            return;
        };
        for requirement in requirements.iter_mut().filter_map(Tree::as_object_mut) {
            let id = requirement.get("id").and_then(Tree::as_str);
            let Some(shared) = id.and_then(|id| self.0.get(id)) else {
                continue;
            };
            for (field, value) in shared {
                let field = requirement.entry(field.clone());
                field.or_insert_with(|| value.clone());
            }
        }
    }

    /// Says of a field that is missing in a requirement that the library has none either.
    fn explained(&self, reference: &Tree, mut fault: TreeFault) -> TreeFault {
        let at = fault.path.strip_prefix("requirements[");
        let at = at.and_then(|rest| rest.strip_suffix(']')?.parse::<usize>().ok());
        let id = at
            .and_then(|at| reference.get("requirements")?.get(at)?.get("id"))
            .and_then(Tree::as_str);
        let missing = SHARED.map(|field| format!("missing field `{field}`"));
        let (Some(id), true) = (id, missing.contains(&fault.message)) else {
            return fault;
        };
        if self.0.contains_key(id) {
            fault.message += &format!(", which requirements/ leaves open for {}", quoted(id));
        } else {
            fault.message += &format!(", and requirements/ has no {}", quoted(id));
            let ids = self.0.keys().map(String::as_str);
            fault.nearest = nearest(id, ids).map(str::to_owned);
        }
        fault
    }
}
