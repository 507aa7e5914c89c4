//! The person's own price of a line, typed right where ours stands.

use crate::state::use_workbench;
use crate::ui::*;
use crate::widgets::{Field, quantity_field, text_field};
use plumbline_engine::design::Edit;

/// Price and note of a line; the note shows once there is a price.
pub(super) fn quote(path: &str, label: &str) -> AnyView {
    let workbench = use_workbench();
    let key = path.to_owned();
    let quoted = Memo::new(move |_| {
        workbench
            .design()
            .with(|design| design.quotes.get(&key).is_some_and(|q| q.price.is_some()))
    });
    let price = Field::new(
        &format!("Your price: {label}"),
        &format!("quotes.{path}.price"),
    )
    .optional("book");
    let note = Field::new(
        &format!("Who quoted it: {label}"),
        &format!("quotes.{path}.note"),
    );
    let clear = format!("Back to the book: {label}");
    let step = format!("clear the quote of {label}");
    let entry = format!("quotes.{path}");
    let extra = move || {
        quoted.get().then(|| {
            let (step, entry) = (step.clone(), entry.clone());
            let forget = move |_| match workbench.edit(&step, vec![Edit::Remove { path: entry.clone() }], false) {
                Ok(()) => workbench.announce("back to the book's price"),
                Err(error) => workbench.announce(&error.to_string()),
            };
            view! {
                {text_field(note.clone())}
                <button type="button" class="link" aria-label=clear.clone() on:click=forget>"back to the book"</button>
            }
        })
    };
    view! { <div class="quote bare">{quantity_field(price)}{extra}</div> }.into_any()
}
