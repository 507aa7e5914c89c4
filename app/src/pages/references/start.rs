//! From a reference to a design of one's own, or to a claim of the design at hand.

use crate::state::{Page, Section, use_workbench};
use crate::ui::*;
use plumbline_engine::reference::{Reference, instantiate};

/// Size, variant and the buttons that open a design and claim the reference.
pub(super) fn start(reference: &'static Reference) -> AnyView {
    let workbench = use_workbench();
    let sizes: Vec<u32> = reference
        .sizes
        .iter()
        .filter_map(|size| size.known())
        .collect();
    let many = reference.unit.name.words(2);
    let units = RwSignal::new(sizes.first().copied().unwrap_or(1).to_string());
    let variant = RwSignal::new(None::<String>);
    let refused = RwSignal::new(None::<String>);
    let made = move || {
        let units = units.with_untracked(|text| text.trim().parse::<u32>());
        let units = units.map_err(|_| ["A size is a whole number of ", many, "."].concat())?;
        let variant = variant.get_untracked();
        instantiate(reference, units, None, variant.as_deref()).map_err(|error| error.to_string())
    };
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match made() {
            Ok(design) => {
                workbench.open_design(design);
                workbench.go(Page::Design(Section::Compute));
            }
            Err(reason) => refused.set(Some(reason)),
        }
    };
    let claim = move |_| {
        let claim = made().map(|design| design.claim.unwrap_or_default());
        let done = claim.and_then(|claim| {
            let done = workbench.claim(&claim.reference, claim.units, &claim.variant);
            done.map_err(|error| error.to_string())
        });
        refused.set(done.err());
    };
    let printed = sizes
        .iter()
        .map(|units| view! { <option value=units.to_string()></option> })
        .collect_view();
    let variants = reference.variants.iter().map(|variant| {
        view! { <option value=variant.id.as_str()>{variant.id.as_str()}</option> }
    });
    let choose = move |id: String| variant.set((!id.is_empty()).then_some(id));
    view! {
        <form class="reference-start" on:submit=open>
            <label>
                <span class="first-letter">{many}</span>
                <input
                    type="text"
                    inputmode="numeric"
                    list="printed-sizes"
                    autocomplete="off"
                    prop:value=move || units.get()
                    on:input:target=move |event| {
                        units.set(event.target().value());
                        refused.set(None);
                    }
                />
                <datalist id="printed-sizes">{printed}</datalist>
            </label>
            <label>
                <span>"Variant"</span>
                <select on:change:target=move |event| choose(event.target().value())>
                    <option value="">"as the document prints the size"</option>
                    {variants.collect_view()}
                </select>
            </label>
            <button type="submit" class="primary">"Start a design from this"</button>
            <button type="button" on:click=claim>"Claim it for the design at hand"</button>
            <p class="field-error" role="alert">{move || refused.get()}</p>
        </form>
    }
    .into_any()
}
