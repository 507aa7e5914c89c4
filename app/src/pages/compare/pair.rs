//! Which two designs are held against each other.

use super::name_of;
use crate::state::Workbench;
use crate::ui::*;
use plumbline_engine::Assessment;
use plumbline_engine::design::Design;
use std::sync::Arc;

/// The first design and the second; a difference is the second less the first.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    workbench: Workbench,
    first: RwSignal<usize>,
    second: RwSignal<usize>,
}

/// One side of the pair.
pub(super) struct Side {
    pub name: String,
    pub design: Arc<Design>,
    pub assessment: Arc<Assessment>,
}

impl Pair {
    /// The first design against the one that is edited, or else the second.
    pub fn new(workbench: Workbench) -> Self {
        let active = workbench.active.get_untracked();
        Self {
            workbench,
            first: RwSignal::new(0),
            second: RwSignal::new(active.max(1)),
        }
    }

    /// Both sides; `None` while they are not two.
    pub fn sides(&self) -> Option<(Side, Side)> {
        let (first, second) = (self.first.get(), self.second.get());
        if first == second {
            return None;
        }
        Some((self.side(first)?, self.side(second)?))
    }

    fn side(&self, at: usize) -> Option<Side> {
        let design = self.workbench.design_of(at)?.get()?;
        let assessment = self.workbench.assessment_of(at)?.get()?;
        Some(Side {
            name: name_of(self.workbench, at),
            design,
            assessment,
        })
    }

    /// The two choices.
    pub fn view(self) -> AnyView {
        view! {
            <div class="compare-pair">
                {choice(self.workbench, "Difference of", self.second)}
                {choice(self.workbench, "to", self.first)}
                <p class="field-error" role="alert">
                    {move || (self.first.get() == self.second.get()).then_some("Choose two different designs.")}
                </p>
            </div>
        }
        .into_any()
    }
}

fn choice(workbench: Workbench, label: &'static str, chosen: RwSignal<usize>) -> AnyView {
    let options = move || {
        let count = workbench.documents.with(Vec::len);
        let now = chosen.get();
        let option = move |at: usize| {
            view! { <option value=at.to_string() selected=at == now>{name_of(workbench, at)}</option> }
        };
        (0..count).map(option).collect_view()
    };
    let choose = move |at: String| {
        if let Ok(at) = at.parse() {
            chosen.set(at);
        }
    };
    view! {
        <label>
            <span>{label}</span>
            <select on:change:target=move |event| choose(event.target().value())>{options}</select>
        </label>
    }
    .into_any()
}
