//! Undo and redo: a list of steps, each a list of edits with their inverses.

use super::{Design, Edit, EditError, apply_all};

/// One thing the person did.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What to call it ("set uplinks", "apply fix").
    pub label: String,
    /// The edits that were applied.
    pub forward: Vec<Edit>,
    /// The edits that undo them.
    pub backward: Vec<Edit>,
}

/// A design with everything that was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    design: Design,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// Steps kept; older ones can no longer be undone.
const DEPTH: usize = 1_000;

impl History {
    /// Starts from a design.
    pub fn new(design: Design) -> Self {
        Self {
            design,
            done: Vec::new(),
            undone: Vec::new(),
        }
    }

    /// The design as it is now.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Applies edits as one step. A single `Set` on the path that the previous step set
    /// joins that step when `coalesce` is true, so that typing one figure is one undo.
    ///
    /// # Errors
    /// As [`apply_all`]; the design and the history are unchanged.
    pub fn edit(&mut self, label: &str, edits: Vec<Edit>, coalesce: bool) -> Result<(), EditError> {
        let (next, backward) = apply_all(&self.design, &edits)?;
        if next == self.design {
            return Ok(());
        }
        self.design = next;
        self.undone.clear();
        if let ([Edit::Set { path, .. }], true) = (edits.as_slice(), coalesce)
            && let Some(last) = self.done.last_mut()
            && let [Edit::Set { path: before, .. }] = last.forward.as_slice()
            && before == path
        {
            last.forward = edits;
            return Ok(());
        }
        self.done.push(Step {
            label: label.to_owned(),
            forward: edits,
            backward,
        });
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
        Ok(())
    }

    /// Replaces the whole design as one step that can be undone (opening a file or a link).
    pub fn replace(&mut self, label: &str, design: Design) {
        let edits = super::difference(&self.design, &design);
        if self.edit(label, edits, false).is_err() {
            // A valid design always differs from another by valid edits; should that ever
            // fail, the new design is still what the person asked for.
            *self = Self::new(design);
        }
    }

    /// Undoes the last step and names it.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.done.pop()?;
        let (design, _) = apply_all(&self.design, &step.backward).ok()?;
        self.design = design;
        let label = step.label.clone();
        self.undone.push(step);
        Some(label)
    }

    /// Does the last undone step again and names it.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.undone.pop()?;
        let (design, _) = apply_all(&self.design, &step.forward).ok()?;
        self.design = design;
        let label = step.label.clone();
        self.done.push(step);
        Some(label)
    }

    /// Name of the step that `undo` would undo.
    pub fn next_undo(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// Name of the step that `redo` would do again.
    pub fn next_redo(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }
}
