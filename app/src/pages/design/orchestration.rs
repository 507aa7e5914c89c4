//! Schedulers, licences and management servers.

use super::layout::{List, at, group, list, readout};
use crate::state::{use_workbench, world};
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, part_field, select_field, text_field, toggle_field, yes_no_field,
};
use plumbline_engine::design::Edit;
use serde_json::{Value, json};

/// Mature sites run both.
const SCHEDULERS: [&str; 2] = ["Slurm", "Kubernetes"];

/// Software whose version a requirement may ask for, with the label of its field.
const VERSIONED: [(&str, &str); 2] = [("os", "Operating system"), ("rocm", "Version of ROCm")];

pub(super) fn editor() -> AnyView {
    let mut licences: Vec<Choice> = world()
        .prices
        .licences
        .keys()
        .map(|key| Choice::new(key, &key.replace('-', " ")))
        .collect();
    licences.insert(0, Choice::new("", "none"));
    let software = vec![
        schedulers(),
        toggle_field(Field::new(
            "Tenants do not trust one another",
            "orchestration.multi_tenant",
        )),
        select_field(
            Field::new("Licence per accelerator", "orchestration.licence"),
            licences,
        ),
        yes_no_field(Field::new("Backups are planned", "orchestration.backup")),
        yes_no_field(Field::new("Security is planned", "orchestration.security")),
        versions(),
    ];
    let servers = list(List {
        path: "orchestration.servers",
        one: "server group",
        empty: "No management servers yet.",
        add: vec![("Add servers", json!({"role": "Other", "count": 1}))],
        fields,
    });
    view! {
        {readout("What follows", &[
            ("management.total", "Management servers"),
            ("management.head", "Head nodes"),
            ("management.login", "Login nodes"),
            ("ufm.compute", "Fabric managers, compute"),
            ("ufm.storage", "Fabric managers, storage"),
        ])}
        {group("Software", "", software)}
        <section class="group">
            <h2>"Management servers and appliances"</h2>
            {servers}
        </section>
    }
    .into_any()
}

/// A field for what a requirement may ask for, and for whatever else the design names; one that is
/// emptied stays while the page does.
fn versions() -> AnyView {
    let workbench = use_workbench();
    let names = Memo::new(move |before: Option<&Vec<String>>| {
        let known = || VERSIONED.map(|(name, _)| name.to_owned()).to_vec();
        let mut names = before.cloned().unwrap_or_else(known);
        workbench.design().with(|design| {
            let own = design.orchestration.software.keys();
            let new: Vec<String> = own.filter(|name| !names.contains(name)).cloned().collect();
            names.extend(new);
        });
        names
    });
    let field = |name: String| {
        let known = VERSIONED.iter().find(|(known, _)| *known == name);
        let label = known.map_or_else(
            || ["Version of ", &name].concat(),
            |(_, label)| (*label).to_owned(),
        );
        let path = ["orchestration.software.", &name].concat();
        text_field(Field::new(&label, &path).optional("not stated"))
    };
    view! { <For each=move || names.get() key=String::clone children=field /> }.into_any()
}

fn fields(place: &str) -> AnyView {
    let field = |label: &str, name: &str| Field::new(label, &at(place, name));
    let roles = [
        ("Head", "cluster manager head"),
        ("Login", "login"),
        ("KubernetesAdmin", "Kubernetes, administration"),
        ("KubernetesUser", "Kubernetes, users"),
        ("FabricManagerCompute", "fabric manager, compute"),
        ("FabricManagerStorage", "fabric manager, storage"),
        ("Other", "other"),
    ];
    let roles = roles
        .map(|(value, label)| Choice::new(value, label))
        .to_vec();
    let fields = vec![
        select_field(field("Role", "role"), roles),
        part_field(field("Server", "part").optional("none"), "server"),
        count_field(field("Servers", "count")),
    ];
    view! { <div class="fields">{fields}</div> }.into_any()
}

/// A list in the design, boxes here; a name that is none of ours stays in the list.
fn schedulers() -> AnyView {
    let workbench = use_workbench();
    let path = "orchestration.schedulers";
    let value = Field::new("Schedulers", path).value(workbench);
    let names = Memo::new(move |_| {
        value.with(|value| {
            value
                .as_array()
                .map(|all| {
                    all.iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                })
                .unwrap_or_default()
        })
    });
    let boxes = SCHEDULERS.map(|name| {
        let turn = move |on: bool| {
            let mut list = names.get_untracked();
            list.retain(|one| one != name);
            if on {
                list.push(name.to_owned());
            }
            if let Err(error) = workbench.edit("set schedulers", vec![Edit::set(path, list)], false) {
                workbench.announce(&error.to_string());
            }
        };
        view! {
            <label class="toggle">
                <input type="checkbox" data-path=path prop:checked=move || names.with(|all| all.iter().any(|one| one == name))
                    on:change:target=move |event| turn(event.target().checked()) />
                {name}
            </label>
        }
    });
    let others = move || {
        let others: Vec<String> = names
            .get()
            .into_iter()
            .filter(|name| !SCHEDULERS.contains(&name.as_str()))
            .collect();
        (!others.is_empty()).then(|| ["also: ", &others.join(", ")].concat())
    };
    view! {
        <fieldset class="field">
            <legend>"Schedulers"</legend>
            {boxes.collect_view()}
            <p class="field-note">{others}</p>
        </fieldset>
    }
    .into_any()
}
