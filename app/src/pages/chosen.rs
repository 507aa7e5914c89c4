//! The workload that a page looks at: the first of its kind, or the one that was chosen.

use crate::state::Workbench;
use crate::ui::*;
use plumbline_engine::design::WorkloadClass;

/// Workloads of a kind, and which of them is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Chosen {
    all: Memo<Vec<(usize, String)>>,
    wanted: RwSignal<Option<usize>>,
    /// Its index in the design; `None` = there is none.
    pub(crate) at: Memo<Option<usize>>,
}

impl Chosen {
    /// Among the workloads of these classes.
    pub(crate) fn of(workbench: Workbench, takes: fn(WorkloadClass) -> bool) -> Self {
        let all = Memo::new(move |_| {
            workbench.design().with(|design| {
                let all = design.workloads.iter().enumerate();
                all.filter(|(_, workload)| takes(workload.class))
                    .map(|(at, workload)| (at, workload.name.clone()))
                    .collect::<Vec<_>>()
            })
        });
        let wanted = RwSignal::new(None::<usize>);
        let at = Memo::new(move |_| {
            all.with(|all| {
                let here = |wanted: &usize| all.iter().any(|(at, _)| at == wanted);
                let first = all.first().map(|(at, _)| *at);
                wanted.get().filter(here).or(first)
            })
        });
        Self { all, wanted, at }
    }

    /// Path of it in the design; followed.
    pub(crate) fn subject(self) -> Option<String> {
        self.at.get().map(|at| format!("workloads[{at}]"))
    }

    /// Which one is looked at, where there are several.
    pub(crate) fn chooser(self) -> AnyView {
        let Self { all, wanted, at } = self;
        let buttons = move || {
            let all = all.get();
            (all.len() > 1).then(|| {
                let buttons = all.into_iter().map(|(index, name)| {
                    let pressed = move || (at.get() == Some(index)).to_string();
                    view! { <button type="button" aria-pressed=pressed on:click=move |_| wanted.set(Some(index))>{name}</button> }
                });
                view! { <p class="actions" role="group" aria-label="Workload">{buttons.collect_view()}</p> }
            })
        };
        buttons.into_any()
    }
}
