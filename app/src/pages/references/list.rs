//! All references, with a search over what they say.

use super::RULES;
use crate::format::plural;
use crate::state::{Needs, Page, Stage, index, use_workbench, world};
use crate::ui::*;
use crate::widgets::waiting;
use plumbline_engine::check::rules;
use plumbline_engine::reference::ReferenceEntry;

/// The list. It needs the index alone; a search over requirements needs all references.
pub(super) fn list() -> AnyView {
    let supply = use_workbench().supply;
    let words = RwSignal::new(String::new());
    let searched = Memo::new(move |_| {
        let all = words.with(|words| !words.trim().is_empty());
        all.then(Needs::everything).unwrap_or_default()
    });
    Effect::new(move |_| searched.with(|needs| supply.want(needs)));
    let stage = Memo::new(move |_| searched.with(|needs| supply.stage(needs)));
    let matching = Memo::new(move |_| {
        searched.with(|needs| supply.has(needs));
        words.with(|words| {
            let words = words.to_ascii_lowercase();
            let holds =
                |entry: &&ReferenceEntry| words.split_whitespace().all(|word| says(entry, word));
            index()
                .references
                .iter()
                .filter(holds)
                .map(|entry| entry.id.clone())
                .collect::<Vec<_>>()
        })
    });
    let count = move || {
        let (all, some) = (index().references.len(), matching.with(Vec::len));
        let all_words = plural(all, "reference", "references");
        match stage.get() {
            _ if some == all => all_words,
            Stage::Here => format!("{some} of {all_words}"),
            _ => format!(
                "{some} of {all_words} by their heads; their requirements are not searched yet"
            ),
        }
    };
    let rules_address = Page::References(Some(RULES.into())).fragment();
    view! {
        <div class="page-references">
            <h1>"References"</h1>
            <p class="page-lead">
                "Published architectures as data. Each requirement names its document and section; a design is held against the one it claims."
            </p>
            <div class="references-search">
                <label>
                    <span>"Search"</span>
                    <input
                        type="search"
                        autocomplete="off"
                        on:input:target=move |event| words.set(event.target().value())
                    />
                </label>
                <p role="status">{count}</p>
            </div>
            {waiting(searched)}
            <ul class="references-list">
                <For each=move || matching.get() key=Clone::clone children=entry />
            </ul>
            <h2>"Rules"</h2>
            <p>
                <a href=rules_address>{plural(rules().len(), "rule", "rules")}</a>
                " of physics and engineering hold for any design, whatever it claims."
            </p>
        </div>
    }
    .into_any()
}

/// Whether a word stands anywhere that a reader would look.
fn says(entry: &ReferenceEntry, word: &str) -> bool {
    let head = [
        &entry.id,
        &entry.title,
        &entry.publisher,
        &entry.summary,
        &entry.document,
    ];
    let in_text = |text: &String| text.to_ascii_lowercase().contains(word);
    let reference = world().references.get(&entry.id);
    let mut requirements = reference.iter().flat_map(|one| &one.requirements);
    head.into_iter().any(in_text)
        || requirements
            .any(|requirement| in_text(&requirement.id) || in_text(&requirement.statement))
}

fn entry(id: String) -> AnyView {
    let Some(entry) = index().get(&id) else {
        return ().into_any();
    };
    let sizes: Vec<String> = entry.sizes.iter().map(u32::to_string).collect();
    let edition = [
        &entry.publisher,
        &entry.document,
        &entry.version,
        &entry.date,
    ];
    let edition: Vec<&str> = edition
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let facts = format!(
        "{} · {} · {}",
        if sizes.is_empty() {
            "no size printed".to_owned()
        } else {
            format!("{} {}", sizes.join(", "), entry.unit.words(2))
        },
        plural(entry.variants.len(), "variant", "variants"),
        plural(entry.requirements, "requirement", "requirements"),
    );
    view! {
        <li>
            <h2><a href=Page::References(Some(id)).fragment()>{entry.title.as_str()}</a></h2>
            <p class="muted">{edition.join(" · ")}</p>
            <p>{entry.summary.as_str()}</p>
            <p class="references-facts">{facts}</p>
        </li>
    }
    .into_any()
}
