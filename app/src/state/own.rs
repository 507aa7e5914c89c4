//! The person's own standards: files that the browser keeps as they are, read as soon as all
//! references are here, because a standard may follow any of them.

use super::supply::world;
use super::{Needs, Supply};
use crate::later::standard;
use crate::shell::dom;
use plumbline_engine::load::LoadError;
use plumbline_engine::reference::{OwnStandard, ReferenceEntry};

/// Where the texts are kept.
const KEY: &str = "plumbline.standards";
/// Separators that no text of a person holds.
const BETWEEN: char = '\u{1e}';
const BETWEEN_FILES: char = '\u{1d}';

/// A file with a standard.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnFile {
    /// Name of the file; another of the same name takes its place.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// The id of the standard, or all that is wrong with it; `None` while it cannot be read.
    pub read: Option<Result<String, Vec<LoadError>>>,
}

/// Whether any are kept, and so may have an id that no published reference has.
pub(super) fn any() -> bool {
    dom::stored(KEY).is_some()
}

/// The files as they were kept, not read yet.
pub(super) fn kept() -> Vec<OwnFile> {
    let text = dom::stored(KEY).unwrap_or_default();
    let files = text
        .split(BETWEEN_FILES)
        .filter_map(|file| file.split_once(BETWEEN));
    files.map(|(name, text)| OwnFile::new(name, text)).collect()
}

/// The standards that were read without a fault.
pub(super) fn standards() -> impl Iterator<Item = &'static OwnStandard> {
    world().references.own().into_iter()
}

/// Whether an entry of a list is the person's own.
pub fn is_own(entry: &ReferenceEntry) -> bool {
    standards().any(|own| own.entry.id == entry.id)
}

impl OwnFile {
    fn new(name: &str, text: &str) -> Self {
        let plain = |text: &str| text.replace([BETWEEN, BETWEEN_FILES], "");
        Self {
            name: plain(name),
            text: plain(text),
            read: None,
        }
    }

    fn read(&mut self) {
        self.read = standard(&self.text, world()).map(|read| {
            read.map(|found| {
                let id = found.reference.id.clone();
                world().references.bring(found.reference, found.sources);
                id
            })
        });
    }

    /// Takes what was read from it out of the world.
    fn leave(&self) {
        if let Some(Ok(id)) = &self.read {
            world().references.take_away(id);
        }
    }
}

impl Supply {
    /// Keeps a text as a standard of the person's own, in place of one of the same name; it is
    /// read at once where that can be, else as soon as it can.
    pub fn bring(&self, name: &str, text: &str) {
        let file = OwnFile::new(name, text);
        self.drop_own(&file.name);
        self.own.update(|all| all.push(file));
        self.keep_own();
        self.want(&Needs::own());
        self.read_own();
    }

    /// Forgets a file, and the standard in it.
    pub fn drop_own(&self, name: &str) {
        self.own.update(|all| {
            let (gone, rest) = std::mem::take(all)
                .into_iter()
                .partition(|file| file.name == name);
            *all = rest;
            gone.iter().for_each(OwnFile::leave);
        });
        self.keep_own();
    }

    /// Reads what was not read yet, once all references are here. The newest of an id holds.
    pub(super) fn read_own(&self) {
        let unread = |all: &Vec<OwnFile>| all.iter().any(|file| file.read.is_none());
        if !self.own.with_untracked(unread) || Needs::own().missing().next().is_some() {
            return;
        }
        self.own.update(|all| {
            all.iter_mut()
                .filter(|file| file.read.is_none())
                .for_each(OwnFile::read);
            let mut newer: Vec<String> = Vec::new();
            all.reverse();
            all.retain(|file| match &file.read {
                Some(Ok(id)) if newer.contains(id) => false,
                Some(Ok(id)) => {
                    newer.push(id.clone());
                    true
                }
                _ => true,
            });
            all.reverse();
        });
        self.keep_own();
    }

    fn keep_own(&self) {
        let text = self.own.with_untracked(|all| {
            let files = all
                .iter()
                .map(|file| [&file.name, BETWEEN.to_string().as_str(), &file.text].concat());
            files
                .collect::<Vec<_>>()
                .join(BETWEEN_FILES.to_string().as_str())
        });
        match text.is_empty() {
            true => dom::forget(KEY),
            false => dom::store(KEY, &text),
        }
    }
}
