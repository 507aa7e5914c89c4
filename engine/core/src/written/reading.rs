//! Reading a tree: where one is, and what did not fit.
//!
//! What depends on no type stands here in functions of its own, so that a field costs the
//! page's first load a call and no more.

use super::{Read, Tree, quoted};
use crate::nearest::nearest;
use serde_json::Map;

/// Faults noted in one document; who made that many knows enough.
const MAX_FAULTS: usize = 50;

/// A value of a tree that does not fit its type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeFault {
    /// Path of the value; empty = the tree itself.
    pub path: String,
    /// What was found and expected.
    pub message: String,
    /// Nearest valid name, where a name is at fault.
    pub nearest: Option<String>,
}

/// The place in a tree that is being read, and the faults so far.
#[derive(Debug, Default)]
pub struct Reading {
    path: String,
    /// Above zero while a value is made up in place of one whose fault is already noted.
    muted: u32,
    pub(super) faults: Vec<TreeFault>,
}

/// The fields of a struct that is being read; `None` where there was no struct.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'v>(Option<&'v Map<String, Tree>>);

impl Reading {
    /// Notes that something else stands here than was expected.
    pub fn expected(&mut self, expected: &str, found: &Tree) {
        self.note(format!("found {}, expected {expected}", shown(found)), None);
    }

    /// Notes a fault of the value that is being read.
    pub fn note(&mut self, message: String, nearest: Option<String>) {
        if self.muted == 0 && self.faults.len() < MAX_FAULTS {
            self.faults.push(TreeFault {
                path: self.path.clone(),
                message,
                nearest,
            });
        }
    }

