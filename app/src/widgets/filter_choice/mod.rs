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
    let options = StoredValue::new(options);
    let at = Memo::new(move |_| {
        let place = chosen.with(|chosen| {
            let chosen = chosen.as_ref()?;
            options.with_value(|all| all.iter().position(|(_, value)| value == chosen))
        });
        place.map_or(String::new(), |place| place.to_string())
    });
    let names =
        options.with_value(|all| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let names = names.into_iter().enumerate();
    let choose =
        move |place: String| {
            let found = place.parse::<usize>().ok();
            chosen.set(found.and_then(|at| {
                options.with_value(|all| all.get(at).map(|(_, value)| value.clone()))
            }));
        };
    view! {
        <label>
            <span>{label}</span>
            <select prop:value=move || at.get() on:change:target=move |event| choose(event.target().value())>
                <option value="">"all"</option>
                {names.map(|(at, name)| view! { <option value=at.to_string()>{name}</option> }).collect_view()}
            </select>
        </label>
    }
    .into_any()
}
