//! The workbench itself: signals for what is open and shown, memos for what follows.

use super::{Document, Needs, Notice, Page, Section, Stage, Supply, world};
use crate::later::assessed;
use crate::shell::dom;
use crate::ui::*;
use plumbline_engine::Assessment;
use plumbline_engine::design::{Design, Edit, EditError};
use serde_json::{Value, json};
use std::sync::Arc;

/// Most designs that are open at a time: what one link can carry and one page can compare.
pub const MAX_DOCUMENTS: usize = 4;

/// Handles to everything that is open; copied freely.
#[derive(Clone, Copy)]
pub struct Workbench {
    /// The open designs, one to four. Change them by the methods below.
    pub documents: RwSignal<Vec<Document>>,
    /// Index of the one that is edited.
    pub active: RwSignal<usize>,
    /// What the middle shows. Change it by [`Workbench::go`].
    pub page: RwSignal<Page>,
    /// A message on the page.
    pub notice: RwSignal<Option<Notice>>,
    /// What the polite live region says.
    pub spoken: RwSignal<String>,
    /// The data, as far as it is here.
    pub supply: Supply,
    /// Whether the open designs are assessed on whatever page: on a first visit not before the
    /// person turns to one. Set it by [`Workbench::compute`].
    pub computing: RwSignal<bool>,
    /// A link that waits for the code that opens it.
    pub link: RwSignal<Option<String>>,
    needs: Memo<Needs>,
    stage: Memo<Stage>,
    supplied: Memo<bool>,
    design: Memo<Arc<Design>>,
    tree: Memo<Arc<Value>>,
    assessment: Memo<Arc<Assessment>>,
    baseline: Memo<Arc<Assessment>>,
    designs: [Memo<Option<Arc<Design>>>; MAX_DOCUMENTS],
    assessments: [Memo<Option<Arc<Assessment>>>; MAX_DOCUMENTS],
}

/// The workbench of this page.
pub fn use_workbench() -> Workbench {
    expect_context()
}

impl Workbench {
    /// A workbench with these designs; an empty list is taken as one empty design.
    pub fn new(mut designs: Vec<Design>, active: usize, page: Page) -> Self {
        designs.truncate(MAX_DOCUMENTS);
        if designs.is_empty() {
            designs.push(Design::default());
        }
        let active = RwSignal::new(active.min(designs.len() - 1));
        let documents: Vec<Document> = designs
            .into_iter()
            .enumerate()
            .map(|(at, design)| Document::new(at as u32, design))
            .collect();
        let documents = RwSignal::new(documents);
        let designs = std::array::from_fn(|at| {
            let one =
                move || documents.with(|all| all.get(at).map(|document| document.now.clone()));
            shared(move |_| one())
        });
        let supply = Supply::new();
        let supplied: [Memo<bool>; MAX_DOCUMENTS] = std::array::from_fn(|at| {
            let design: Memo<Option<Arc<Design>>> = designs[at];
            Memo::new(move |_| {
                let needs = design
                    .get()
                    .map(|design| Needs::designs([&*design].into_iter()));
                needs.is_some_and(|needs| supply.has(&needs))
            })
        });
        let assessments: [Memo<Option<Arc<Assessment>>>; MAX_DOCUMENTS] =
            std::array::from_fn(|at| {
                let (design, supplied) = (designs[at], supplied[at]);
                shared(move |_| {
                    supply.own.track();
                    let design = design.get().filter(|_| supplied.get())?;
                    assessed(&design, world()).map(Arc::new)
                })
            });
        let supplied =
            Memo::new(move |_| supplied.get(active.get()).is_some_and(|memo| memo.get()));
        let page = RwSignal::new(page);
        let link = RwSignal::new(None);
        let needs = Memo::new(move |_| match link.with(Option::is_some) {
            true => Needs::link(),
            false => documents.with(|open| page.with(|page| Needs::page(page, open))),
        });
        let stage = Memo::new(move |_| needs.with(|needs| supply.stage(needs)));
        let current = move |from: &[Memo<Option<Arc<Design>>>; MAX_DOCUMENTS]| {
            from.get(active.get())
                .and_then(|memo| memo.get())
                .unwrap_or_default()
        };
        let design = Memo::new_with_compare(move |_| current(&designs), differs);
        let assessment = Memo::new_with_compare(
            move |_| {
                let slot = assessments.get(active.get()).and_then(|memo| memo.get());
                slot.unwrap_or_default()
            },
            differs,
        );
        let saved = Memo::new_with_compare(
            move |_| {
                let saved = documents
                    .with(|all| all.get(active.get()).map(|document| document.saved.clone()));
                saved.unwrap_or_default()
            },
            differs,
        );
        Self {
            documents,
            active,
            page,
            notice: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            supply,
            computing: RwSignal::new(false),
            link,
            needs,
            stage,
            supplied,
            design,
            tree: Memo::new_with_compare(
                move |_| Arc::new(plumbline_engine::design::to_tree(&design.get())),
                differs,
            ),
            assessment,
            baseline: Memo::new_with_compare(
                move |_| {
                    let supplied = supply.own.with(|_| supplied.get());
                    let saved = supplied.then(|| assessed(&saved.get(), world())).flatten();
                    saved.map(Arc::new).unwrap_or_default()
                },
                differs,
            ),
            designs,
            assessments,
        }
    }

