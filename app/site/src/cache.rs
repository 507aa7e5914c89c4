//! Results that are slow to compute and depend on nothing but their input.

use crate::{Outcome, digest};
use std::fs;
use std::path::PathBuf;

/// A folder of results, each under the hash of what it was made from; or none.
pub(crate) struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The result of `make` for this input. `recipe` names the work and whatever else it depends
    /// on, so that another version of a tool does not answer with the old one's result.
    pub(crate) fn get(
        &self,
        recipe: &str,
        input: &[u8],
        make: impl FnOnce() -> Outcome<Vec<u8>>,
    ) -> Outcome<Vec<u8>> {
        let Some(folder) = &self.folder else {
            return make();
        };
        let recipe = digest::short(recipe.as_bytes());
        let entry = folder.join(format!("{recipe}-{}", digest::long(input)));
        if let Ok(known) = fs::read(&entry) {
            return Ok(known);
        }
        let made = make()?;
        // A cache that cannot be written costs time and nothing else. The rename keeps a second
        // process, or an interrupted one, from leaving half a result under a good name.
        let part = folder.join(format!("{recipe}-{}.part", std::process::id()));
        let _ = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&part, &made))
            .and_then(|()| fs::rename(&part, &entry));
        Ok(made)
    }
}
