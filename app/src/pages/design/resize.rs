//! The claim and the size: a design that follows a reference can be taken to another size
//! with all that was changed in it.

use crate::state::{Workbench, use_workbench, world};
use crate::ui::*;
use crate::widgets::{Choice, Field, count_field, select_field};
use plumbline_engine::design::{Claim, Design, Edit, apply_all, difference};
use plumbline_engine::reference::{Reference, instantiate};

pub(super) fn size() -> AnyView {
    let workbench = use_workbench();
    let claim = Memo::new(move |_| workbench.design().with(|design| design.claim.clone()));
    let shown = move || {
        let claim = claim.get()?;
        let reference = world().references.get(&claim.reference)?;
        Some(view! {
            <section class="group">
                <h2>"Size"</h2>
                <div class="fields">{fields(reference)}</div>
                {buttons(workbench, reference, claim)}
            </section>
        })
    };
    shown.into_any()
}

fn fields(reference: &'static Reference) -> Vec<AnyView> {
    let variants = reference
        .variants
        .iter()
        .map(|variant| Choice::new(&variant.id, &variant.id))
        .collect();
    vec![
        count_field(Field::new("Size claimed", "claim.units").hint(reference.unit.name.words(2))),
        select_field(Field::new("Variant", "claim.variant"), variants),
    ]
}

/// The sizes that the document prints: one button each.
fn buttons(workbench: Workbench, reference: &'static Reference, claim: Claim) -> AnyView {
    let sizes = reference.sizes.iter().filter_map(|size| size.known());
    let buttons = sizes.map(|units| {
        let current = units == claim.units;
        let claim = claim.clone();
        let take = move |_| {
            let design = workbench.design().get_untracked();
            match resized(&design, reference, &claim, units) {
                Some(next) => {
                    let edits = difference(&design, &next);
                    let step = ["resize to ", &reference.unit.name.sized(units)].concat();
                    if let Err(error) = workbench.edit(&step, edits, false) {
                        workbench.announce(&error.to_string());
                    }
                }
                None => workbench.announce("the reference has no such size"),
            }
        };
        view! {
            <button type="button" aria-pressed=current.to_string() on:click=take>{reference.unit.name.sized(units)}</button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <p class="actions sizes">
            <span class="muted">"Take the whole design to a printed size, with your changes:"</span>
            {buttons}
        </p>
    }
    .into_any()
}

/// The reference at another size, with everything that this design changed in it, where that
/// still has a place.
fn resized(design: &Design, reference: &Reference, claim: &Claim, units: u32) -> Option<Design> {
    let before = instantiate(reference, claim.units, None, Some(&claim.variant)).ok()?;
    // A printed size may have a variant of its own; the one in use is kept where it can be.
    let mut next = instantiate(reference, units, None, Some(&claim.variant)).ok()?;
    let size_itself = |edit: &Edit| {
        matches!(edit.path(), "name" | "compute.groups[0].nodes")
            || edit.path().starts_with("claim")
    };
    for edit in difference(&before, design)
        .into_iter()
        .filter(|edit| !size_itself(edit))
    {
        if let Ok((changed, _)) = apply_all(&next, &[edit]) {
            next = changed;
        }
    }
    if design.name != before.name {
        next.name.clone_from(&design.name);
    }
    Some(next)
}
