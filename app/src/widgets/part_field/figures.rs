//! The figures of a part as a table, each with its source and, where the person knows better,
//! the person's own value in its place.

use crate::shell::dom;
use crate::state::{Page, Workbench, use_workbench, world};
use crate::ui::html;
use crate::ui::*;
use crate::widgets::field::{plain, reason};
use crate::widgets::{Figure, Note, figures_of, override_value, source_note, words};
use leptos::ev::KeyboardEvent;
use plumbline_engine::derive::Parts;
use plumbline_engine::design::{Edit, apply_all};
use plumbline_engine::scalar::Scalar;
use plumbline_engine::sourced::{Grade, Origin, USER_SOURCE};

/// A disclosure with the figures of a part; nothing where no part is chosen.
pub fn part_figures(id: String) -> AnyView {
    let Some(part) = world().catalogue.to_json(&id) else {
        return ().into_any();
    };
    let figures = StoredValue::new(figures_of(&part));
    let workbench = use_workbench();
    let opened = RwSignal::new(false);
    let own = {
        let id = id.clone();
        Memo::new(move |_| {
            workbench
                .design()
                .with(|design| design.overrides.get(&id).map_or(0, |fields| fields.len()))
        })
    };
    let title = move || match own.get() {
        0 => String::from("Figures"),
        count => ["Figures · ", &count.to_string(), " overridden"].concat(),
    };
    let rows = move || {
        opened.get().then(|| {
            let rows = figures.with_value(|all| all.iter().map(|figure| row(workbench, &id, figure.clone())).collect_view());
            view! {
                <table class="data figures-of-part">
                    <caption class="visually-hidden">{["Figures of ", &super::part_name(&id)].concat()}</caption>
                    <thead><tr>
                        <th scope="col">"Figure"</th><th scope="col">"Value"</th><th scope="col">"Grade"</th>
                        <th scope="col"><span class="visually-hidden">"Override"</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <p><a href=Page::Catalogue(Some(id.clone())).fragment()>"In the catalogue"</a></p>
            }
        })
    };
    view! {
        <details class="disclosure" on:toggle=move |_| opened.set(true)>
            <summary>{title}</summary>
            {rows}
        </details>
    }
    .into_any()
}

fn row(workbench: Workbench, part: &str, figure: Figure) -> AnyView {
    let name = words(&figure.field);
    let path = ["overrides.", part, ".", &figure.field].concat();
    let (id, field) = (part.to_owned(), figure.field.clone());
    let own: Memo<Option<Scalar>> = Memo::new(move |_| {
        workbench.design().with(|d| {
            d.overrides
                .get(&id)
                .and_then(|fields| fields.get(&field))
                .cloned()
        })
    });
    let editing = RwSignal::new(false);
    let catalogue = StoredValue::new(figure.clone());
    let shown = move || {
        own.get().map_or_else(
            || catalogue.with_value(|f| plain(&f.value)),
            |own| own.to_string(),
        )
    };
    let grade = move || {
        if own.with(Option::is_some) {
            Grade::User
        } else {
            catalogue.with_value(|f| f.origin.grade)
        }
    };
    let note = {
        let title = name.clone();
        move || {
            let figure = catalogue.get_value();
            match own.get_untracked() {
                None => Note {
                    title: title.clone(),
                    value: plain(&figure.value),
                    origin: figure.origin,
                    formula: String::new(),
                    inputs: Vec::new(),
                },
                Some(own) => Note {
                    title: title.clone(),
                    value: own.to_string(),
                    origin: Origin {
                        grade: Grade::User,
                        source: USER_SOURCE.into(),
                        section: "set in this design".into(),
                    },
                    formula: ["The catalogue says ", &plain(&figure.value), "."].concat(),
                    inputs: Vec::new(),
                },
            }
        }
    };
    let (reset_path, label) = (path.clone(), name.clone());
    let entry_label = name.clone();
    let cell = move || {
        if editing.get() {
            return own_value(
                workbench,
                path.clone(),
                entry_label.clone(),
                shown(),
                catalogue,
                editing,
            );
        }
        shown().into_any()
    };
    let control = move || {
        if own.with(Option::is_some) {
            let (path, step) = (reset_path.clone(), ["reset ", &label].concat());
            let reset = move |_| {
                let edits = vec![Edit::Remove { path: path.clone() }];
                let _ = workbench.edit(&step, edits, false);
            };
            return view! { <button type="button" class="link" aria-label=["Reset ", &label].concat() on:click=reset>"reset"</button> }.into_any();
        }
        view! { <button type="button" class="link" aria-label=["Override ", &label].concat() on:click=move |_| editing.set(true)>"override"</button> }.into_any()
    };
    view! {
        <tr class:own=move || own.with(Option::is_some)>
            <th scope="row">{name.clone()}</th>
            <td>{cell}</td>
            <td class="grade">{move || grade().to_string()} {source_note(&name, note)}</td>
            <td>{control}</td>
        </tr>
    }
    .into_any()
}

/// The person's own value: Enter takes it, Esc leaves it, a text that does not fit stays.
fn own_value(
    workbench: Workbench,
    path: String,
    name: String,
    now: String,
    catalogue: StoredValue<Figure>,
    editing: RwSignal<bool>,
) -> AnyView {
    let wrong = RwSignal::new(None::<String>);
    let id = [
        "own-",
        &path.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
    ]
    .concat();
    let note = [&id, "-note"].concat();
    let step = ["override ", &name].concat();
    let data_path = path.clone();
    let take = move |text: String| {
        let value = catalogue.with_value(|figure| override_value(&text, &figure.value));
        let edits = vec![Edit::set(path.clone(), value.to_json())];
        // An override that does not fit would be a finding later; here it can be said at once.
        let fault = match apply_all(&workbench.design().get_untracked(), &edits) {
            Err(error) => Some(reason(&error)),
            Ok((next, _)) => Parts::new(&next, world())
                .faults
                .into_iter()
                .find(|f| f.path == path)
                .map(|f| f.message),
        };
        match fault {
            None => {
                let _ = workbench.edit(&step, edits, false);
                editing.set(false);
            }
            fault => wrong.set(fault),
        }
    };
    // Who asked for it wants to type at once, over what is there.
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            dom::after_paint(move || {
                let _ = input.focus();
                input.select();
            });
        }
    });
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => take(event_target_value(&event)),
        "Escape" => {
            event.stop_propagation();
            editing.set(false);
        }
        _ => {}
    };
    view! {
        <input id=id node_ref=input type="text" autocomplete="off" aria-label=["Own value of ", &name].concat()
            aria-describedby=note.clone() aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            data-path=data_path value=now on:keydown=keys />
        <span class="field-note" id=note>
            {move || match wrong.get() {
                Some(wrong) => view! { <span class="field-error">{wrong}</span> }.into_any(),
                None => "Enter takes it, Esc leaves it".into_any(),
            }}
        </span>
    }
    .into_any()
}
