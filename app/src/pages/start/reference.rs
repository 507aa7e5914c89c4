//! From a reference: which, how large, which variant; and what that is, before it opens.

use crate::format;
use crate::state::{Page, Section, use_workbench, world};
use crate::ui::*;
use plumbline_engine::assess;
use plumbline_engine::design::Design;
use plumbline_engine::reference::{Reference, instantiate, units_for_nodes};

/// What the person has picked so far.
#[derive(Clone, Copy)]
struct Pick {
    reference: RwSignal<String>,
    units: RwSignal<u32>,
    /// An own number of nodes, as typed; it wins over `units` where it is not empty.
    nodes: RwSignal<String>,
    /// `None` takes the variant that the document prints at this size.
    variant: RwSignal<Option<String>>,
}

impl Pick {
    fn reference(self) -> Option<&'static Reference> {
        self.reference.with(|id| world().references.get(id))
    }

    /// The design, or why there is none.
    fn design(self) -> Result<Design, String> {
        let reference = self.reference().ok_or("choose a reference")?;
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
    let first = crate::first_design().and_then(|design| design.claim);
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
    };
    let design = Memo::new(move |_| pick.design());
    view! {
        <section class="start-reference" aria-label="From a reference">
            <div class="fields">
                {which(pick)}
                {sizes(pick)}
                {own_size(pick)}
                {variants(pick)}
            </div>
            {preview(design)}
        </section>
    }
    .into_any()
}

fn which(pick: Pick) -> AnyView {
    let options = world().references.values().map(|reference| {
        let id = reference.id.clone();
        let selected = pick.reference.with_untracked(|now| *now == id);
        view! { <option value=id selected=selected>{reference.title.clone()}</option> }
    });
    let options = options.collect_view();
    let choose = move |id: String| {
        pick.reference.set(id);
        pick.variant.set(None);
        // A size of the last reference may not be one of this.
        let sizes = untrack(|| pick.reference())
            .map(|r| r.sizes.iter().filter_map(|s| s.known()).collect::<Vec<_>>())
            .unwrap_or_default();
        if !sizes.contains(&pick.units.get_untracked()) {
            pick.units.set(sizes.first().copied().unwrap_or(1));
        }
    };
    let facts = move || {
        pick.reference().map(|reference| {
            let words = [reference.document.as_str(), " ", &reference.version, ", ", &reference.date, " · ", &format::plural(reference.requirements.len(), "requirement", "requirements")].concat();
            view! { {words}" · "<a href=Page::References(Some(reference.id.clone())).fragment()>"read it"</a> }
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
        let Some(reference) = pick.reference() else {
            return Vec::new();
        };
        let per_unit = reference.unit.nodes.known().unwrap_or(0);
        let sizes = reference.sizes.iter().filter_map(|size| size.known());
        let buttons = sizes.map(|units| {
            let pressed = move || (pick.units.get() == units && pick.nodes.with(String::is_empty)).to_string();
            let take = move |_| {
                pick.units.set(units);
                pick.nodes.set(String::new());
            };
            let title = [&format::count(f64::from(per_unit)), " nodes per unit"].concat();
            view! {
                <button type="button" aria-pressed=pressed title=title on:click=take>{format::count(f64::from(units))}" SU"</button>
            }
        });
        buttons.collect()
    };
    view! {
        <fieldset class="field wide">
            <legend>"Size as printed, in scalable units"</legend>
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
    let options = move || {
        let Some(reference) = pick.reference() else {
            return Vec::new();
        };
        let options = reference.variants.iter().map(|variant| {
            view! { <option value=variant.id.clone() title=variant.summary.clone()>{variant.id.clone()}</option> }
        });
        options.collect()
    };
    let says = move || {
        let reference = pick.reference()?;
        let wanted = pick.variant.get()?;
        reference
            .variants
            .iter()
            .find(|variant| variant.id == wanted)
            .map(|variant| variant.summary.clone())
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
fn preview(design: Memo<Result<Design, String>>) -> AnyView {
    let workbench = use_workbench();
    let open = move |_| {
        if let Ok(design) = design.get_untracked() {
            workbench.open_design(design);
            workbench.go(Page::Design(Section::Workload));
        }
    };
    let facts = Memo::new(move |_| {
        design.with(|design| {
            let design = design.as_ref().map_err(String::clone)?;
            let assessment = assess(design, world());
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
            Ok::<_, String>(vec![
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
            ])
        })
    });
    let shown = move || match facts.get() {
        Ok(facts) => {
            let rows = facts
                .into_iter()
                .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
            view! { <dl class="preview">{rows.collect_view()}</dl> }.into_any()
        }
        Err(reason) => view! { <p class="field-error" role="alert">{reason}</p> }.into_any(),
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
            <button type="button" class="primary" disabled=move || design.with(Result::is_err) on:click=open>"Open this design"</button>
            <p class="field-note">{beside}</p>
        </div>
    }
    .into_any()
}
