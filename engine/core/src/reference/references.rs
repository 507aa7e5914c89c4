//! The references of a world, which may arrive one after the other.

use super::{Reference, ReferenceEntry};
use crate::sourced::Source;
use crate::table::Table;
use crate::written::{Outline, Read, Reading, Tree, Write};
use std::sync::OnceLock;

/// References by id. Read from files, all are here. In a browser their ids are known first,
/// and each is supplied when it is wanted: through a shared reference, because everything else
/// of the world is in use by then. What is not here yet does not show. The person's own
/// standards stand behind the published ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References {
    published: Table<OnceLock<Reference>>,
    own: Chain,
}

/// A standard that the person brought.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnStandard {
    /// It as a reference.
    pub reference: Reference,
    /// The documents that it names beside those of the world.
    pub sources: Table<Source>,
    /// Its line in a list.
    pub entry: ReferenceEntry,
}

/// What became of own standards, oldest first: each was brought, or taken away by its id. It
/// only grows, so that what was read from it stays valid however long it is held.
#[derive(Debug, Clone, Default, PartialEq)]
struct Chain(OnceLock<Box<Link>>);

#[derive(Debug, Clone, PartialEq)]
struct Link {
    step: Step,
    next: Chain,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Brought(Box<OwnStandard>),
    TakenAway(String),
}

impl Step {
    fn id(&self) -> &str {
        match self {
            Step::Brought(own) => &own.reference.id,
            Step::TakenAway(id) => id,
        }
    }
}

impl Chain {
    fn links(&self) -> impl Iterator<Item = &Link> + Clone {
        std::iter::successors(self.0.get(), |link| link.next.0.get()).map(|link| &**link)
    }

    fn push(&self, step: Step) {
        let end = self.links().last().map_or(self, |link| &link.next);
        let next = Chain::default();
        // Lost only where two threads push at once, and then the other's step is the newest.
        drop(end.0.set(Box::new(Link { step, next })));
    }

    /// Those that are the newest of their id.
    fn valid(&self) -> Vec<&OwnStandard> {
        let mut valid: Vec<&OwnStandard> = Vec::new();
        for link in self.links() {
            valid.retain(|own| own.reference.id != link.step.id());
            if let Step::Brought(own) = &link.step {
                valid.push(own);
            }
        }
        valid
    }
}

impl References {
    /// None yet; those of these ids are awaited.
    pub fn awaited<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        Self {
            published: ids.map(|id| (id.to_owned(), OnceLock::new())).collect(),
            own: Chain::default(),
        }
    }

    /// Puts a reference in its place; `false` where it is not awaited, or here already.
    pub fn supply(&self, reference: Reference) -> bool {
        let place = self.published.get(&reference.id);
        place.is_some_and(|place| place.set(reference).is_ok())
    }

    /// Adds a standard of the person's own, with the documents that it names; the newest of an
    /// id holds.
    pub fn bring(&self, reference: Reference, sources: Table<Source>) {
        let entry = ReferenceEntry::of(&reference);
        let own = OwnStandard {
            reference,
            sources,
            entry,
        };
        self.own.push(Step::Brought(Box::new(own)));
    }

    /// Takes away a standard of the person's own.
    pub fn take_away(&self, id: &str) {
        self.own.push(Step::TakenAway(id.to_owned()));
    }

    /// The person's own standards, as they were brought.
    pub fn own(&self) -> Vec<&OwnStandard> {
        self.own.valid()
    }

    /// Whether a published reference has an id, be it here or awaited.
    pub fn publishes(&self, id: &str) -> bool {
        self.published.contains_key(id)
    }

    /// The reference of an id.
    pub fn get(&self, id: &str) -> Option<&Reference> {
        let published = self.published.get(id).and_then(OnceLock::get);
        let own = || self.own().into_iter().find(|own| own.reference.id == id);
        published.or_else(|| own().map(|own| &own.reference))
    }

    /// The published reference of an id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Reference> {
        self.published.get_mut(id)?.get_mut()
    }

    /// Whether there is such a reference.
    pub fn contains_key(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Sets a published reference; returns the one it replaces.
    pub fn insert(&mut self, id: String, reference: Reference) -> Option<Reference> {
        let place = OnceLock::from(reference);
        self.published.insert(id, place)?.into_inner()
    }

    /// Ids and references: the published ones by id, then the person's own.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Reference)> + Clone {
        let published = self.published.iter();
        let published = published.filter_map(|(id, place)| Some((id, place.get()?)));
        let own = self.own().into_iter();
        published.chain(own.map(|own| (&own.reference.id, &own.reference)))
    }

    /// References, in the same order.
    pub fn values(&self) -> impl Iterator<Item = &Reference> + Clone {
        self.iter().map(|(_, reference)| reference)
    }

    /// Ids, in the same order.
    pub fn keys(&self) -> impl Iterator<Item = &String> + Clone {
        self.iter().map(|(id, _)| id)
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
        let entries = self.iter().map(|(id, one)| (id.clone(), one.write()));
        Outline::Map(entries.collect())
    }
}

impl Read for References {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let all = Table::<Reference>::read(value, at).into_iter();
        Self {
            published: all.map(|(id, one)| (id, OnceLock::from(one))).collect(),
            own: Chain::default(),
        }
    }
}
