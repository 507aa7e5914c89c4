//! What every field of the design has in common: a label, a path, where its value comes from
//! and what the reference says instead.

use super::beside_table::NOT_STATED;
use super::source_note::{Note, source_note};
use crate::state::{Workbench, use_workbench, world};
use crate::ui::*;
use plumbline_engine::cost::DefaultUsed;
use plumbline_engine::design::{EditError, Path, get, same_written};
use plumbline_engine::reference::{Provenance, provenance};
use plumbline_engine::sourced::{Grade, Origin, USER_SOURCE};
use serde_json::Value;
use std::sync::Arc;

/// A field of the design, as a page describes it.
#[derive(Clone)]
pub struct Field {
    /// Its label.
    pub label: String,
    /// Path in the design.
    pub path: String,
    /// Half a line of help, shown while there is nothing more important to say.
    pub hint: String,
    /// It may be left open; the empty field then shows these words, or the default that the
    /// cost took from the price book, the region or the constants.
    pub open: Option<String>,
}

impl Field {
    /// A field that must have a value.
    pub fn new(label: &str, path: &str) -> Self {
        Self {
            label: label.into(),
            path: path.into(),
            hint: String::new(),
            open: None,
        }
    }

    /// With help.
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = hint.into();
        self
    }

    /// It may be left open; the empty field shows `shown` or the default that holds.
    pub fn optional(mut self, shown: &str) -> Self {
        self.open = Some(shown.into());
        self
    }

    /// The id of its control.
    pub fn id(&self) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        std::iter::once('f')
            .chain(std::iter::once('-'))
            .chain(self.path.chars().map(safe))
            .collect()
    }

    /// Name of the step that an edit of it makes.
    pub fn step(&self) -> String {
        ["set ", &self.label.to_ascii_lowercase()].concat()
    }

    /// Its value in the design, in the written form.
    pub fn value(&self, workbench: Workbench) -> Memo<Value> {
        let path = Path::parse(&self.path).ok();
        let tree = workbench.tree();
        Memo::new(move |_| {
            let found = path
                .as_ref()
                .and_then(|path| tree.with(|tree| get(tree, path).cloned()));
            found.unwrap_or(Value::Null)
        })
    }
}

/// Settings of the claimed reference's template.
type Settings = Arc<Vec<Provenance>>;

#[derive(Clone, Copy)]
struct Template(Memo<Settings>);

/// Lets all fields below compare themselves with the reference that the design claims.
pub fn provide_template(workbench: Workbench) {
    let claim = Memo::new(move |_| workbench.design().with(|design| design.claim.clone()));
    provide_context(Template(Memo::new(move |_| {
        workbench.supplied().track();
        workbench.supply.own.track();
        let found = claim.with(|claim| {
            let claim = claim.as_ref()?;
            let reference = world().references.get(&claim.reference)?;
            Some(provenance(reference, claim.units, &claim.variant))
        });
        Arc::new(found.unwrap_or_default())
    })));
}

/// The default that the cost took at a path, while the field is open.
pub(super) fn default_of(path: &str) -> Memo<Option<DefaultUsed>> {
    let assessment = use_workbench().assessment();
    let path = path.to_owned();
    Memo::new(move |_| {
        assessment.with(|a| {
            a.costs
                .defaults
                .iter()
                .find(|default| default.path == path)
                .cloned()
        })
    })
}

/// What the reference sets at a path.
pub(super) fn template_of(path: &str) -> Option<Provenance> {
    use_context::<Template>().and_then(|template| {
        template
            .0
            .with(|all| all.iter().find(|setting| setting.path == path).cloned())
    })
}

/// Why an edit was refused, without the path, which the field shows by where it stands.
pub fn reason(error: &EditError) -> String {
    match error {
        EditError::Value { message, .. } => message.clone(),
        EditError::OutOfBounds(problem) => {
            ["found ", &problem.found, ", expected ", &problem.expected].concat()
        }
        other => other.to_string(),
    }
}

