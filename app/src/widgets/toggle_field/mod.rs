//! Yes or no.

use super::field::{Field, framed, plain};
use crate::state::use_workbench;
use crate::ui::*;

/// A check box with its label, source and departure from the reference.
pub fn toggle_field(field: Field) -> AnyView {
    let workbench = use_workbench();
    let value = field.value(workbench);
    let checked = move || value.with(|value| value.as_bool().unwrap_or(false));
    let (step, path, id) = (field.step(), field.path.clone(), field.id());
    let described = [&id, "-note"].concat();
    let control = view! {
        <span class="toggle">
            <input id=id type="checkbox" data-path=field.path.clone() aria-describedby=described
                prop:checked=checked
                on:change:target=move |event| workbench.set(&step, &path, event.target().checked()) />
            <span aria-hidden="true">{move || if checked() { "yes" } else { "no" }}</span>
        </span>
    };
    let none = Signal::stored(None);
    framed(field, value, control.into_any(), none, none, plain)
}
