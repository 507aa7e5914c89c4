//! Two to four references side by side: what a design of each begins as at its first size, and
//! where the document says so.

use super::browse::{Browse, MOST};
use crate::format;
use crate::state::{Page, Section, Workbench, use_workbench, world};
use crate::ui::*;
use crate::widgets::{
    self, Cell, Line, NOT_STATED, Note, Row, beside_table, part_name, price_note,
};
use plumbline_engine::design::Design;
use plumbline_engine::reference::{Provenance, Reference, UnitName, instantiate, provenance};
use plumbline_engine::sourced::{Grade, Origin, Sourced};
use plumbline_engine::{Assessment, assess};
use serde_json::Value;

/// Where the cells of a row come from.
#[derive(Clone, Copy)]
enum From {
    /// The settings of a path of the template; one that ends in `[` takes the whole list.
    Path(&'static str),
    /// A named fact of the design at its first size.
    Fact(&'static str),
    /// The reference itself.
    Its(fn(&Reference) -> Sourced<String>),
    /// What the price book has of the part that is one unit, or one node.
    Price(fn(&Side) -> Result<String, &'static str>),
    /// What the design at its first size comes to.
    Capex,
}

/// The rows, in the order in which a cluster is bought.
const ROWS: [(&str, From); 32] = [
    ("Publisher", From::Its(|r| stated(r, r.publisher.clone()))),
    (
        "Document",
        From::Its(|r| {
            stated(
                r,
                [r.document.as_str(), " ", &r.version, ", ", &r.date].concat(),
            )
        }),
    ),
    ("Kind", From::Its(|r| stated(r, r.kind.words().to_owned()))),
    ("Unit", From::Its(unit)),
    ("First size", From::Its(first_size)),
    ("Node", From::Path("compute.groups[0].part")),
    ("Nodes", From::Fact("compute.nodes")),
    ("Accelerator", From::Fact("node.accelerator")),
    ("Accelerators per node", From::Fact("node.accelerators")),
    ("Accelerators", From::Fact("compute.accelerators")),
    ("Topology", From::Path("fabrics.compute.topology")),
    ("Leaf switch", From::Path("fabrics.compute.leaf")),
    ("Leaf switches", From::Fact("compute.leaf")),
    ("Spine switch", From::Path("fabrics.compute.spine")),
    ("Spine switches", From::Fact("compute.spine")),
    ("Blocking", From::Fact("compute.oversubscription")),
    ("Planes", From::Path("fabrics.compute.planes")),
    ("Storage system", From::Path("storage.system")),
    ("Storage level", From::Path("storage.level")),
    ("Storage read", From::Fact("storage.read")),
    ("Levels of storage", From::Its(levels)),
    (
        "Nodes per rack",
        From::Path("compute.groups[0].nodes_per_rack"),
    ),
    ("Rack power", From::Path("site.rack_power")),
    ("Load of a full rack", From::Fact("rack.load")),
    ("Cooling", From::Path("site.cooling")),
    ("Cooling of a node", From::Fact("node.cooling")),
    (
        "Management software",
        From::Path("orchestration.schedulers["),
    ),
    ("Management servers", From::Fact("management.total")),
    (
        "Requirements",
        From::Its(|r| stated(r, r.requirements.len().to_string())),
    ),
    ("Price of a unit", From::Price(unit_part)),
    ("Price of a node", From::Price(node_part)),
    ("Capex, computed", From::Capex),
];

/// A reference with what follows from it.
struct Side {
    reference: &'static Reference,
    settings: Vec<Provenance>,
    design: Design,
    assessment: Assessment,
}

/// The page.
pub(super) fn beside(ids: &str) -> AnyView {
    let workbench = use_workbench();
    let ids: Vec<String> = ids.split(',').take(MOST).map(str::to_owned).collect();
    let browse: Browse = expect_context();
    browse.chosen.set(ids.clone());
    let table = move || {
        workbench.supply.own.track();
        let sides: Vec<Side> = ids.iter().filter_map(|id| side(id)).collect();
        table(workbench, sides)
    };
    view! {
        <div class="page-references">
            <p class="crumb"><a href="#/references">"References"</a></p>
            <h1>"References side by side"</h1>
            <p class="page-lead">
                "Each at the first size that its document prints. Every cell has its source one click away; what is not known says what was looked for."
            </p>
            {table}
        </div>
    }
    .into_any()
}

fn side(id: &str) -> Option<Side> {
    let reference = world().references.get(id)?;
    let units = reference.sizes.iter().find_map(|size| size.known());
    let design = instantiate(reference, units.unwrap_or(1), None, None).ok()?;
    let claim = design.claim.clone().unwrap_or_default();
    Some(Side {
        reference,
        settings: provenance(reference, claim.units, &claim.variant),
        assessment: assess(&design, world()),
        design,
    })
}

fn table(workbench: Workbench, sides: Vec<Side>) -> AnyView {
    if sides.len() < 2 {
        return view! { <p>"Choose two to four among "<a href="#/references">"all references"</a>"."</p> }.into_any();
    }
    let heads = sides.iter().map(|side| side.reference.title.clone());
    let heads = heads.collect();
    let lines = ROWS.into_iter().map(|(label, from)| Line {
        label: label.to_owned(),
        sides: sides
            .iter()
            .map(|side| widgets::Side::Figure(note(side, label, from)))
            .collect(),
    });
    let lines = lines.collect();
    let last = move || {
        let starts = sides.iter().map(|side| start(workbench, side));
        Some(Row {
            cells: std::iter::once(Cell::text("Begin")).chain(starts).collect(),
        })
    };
    beside_table("A design of each at its first size", heads, lines, last)
}

/// One click to a design of it.
fn start(workbench: Workbench, side: &Side) -> Cell {
    let design = side.design.clone();
    let label = ["Start a design: ", &side.reference.title].concat();
    let open = move |_| {
        workbench.open_design(design.clone());
        workbench.go(Page::Design(Section::Compute));
    };
    let address = Page::References(Some(side.reference.id.clone())).fragment();
    Cell::view(
        view! {
            <button type="button" aria-label=label on:click=open>"Start a design"</button>
            " "<a href=address>"read it"</a>
        }
        .into_any(),
    )
}

/// What a cell shows, and all that stands behind it.
fn note(side: &Side, label: &str, from: From) -> Note {
    let mut formula = String::new();
    let (value, origin) = match from {
        From::Its(get) => {
            let figure = get(side.reference);
            (figure.value.clone(), figure.origin())
        }
        From::Path(path) => {
            let of = |one: &&Provenance| match path.ends_with('[') {
                true => one.path.starts_with(path),
                false => one.path == path,
            };
            let settings: Vec<&Provenance> = side.settings.iter().filter(of).collect();
            let values: Vec<String> = settings.iter().filter_map(|s| shown(&s.value)).collect();
            let origin = settings.first().map(|setting| setting.origin.clone());
            let none = Origin::unknown("the document sets nothing here");
            (
                (!values.is_empty()).then(|| values.join(", ")),
                origin.unwrap_or(none),
            )
        }
        From::Fact(name) => {
            let fact = side.assessment.facts.iter().find(|fact| fact.name == name);
            formula = fact.map_or("", |fact| fact.what).to_owned();
            let value = fact
                .filter(|fact| fact.value.is_some())
                .map(|fact| part_name(&format::fact(fact)));
            match value {
                None => (None, Origin::unknown("what it follows from is not known")),
                value => (value, Origin::derived("from the design at its first size")),
            }
        }
        From::Price(part) => match part(side) {
            Ok(part) => return price_note([label, ", ", &side.reference.title].concat(), &part),
            Err(reason) => (None, Origin::unknown(reason)),
        },
        From::Capex => {
            let costs = &side.assessment.costs;
            let least = if costs.at_least() { "at least " } else { "" };
            let value = [least, &format::money_range(costs.capex)].concat();
            formula = "purchase and installation by the price book".into();
            (
                Some(value),
                Origin::derived("from the design at its first size"),
            )
        }
    };
    Note {
        title: [label, ", ", &side.reference.title].concat(),
        value: value.unwrap_or_else(|| NOT_STATED.into()),
        origin,
        formula,
        inputs: Vec::new(),
    }
}

/// The part that is one unit: a node where sizes are counted in nodes, a rack that is one unit.
/// What is computed for a unit of several racks is no price of it.
fn unit_part(side: &Side) -> Result<String, &'static str> {
    let nodes = side.reference.unit.nodes.known();
    let group = side.design.compute.groups.first();
    match group.zip(nodes) {
        Some((group, 1)) => Ok(group.part.clone()),
        Some((group, nodes)) if nodes == group.nodes_per_rack && !group.rack.is_empty() => {
            Ok(group.rack.clone())
        }
        _ => Err("no document or price book states a price of the unit"),
    }
}

fn node_part(side: &Side) -> Result<String, &'static str> {
    let group = side.design.compute.groups.first();
    let part = group.map(|group| group.part.clone());
    part.filter(|part| !part.is_empty())
        .ok_or("no node is named")
}

/// A setting in words: the name of a part, a text, a number; nothing where it is left open.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(spelt(part_name(text))),
        other => Some(other.to_string()),
    }
}

