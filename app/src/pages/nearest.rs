//! Which references the design at hand is nearest to, and what would change on the way to each.

use crate::format::{self, plural};
use crate::shell::dom;
use crate::state::{Page, entries, entry, use_workbench, world};
use crate::ui::*;
use crate::widgets::changes_table;
use plumbline_engine::design::{EditError, apply_all};
use plumbline_engine::quantity::Money;
use plumbline_engine::{Neighbour, neighbours};
use std::sync::Arc;

/// As many as a person looks at; the rest is one press away.
const FIRST: usize = 12;

/// All references from the nearest on; `None` until they are ranked.
type Ranked = RwSignal<Option<Arc<Vec<Neighbour>>>>;

/// The page.
pub fn page() -> AnyView {
    let workbench = use_workbench();
    let ranked: Ranked = RwSignal::new(None);
    let busy = RwSignal::new(true);
    // It takes as long as many assessments: the page is painted first, and the last ranking stays
    // until there is a new one.
    Effect::new(move |_| {
        workbench.supply.own.track();
        let design = workbench.design().get();
        busy.set(true);
        dom::after_paint(move || {
            let newest = workbench.design().try_get_untracked();
            if newest.is_some_and(|newest| Arc::ptr_eq(&newest, &design))
                && ranked.try_with_untracked(|_| ()).is_some()
            {
                ranked.set(Some(Arc::new(neighbours(&design, world()))));
                busy.set(false);
            }
        });
    });
    let all = RwSignal::new(false);
    let ids = Memo::new(move |_| {
        let most = if all.get() { usize::MAX } else { FIRST };
        ranked.with(|ranked| {
            let ranked = ranked.iter().flat_map(|ranked| ranked.iter());
            let ids = ranked.take(most).map(|n| n.reference.clone());
            ids.collect::<Vec<_>>()
        })
    });
    let count = Memo::new(move |_| ranked.with(|r| r.as_ref().map_or(0, |r| r.len())));
    let status = move || match busy.get() {
        true => {
            let held = plural(entries().count(), "reference", "references");
            format!("Holding the design against {held}…")
        }
        false if count.get() == 0 => {
            "Nothing to rank: the design has no nodes, so that it has no size.".into()
        }
        false => plural(
            count.get(),
            "reference, the nearest first",
            "references, the nearest first",
        ),
    };
    let name = move || workbench.design().with(|design| design.name.clone());
    view! {
        <div class="page-nearest">
            <h1>"Nearest references"</h1>
            <p class="page-lead">
                "What separates "<b>{name}</b>" from each reference at its own size: fewest changes first, then the money that they move. What a document leaves open changes nothing."
            </p>
            <p class="muted" role="status">{status}</p>
            <ol class="neighbours" aria-busy=move || busy.get().then_some("true")>
                <For each=move || ids.get() key=Clone::clone children=move |id| row(id, ranked) />
            </ol>
            <p class="actions" hidden=move || all.get() || count.get() <= FIRST>
                <button type="button" on:click=move |_| all.set(true)>{move || ["Show all ", &count.get().to_string()].concat()}</button>
            </p>
        </div>
    }
    .into_any()
}

fn row(id: String, ranked: Ranked) -> AnyView {
    let head = entry(&id);
    let title = head.map_or(id.clone(), |entry| entry.title.clone());
    let publisher = head.map(|entry| entry.publisher.as_str());
    let neighbour = Memo::new(move |_| {
        ranked.with(|ranked| {
            let mut ranked = ranked.iter().flat_map(|ranked| ranked.iter());
            ranked.find(|n| n.reference == id).cloned()
        })
    });
    let open = RwSignal::new(false);
    let told = move |say: fn(&Neighbour) -> String| {
        move || neighbour.with(|n| n.as_ref().map(say).unwrap_or_default())
    };
    view! {
        <li>
            <details on:toggle:target=move |event| {
                let _ = open.try_set(event.target().open());
            }>
                <summary>
                    <span class="neighbour-title"><b>{title}</b>" "<span class="muted">{publisher}</span></span>
                    <span class="muted">{told(size)}</span>
                    <span class="neighbour-changes">{told(|n| plural(n.changes.len(), "change", "changes"))}</span>
                    <span class="neighbour-cost">{told(|n| n.cost.map_or("cost not known".into(), cost))}</span>
                    <span>{told(|n| plural(n.deviations, "deviation", "deviations"))}</span>
                </summary>
                {move || open.get().then(|| body(neighbour))}
            </details>
        </li>
    }
    .into_any()
}

