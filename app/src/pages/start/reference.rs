//! From a reference: which, how large, which variant; and what that is, before it opens.

use crate::format;
use crate::later::assessed;
use crate::state::{
    Needs, Page, Section, Stage, Supply, Workbench, entries, entry, index, use_workbench, world,
};
use crate::ui::*;
use crate::widgets::waiting;
use plumbline_engine::design::Design;
use plumbline_engine::reference::{ReferenceEntry, UnitName, instantiate, units_for_nodes};

/// What the person has picked so far.
#[derive(Clone, Copy)]
struct Pick {
    reference: RwSignal<String>,
    units: RwSignal<u32>,
    /// An own number of nodes, as typed; it wins over `units` where it is not empty.
    nodes: RwSignal<String>,
    /// `None` takes the variant that the document prints at this size.
    variant: RwSignal<Option<String>>,
    /// The design is to open as soon as its data is here.
    opening: RwSignal<bool>,
}

impl Pick {
    fn entry(self) -> Option<&'static ReferenceEntry> {
        self.reference.with(|id| entry(id))
    }

    fn needs(self) -> Needs {
        self.reference
            .with(|id| Needs::claims([id.as_str()].into_iter()))
    }

    /// The design, or why there is none; nothing while its data is not here.
    fn made(self, supply: Supply) -> Option<Result<Design, String>> {
        supply.has(&self.needs()).then(|| self.design())
    }

    fn design(self) -> Result<Design, String> {
        let reference = self.reference.with(|id| world().references.get(id));
        let reference = reference.ok_or("choose a reference")?;
        let variant = self.variant.get();
        let typed = self.nodes.with(|text| text.trim().replace([',', ' '], ""));
        if typed.is_empty() {
            return instantiate(reference, self.units.get(), None, variant.as_deref())
                .map_err(|e| e.to_string());
        }
        let nodes: u32 = typed
            .parse()
            .map_err(|_| ["found \"", &typed, "\", expected a whole number of nodes"].concat())?;
        let units =
            units_for_nodes(reference, nodes, variant.as_deref()).map_err(|e| e.to_string())?;
        instantiate(reference, units, Some(nodes), variant.as_deref()).map_err(|e| e.to_string())
    }
}

pub(super) fn from_reference() -> AnyView {
    let workbench = use_workbench();
    let supply = workbench.supply;
    let first = index().first.as_ref().and_then(|first| first.claim.clone());
    let pick = Pick {
        reference: RwSignal::new(
            first
                .as_ref()
                .map(|claim| claim.reference.clone())
                .unwrap_or_default(),
        ),
        units: RwSignal::new(first.map_or(1, |claim| claim.units)),
        nodes: RwSignal::new(String::new()),
        variant: RwSignal::new(None),
        opening: RwSignal::new(false),
    };
    let design = Memo::new(move |_| pick.made(supply));
    load_when_picked(workbench, pick);
    // Whoever comes this far wants something of it soon.
    let near = move || supply.want(&Needs::claims(std::iter::empty()));
    view! {
        <section class="start-reference" aria-label="From a reference" on:pointerenter=move |_| near() on:focusin=move |_| near()>
            <div class="fields">
                {which(pick)}
                {sizes(pick)}
                {own_size(pick)}
                {variants(pick)}
            </div>
            {preview(pick, design)}
        </section>
    }
    .into_any()
}

/// Loads what the pick needs once the person has picked something; before that only where data
/// is loaded anyway.
fn load_when_picked(workbench: Workbench, pick: Pick) {
    Effect::new(move |before: Option<()>| {
        let needs = pick.needs();
        pick.units.track();
        pick.nodes.track();
        pick.variant.track();
        if pick.opening.get() || before.is_some() || workbench.computing.get_untracked() {
            workbench.supply.want(&needs);
        }
    });
}

