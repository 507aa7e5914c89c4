//! Which data, and which code, something cannot do without.

use super::supply::{index, is_here};
use super::{Document, Page, own};
use crate::later::Part;
use plumbline_engine::design::Design;
use plumbline_engine::reference::Measurements;

/// What stands in the address in place of a reference: the rules, or several side by side.
pub const RULES: &str = "rules";
/// See [`RULES`].
pub const BESIDE: &str = "beside";

/// What comes as a file of the site, or as several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Datum {
    /// A part of the program.
    Code(Part),
    /// All of the world but its references.
    World,
    /// A reference, by its id.
    Reference(String),
    /// Measured rows.
    Measured(Measurements),
    /// All references.
    References,
}

impl Datum {
    /// Its file on the site, or what stands for its files.
    pub(super) fn file(&self) -> String {
        match self {
            Datum::Code(part) => part.name().to_owned(),
            Datum::World => index().world_file(),
            Datum::Reference(id) => index().reference_file(id),
            Datum::Measured(of) => index().measured_file(*of),
            Datum::References => index().references_file(),
        }
    }
}

/// Data and code that something cannot do without.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs(pub(super) Vec<Datum>);

impl Needs {
    /// What the index has is enough.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Parts, prices, sites, models, constants, sources.
    pub fn world() -> Self {
        Self(vec![Datum::World])
    }

    /// The world and these references, as far as there are such. One that is not published may
    /// be a standard of the person's own, which may rest on any other.
    pub fn references<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut needs = Self::world();
        for id in ids {
            if index().get(id).is_none() {
                if own::any() {
                    return Self::own();
                }
                continue;
            }
            let datum = Datum::Reference(id.to_owned());
            if !needs.0.contains(&datum) {
                needs.0.push(datum);
            }
        }
        needs
    }

    /// The world and all references.
    pub fn everything() -> Self {
        Self(vec![Datum::World, Datum::References])
    }

    /// What it takes to assess designs: the engine, the world, and the references that they claim.
    pub fn designs<'d>(designs: impl Iterator<Item = &'d Design>) -> Self {
        let claims = designs.filter_map(|design| design.claim.as_ref());
        Self::claims(claims.map(|claim| claim.reference.as_str()))
    }

    /// What it takes to assess designs that claim these references.
    pub fn claims<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut needs = Self::references(ids);
        needs.0.push(Datum::Code(Part::Engine));
        needs
    }

    /// What it takes to open a link.
    pub fn link() -> Self {
        Self(vec![Datum::Code(Part::Links)])
    }

    /// What it takes to share and to print: both show a link.
    pub fn sharing() -> Self {
        Self(Part::ALL.map(Datum::Code).to_vec())
    }

    /// What it takes to show what of the pages of a first look comes later.
    pub fn later() -> Self {
        Self(vec![Datum::Code(Part::Pages)])
    }

    /// What it takes to read standards of the person's own: they may follow any reference.
    pub fn own() -> Self {
        let mut needs = Self::everything();
        needs.0.push(Datum::Code(Part::Pages));
        needs
    }

    /// What it takes to show a page while these designs are open.
    pub fn page(page: &Page, open: &[Document]) -> Self {
        let mut needs = Self::of_page(page, open);
        if !matches!(page, Page::Start | Page::Design(_)) {
            needs.0.push(Datum::Code(Part::Pages));
        }
        needs
    }

    /// Whether of what is missing all is code.
    pub fn lacks_code_alone(&self) -> bool {
        self.missing().all(|datum| matches!(datum, Datum::Code(_)))
    }

    fn of_page(page: &Page, open: &[Document]) -> Self {
        match page {
            Page::Start | Page::References(None) => Self::nothing(),
            Page::About | Page::Catalogue(_) => Self::world(),
            Page::Evidence(of, _) => Self(vec![Datum::World, Datum::Measured(*of)]),
            Page::References(Some(place)) => match place.split_once('/') {
                Some((BESIDE, ids)) => Self::references(ids.split(',')),
                // An id that is none is that of the rules, whose pages come with the world.
                _ => Self::references(place.split('/').take(1)),
            },
            Page::Nearest => Self::everything(),
            Page::Design(_)
            | Page::Findings
            | Page::Cost
            | Page::Training
            | Page::Inference
            | Page::Compare => Self::designs(open.iter().map(|document| &*document.now)),
        }
    }

    pub(super) fn missing(&self) -> impl Iterator<Item = &Datum> {
        self.0.iter().filter(|datum| !is_here(datum))
    }
}
