//! A field into which text is typed. Each text that the engine accepts is an edit at once; a
//! text that it refuses stays where it is, with the engine's own words beside it.

use super::field::{Field, default_of, framed, reason};
use crate::state::use_workbench;
use crate::ui::*;
use leptos::ev::KeyboardEvent;
use plumbline_engine::design::Edit;
use serde_json::Value;
use std::time::Duration;

/// How one kind of entry is read and written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// From the text to the written form; the engine judges the rest.
    pub read: fn(&str) -> Result<Value, String>,
    /// From the written form to the text of the field.
    pub write: fn(&Value) -> String,
    /// Which keys a touch screen offers.
    pub keys: &'static str,
    /// Says what the engine read where the text does not.
    pub echo: bool,
    /// It takes several lines.
    pub lines: bool,
}

/// A half-typed text is no error yet.
const PATIENCE: Duration = Duration::from_millis(900);

pub(super) fn entry(field: Field, form: Form) -> AnyView {
    let workbench = use_workbench();
    let value = field.value(workbench);
    // What is in the field while it differs from what the design would show there.
    let draft = RwSignal::new(None::<String>);
    let refused = RwSignal::new(None::<String>);
    let patient = RwSignal::new(false);
    let sent = StoredValue::new(Value::Null);
    let joins = StoredValue::new(false);
    let round = StoredValue::new(0_u32);

    // Undo, a fix or a reset changed the value: the draft is no longer what it was about.
    Effect::new(move |before: Option<()>| {
        let now = value.get();
        if before.is_some() && sent.with_value(|sent| *sent != now) {
            draft.set(None);
            refused.set(None);
        }
    });

    let (step, path, optional) = (field.step(), field.path.clone(), field.open.is_some());
    let take = move |text: String| {
        let empty = optional && text.trim().is_empty();
        let read = if empty {
            Ok(Value::Null)
        } else {
            (form.read)(&text)
        };
        draft.set(Some(text));
        let result = read.and_then(|json| {
            let edits = vec![Edit::set(path.clone(), json)];
            workbench
                .edit(&step, edits, joins.get_value())
                .map_err(|error| reason(&error))
        });
        round.update_value(|round| *round += 1);
        match result {
            Ok(()) => {
                joins.set_value(true);
                sent.set_value(value.get_untracked());
                refused.set(None);
            }
            Err(reason) => {
                patient.set(refused.with_untracked(Option::is_none) || patient.get_untracked());
                refused.set(Some(reason));
                let this = round.get_value();
                let late = move || {
                    if round.try_get_value() == Some(this) {
                        patient.set(false);
                    }
                };
                set_timeout(late, PATIENCE);
            }
        }
    };
    let settle = move || {
        // A field that goes with its page loses the focus only after it is gone.
        if patient.try_set(false).is_some() {
            return;
        }
        joins.set_value(false);
        if refused.with_untracked(Option::is_none) {
            draft.set(None);
        }
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => settle(),
        "Escape" if draft.with_untracked(Option::is_some) => {
            event.stop_propagation();
            draft.set(None);
            refused.set(None);
        }
        _ => {}
    };
    let error = Signal::derive(move || if patient.get() { None } else { refused.get() });
    let echo = Signal::derive(move || {
        let typed = draft.get().filter(|_| form.echo)?;
        let read = refused
            .with(Option::is_none)
            .then(|| value.with(form.write))?;
        (read != typed.trim() && !read.is_empty()).then_some(read)
    });
    let id = field.id();
    let described = [&id, "-note"].concat();
    let shown = placeholder(&field);
    let shows = move || draft.get().unwrap_or_else(|| value.with(form.write));
    let wrong = move || error.with(Option::is_some).then_some("true");
    let control = match form.lines {
        true => view! {
            <textarea id=id rows="4" autocomplete="off" spellcheck="false" data-path=field.path.clone()
                placeholder=shown aria-describedby=described aria-invalid=wrong prop:value=shows
                on:input:target=move |event| take(event.target().value())
                on:blur=move |_| settle()
                on:keydown=keys></textarea>
        }
        .into_any(),
        false => view! {
            <input id=id type="text" autocomplete="off" spellcheck="false" inputmode=form.keys data-path=field.path.clone()
                placeholder=shown aria-describedby=described aria-invalid=wrong prop:value=shows
                on:input:target=move |event| take(event.target().value())
                on:blur=move |_| settle()
                on:keydown=keys />
        }
        .into_any(),
    };
    framed(field, value, control, error, echo, form.write)
}

/// What an empty field shows: the default that holds, else a word.
fn placeholder(field: &Field) -> Signal<String> {
    let Some(word) = field.open.clone() else {
        return Signal::stored(String::new());
    };
    let default = default_of(&field.path);
    Signal::derive(move || {
        default.with(|default| {
            default
                .as_ref()
                .map_or(word.clone(), |default| default.value.clone())
        })
    })
}
