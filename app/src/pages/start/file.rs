//! From a file; and a file that could not be read, to put right on the spot.

use crate::files::{BrokenFile, ask, broken, open_text};
use crate::state::use_workbench;
use crate::ui::html;
use crate::ui::*;
use plumbline_engine::load::LoadError;

pub(super) fn from_file() -> AnyView {
    let workbench = use_workbench();
    view! {
        <section class="group">
            <h2>"From a file"</h2>
            <p class="about">"A design as .ron or .json. Dropping it anywhere on the page opens it too."</p>
            <p class="actions"><button type="button" on:click=move |_| ask(workbench)>"Open a file…"</button></p>
        </section>
    }
    .into_any()
}

pub(super) fn broken_file() -> AnyView {
    let broken = broken();
    let shown = move || broken.get().map(|file| repair(file, broken));
    shown.into_any()
}

fn repair(file: BrokenFile, broken: RwSignal<Option<BrokenFile>>) -> AnyView {
    let workbench = use_workbench();
    let text = NodeRef::<html::Textarea>::new();
    let name = file.name.clone();
    let again = move |_| {
        if let Some(text) = text.get_untracked() {
            open_text(workbench, broken, &name, text.value());
        }
    };
    let BrokenFile {
        name,
        text: content,
        error,
    } = file;
    let excerpt = excerpt(&content, &error);
    view! {
        <section class="notice" aria-label="A file that cannot be opened">
            <h2>{name}" cannot be opened as it is"</h2>
            <div role="alert">{fault(&error)}</div>
            {excerpt.map(|excerpt| view! { <pre class="excerpt">{excerpt}</pre> })}
            <label for="broken-text">"Its text: put it right here and try again. Nothing else has changed."</label>
            <textarea id="broken-text" node_ref=text rows="14" spellcheck="false" prop:value=content></textarea>
            <p class="actions">
                <button type="button" class="primary" on:click=again>"Try again"</button>
                <button type="button" class="quiet" on:click=move |_| broken.set(None)>"Put this away"</button>
            </p>
        </section>
    }
    .into_any()
}

/// Where, what, and what was expected.
fn fault(error: &LoadError) -> AnyView {
    let place = (error.line > 0).then(|| {
        [
            "Line ",
            &error.line.to_string(),
            ", column ",
            &error.column.to_string(),
        ]
        .concat()
    });
    let path = (!error.path.is_empty() && error.path != ".").then(|| error.path.clone());
    let place: Vec<String> = place
        .into_iter()
        .chain(path.map(|path| ["at ", &path].concat()))
        .collect();
    let nearest = error
        .nearest
        .as_ref()
        .map(|nearest| ["Nearest valid name: ", nearest].concat());
    view! {
        <p><strong>{place.join(", ")}</strong></p>
        <p>{error.message.clone()}</p>
        {nearest.map(|nearest| view! { <p>{nearest}</p> })}
    }
    .into_any()
}

/// The line at fault with a caret under the column.
fn excerpt(text: &str, error: &LoadError) -> Option<String> {
    let line = text.lines().nth(error.line.checked_sub(1)?)?;
    // A document on one line is longer than any screen.
    let start = error.column.saturating_sub(40);
    let shown: String = line.chars().skip(start).take(100).collect();
    let caret = " ".repeat(error.column.saturating_sub(1).saturating_sub(start));
    Some([&shown, "\n", &caret, "^"].concat())
}