fn size(neighbour: &Neighbour) -> String {
    let unit = entry(&neighbour.reference).map_or("", |e| e.unit.words(neighbour.units.into()));
    [&neighbour.units.to_string(), " ", unit].concat()
}

fn cost(change: Money) -> String {
    match change == Money::ZERO {
        true => "same cost".into(),
        false => format::change(&format::money(change), change < Money::ZERO),
    }
}

/// What would change, and what can be done about it.
fn body(neighbour: Memo<Option<Neighbour>>) -> AnyView {
    let workbench = use_workbench();
    let refused = RwSignal::new(None::<String>);
    let shown = move || {
        let neighbour = neighbour.get()?;
        // The ranking is of this design or of the one before the last edit, which is a moment ago.
        let design = workbench.design().get();
        let impossible = apply_all(&design, &neighbour.changes).err();
        let impossible = impossible.map(|error| error.to_string());
        let claimed = design.claim.as_ref().is_some_and(|claim| {
            claim.reference == neighbour.reference
                && claim.variant == neighbour.variant
                && claim.units == neighbour.units
        });
        let facts = [size(&neighbour).as_str(), ", variant ", &neighbour.variant].concat();
        let over_life = neighbour.cost.filter(|change| *change != Money::ZERO);
        let over_life = over_life.map(|change| {
            let full = format::change(&format::money_full(change), change < Money::ZERO);
            [&full, " over the life, undiscounted, if all are made."].concat()
        });
        let unpriced = neighbour.cost.is_none().then_some(
            "What they cost is not known: a price is missing on one side, or they make no design.",
        );
        let table = (!neighbour.changes.is_empty()).then(|| {
            let heads = ["Now".to_owned(), "Would be".to_owned()];
            let tree = workbench.tree().get();
            changes_table("Changes", heads, &tree, &neighbour.changes)
        });
        let same = table
            .is_none()
            .then_some("Nothing that the document states would change.");
        let none = table.is_none() || impossible.is_some();
        let reference = Page::References(Some(neighbour.reference.clone())).fragment();
        let wanted = (
            neighbour.reference.clone(),
            neighbour.units,
            neighbour.variant,
        );
        let (id, units, variant) = wanted;
        let take = move |_| refused.set(said(workbench.claim(&id, units, &variant)));
        let all = neighbour.changes;
        let make = move |_| {
            let label = "apply the changes to a reference";
            refused.set(said(workbench.edit(label, all.clone(), false)));
        };
        let title = entry(&neighbour.reference).map_or("", |entry| &entry.title);
        // The name of a button begins with what it shows.
        let claim_words = if claimed {
            "Claimed"
        } else {
            "Claim this reference"
        };
        let claim_label = [claim_words, ": ", title].concat();
        let apply_label = ["Apply all changes: ", title].concat();
        Some(view! {
            <p>{facts}" · "<a href=reference>"read the reference"</a></p>
            <p>{same}{over_life}{unpriced}</p>
            {table}
            <p class="actions">
                <button type="button" aria-label=claim_label disabled=claimed on:click=take>{claim_words}</button>
                <button type="button" aria-label=apply_label class="primary" disabled=none on:click=make>"Apply all changes"</button>
            </p>
            {impossible.map(|why| view! { <p class="field-error">"They cannot be applied together: "{why}</p> })}
        })
    };
    view! {
        <div class="neighbour-body">
            {shown}
            <p class="field-error" role="alert">{move || refused.get()}</p>
        </div>
    }
    .into_any()
}

fn said(done: Result<(), EditError>) -> Option<String> {
    done.err().map(|error| error.to_string())
}
