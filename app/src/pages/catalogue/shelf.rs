//! What a person looks for in the catalogue and has chosen, kept while they look at a part and
//! come back; and the tray with what is chosen.

use crate::state::{Page, world};
use crate::ui::*;
use plumbline_engine::catalogue::PartName;
use std::cell::RefCell;

/// Most that fit side by side.
const MOST: usize = 4;

/// What stands before several ids in the address.
pub(super) const BESIDE: &str = "beside/";

/// Words, kind, vendor, and the ids of what is chosen.
type Kept = (String, Option<String>, Option<String>, Vec<String>);

thread_local! {
    /// As it was when the page was left.
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// The search and the choice.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    pub words: RwSignal<String>,
    pub kind: RwSignal<Option<String>>,
    pub vendor: RwSignal<Option<String>>,
    chosen: RwSignal<Vec<String>>,
}

/// Puts these into the tray, in place of what is there, and looks for more of their kind.
pub(super) fn choose_all(kind: &str, ids: Vec<String>) {
    KEPT.with_borrow_mut(|kept| {
        kept.1 = Some(kind.to_owned());
        kept.3 = ids;
    });
}

/// The address of parts, one or several.
pub(super) fn address(ids: &[String]) -> String {
    let before = if ids.len() > 1 { BESIDE } else { "" };
    Page::Catalogue(Some([before, &ids.join(",")].concat())).fragment()
}

/// A part by its id.
pub(super) fn named(id: &str) -> Option<PartName> {
    let mut all = world().catalogue.list().into_iter();
    all.find(|part| part.id == id)
}

impl Shelf {
    /// As it was left.
    pub fn new() -> Self {
        let (words, kind, vendor, chosen) = KEPT.with_borrow(Clone::clone);
        let shelf = Self {
            words: RwSignal::new(words),
            kind: RwSignal::new(kind),
            vendor: RwSignal::new(vendor),
            chosen: RwSignal::new(chosen),
        };
        Effect::new(move |_| {
            let now = (
                shelf.words.get(),
                shelf.kind.get(),
                shelf.vendor.get(),
                shelf.chosen.get(),
            );
            KEPT.set(now);
        });
        shelf
    }

    /// The box that puts a part into the tray; closed to parts of another kind, and where the tray is full.
    pub fn choice(self, part: &PartName) -> AnyView {
        let (id, kind) = (part.id.clone(), part.kind);
        let wanted = id.clone();
        let chosen = Memo::new(move |_| self.chosen.with(|all| all.contains(&wanted)));
        let closed = move || {
            let full = self.chosen.with(Vec::len) >= MOST;
            !chosen.get() && (full || self.kind_chosen().is_some_and(|of| of != kind))
        };
        let turn = move |on: bool| {
            self.chosen.update(|all| {
                all.retain(|own| *own != id);
                all.extend(on.then(|| id.clone()));
            });
        };
        let label = ["Compare ", &part.name].concat();
        view! {
            <input type="checkbox" aria-label=label prop:checked=chosen disabled=closed
                on:change:target=move |event| turn(event.target().checked()) />
        }
        .into_any()
    }

    fn kind_chosen(self) -> Option<&'static str> {
        let first = self.chosen.with(|all| all.first().cloned())?;
        named(&first).map(|part| part.kind)
    }

    /// What is chosen, and the way to the table.
    pub fn tray(self) -> AnyView {
        let chosen = move || self.chosen.get();
        let item = move |id: String| {
            let name = named(&id).map_or_else(|| id.clone(), |part| part.name);
            let label = ["Take out ", &name].concat();
            let take_out = move |_| self.chosen.update(|all| all.retain(|own| *own != id));
            view! { <li>{name}" "<button type="button" class="link" aria-label=label on:click=take_out>"take out"</button></li> }
                .into_any()
        };
        let go = move || {
            let all = self.chosen.get();
            let words = ["Compare ", &all.len().to_string(), " side by side"].concat();
            (all.len() > 1).then(|| view! { <a class="button" href=address(&all)>{words}</a> })
        };
        let status = move || match (self.chosen.with(Vec::len), self.kind_chosen()) {
            (0, _) | (_, None) => String::new(),
            (1, Some(kind)) => ["Choose one to three more of kind ", kind, "."].concat(),
            (count, _) => [&count.to_string(), " of at most 4 chosen."].concat(),
        };
        view! {
            <section class="tray references-chosen" aria-label="Compare tray" hidden=move || self.chosen.with(Vec::is_empty)>
                <ul><For each=chosen key=Clone::clone children=item /></ul>
                <p class="actions">
                    {go}
                    <span role="status">{status}</span>
                    <button type="button" class="link" on:click=move |_| self.chosen.set(Vec::new())>"Choose none"</button>
                </p>
            </section>
        }
        .into_any()
    }
}
