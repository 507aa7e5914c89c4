//! The sections of the design, each with the mark of its gravest finding.

use crate::state::{Page, Section, use_workbench, world};
use crate::ui::*;
use crate::widgets::{Mark, mark_with};

pub(super) fn sections() -> AnyView {
    let workbench = use_workbench();
    let parts = Memo::new(move |_| {
        workbench.supplied().track();
        world().catalogue.list()
    });
    let gravest = Memo::new(move |_| {
        let mut marks = [None::<Mark>; Section::ALL.len()];
        workbench.assessment().with(|assessment| {
            let failing = assessment
                .findings
                .iter()
                .filter_map(|f| Some((Mark::of(f)?, f)));
            for (mark, finding) in failing.filter(|(mark, _)| *mark <= Mark::Unknown) {
                let section = parts.with(|parts| Section::of_path(&finding.subject, parts));
                if let Some(slot) = Section::ALL
                    .iter()
                    .position(|s| *s == section)
                    .and_then(|at| marks.get_mut(at))
                {
                    *slot = Some(slot.map_or(mark, |before| before.min(mark)));
                }
            }
        });
        marks
    });
    let items = Section::ALL.into_iter().enumerate().map(|(at, section)| {
        let trouble = Memo::new(move |_| gravest.with(|marks| marks.get(at).copied().flatten()));
        let current = move || {
            workbench
                .page
                .with(|page| *page == Page::Design(section))
                .then_some("page")
        };
        view! {
            <li><a href=Page::Design(section).fragment() aria-current=current>
                <span>{section.label()}</span>
                {move || trouble.get().map(|trouble| mark_with(trouble, has(trouble)))}
            </a></li>
        }
    });
    let items = items.collect_view();
    view! { <nav class="frame-nav" aria-label="Sections"><ul>{items}</ul></nav> }.into_any()
}

fn has(mark: Mark) -> &'static str {
    match mark {
        Mark::Blocker => ", has a blocker",
        Mark::Deviation => ", has a deviation",
        Mark::Advice => ", has advice",
        _ => ", has an unknown",
    }
}
