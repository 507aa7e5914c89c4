//! One of a few.

use super::field::{Field, framed, plain};
use crate::state::use_workbench;
use crate::ui::*;
use serde_json::Value;

/// One thing to choose.
#[derive(Clone, PartialEq)]
pub struct Choice {
    /// Its written form.
    pub value: Value,
    /// For people.
    pub label: String,
}

impl Choice {
    /// A choice that is written as text.
    pub fn new(value: &str, label: &str) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// A choice of these. A value of the design that is none of them is shown as it is written.
pub fn select_field(field: Field, mut choices: Vec<Choice>) -> AnyView {
    let workbench = use_workbench();
    let value = field.value(workbench);
    if let Some(open) = &field.open {
        choices.insert(
            0,
            Choice {
                value: Value::Null,
                label: open.clone(),
            },
        );
    }
    let choices = StoredValue::new(choices);
    let at = Memo::new(move |_| {
        value.with(|value| {
            choices.with_value(|all| all.iter().position(|choice| choice.value == *value))
        })
    });
    let options = move || {
        let listed = choices.with_value(|all| {
            all.iter()
                .map(|choice| choice.label.clone())
                .collect::<Vec<_>>()
        });
        let other = at
            .get()
            .is_none()
            .then(|| [&value.with(plain), " (not in the list)"].concat());
        let chosen = at.get().unwrap_or(listed.len());
        let all = listed.into_iter().chain(other).enumerate();
        all.map(|(index, label)| view! { <option value=index.to_string() selected=index == chosen>{label}</option> })
            .collect_view()
    };
    let (step, path) = (field.step(), field.path.clone());
    let choose = move |index: String| {
        let index = index.parse::<usize>().unwrap_or(usize::MAX);
        if let Some(choice) = choices.with_value(|all| all.get(index).cloned()) {
            workbench.set(&step, &path, choice.value);
        }
    };
    let id = field.id();
    let described = [&id, "-note"].concat();
    let control = view! {
        <select id=id data-path=field.path.clone() aria-describedby=described
            prop:value=move || at.get().map(|at| at.to_string()).unwrap_or_default()
            on:change:target=move |event| choose(event.target().value())>
            {options}
        </select>
    };
    let none = Signal::stored(None);
    framed(field, value, control.into_any(), none, none, plain)
}

/// Yes, no, or not stated.
pub fn yes_no_field(field: Field) -> AnyView {
    let choice = |value: bool, label: &str| Choice {
        value: value.into(),
        label: label.into(),
    };
    select_field(
        field.optional("not stated"),
        vec![choice(true, "yes"), choice(false, "no")],
    )
}