    /// What has to be here before the page can be shown.
    pub fn needs(&self) -> Memo<Needs> {
        self.needs
    }

    /// How far that is on its way.
    pub fn stage(&self) -> Memo<Stage> {
        self.stage
    }

    /// Whether the data is here with which the design that is edited is assessed.
    pub fn supplied(&self) -> Memo<bool> {
        self.supplied
    }

    /// Has the open designs assessed from now on, on whatever page.
    pub fn compute(&self) {
        if !self.computing.get_untracked() {
            self.computing.set(true);
        }
    }

    /// The design that is edited.
    pub fn design(&self) -> Memo<Arc<Design>> {
        self.design
    }

    /// Its written form, in which fields are looked up by path.
    pub fn tree(&self) -> Memo<Arc<Value>> {
        self.tree
    }

    /// What follows from it, computed once per edit; of no design, without findings, while its
    /// data is not here.
    pub fn assessment(&self) -> Memo<Arc<Assessment>> {
        self.assessment
    }

    /// What followed from it when it was opened or last saved.
    pub fn baseline(&self) -> Memo<Arc<Assessment>> {
        self.baseline
    }

    /// The design at an index; `None` if fewer are open.
    pub fn design_of(&self, index: usize) -> Option<Memo<Option<Arc<Design>>>> {
        self.designs.get(index).copied()
    }

    /// What follows from the design at an index; its value is `None` if fewer are open.
    pub fn assessment_of(&self, index: usize) -> Option<Memo<Option<Arc<Assessment>>>> {
        self.assessments.get(index).copied()
    }

    /// Applies edits to the design that is edited, as one step of its history. A single `Set`
    /// on the path that the step before set joins that step where `coalesce` is true.
    ///
    /// # Errors
    /// The engine's own words for what does not fit; nothing has changed then.
    pub fn edit(&self, label: &str, edits: Vec<Edit>, coalesce: bool) -> Result<(), EditError> {
        self.on_active(|document| document.edit(label, edits, coalesce))
            .unwrap_or(Ok(()))
    }

    /// Sets one field as one step, and says so where it is refused.
    pub fn set(&self, label: &str, path: &str, value: impl Into<Value>) {
        if let Err(error) = self.edit(label, vec![Edit::set(path, value)], false) {
            self.announce(&error.to_string());
        }
    }

    /// Claims a reference at a size and variant for the design that is edited, as one step.
    ///
    /// # Errors
    /// As [`Workbench::edit`].
    pub fn claim(&self, reference: &str, units: u32, variant: &str) -> Result<(), EditError> {
        let claim = json!({ "reference": reference, "units": units, "variant": variant });
        let done = self.edit("claim a reference", vec![Edit::set("claim", claim)], false);
        if done.is_ok() {
            self.announce(&["claimed ", reference].concat());
        }
        done
    }

    /// Undoes the last step of the design that is edited.
    pub fn undo(&self) {
        let label = self.on_active(Document::undo).flatten();
        self.announce(&label.map_or("nothing to undo".into(), |label| {
            ["undone: ", &label].concat()
        }));
    }

    /// Does the last undone step again.
    pub fn redo(&self) {
        let label = self.on_active(Document::redo).flatten();
        self.announce(&label.map_or("nothing to do again".into(), |label| {
            ["done again: ", &label].concat()
        }));
    }

    /// Opens a design beside the others and edits it; `false` if four are open already.
    pub fn add_document(&self, design: Design) -> bool {
        let count = self.documents.with_untracked(Vec::len);
        if count >= MAX_DOCUMENTS {
            return false;
        }
        self.documents.update(|all| {
            let id = all
                .iter()
                .map(|document| document.id + 1)
                .max()
                .unwrap_or(0);
            all.push(Document::new(id, design));
        });
        self.active.set(count);
        true
    }

