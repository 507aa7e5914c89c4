//! A file that could not be read, kept so that it can be put right where it is.

use crate::ui::*;
use plumbline_engine::load::LoadError;

/// A text that is no design yet, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenFile {
    /// Name of the file.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// What is wrong with it.
    pub error: LoadError,
}

#[derive(Clone, Copy)]
struct Broken(RwSignal<Option<BrokenFile>>);

/// Gives the page a place for it.
pub fn provide_broken() {
    provide_context(Broken(RwSignal::new(None)));
}

/// The file that could not be read last.
pub fn broken() -> RwSignal<Option<BrokenFile>> {
    use_context::<Broken>().map_or_else(|| RwSignal::new(None), |broken| broken.0)
}
