//! What a person looks for among the references, kept while they read one and come back.

use crate::state::{BESIDE, Page, entries, summary_of, world};
use crate::ui::*;
use crate::widgets::filter_choice;
use plumbline_engine::reference::{ReferenceEntry, ReferenceKind};
use plumbline_engine::table::Table;

/// Most that fit side by side.
pub(super) const MOST: usize = 4;

/// The search and the choice.
#[derive(Clone, Copy)]
pub(super) struct Browse {
    pub words: RwSignal<String>,
    publisher: RwSignal<Option<String>>,
    kind: RwSignal<Option<String>>,
    /// Ids of those to be put side by side.
    pub chosen: RwSignal<Vec<String>>,
}

/// Lets the pages of the references share one search and one choice.
pub fn provide_browse() {
    provide_context(Browse {
        words: RwSignal::new(String::new()),
        publisher: RwSignal::new(None),
        kind: RwSignal::new(None),
        chosen: RwSignal::new(Vec::new()),
    });
}

impl Browse {
    /// Whether the search looks into what the index does not have.
    pub fn looks_inside(&self) -> bool {
        self.words.with(|words| !words.trim().is_empty())
    }

    /// Ids of what is looked for.
    pub fn matching(&self) -> Vec<String> {
        let words = self.words.with(|words| words.to_ascii_lowercase());
        let (publisher, kind) = (self.publisher.get(), self.kind.get());
        let all = entries().filter(|entry| {
            let of = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|w| w == is);
            of(&publisher, &entry.publisher)
                && of(&kind, entry.kind.words())
                && words.split_whitespace().all(|word| says(entry, word))
        });
        all.map(|entry| entry.id.clone()).collect()
    }

    /// The choices beside the search.
    pub fn filters(self) -> AnyView {
        let publishers: Table<()> = entries().map(|e| (e.publisher.clone(), ())).collect();
        let publishers = publishers
            .into_iter()
            .map(|(name, ())| (name.clone(), name));
        let kinds = ReferenceKind::ALL.map(|kind| (kind.words().to_owned(), kind.words().into()));
        view! {
            {filter_choice("Publisher", publishers.collect(), self.publisher)}
            {filter_choice("Kind", kinds.to_vec(), self.kind)}
        }
        .into_any()
    }

    /// Puts one among those side by side, or takes it away.
    pub fn choose(self, id: &str, wanted: bool) {
        self.chosen.update(|all| {
            all.retain(|own| own != id);
            all.extend(wanted.then(|| id.to_owned()));
        });
    }

    /// What is chosen, and the way to the table.
    pub fn bar(self) -> AnyView {
        let go = move || {
            let chosen = self.chosen.get();
            let words = ["Compare ", &chosen.len().to_string(), " side by side"].concat();
            (chosen.len() > 1).then(|| view! { <a class="button" href=beside(&chosen)>{words}</a> })
        };
        let clear = move |_| self.chosen.set(Vec::new());
        view! {
            <p class="references-chosen actions" hidden=move || self.chosen.with(Vec::is_empty)>
                {go}
                <span hidden=move || self.chosen.with(|all| all.len() > 1)>"Choose one to three more to compare them side by side."</span>
                <button type="button" class="link" on:click=clear>"Choose none"</button>
            </p>
        }
        .into_any()
    }
}

/// The address of a table of several.
pub(super) fn beside(ids: &[String]) -> String {
    Page::References(Some([BESIDE, "/", &ids.join(",")].concat())).fragment()
}

/// Whether a word stands anywhere that a reader would look.
fn says(entry: &ReferenceEntry, word: &str) -> bool {
    let head = [
        entry.id.as_str(),
        &entry.title,
        &entry.publisher,
        summary_of(&entry.id),
        &entry.document,
    ];
    let in_text = |text: &str| text.to_ascii_lowercase().contains(word);
    let reference = world().references.get(&entry.id);
    let mut requirements = reference.iter().flat_map(|one| &one.requirements);
    head.into_iter().any(in_text)
        || reference.is_some_and(|one| one.node_parts().any(|id| in_text(id) || named(id, word)))
        || requirements
            .any(|requirement| in_text(&requirement.id) || in_text(&requirement.statement))
}

/// Whether a word stands in the name of a node part.
fn named(id: &str, word: &str) -> bool {
    let part = world().catalogue.nodes.get(id);
    part.is_some_and(|part| {
        let name = [&part.vendor, " ", &part.name].concat();
        name.to_ascii_lowercase().contains(word)
    })
}
