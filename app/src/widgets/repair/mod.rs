//! A text that cannot be used as it is: every fault with its place, and the text to put right on
//! the spot.

use crate::ui::html;
use crate::ui::*;
use plumbline_engine::load::LoadError;

/// `again` takes the text as it was put right; `away` forgets it.
pub fn repair(
    name: &str,
    text: String,
    faults: &[LoadError],
    again: impl Fn(String) + 'static,
    away: impl Fn() + 'static,
) -> AnyView {
    let area = NodeRef::<html::Textarea>::new();
    let again = move |_| {
        if let Some(area) = area.get_untracked() {
            again(area.value());
        }
    };
    let faults = faults.iter().map(|error| fault(&text, error));
    let faults = faults.collect_view();
    view! {
        <section class="notice" aria-label="A file that cannot be opened">
            <h2>{name.to_owned()}" cannot be opened as it is"</h2>
            <div class="faults" role="alert">{faults}</div>
            <label class="repair">
                <span>"Its text: put it right here and try again. Nothing else has changed."</span>
                <textarea node_ref=area rows="14" spellcheck="false" prop:value=text></textarea>
            </label>
            <p class="actions">
                <button type="button" class="primary" on:click=again>"Try again"</button>
                <button type="button" class="quiet" on:click=move |_| away()>"Put this away"</button>
            </p>
        </section>
    }
    .into_any()
}

/// Where, what, and what was expected.
fn fault(text: &str, error: &LoadError) -> AnyView {
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
    let excerpt = excerpt(text, error);
    view! {
        <p><strong>{place.join(", ")}</strong></p>
        <p>{error.message.clone()}</p>
        {nearest.map(|nearest| view! { <p>{nearest}</p> })}
        {excerpt.map(|excerpt| view! { <pre class="excerpt">{excerpt}</pre> })}
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