    /// A struct's fields. `name` may stand before them, as RON allows.
    pub fn open<'v>(&mut self, value: Option<&'v Tree>, name: &str, known: &[&str]) -> Fields<'v> {
        let Some(value) = value else {
            return Fields(None);
        };
        let Some(mut map) = value.as_object() else {
            self.expected("a struct", value);
            return Fields(None);
        };
        let inner = map.get(name).filter(|_| map.len() == 1);
        if let Some(inner) = inner
            .and_then(Tree::as_object)
            .filter(|_| !known.contains(&name))
        {
            map = inner;
        }
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let length = self.enter(key);
            self.unknown("field", key, known);
            self.path.truncate(length);
        }
        Fields(Some(map))
    }

    /// A field that must be there, unless its type may be left out.
    pub fn field<T: Read>(&mut self, fields: Fields<'_>, name: &'static str) -> T {
        let (value, place) = self.seek(fields, name, T::OPTIONAL);
        let read = T::read(value, self);
        self.leave(place);
        read
    }

    /// A field that may be left out.
    pub fn field_or<T: Read>(&mut self, fields: Fields<'_>, name: &'static str, default: T) -> T {
        match fields.0.is_some_and(|map| map.contains_key(name)) {
            true => self.field(fields, name),
            false => default,
        }
    }

    /// Which of the variants stands here, and its content. `known` holds their names and how
    /// many values each carries. After a fault it is the first, without content.
    pub fn variant<'v>(
        &mut self,
        value: &'v Tree,
        known: &[(&str, usize)],
    ) -> (usize, Option<&'v Tree>) {
        let entry = value.as_object().filter(|map| map.len() == 1);
        let entry = entry.and_then(|map| map.iter().next());
        let (word, content) = match (value, entry) {
            (Tree::String(word), _) => (word.as_str(), None),
            (_, Some((word, content))) => (word.as_str(), Some(content)),
            _ => ("", None),
        };
        let found = known
            .iter()
            .enumerate()
            .find(|(_, (name, _))| *name == word);
        match found {
            Some((which, (_, 0))) if content.is_none() => return (which, None),
            Some((which, (_, 1))) if content.is_some() => return (which, content),
            Some((which, (_, several))) => {
                let right = content
                    .and_then(Tree::as_array)
                    .filter(|list| list.len() == *several);
                if right.is_some() {
                    return (which, content);
                }
                let expected = match several {
                    0 => format!("`{word}` alone"),
                    n => format!("`{word}` with {n} value{}", if *n == 1 { "" } else { "s" }),
                };
                self.expected(&expected, content.unwrap_or(value));
            }
            None => {
                let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                match word {
                    "" => self.expected(&format!("one of {}", ticked(&names)), value),
                    _ => self.unknown("variant", word, &names),
                }
            }
        }
        (0, None)
    }

    /// The one value that a variant carries.
    pub fn only<T: Read>(&mut self, content: Option<&Tree>) -> T {
        match content {
            Some(value) => T::read(value, self),
            None => self.made_up(),
        }
    }

    /// One of the values that a variant or a tuple carries. The first has the path of the
    /// whole: it is the value itself, the others qualify it.
    pub fn item<T: Read>(&mut self, content: Option<&Tree>, index: usize) -> T {
        match content.and_then(|content| content.get(index)) {
            Some(value) if index == 0 => T::read(value, self),
            Some(value) => self.entry(index, value),
            None => self.made_up(),
        }
    }

    /// An entry of a list.
    pub(super) fn entry<T: Read>(&mut self, index: usize, value: &Tree) -> T {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        let read = T::read(value, self);
        self.path.truncate(length);
        read
    }

    /// An entry of a map.
    pub(super) fn value<T: Read>(&mut self, key: &str, value: &Tree) -> T {
        let length = self.enter(key);
        let read = T::read(value, self);
        self.path.truncate(length);
        read
    }

    /// Exactly so many values, as a tuple is written.
    pub(super) fn tuple<'v>(&mut self, value: &'v Tree, count: usize) -> Option<&'v Tree> {
        let right = value.as_array().is_some_and(|list| list.len() == count);
        if !right {
            self.expected(&format!("{count} values in brackets"), value);
        }
        right.then_some(value)
    }

    fn made_up<T: Read>(&mut self) -> T {
        self.muted += 1;
        let read = T::read(&Tree::Null, self);
        self.muted -= 1;
        read
    }

    fn seek<'v>(&mut self, fields: Fields<'v>, name: &str, optional: bool) -> (&'v Tree, Place) {
        let length = self.path.len();
        let found = fields.0.and_then(|map| map.get(name));
        if found.is_none() && fields.0.is_some() && !optional {
            self.note(format!("missing field `{name}`"), None);
        }
        let place = Place {
            length,
            muted: found.is_none(),
        };
        self.muted += u32::from(place.muted);
        self.enter(name);
        (found.unwrap_or(&Tree::Null), place)
    }

    fn enter(&mut self, key: &str) -> usize {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        length
    }

    fn leave(&mut self, place: Place) {
        self.path.truncate(place.length);
        self.muted -= u32::from(place.muted);
    }

    fn unknown(&mut self, what: &str, found: &str, known: &[&str]) {
        let near = nearest(found, known.iter().copied()).map(str::to_owned);
        let one_of = match known.len() {
            1 => "",
            _ => "one of ",
        };
        self.note(
            format!(
                "unknown {what} `{found}`, expected {one_of}{}",
                ticked(known)
            ),
            near,
        );
    }
}

/// Where a field's reading began.
struct Place {
    length: usize,
    muted: bool,
}

fn ticked(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// A value as a message shows it, cut to what a line can hold.
fn shown(value: &Tree) -> String {
    match value {
        Tree::Null => "nothing".into(),
        Tree::Array(list) => format!("a list of {}", list.len()),
        Tree::Object(map) => match map.iter().next() {
            Some((key, _)) if map.len() == 1 => format!("`{key}` with a value"),
            _ => format!("a struct of {} fields", map.len()),
        },
        Tree::String(text) if text.chars().count() > 60 => {
            quoted(&text.chars().take(60).chain(['…']).collect::<String>())
        }
        Tree::String(text) => quoted(text),
        Tree::Bool(_) | Tree::Number(_) => value.to_string(),
    }
}
