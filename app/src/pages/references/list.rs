//! All references: search, filters, and a choice of those to be put side by side.

use super::browse::{Browse, MOST};
use super::own::own;
use crate::format::plural;
use crate::state::{Needs, Page, RULES, Stage, entries, entry, is_own, summary_of, use_workbench};
use crate::ui::*;
use crate::widgets::waiting;
use plumbline_engine::check::rules;

/// The list. It needs the index alone; a search over requirements needs all references.
pub(super) fn list() -> AnyView {
    let supply = use_workbench().supply;
    let browse: Browse = expect_context();
    let searched = Memo::new(move |_| {
        let all = browse.looks_inside() || supply.own.with(|own| !own.is_empty());
        all.then(Needs::everything).unwrap_or_default()
    });
    Effect::new(move |_| searched.with(|needs| supply.want(needs)));
    let stage = Memo::new(move |_| searched.with(|needs| supply.stage(needs)));
    let matching = Memo::new(move |_| {
        searched.with(|needs| supply.has(needs));
        supply.own.track();
        browse.matching()
    });
    let count = move || {
        let (all, some) = (entries().count(), matching.with(Vec::len));
        let all_words = plural(all, "reference", "references");
        match stage.get() {
            _ if some == all => all_words,
            Stage::Here => format!("{some} of {all_words}"),
            _ => format!(
                "{some} of {all_words} by their heads; their requirements are not searched yet"
            ),
        }
    };
    let filters = move || {
        supply.own.track();
        browse.filters()
    };
    let rules_address = Page::References(Some(RULES.into())).fragment();
    view! {
        <div class="page-references">
            <h1>"References"</h1>
            <p class="page-lead">
                "Published architectures as data. Each requirement names its document and section; a design is held against the one it claims. See which of them "
                <a href=Page::Nearest.fragment()>"the design at hand is nearest to"</a>"."
            </p>
            <form class="findings-filter references-search" role="search" aria-label="Filter references" on:submit=|event| event.prevent_default()>
                <label>
                    <span>"Search"</span>
                    <input
                        type="search"
                        autocomplete="off"
                        placeholder="title, publisher, document, node, requirement"
                        prop:value=browse.words
                        on:input:target=move |event| browse.words.set(event.target().value())
                    />
                </label>
                {filters}
                <p role="status">{count}</p>
            </form>
            {own()}
            {browse.bar()}
            {waiting(searched)}
            <ul class="references-list">
                <For each=move || matching.get() key=Clone::clone children=move |id| item(id, browse) />
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

fn item(id: String, browse: Browse) -> AnyView {
    let Some(entry) = entry(&id) else {
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
    let facts = [
        entry.kind.words().to_owned(),
        match sizes.is_empty() {
            true => "no size printed".to_owned(),
            false => [&sizes.join(", "), " ", entry.unit.words(2)].concat(),
        },
        plural(entry.variants.len(), "variant", "variants"),
        plural(entry.requirements, "requirement", "requirements"),
    ];
    let own = is_own(entry).then(|| view! { " "<span class="yours">"yours"</span> });
    let label = ["Compare ", &entry.title].concat();
    let wanted = id.clone();
    let chosen = Memo::new(move |_| browse.chosen.with(|all| all.contains(&wanted)));
    let full = move || !chosen.get() && browse.chosen.with(Vec::len) >= MOST;
    let address = Page::References(Some(id.clone())).fragment();
    // It comes with the world; the list does not wait for it.
    let supply = use_workbench().supply;
    supply.want(&Needs::world());
    let summary = move || {
        supply.has(&Needs::world());
        summary_of(&entry.id)
    };
    view! {
        <li>
            <h2><a href=address>{entry.title.as_str()}</a>{own}</h2>
            <p class="muted">{edition.join(" · ")}</p>
            <p>{summary}</p>
            <p class="references-facts">
                {facts.join(" · ")}
                <label class="references-choose">
                    <input type="checkbox" aria-label=label prop:checked=chosen disabled=full
                        on:change:target=move |event| browse.choose(&id, event.target().checked()) />
                    "compare"
                </label>
            </p>
        </li>
    }
    .into_any()
}
