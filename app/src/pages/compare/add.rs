//! Ways to put another design beside those that are open.

use crate::later;
use crate::state::{MAX_DOCUMENTS, Needs, Workbench, entries, use_workbench, world};
use crate::ui::*;
use crate::widgets::waiting;
use plumbline_engine::design::Design;
use plumbline_engine::reference::instantiate;

/// What is put beside the others as soon as its data is here.
#[derive(Clone, PartialEq)]
enum Coming {
    /// A reference at a size.
    Reference(String, u32),
    /// Designs of a link.
    Designs(Vec<Design>),
}

impl Coming {
    fn needs(&self) -> Needs {
        match self {
            Coming::Reference(id, _) => Needs::references([id.as_str()].into_iter()),
            Coming::Designs(designs) => Needs::designs(designs.iter()),
        }
    }

    fn designs(self) -> Result<Vec<Design>, String> {
        let (id, units) = match self {
            Coming::Reference(id, units) => (id, units),
            Coming::Designs(designs) => return Ok(designs),
        };
        let reference = world().references.get(&id).ok_or_else(|| {
            format!(
                "There is no reference {}.",
                plumbline_engine::written::quoted(&id)
            )
        })?;
        let design = instantiate(reference, units, None, None).map_err(|e| e.to_string())?;
        Ok(vec![design])
    }
}

/// Duplicate, a reference at a size, or a link.
pub(super) fn add() -> AnyView {
    let workbench = use_workbench();
    let full = Memo::new(move |_| workbench.documents.with(Vec::len) >= MAX_DOCUMENTS);
    let said = RwSignal::new(None::<String>);
    let coming = RwSignal::new(None::<Coming>);
    let needs = Memo::new(move |_| {
        coming.with(|coming| coming.as_ref().map_or_else(Needs::nothing, Coming::needs))
    });
    Effect::new(move |_| {
        let here = needs.with(|needs| {
            workbench.supply.want(needs);
            workbench.supply.has(needs)
        });
        if let Some(now) = coming.get().filter(|_| here) {
            coming.set(None);
            said.set(untrack(|| add_all(workbench, now)).err());
        }
    });
    let duplicate = move |_| {
        let opened = workbench.duplicate();
        said.set((!opened).then(too_many));
    };
    view! {
        <section class="compare-add" aria-label="Put a design beside">
            <button type="button" disabled=full on:click=duplicate>"Duplicate this design"</button>
            {from_reference(full, said, coming)}
            {by_link(full, said, coming)}
            {waiting(needs)}
            <p class="field-error" role="alert">{move || said.get()}</p>
            <p class="muted" hidden=move || !full.get()>"Four designs are open, which is the most. Close one to add another."</p>
        </section>
    }
    .into_any()
}

fn add_all(workbench: Workbench, coming: Coming) -> Result<(), String> {
    for design in coming.designs()? {
        if !workbench.add_document(design) {
            return Err(too_many());
        }
    }
    Ok(())
}

fn too_many() -> String {
    format!("At most {MAX_DOCUMENTS} designs can be open.")
}

fn from_reference(
    full: Memo<bool>,
    said: RwSignal<Option<String>>,
    coming: RwSignal<Option<Coming>>,
) -> AnyView {
    let first = entries().next();
    let chosen = RwSignal::new(first.map(|one| one.id.clone()).unwrap_or_default());
    let units = RwSignal::new("1".to_owned());
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match units.with_untracked(|text| text.trim().parse::<u32>()) {
            Ok(units) => coming.set(Some(Coming::Reference(chosen.get_untracked(), units))),
            Err(_) => said.set(Some("A size is a whole number of scalable units.".into())),
        }
    };
    let own = use_workbench().supply.own;
    let options = move || {
        own.track();
        let all = entries().map(|entry| {
            let selected = chosen.with_untracked(|now| *now == entry.id);
            view! { <option value=entry.id.as_str() selected=selected>{entry.title.as_str()}</option> }
        });
        all.collect_view()
    };
    view! {
        <form class="compare-from" on:submit=open>
            <label>
                <span>"Reference"</span>
                <select on:change:target=move |event| chosen.set(event.target().value())>{options}</select>
            </label>
            <label class="compare-units">
                <span>"Scalable units"</span>
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    prop:value=move || units.get()
                    on:input:target=move |event| units.set(event.target().value())
                />
            </label>
            <button type="submit" disabled=full>"Add from reference"</button>
        </form>
    }
    .into_any()
}

fn by_link(
    full: Memo<bool>,
    said: RwSignal<Option<String>>,
    coming: RwSignal<Option<Coming>>,
) -> AnyView {
    let link = RwSignal::new(String::new());
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = link.get_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            match later::read(&text).await {
                Ok(designs) => {
                    let _ = coming.try_set(Some(Coming::Designs(designs)));
                    let _ = link.try_set(String::new());
                }
                Err(why) => drop(said.try_set(Some(why.to_string()))),
            }
        });
    };
    view! {
        <form class="compare-from" on:submit=open>
            <label>
                <span>"Link to a design"</span>
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || link.get()
                    on:input:target=move |event| link.set(event.target().value())
                />
            </label>
            <button type="submit" disabled=full>"Add from link"</button>
        </form>
    }
    .into_any()
}
