//! The references of a world, which may arrive one after the other.

use super::Reference;
use crate::table::Table;
use crate::written::{Outline, Read, Reading, Tree, Write};
use std::sync::OnceLock;

/// References by id. Read from files, all are here. In a browser their ids are known first,
/// and each is supplied when it is wanted: through a shared reference, because everything else
/// of the world is in use by then. What is not here yet does not show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References(Table<OnceLock<Reference>>);

impl References {
    /// None yet; those of these ids are awaited.
    pub fn awaited<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        Self(ids.map(|id| (id.to_owned(), OnceLock::new())).collect())
    }

    /// Puts a reference in its place; `false` where it is not awaited, or here already.
    pub fn supply(&self, reference: Reference) -> bool {
        let place = self.0.get(&reference.id);
        place.is_some_and(|place| place.set(reference).is_ok())
    }

    /// The reference of an id.
    pub fn get(&self, id: &str) -> Option<&Reference> {
        self.0.get(id)?.get()
    }

    /// Sets a reference; returns the one it replaces.
    pub fn insert(&mut self, id: String, reference: Reference) -> Option<Reference> {
        self.0.insert(id, OnceLock::from(reference))?.into_inner()
    }

    /// References, by id.
    pub fn values(&self) -> impl Iterator<Item = &Reference> + Clone {
        self.0.values().filter_map(OnceLock::get)
    }

    /// Ids, in order.
    pub fn keys(&self) -> impl Iterator<Item = &String> + Clone {
        let here = self.0.iter().filter(|(_, place)| place.get().is_some());
        here.map(|(id, _)| id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values().count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values().next().is_none()
    }
}

impl Write for References {
    fn write(&self) -> Outline {
        let entries = self.keys().cloned().zip(self.values().map(Write::write));
        Outline::Map(entries.collect())
    }
}

impl Read for References {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let all = Table::<Reference>::read(value, at).into_iter();
        Self(all.map(|(id, one)| (id, OnceLock::from(one))).collect())
    }
}
