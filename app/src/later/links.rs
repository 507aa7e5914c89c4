//! Share links: the code that packs and unpacks them, and the texts that make them short.

use super::{Lost, Part};
use plumbline_engine::design::Design;
use plumbline_engine::load::{self, LinkError};
use std::fmt;
use std::sync::OnceLock;

pub(super) struct Links {
    read: fn(&str) -> Result<Vec<Design>, LinkError>,
    write: fn(&[Design]) -> Result<String, LinkError>,
}

static HERE: OnceLock<&Links> = OnceLock::new();

static LINKS: Links = Links {
    read: load::from_link,
    write: load::to_link,
};

/// Why a link could not be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// The code that opens links did not arrive.
    Lost(String),
    /// The link is wrong.
    Link(LinkError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Lost(why) => f.write_str(why),
            Refused::Link(error) => error.fmt(f),
        }
    }
}

/// The designs of a link.
///
/// # Errors
/// Where the code for it did not arrive, or the link is wrong.
pub async fn read(link: &str) -> Result<Vec<Design>, Refused> {
    Part::Links.load().await.map_err(Refused::Lost)?;
    read_now(link).unwrap_or_else(|| Err(Refused::Lost(String::new())))
}

/// The designs of a link; `None` while the code for it is not here.
pub fn read_now(link: &str) -> Option<Result<Vec<Design>, Refused>> {
    here().map(|links| (links.read)(link).map_err(Refused::Link))
}

/// The link to these designs, without the address of the site; `None` while the code is not here.
pub fn write(designs: &[Design]) -> Option<Result<String, LinkError>> {
    here().map(|links| (links.write)(designs))
}

pub(super) fn here() -> Option<&'static Links> {
    HERE.get().copied()
}

pub(super) async fn load() -> Result<(), Lost> {
    if here().is_none() {
        #[cfg(feature = "split")]
        let links = entrance().await?;
        #[cfg(not(feature = "split"))]
        let links = entrance()?;
        let _ = HERE.set(links);
    }
    Ok(())
}

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(links, fallible))]
fn entrance() -> Result<&'static Links, Lost> {
    Ok(&LINKS)
}
