//! The frame around the pages: top bar, sections, panel, keys, palette.

pub mod dom;
