//! What the page loads when it wants it: the world without its references, and each reference.
//! They are named by the revision of the data, which the program knows from its index.

use crate::site::Files;
use plumbline_engine::load::pack;
use plumbline_engine::{index, world};

/// The files, by their names within the site.
pub(crate) fn files() -> Files {
    let (index, mut world) = (index(), world());
    let references = std::mem::take(&mut world.references);
    let each = references
        .values()
        .map(|reference| (index.reference_file(&reference.id), pack(reference)));
    std::iter::once((index.world_file(), pack(&world)))
        .chain(each)
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plumbline_engine::load::unpack;
    use plumbline_engine::reference::{Reference, References, World};

    #[test]
    fn the_files_together_are_the_world() -> Result<(), String> {
        let (index, files, whole) = (index(), files(), world());
        let text = |name: String| {
            let bytes = files.get(&name).cloned().ok_or(name)?;
            String::from_utf8(bytes).map_err(|why| why.to_string())
        };
        let mut read: World = unpack(&text(index.world_file())?)?;
        assert!(read.references.is_empty());
        read.references = References::awaited(index.references.iter().map(|one| one.id.as_str()));
        for entry in &index.references {
            let reference: Reference = unpack(&text(index.reference_file(&entry.id))?)?;
            assert!(read.references.supply(reference), "{}", entry.id);
        }
        assert_eq!(files.len(), index.references.len() + 1);
        assert_eq!(read, whole);
        Ok(())
    }
}
