//! Ways to put another design beside those that are open.

use crate::state::{MAX_DOCUMENTS, Workbench, use_workbench, world};
use crate::ui::*;
use plumbline_engine::load::from_link;
use plumbline_engine::reference::instantiate;

/// Duplicate, a reference at a size, or a link.
pub(super) fn add() -> AnyView {
    let workbench = use_workbench();
    let full = Memo::new(move |_| workbench.documents.with(Vec::len) >= MAX_DOCUMENTS);
    let said = RwSignal::new(None::<String>);
    let duplicate = move |_| {
        let opened = workbench.duplicate();
        said.set((!opened).then(too_many));
    };
    view! {
        <section class="compare-add" aria-label="Put a design beside">
            <button type="button" disabled=full on:click=duplicate>"Duplicate this design"</button>
            {from_reference(workbench, full, said)}
            {by_link(workbench, full, said)}
            <p class="field-error" role="alert">{move || said.get()}</p>
            <p class="muted" hidden=move || !full.get()>"Four designs are open, which is the most. Close one to add another."</p>
        </section>
    }
    .into_any()
}

fn too_many() -> String {
    format!("At most {MAX_DOCUMENTS} designs can be open.")
}

fn from_reference(
    workbench: Workbench,
    full: Memo<bool>,
    said: RwSignal<Option<String>>,
) -> AnyView {
    let first = world()
        .references
        .keys()
        .next()
        .cloned()
        .unwrap_or_default();
    let chosen = RwSignal::new(first);
    let units = RwSignal::new("1".to_owned());
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let made = chosen.with_untracked(|id| {
            let reference = world().references.get(id).ok_or_else(|| {
                format!(
                    "There is no reference {}.",
                    plumbline_engine::written::quoted(id)
                )
            })?;
            let units = units.with_untracked(|text| text.trim().parse::<u32>());
            let units =
                units.map_err(|_| "A size is a whole number of scalable units.".to_owned())?;
            instantiate(reference, units, None, None).map_err(|error| error.to_string())
        });
        said.set(match made.map(|design| workbench.add_document(design)) {
            Ok(true) => None,
            Ok(false) => Some(too_many()),
            Err(reason) => Some(reason),
        });
    };
    let options = world().references.values().map(|reference| {
        view! { <option value=reference.id.as_str()>{reference.title.as_str()}</option> }
    });
    view! {
        <form class="compare-from" on:submit=open>
            <label>
                <span>"Reference"</span>
                <select on:change:target=move |event| chosen.set(event.target().value())>{options.collect_view()}</select>
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

fn by_link(workbench: Workbench, full: Memo<bool>, said: RwSignal<Option<String>>) -> AnyView {
    let link = RwSignal::new(String::new());
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match link.with_untracked(|link| from_link(link)) {
            Ok(designs) => {
                let all = designs
                    .into_iter()
                    .all(|design| workbench.add_document(design));
                said.set((!all).then(too_many));
                link.set(String::new());
            }
            Err(error) => said.set(Some(error.to_string())),
        }
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
