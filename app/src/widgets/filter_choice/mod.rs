//! One choice of a filter; the empty one takes all.

use crate::ui::*;

/// A list of what there is to choose from, by name.
pub fn filter_choice<T>(
    label: &'static str,
    options: Vec<(String, T)>,
    chosen: RwSignal<Option<T>>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let names = options.iter().map(|(name, _)| name.clone()).collect();
    let options = StoredValue::new(options);
    let at = Memo::new(move |_| {
        chosen.with(|chosen| {
            let chosen = chosen.as_ref()?;
            options.with_value(|all| all.iter().position(|(_, value)| value == chosen))
        })
    });
    let choose = move |at: Option<usize>| {
        let value =
            |at: usize| options.with_value(|all| all.get(at).map(|(_, value)| value.clone()));
        chosen.set(at.and_then(value));
    };
    choice(label, names, at, Box::new(choose))
}

/// The same by place in the list, compiled once for all kinds of values.
fn choice(
    label: &'static str,
    names: Vec<String>,
    at: Memo<Option<usize>>,
    choose: Box<dyn Fn(Option<usize>)>,
) -> AnyView {
    let options = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| view! { <option value=at.to_string()>{name}</option> });
    let options = options.collect_view();
    let shown = move || at.get().map(|at| at.to_string()).unwrap_or_default();
    view! {
        <label>
            <span>{label}</span>
            <select prop:value=shown on:change:target=move |event| choose(event.target().value().parse().ok())>
                <option value="">"all"</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}
