//! From a link that somebody sent.

use crate::later;
use crate::share;
use crate::state::use_workbench;
use crate::ui::html;
use crate::ui::*;

pub(super) fn from_a_link() -> AnyView {
    let workbench = use_workbench();
    let text = NodeRef::<html::Textarea>::new();
    let wrong = RwSignal::new(None::<String>);
    let open = move |_| {
        let link = text
            .get_untracked()
            .map(|text| text.value())
            .unwrap_or_default();
        wasm_bindgen_futures::spawn_local(async move {
            match later::read(&link).await {
                Ok(designs) => share::open(workbench, designs),
                Err(why) => drop(wrong.try_set(Some(share::refusal(&why).text))),
            }
        });
    };
    view! {
        <section class="group">
            <h2>"From a link"</h2>
            <div class="field">
                <div class="field-head"><label for="start-link">"Link, or the part after #"</label></div>
                <textarea id="start-link" node_ref=text rows="3" spellcheck="false" aria-describedby="start-link-note"
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")></textarea>
                <p class="field-note" id="start-link-note" role="status">
                    {move || wrong.get().map(|wrong| view! { <span class="field-error">{wrong}</span> })}
                </p>
            </div>
            <p class="actions"><button type="button" on:click=open>"Open the link"</button></p>
        </section>
    }
    .into_any()
}
