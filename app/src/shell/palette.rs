//! The command palette: one field that finds pages, sections, numbers, findings, parts,
//! references and actions.

mod entries;

use super::use_ui;
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::dialog;
use entries::{Entry, entries};
use leptos::ev::KeyboardEvent;

/// More than this no one reads; the next letter narrows it.
const SHOWN: usize = 40;

pub(super) fn palette() -> AnyView {
    let ui = use_ui();
    let workbench = use_workbench();
    dialog(ui.palette, "Find anything", move || {
        workbench.compute();
        let all = Memo::new(move |_| entries(workbench));
        let query = RwSignal::new(String::new());
        let chosen = RwSignal::new(0_usize);
        let found = Memo::new(move |_| {
            let words = query.with(|query| query.to_ascii_lowercase());
            let words: Vec<&str> = words.split_whitespace().collect();
            all.with(|all| {
                all.iter()
                    .filter(|entry| entry.matches(&words))
                    .take(SHOWN)
                    .cloned()
                    .collect::<Vec<Entry>>()
            })
        });
        let run = move |at: usize| {
            let Some(entry) = found.with_untracked(|found| found.get(at).cloned()) else {
                return;
            };
            ui.palette.set(false);
            entry.target.follow(workbench, ui);
        };
        let keys = move |event: KeyboardEvent| {
            let count = found.with_untracked(Vec::len);
            let step = |by: usize| chosen.update(|at| *at = (*at + by) % count.max(1));
            match event.key().as_str() {
                "ArrowDown" => step(1),
                "ArrowUp" => step(count.saturating_sub(1)),
                "Home" => chosen.set(0),
                "End" => chosen.set(count.saturating_sub(1)),
                "Enter" => run(chosen.get_untracked()),
                _ => return,
            }
            event.prevent_default();
            if let Some(option) = super::dom::query("#palette-list [aria-selected=true]") {
                option.scroll_into_view_with_bool(false);
            }
        };
        let options = move || {
            let listed = found.get().into_iter().enumerate();
            listed
                .map(|(at, entry)| option(at, entry, chosen, move || run(at)))
                .collect_view()
        };
        view! {
            <input type="text" role="combobox" autofocus autocomplete="off" spellcheck="false" aria-label="Find anything"
                aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
                aria-activedescendant=move || found.with(|f| !f.is_empty()).then(|| option_id(chosen.get()))
                placeholder="section, number, part, reference, finding, action"
                on:input:target=move |event| { query.set(event.target().value()); chosen.set(0); }
                on:keydown=keys />
            <ul id="palette-list" class="palette" role="listbox" aria-label="Results">{options}</ul>
            <p class="muted" role="status">
                {move || if found.with(Vec::is_empty) { "Nothing has these words." } else { "" }}
            </p>
        }
        .into_any()
    })
}

fn option_id(at: usize) -> String {
    ["palette-", &at.to_string()].concat()
}

fn option(at: usize, entry: Entry, chosen: RwSignal<usize>, run: impl Fn() + 'static) -> AnyView {
    let selected = move || if chosen.get() == at { "true" } else { "false" };
    view! {
        <li id=option_id(at) role="option" aria-selected=selected on:click=move |_| run()>
            <span>{entry.label}</span>
            <span class="muted">{entry.detail}</span>
            <span class="kind">{entry.kind}</span>
        </li>
    }
    .into_any()
}