/// A value in the form in which it is shown beside a field.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => NOT_STATED.into(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::String(text) if text.is_empty() => "none".into(),
        Value::String(text) => text.clone(),
        // A whole number without the point that JSON gives it.
        other => other
            .as_f64()
            .map(|number| number.to_string())
            .unwrap_or_default(),
    }
}

/// Label, control and the line below it: an error, else the echo, else how the value departs
/// from the reference, else the hint. `show` turns a written value into words.
pub(super) fn framed(
    field: Field,
    value: Memo<Value>,
    control: AnyView,
    error: Signal<Option<String>>,
    echo: Signal<Option<String>>,
    show: fn(&Value) -> String,
) -> AnyView {
    let id = field.id();
    let note_id = [&id, "-note"].concat();
    let below = below(field.clone(), value, error, echo, show);
    view! {
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <div class="field-head">
                <label for=id>{field.label.clone()}</label>
                {source_of(field, value, show)}
            </div>
            {control}
            <p class="field-note" id=note_id>{below}</p>
        </div>
    }
    .into_any()
}

fn below(
    field: Field,
    value: Memo<Value>,
    error: Signal<Option<String>>,
    echo: Signal<Option<String>>,
    show: fn(&Value) -> String,
) -> impl Fn() -> AnyView {
    let workbench = use_workbench();
    let path = field.path.clone();
    let template = Memo::new(move |_| template_of(&path).map(|setting| setting.value));
    move || {
        if let Some(error) = error.get() {
            let kept = ["; the design keeps ", &value.with(show)].concat();
            return view! { <span class="field-error">{error}{kept}</span> }.into_any();
        }
        if let Some(echo) = echo.get() {
            return view! { <span class="field-echo">"= " {echo}</span> }.into_any();
        }
        let departs = template.with(|template| {
            let template = template.as_ref()?;
            value.with(|value| (!same_written(value, template)).then(|| template.clone()))
        });
        let Some(template) = departs else {
            return field.hint.clone().into_any();
        };
        let says = ["reference: ", &show(&template)].concat();
        let (label, path) = (
            ["reset ", &field.label.to_ascii_lowercase()].concat(),
            field.path.clone(),
        );
        let name = label.clone();
        view! {
            <span class="field-departs">{says}</span>
            <button type="button" class="link" aria-label=name
                on:click=move |_| workbench.set(&label, &path, template.clone())>"reset"</button>
        }
        .into_any()
    }
}

/// The button that says where the value comes from, where that is known.
fn source_of(field: Field, value: Memo<Value>, show: fn(&Value) -> String) -> impl Fn() -> AnyView {
    let default = if field.open.is_some() {
        default_of(&field.path)
    } else {
        Memo::new(|_| None)
    };
    move || {
        let template = template_of(&field.path);
        if template.is_none() && default.with(Option::is_none) {
            return ().into_any();
        }
        let title = field.label.clone();
        source_note(&field.label, move || {
            let now = value.get_untracked();
            let (shown, origin, formula) = match (default.get_untracked(), &template) {
                (Some(default), _) => (
                    default.value,
                    default.origin,
                    "The field is open, so this default holds.".to_owned(),
                ),
                (_, Some(setting)) if same_written(&now, &setting.value) => {
                    (show(&now), setting.origin.clone(), String::new())
                }
                (_, Some(setting)) => {
                    let says = [
                        "The reference says ",
                        &show(&setting.value),
                        ": ",
                        &setting.origin.section,
                    ]
                    .concat();
                    (show(&now), own(), says)
                }
                _ => (show(&now), own(), String::new()),
            };
            Note {
                title: title.clone(),
                value: shown,
                origin,
                formula,
                inputs: Vec::new(),
            }
        })
    }
}

fn own() -> Origin {
    Origin {
        grade: Grade::User,
        source: USER_SOURCE.into(),
        section: "set in this design".into(),
    }
}
