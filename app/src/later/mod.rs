//! The parts of the program that no first look needs. With the feature `split` the finish step
//! (`app/site`) cuts each off into files of its own, which are loaded when they are wanted;
//! without it they are here from the start and the same calls answer at once.
//!
//! The way into a part is one function, which gives a table of functions. Whatever is reached
//! only through such tables lies in the parts: name it elsewhere, and it is back in the program.

mod engine;
mod links;
mod pages;

pub(crate) use engine::assessed;
pub use links::{Refused, read, read_now, write};
pub use pages::Piece;
pub(crate) use pages::{models, page, piece, plan, serving, standard};

use wasm_split_helpers::SplitLoaderError;

/// A part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What follows from a design.
    Engine,
    /// Share links, in and out.
    Links,
    /// All pages but the start page and the design, and what opens above a page.
    Pages,
}

impl Part {
    /// All of them.
    pub(crate) const ALL: [Part; 3] = [Part::Engine, Part::Links, Part::Pages];

    /// Its name on the site.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Engine => "engine",
            Part::Links => "links",
            Part::Pages => "pages",
        }
    }

    /// Whether it is here.
    pub(crate) fn is_here(self) -> bool {
        match self {
            Part::Engine => engine::here().is_some(),
            Part::Links => links::here().is_some(),
            Part::Pages => pages::here().is_some(),
        }
    }

    /// Loads it, unless it is here.
    ///
    /// # Errors
    /// In words for the person, where it did not arrive.
    pub(crate) async fn load(self) -> Result<(), String> {
        let done = match self {
            Part::Engine => engine::load().await,
            Part::Links => links::load().await,
            Part::Pages => pages::load().await,
        };
        done.map_err(|Lost| "a part of the program did not arrive".to_owned())
    }
}

/// A part did not arrive; the console says why.
struct Lost;

impl From<SplitLoaderError> for Lost {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}
