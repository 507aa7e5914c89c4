//! What all sections share: groups of fields, lists of like things, read-outs of what follows.

use crate::format;
use crate::state::{Page, Section, use_workbench, world};
use crate::ui::*;
use crate::widgets::{Mark, Note, mark, source_note};
use plumbline_engine::design::{Edit, Path, get};
use plumbline_engine::sourced::Origin;
use serde_json::Value;

/// Fields under a heading.
pub(super) fn group(title: &str, about: &'static str, fields: Vec<AnyView>) -> AnyView {
    let about = (!about.is_empty()).then(|| view! { <p class="about">{about}</p> });
    view! {
        <section class="group">
            <h2>{title.to_owned()}</h2>
            {about}
            <div class="fields">{fields}</div>
        </section>
    }
    .into_any()
}

/// Fields that few people change, behind a disclosure.
pub(crate) fn more(title: &'static str, fields: Vec<AnyView>) -> AnyView {
    view! {
        <details class="disclosure more">
            <summary>{title}</summary>
            <div class="fields">{fields}</div>
        </details>
    }
    .into_any()
}

/// The reference that the design claims, with the way to it.
pub(super) fn claimed() -> AnyView {
    let workbench = use_workbench();
    let words = move || {
        let claim = workbench.design().with(|design| design.claim.clone())?;
        let reference = world().references.get(&claim.reference)?;
        let fragment = Page::References(Some(claim.reference)).fragment();
        Some(view! { <p class="muted">"from "<a href=fragment>{reference.title.clone()}</a></p> })
    };
    words.into_any()
}

/// Findings whose field is in this section, each with the way to the field.
pub(super) fn findings_here(section: Section) -> AnyView {
    let workbench = use_workbench();
    let parts = StoredValue::new(world().catalogue.list());
    let here = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let grave = assessment
                .findings
                .iter()
                .filter_map(|f| Some((Mark::of(f).filter(|m| *m <= Mark::Unknown)?, f)));
            let here = grave.filter(|(_, f)| {
                parts.with_value(|parts| Section::of_path(&f.subject, parts) == section)
            });
            here.map(|(mark, f)| {
                (
                    mark,
                    f.id.clone(),
                    f.statement.clone(),
                    f.message.clone(),
                    f.subject.clone(),
                )
            })
            .take(4)
            .collect::<Vec<_>>()
        })
    });
    let lines = move || {
        let lines = here.get().into_iter().map(|(grade, id, statement, message, subject)| {
            let name = ["To the field: ", &subject].concat();
            view! {
                <li>
                    {mark(grade)}
                    <span class="finding-id">{id}</span>
                    <span>{statement}</span>
                    <span class="muted">{message}</span>
                    <button type="button" class="link" aria-label=name on:click=move |_| workbench.go_to_subject(&subject)>"to the field"</button>
                </li>
            }
        });
        lines.collect_view()
    };
    view! { <ul class="findings-here">{lines}</ul> }.into_any()
}

/// A number that follows from the design: name of the fact, and what it is called here.
pub(super) type Fact = (&'static str, &'static str);

/// What follows, in a row of figures.
pub(super) fn readout(title: &'static str, facts: &'static [Fact]) -> AnyView {
    let cells: Vec<AnyView> = facts.iter().map(|fact| cell(*fact)).collect();
    view! {
        <section class="readout" aria-label=title>
            <h2>{title}</h2>
            <dl>{cells}</dl>
        </section>
    }
    .into_any()
}

fn cell((name, label): Fact) -> AnyView {
    let assessment = use_workbench().assessment();
    let found = Memo::new(move |_| {
        assessment.with(|a| a.facts.iter().find(|fact| fact.name == name).cloned())
    });
    let shown = move || found.with(|fact| fact.as_ref().map_or("unknown".into(), format::fact));
    let exact = move || {
        let number = found.with(|fact| {
            fact.as_ref()
                .and_then(|fact| fact.value.as_ref())
                .and_then(|value| value.as_f64())
        });
        number.map(|number| number.to_string())
    };
    let note = move || {
        let fact = found.get_untracked();
        let value = fact.as_ref().map_or("unknown".into(), format::fact);
        let what = fact.as_ref().map_or(label, |fact| fact.what);
        let inputs = fact
            .as_ref()
            .map(|fact| ("decided by".to_owned(), fact.subject.to_owned()));
        Note {
            title: label.into(),
            value,
            origin: Origin::derived(""),
            formula: ["Computed from this design: ", what].concat(),
            inputs: inputs.into_iter().collect(),
        }
    };
    view! {
        <div>
            <dt>{label}{source_note(label, note)}</dt>
            <dd data-fact=name data-value=exact>{shown}</dd>
        </div>
    }
    .into_any()
}

/// A list of like things of the design, each with its own fields and a way to take it out.
pub(crate) struct List {
    /// Path of the list.
    pub path: &'static str,
    /// What one of it is called.
    pub one: &'static str,
    /// What stands there while the list is empty.
    pub empty: &'static str,
    /// What can be added: label and written form.
    pub add: Vec<(&'static str, Value)>,
    /// The fields of the one at a path (`compute.groups[0]`).
    pub fields: fn(&str) -> AnyView,
}

pub(crate) fn list(list: List) -> AnyView {
    let workbench = use_workbench();
    let List {
        path,
        one,
        empty,
        add,
        fields,
    } = list;
    let count = Memo::new(move |_| {
        workbench.tree().with(|tree| {
            Path::parse(path)
                .ok()
                .and_then(|path| get(tree, &path).and_then(Value::as_array).map(Vec::len))
                .unwrap_or(0)
        })
    });
    let entry = move |at: usize| {
        let place = [path, "[", &at.to_string(), "]"].concat();
        let name = [one, " ", &(at + 1).to_string()].concat();
        let label = ["Remove ", &name].concat();
        let body = fields(&place);
        let remove = move |_| {
            let edits = vec![Edit::Remove {
                path: place.clone(),
            }];
            if let Err(error) = workbench.edit(&["remove ", one].concat(), edits, false) {
                workbench.announce(&error.to_string());
            }
        };
        view! {
            <li class="entry" aria-label=name>
                {body}
                <button type="button" class="link remove" aria-label=label on:click=remove>"remove"</button>
            </li>
        }
    };
    let buttons = add.into_iter().map(|(label, value)| {
        let insert = move |_| {
            let at = [path, "[", &count.get_untracked().to_string(), "]"].concat();
            let edits = vec![Edit::Insert {
                path: at,
                value: value.clone(),
            }];
            if let Err(error) = workbench.edit(&["add ", one].concat(), edits, false) {
                workbench.announce(&error.to_string());
            }
        };
        view! { <button type="button" on:click=insert>{label}</button> }
    });
    let buttons = buttons.collect_view();
    view! {
        {move || (count.get() == 0).then(|| view! { <p class="empty">{empty}</p> })}
        <ol class="entries">
            <For each=move || 0..count.get() key=|at| *at children=entry />
        </ol>
        <p class="actions">{buttons}</p>
    }
    .into_any()
}

/// `a.b` below a place.
pub(crate) fn at(place: &str, field: &str) -> String {
    [place, ".", field].concat()
}