fn which(pick: Pick) -> AnyView {
    let own = use_workbench().supply.own;
    let options = move || {
        own.track();
        // By publisher, in the order of the ids, which begin with it.
        let mut publishers: Vec<&str> = Vec::new();
        for entry in entries() {
            if !publishers.contains(&entry.publisher.as_str()) {
                publishers.push(&entry.publisher);
            }
        }
        let groups = publishers.into_iter().map(|publisher| {
            let theirs = entries().filter(|entry| entry.publisher == publisher);
            let options = theirs.map(|entry| {
                let id = entry.id.clone();
                let selected = pick.reference.with_untracked(|now| *now == id);
                view! { <option value=id selected=selected>{entry.title.clone()}</option> }
            });
            let options = options.collect_view();
            view! { <optgroup label=publisher.to_owned()>{options}</optgroup> }
        });
        groups.collect_view()
    };
    let choose = move |id: String| {
        pick.reference.set(id);
        pick.variant.set(None);
        pick.opening.set(false);
        // A size of the last reference may not be one of this.
        let sizes = untrack(|| pick.entry()).map_or(&[][..], |entry| &entry.sizes);
        if !sizes.contains(&pick.units.get_untracked()) {
            pick.units.set(sizes.first().copied().unwrap_or(1));
        }
    };
    let facts = move || {
        pick.entry().map(|entry| {
            let words = [entry.document.as_str(), " ", &entry.version, ", ", &entry.date, " · ", &format::plural(entry.requirements, "requirement", "requirements")].concat();
            view! { {words}" · "<a href=Page::References(Some(entry.id.clone())).fragment()>"read it"</a> }
        })
    };
    view! {
        <div class="field wide">
            <div class="field-head"><label for="start-reference">"Reference architecture"</label></div>
            <select id="start-reference" on:change:target=move |event| choose(event.target().value())>{options}</select>
            <p class="field-note">{facts}</p>
        </div>
    }
    .into_any()
}

fn sizes(pick: Pick) -> AnyView {
    let buttons = move || {
        let Some(entry) = pick.entry() else {
            return Vec::new();
        };
        let per_unit = entry.unit_nodes.unwrap_or(0);
        let buttons = entry.sizes.iter().map(|&units| {
            let pressed = move || (pick.units.get() == units && pick.nodes.with(String::is_empty)).to_string();
            let take = move |_| {
                pick.units.set(units);
                pick.nodes.set(String::new());
            };
            let title = [&format::count(f64::from(per_unit)), " nodes per unit"].concat();
            view! {
                <button type="button" aria-pressed=pressed title=title on:click=take>{entry.unit.sized(units)}</button>
            }
        });
        buttons.collect()
    };
    let legend = move || {
        let entry = pick.entry();
        let unit = entry
            .map_or(UnitName::ScalableUnit, |entry| entry.unit)
            .words(2);
        let printed = ["Size as printed, in ", unit].concat();
        match entry.map(|entry| entry.range) {
            Some((Some(from), Some(to))) => {
                let (from, to) = (format::count(f64::from(from)), format::count(f64::from(to)));
                [&printed, "; the document covers ", &from, " to ", &to].concat()
            }
            _ => printed,
        }
    };
    view! {
        <fieldset class="field wide">
            <legend>{legend}</legend>
            <div class="actions sizes">{buttons}</div>
        </fieldset>
    }
    .into_any()
}

fn own_size(pick: Pick) -> AnyView {
    view! {
        <div class="field">
            <div class="field-head"><label for="start-nodes">"or any number of nodes"</label></div>
            <input id="start-nodes" type="text" inputmode="numeric" autocomplete="off" placeholder="as printed"
                aria-describedby="start-nodes-note" prop:value=pick.nodes
                on:input:target=move |event| pick.nodes.set(event.target().value()) />
            <p class="field-note" id="start-nodes-note">"in whole units of fabric, empty places kept"</p>
        </div>
    }
    .into_any()
}

