//! From a file; and a file that could not be read, to put right on the spot.

use crate::files::{BrokenFile, ask, broken, open_text};
use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::repair;

pub(super) fn from_file() -> AnyView {
    let workbench = use_workbench();
    view! {
        <section class="group">
            <h2>"From a file"</h2>
            <p class="about">"A design, or a standard of your own to check against, as .ron or .json. Dropping it anywhere on the page opens it too."</p>
            <p class="actions"><button type="button" on:click=move |_| ask(workbench)>"Open a file…"</button></p>
        </section>
    }
    .into_any()
}

pub(super) fn broken_file() -> AnyView {
    let broken = broken();
    let shown = move || broken.get().map(|file| repaired(file, broken));
    shown.into_any()
}

fn repaired(file: BrokenFile, broken: RwSignal<Option<BrokenFile>>) -> AnyView {
    let workbench = use_workbench();
    let name = file.name.clone();
    let again = move |text| open_text(workbench, broken, &name, text);
    let away = move || broken.set(None);
    repair(&file.name, file.text, &[file.error], again, away)
}
