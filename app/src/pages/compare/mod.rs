//! Two to four designs side by side, and between two of them every difference: of the design,
//! field by field; of the cost, line by line, summing to the whole.

mod add;
mod cost;
mod fields;
mod numbers;
mod pair;

use crate::state::{Workbench, use_workbench};
use crate::ui::*;

/// The page.
pub fn page() -> AnyView {
    let workbench = use_workbench();
    let count = Memo::new(move |_| workbench.documents.with(Vec::len));
    let several = Memo::new(move |_| count.get() > 1);
    let pair = pair::Pair::new(workbench);
    let body = move || {
        match several.get() {
        true => view! {
            {pair.view()}
            {cost::difference(pair)}
            {fields::difference(pair)}
        }
        .into_any(),
        false => view! {
            <p>"One design is open. Put a second one beside it, and every difference between them is listed and priced."</p>
        }
        .into_any(),
    }
    };
    view! {
        <div class="page-compare">
            <h1>"Compare"</h1>
            {add::add()}
            {numbers::numbers()}
            {body}
        </div>
    }
    .into_any()
}

/// The name of the design at an index; two of the same name are told apart by their place.
fn name_of(workbench: Workbench, at: usize) -> String {
    workbench.documents.with(|all| {
        let name = all
            .get(at)
            .map(|document| document.now.name.clone())
            .unwrap_or_default();
        let same = all
            .iter()
            .filter(|document| document.now.name == name)
            .count();
        if same > 1 {
            format!("{name} ({})", at + 1)
        } else {
            name
        }
    })
}
