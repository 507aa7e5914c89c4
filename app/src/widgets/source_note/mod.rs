//! "Why this number?": a small button beside a figure, and the note that it opens.

use crate::shell::dom;
use crate::state::world;
use crate::ui::html;
use crate::ui::*;
use plumbline_engine::sourced::{Grade, Origin, USER_SOURCE};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What stands behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// What the figure is.
    pub title: String,
    /// The figure itself, in full.
    pub value: String,
    /// Grade, source and section.
    pub origin: Origin,
    /// How it follows from others, or what it stands for; empty if there is nothing to say.
    pub formula: String,
    /// What it follows from, with values.
    pub inputs: Vec<(String, String)>,
}

/// The one note that is open, and where.
#[derive(Clone, Copy)]
pub struct Notes(RwSignal<Option<(Note, [f64; 2])>>);

/// Lets the figures below open their notes; [`note_host`] shows them.
pub fn provide_notes() -> Notes {
    let notes = Notes(RwSignal::new(None));
    provide_context(notes);
    notes
}

/// The button beside a figure called `label`. The note is made when it is asked for.
pub fn source_note(label: &str, note: impl Fn() -> Note + 'static) -> AnyView {
    let notes = use_context::<Notes>();
    let name = ["Source of ", label].concat();
    let open = move |event: leptos::ev::MouseEvent| {
        let Some(notes) = notes else { return };
        let button = event
            .current_target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let place = button.map(|button| button.get_bounding_client_rect());
        let place = place.map_or([0.0, 0.0], |rect| [rect.left(), rect.bottom()]);
        notes.0.set(Some((note(), place)));
    };
    view! {
        <button type="button" class="source" aria-label=name aria-haspopup="dialog" on:click=open>
            <span aria-hidden="true">"i"</span>
        </button>
    }
    .into_any()
}

/// Shows the note that is open. It is no modal dialog: Esc, its button or a click elsewhere
/// closes it, and the focus goes back to where it came from.
pub fn note_host(notes: Notes) -> AnyView {
    let box_ = NodeRef::<html::Div>::new();
    let from = StoredValue::new_local(None::<HtmlElement>);
    let close = move || {
        notes.0.set(None);
        if let Some(button) = from.get_value() {
            let _ = button.focus();
        }
    };
    Effect::new(move |_| {
        if notes.0.with(Option::is_some) {
            let active = document()
                .active_element()
                .and_then(|active| active.dyn_into::<HtmlElement>().ok());
            if active
                .as_ref()
                .is_none_or(|active| !active.class_list().contains("note"))
            {
                from.set_value(active);
            }
            dom::after_paint(move || {
                if let Some(note) = box_.get_untracked() {
                    let _ = note.focus();
                }
            });
        }
    });
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        let inside = |note: &web_sys::HtmlDivElement| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            note.contains(target.as_ref())
        };
        if notes.0.with_untracked(Option::is_some)
            && box_.get_untracked().is_some_and(|note| !inside(&note))
        {
            notes.0.set(None);
        }
    });
    on_cleanup(move || pressed.remove());
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let shown = move || {
        let (note, [x, y]) = notes.0.get()?;
        let left = format!("min({x}px, 100vw - 340px)");
        let label = note.title.clone();
        Some(view! {
            <div node_ref=box_ class="note" role="dialog" aria-label=label tabindex="-1" on:keydown=keys
                style:left=left style:top=format!("min({y}px + 4px, 100vh - 260px)")>
                {body(note)}
                <button type="button" class="link" on:click=move |_| close()>"Close"</button>
            </div>
        })
    };
    shown.into_any()
}

fn body(note: Note) -> AnyView {
    let grade = [
        note.origin.grade.to_string().as_str(),
        ": ",
        meaning(note.origin.grade),
    ]
    .concat();
    let inputs = note
        .inputs
        .into_iter()
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect_view();
    view! {
        <h2>{note.title}</h2>
        <p class="note-value">{note.value}</p>
        {(!note.formula.is_empty()).then(|| view! { <p>{note.formula}</p> })}
        <dl class="note-inputs">{inputs}</dl>
        <p class="grade">{grade}</p>
        {source(&note.origin)}
    }
    .into_any()
}

/// Title, section, date and the originator's own page, where there is one.
fn source(origin: &Origin) -> AnyView {
    let section = (!origin.section.is_empty()).then(|| origin.section.clone());
    if origin.source == USER_SOURCE || origin.source.is_empty() {
        return view! { <p>{section}</p> }.into_any();
    }
    view! { <p>{originator_link(&origin.source)}</p><p class="muted">{section}</p> }.into_any()
}

/// A source by its key: publisher, title, version, date; linked to the originator's own page.
pub fn originator_link(key: &str) -> AnyView {
    let Some(source) = world().source(key) else {
        return key.to_owned().into_any();
    };
    let words: Vec<&str> = [
        &source.publisher,
        &source.title,
        &source.version,
        &source.date,
    ]
    .into_iter()
    .map(String::as_str)
    .filter(|w| !w.is_empty())
    .collect();
    let words = words.join(", ");
    if source.url.is_empty() {
        return words.into_any();
    }
    view! { <a href=source.url.as_str() target="_blank" rel="noopener noreferrer">{words}</a> }
        .into_any()
}

fn meaning(grade: Grade) -> &'static str {
    match grade {
        Grade::Measured => "a published measurement",
        Grade::Primary => "read in the publisher's own document",
        Grade::Secondary => "somebody else's transcription of the document",
        Grade::Derived => "computed from sourced figures",
        Grade::Estimate => "an estimate with a stated basis",
        Grade::Memory => "from memory, not yet found in a document",
        Grade::User => "set by you",
        Grade::Unknown => "looked for and not found",
    }
}
