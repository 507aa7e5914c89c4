//! The browser workbench. For now a placeholder that proves the build: it mounts, keeps a signal
//! and sets a style property through the CSSOM, which the Content-Security-Policy must allow.

use leptos::prelude::*;

/// Mounts the workbench into the page. The boot script takes the skeleton away afterwards.
pub fn start() {
    leptos::mount::mount_to_body(Workbench);
}

/// The placeholder page: a field and what was typed, side by side.
#[component]
pub fn Workbench() -> impl IntoView {
    let text = RwSignal::new(String::new());
    view! {
        <div class="frame">
            <header class="frame-header">
                <span class="brand">"Plumbline"</span>
            </header>
            <main class="frame-main">
                <h1>"Plumbline"</h1>
                <label for="note">"Design name"</label>
                <input
                    id="note"
                    autocomplete="off"
                    on:input:target=move |ev| text.set(ev.target().value())
                />
            </main>
            <aside class="frame-panel" aria-label="Verdict">
                <h2>"Does it hold?"</h2>
                <output style:min-height="2em">{text}</output>
            </aside>
        </div>
    }
}