/// A name of the written form in words: `RailOptimised` is "rail-optimised". Other text stays.
fn spelt(text: String) -> String {
    let starts = |c: char| c.is_ascii_uppercase();
    let one_word = text.chars().all(|c| c.is_ascii_alphabetic());
    if !one_word || !text.chars().skip(1).any(starts) || text.chars().all(starts) {
        return text;
    }
    let mut words = String::new();
    for c in text.chars() {
        if starts(c) && !words.is_empty() {
            words.push('-');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// What the reference says of itself.
fn stated(reference: &Reference, value: String) -> Sourced<String> {
    Sourced {
        value: Some(value),
        grade: Grade::Primary,
        source: reference.source.clone(),
        section: String::new(),
    }
}

fn unit(reference: &Reference) -> Sourced<String> {
    let name = reference.unit.name;
    reference.unit.nodes.map(|nodes| match name {
        UnitName::Node => name.words(1).to_owned(),
        _ => {
            let nodes = format::plural(*nodes as usize, "node", "nodes");
            [name.words(1), " of ", &nodes].concat()
        }
    })
}

fn first_size(reference: &Reference) -> Sourced<String> {
    let first = reference.sizes.iter().find(|size| size.known().is_some());
    let words = |units: &u32| {
        [
            &units.to_string(),
            " ",
            reference.unit.name.words((*units).into()),
        ]
        .concat()
    };
    let none = || Sourced::unknown("the document prints no size; one unit is shown");
    first.map_or_else(none, |size| size.map(words))
}

fn levels(reference: &Reference) -> Sourced<String> {
    let levels = &reference.storage_levels;
    let names: Vec<&str> = levels.iter().map(|level| level.name.as_str()).collect();
    let none = || Sourced::unknown("the document has no levels of storage performance");
    levels
        .first()
        .map_or_else(none, |level| level.read.map(|_| names.join(", ")))
}
