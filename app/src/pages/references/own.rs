//! The person's own standards: how to bring one, what became of each, and what is wrong with it.

use crate::files::ask;
use crate::state::{OwnFile, Page, Supply, address, entry, use_workbench};
use crate::ui::*;
use crate::widgets::repair;

/// The section.
pub(super) fn own() -> AnyView {
    let workbench = use_workbench();
    let supply = workbench.supply;
    let names = Memo::new(move |_| {
        supply.own.with(|all| {
            all.iter()
                .map(|file| (file.name.clone(), file.text.clone(), file.read.is_some()))
                .collect::<Vec<_>>()
        })
    });
    let example = address("lazy/example-standard.ron");
    let schema = address("lazy/reference.schema.json");
    view! {
        <section class="references-own" aria-label="Your own standards">
            <h2>"Your own standards"</h2>
            <p>
                "A company's own standard is one file: drop it on the page, or open it. It stands beside the published references, stays in this browser and is sent nowhere. Begin with "
                <a href=example download>"a commented example"</a>
                "; an editor checks it against "<a href=schema download>"the JSON Schema"</a>"."
            </p>
            <p class="actions"><button type="button" on:click=move |_| ask(workbench)>"Open a standard…"</button></p>
            <ul class="references-files">
                <For each=move || names.get() key=Clone::clone children=move |(name, _, _)| file(supply, &name) />
            </ul>
        </section>
    }
    .into_any()
}

/// One file; its row is made anew when its text or what was read of it is another.
fn file(supply: Supply, name: &str) -> AnyView {
    let found = supply
        .own
        .with_untracked(|all| all.iter().find(|file| file.name == name).cloned());
    let Some(OwnFile { name, text, read }) = found else {
        return ().into_any();
    };
    let forget = {
        let name = name.clone();
        move || supply.drop_own(&name)
    };
    let faults = match read {
        Some(Err(faults)) => faults,
        read => {
            let id = read.and_then(Result::ok);
            let title = id
                .as_ref()
                .and_then(|id| entry(id))
                .map_or("", |entry| &entry.title);
            let said = match id {
                Some(id) => view! { <a href=Page::References(Some(id)).fragment()>{title}</a>" is here. Claim it on its page, or see how far a design is from it under Nearest." }.into_any(),
                None => "is read as soon as the references are here.".into_any(),
            };
            let label = ["Remove ", &name].concat();
            return view! {
                <li>
                    <p role="status"><code>{name}</code>" "{said}</p>
                    <button type="button" class="link" aria-label=label on:click=move |_| forget()>"Remove"</button>
                </li>
            }
            .into_any();
        }
    };
    let again = {
        let name = name.clone();
        move |text: String| supply.bring(&name, &text)
    };
    view! { <li>{repair(&name, text, &faults, again, forget)}</li> }.into_any()
}