    /// Puts a design where the person expects it: in place of one that was not touched, else
    /// beside the others, else in place of the one that is edited, where undo brings that back.
    pub fn open_design(&self, design: Design) {
        let untouched = self
            .on_active_untracked(Document::untouched)
            .unwrap_or(false);
        let name = design.name.clone();
        if untouched {
            self.on_active(|document| *document = Document::new(document.id, design));
        } else if self.documents.with_untracked(Vec::len) < MAX_DOCUMENTS {
            self.add_document(design);
        } else {
            self.on_active(|document| document.replace("open another design", design));
        }
        self.announce(&["opened ", &name].concat());
    }

    /// Puts these designs in place of all that are open.
    pub fn open_all(&self, designs: Vec<Design>, active: usize) {
        let first = self
            .documents
            .with_untracked(|all| all.iter().map(|d| d.id + 1).max().unwrap_or(0));
        let fresh: Vec<Document> = designs
            .into_iter()
            .take(MAX_DOCUMENTS)
            .enumerate()
            .map(|(at, design)| Document::new(first + at as u32, design))
            .collect();
        if fresh.is_empty() {
            return;
        }
        self.active.set(active.min(fresh.len() - 1));
        self.documents.set(fresh);
    }

    /// Opens a copy of the design that is edited, to change and compare; `false` if four are
    /// open already.
    pub fn duplicate(&self) -> bool {
        let mut copy = Design::clone(&self.design.get_untracked());
        copy.name.push_str(" (copy)");
        self.add_document(copy)
    }

    /// Closes a design; the last one stays.
    pub fn remove_document(&self, index: usize) {
        let count = self.documents.with_untracked(Vec::len);
        if count < 2 || index >= count {
            return;
        }
        let active = self.active.get_untracked();
        // First the index, so that it names a document at every moment.
        self.active.set(if active >= index {
            active.saturating_sub(1)
        } else {
            active
        });
        self.documents.update(|all| drop(all.remove(index)));
    }

    /// Takes the design as it is as the one that changes are counted from.
    pub fn mark_saved(&self) {
        self.on_active(|document| document.saved = document.now.clone());
    }

    /// Shows a page.
    pub fn go(&self, page: Page) {
        dom::set_fragment(&page.fragment());
        self.page.set(page);
    }

    /// Shows the section in which a path of the design is edited, and focuses its field.
    pub fn go_to_subject(&self, path: &str) {
        self.go(Page::Design(Section::of_path(
            path,
            &world().catalogue.list(),
        )));
        dom::focus_path(path.to_owned());
    }

    /// Shows a finding among all of them, and focuses it where the page marks it with
    /// `data-finding="ID SUBJECT"`.
    pub fn go_to_finding(&self, id: &str, subject: &str) {
        self.go(Page::Findings);
        dom::focus_finding([id, " ", subject].concat());
    }

    /// Has a screen reader say a short text when it is done with what it says now.
    pub fn announce(&self, text: &str) {
        // A text equal to the last one is not read again; the space makes it another.
        let again = self.spoken.with_untracked(|last| last == text);
        self.spoken.set(if again {
            [text, "\u{a0}"].concat()
        } else {
            text.to_owned()
        });
    }

    /// Today's date, ISO 8601, by the person's own calendar.
    pub fn today(&self) -> String {
        dom::today()
    }

    fn on_active<T>(&self, change: impl FnOnce(&mut Document) -> T) -> Option<T> {
        let active = self.active.get_untracked();
        self.documents
            .try_update(|all| all.get_mut(active).map(change))
            .flatten()
    }

    fn on_active_untracked<T>(&self, look: impl FnOnce(&Document) -> T) -> Option<T> {
        let active = self.active.get_untracked();
        self.documents
            .with_untracked(|all| all.get(active).map(look))
    }
}

/// Whether two shared values are different ones. Each edit makes new ones, so that a look
/// inside them would only cost time.
fn differs<T>(before: Option<&Arc<T>>, after: Option<&Arc<T>>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => !Arc::ptr_eq(before, after),
        (None, None) => false,
        _ => true,
    }
}

/// As [`differs`], for a slot that may be empty.
fn shared<T: Send + Sync + 'static>(
    compute: impl Fn(Option<&Option<Arc<T>>>) -> Option<Arc<T>> + Send + Sync + 'static,
) -> Memo<Option<Arc<T>>> {
    Memo::new_with_compare(compute, |before, after| {
        differs(
            before.and_then(Option::as_ref),
            after.and_then(Option::as_ref),
        )
    })
}
