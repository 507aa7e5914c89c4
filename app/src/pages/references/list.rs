//! All references, with a search over what they say.

use super::RULES;
use crate::format::plural;
use crate::state::{Page, world};
use crate::ui::*;
use plumbline_engine::check::rules;
use plumbline_engine::reference::Reference;

/// The list.
pub(super) fn list() -> AnyView {
    let words = RwSignal::new(String::new());
    let matching = Memo::new(move |_| {
        words.with(|words| {
            let words = words.to_ascii_lowercase();
            let holds =
                |reference: &&Reference| words.split_whitespace().all(|word| says(reference, word));
            world()
                .references
                .values()
                .filter(holds)
                .map(|reference| reference.id.clone())
                .collect::<Vec<_>>()
        })
    });
    let count = move || match matching.with(Vec::len) {
        all if all == world().references.len() => plural(all, "reference", "references"),
        some => format!(
            "{some} of {}",
            plural(world().references.len(), "reference", "references")
        ),
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
fn says(reference: &Reference, word: &str) -> bool {
    let head = [
        &reference.id,
        &reference.title,
        &reference.publisher,
        &reference.summary,
        &reference.document,
    ];
    let in_text = |text: &String| text.to_ascii_lowercase().contains(word);
    head.into_iter().any(in_text)
        || reference
            .requirements
            .iter()
            .any(|requirement| in_text(&requirement.id) || in_text(&requirement.statement))
}

fn entry(id: String) -> AnyView {
    let Some(reference) = world().references.get(&id) else {
        return ().into_any();
    };
    let sizes: Vec<String> = reference
        .sizes
        .iter()
        .filter_map(|size| size.known())
        .map(|units| units.to_string())
        .collect();
    let edition = [
        &reference.publisher,
        &reference.document,
        &reference.version,
        &reference.date,
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
            format!("{} SU", sizes.join(", "))
        },
        plural(reference.variants.len(), "variant", "variants"),
        plural(reference.requirements.len(), "requirement", "requirements"),
    );
    view! {
        <li>
            <h2><a href=Page::References(Some(id)).fragment()>{reference.title.as_str()}</a></h2>
            <p class="muted">{edition.join(" · ")}</p>
            <p>{reference.summary.as_str()}</p>
            <p class="references-facts">{facts}</p>
        </li>
    }
    .into_any()
}
