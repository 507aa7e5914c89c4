//! One open design.

use plumbline_engine::design::{Design, Edit, EditError, History};
use std::sync::Arc;

/// A design with its history, and what it was when it was opened or last saved.
#[derive(Debug, Clone)]
pub struct Document {
    /// Stays with the document while it is open.
    pub id: u32,
    /// The design as it is, shared so that a look costs nothing.
    pub now: Arc<Design>,
    /// What the panel's changes are counted from.
    pub saved: Arc<Design>,
    history: History,
}

impl Document {
    /// Opens a design.
    pub fn new(id: u32, design: Design) -> Self {
        let now = Arc::new(design.clone());
        Self {
            id,
            saved: now.clone(),
            now,
            history: History::new(design),
        }
    }

    /// Applies edits as one step.
    ///
    /// # Errors
    /// As [`History::edit`]; nothing has changed then.
    pub fn edit(&mut self, label: &str, edits: Vec<Edit>, coalesce: bool) -> Result<(), EditError> {
        self.history.edit(label, edits, coalesce)?;
        self.renew();
        Ok(())
    }

    /// Puts another design in its place as one step.
    pub fn replace(&mut self, label: &str, design: Design) {
        self.history.replace(label, design);
        self.renew();
        self.saved = self.now.clone();
    }

    /// Undoes a step and names it.
    pub fn undo(&mut self) -> Option<String> {
        let label = self.history.undo();
        self.renew();
        label
    }

    /// Does an undone step again and names it.
    pub fn redo(&mut self) -> Option<String> {
        let label = self.history.redo();
        self.renew();
        label
    }

    /// What `undo` and `redo` would do, for their buttons.
    pub fn next(&self) -> (Option<String>, Option<String>) {
        let owned = |label: Option<&str>| label.map(str::to_owned);
        (
            owned(self.history.next_undo()),
            owned(self.history.next_redo()),
        )
    }

    /// Nothing was done to it since it was opened.
    pub fn untouched(&self) -> bool {
        self.history.next_undo().is_none() && self.history.next_redo().is_none()
    }

    fn renew(&mut self) {
        if *self.now != *self.history.design() {
            self.now = Arc::new(self.history.design().clone());
        }
    }
}