fn variants(pick: Pick) -> AnyView {
    let supply = use_workbench().supply;
    let options = move || {
        let Some(entry) = pick.entry() else {
            return Vec::new();
        };
        let options = entry.variants.iter().map(|variant| {
            view! { <option value=variant.clone()>{variant.clone()}</option> }
        });
        options.collect()
    };
    let says = move || {
        let wanted = pick.variant.get()?;
        // Said once the reference is here, which a pick asks for.
        let reference = supply.has(&pick.needs()).then(|| {
            let id = pick.reference.get();
            world().references.get(&id)
        });
        let mut variants = reference.flatten()?.variants.iter();
        let variant = variants.find(|variant| variant.id == wanted)?;
        Some(variant.summary.clone())
    };
    let choose = move |id: String| pick.variant.set((!id.is_empty()).then_some(id));
    view! {
        <div class="field">
            <div class="field-head"><label for="start-variant">"Variant"</label></div>
            <select id="start-variant" aria-describedby="start-variant-note"
                prop:value=move || pick.variant.get().unwrap_or_default()
                on:change:target=move |event| choose(event.target().value())>
                <option value="">"as printed at this size"</option>
                {options}
            </select>
            <p class="field-note" id="start-variant-note">{says}</p>
        </div>
    }
    .into_any()
}

/// What would open, and the page's one primary action.
fn preview(pick: Pick, design: Memo<Option<Result<Design, String>>>) -> AnyView {
    let workbench = use_workbench();
    let needs = Memo::new(move |_| pick.needs());
    let stage = Memo::new(move |_| needs.with(|needs| workbench.supply.stage(needs)));
    Effect::new(move |_| {
        let Some(made) = design.get().filter(|_| pick.opening.get()) else {
            return;
        };
        pick.opening.set(false);
        if let Ok(design) = made {
            workbench.open_design(design);
            workbench.go(Page::Design(Section::Workload));
        }
    });
    let facts = Memo::new(move |_| {
        design.with(|design| {
            let design = match design.as_ref()? {
                Ok(design) => design,
                Err(reason) => return Some(Err(reason.clone())),
            };
            let assessment = assessed(design, world())?;
            let fact = |name: &str| {
                assessment
                    .facts
                    .iter()
                    .find(|f| f.name == name)
                    .map_or("unknown".into(), format::fact)
            };
            let s = assessment.summary;
            let capex = format::money(assessment.costs.capex.mid);
            let capex = if assessment.costs.at_least() {
                ["at least ", &capex].concat()
            } else {
                capex
            };
            Some(Ok(vec![
                ("Nodes", fact("compute.nodes")),
                ("Accelerators", fact("compute.accelerators")),
                (
                    "Leaf / spine / core",
                    [
                        fact("compute.leaf"),
                        fact("compute.spine"),
                        fact("compute.core"),
                    ]
                    .join(" / "),
                ),
                ("IT power", fact("power.it")),
                ("Capex", capex),
                (
                    "Findings",
                    [
                        format::plural(s.blocker, "blocker", "blockers"),
                        format::plural(s.deviation, "deviation", "deviations"),
                        format::plural(s.unknown, "unknown", "unknown"),
                    ]
                    .join(", "),
                ),
            ]))
        })
    });
    let shown = move || {
        match facts.get() {
        None => (stage.get() == Stage::Unasked).then(|| {
            view! { <p class="muted">"A full design. Its counts, power, cost and findings are computed when you pick a size or open it."</p> }
        }).into_any(),
        Some(Ok(facts)) => {
            let rows = facts
                .into_iter()
                .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
            view! { <dl class="preview">{rows.collect_view()}</dl> }.into_any()
        }
        Some(Err(reason)) => view! { <p class="field-error" role="alert">{reason}</p> }.into_any(),
    }
    };
    let beside = move || {
        let open = workbench.documents.with(Vec::len);
        let untouched = workbench.documents.with(|all| {
            all.get(workbench.active.get())
                .is_some_and(|d| d.untouched())
        });
        let name = workbench.design().with(|design| design.name.clone());
        match (untouched, open) {
            (true, _) => String::new(),
            (false, 4) => ["Takes the place of ", &name, "; undo brings that back."].concat(),
            (false, _) => ["Opens beside ", &name, "."].concat(),
        }
    };
    view! {
        <div class="start-preview">
            <h2>"What opens"</h2>
            {shown}
            {waiting(needs)}
            <button type="button" class="primary" disabled=move || design.with(|made| matches!(made, Some(Err(_))))
                aria-busy=move || pick.opening.get().then_some("true") on:click=move |_| pick.opening.set(true)>"Open this design"</button>
            <p class="field-note">{beside}</p>
        </div>
    }
    .into_any()
}
