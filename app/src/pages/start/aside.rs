//! Designs that were put aside when a link was opened.

use crate::state::{Page, Section, drop_stashed, stash, stashed, use_workbench};
use crate::ui::*;

pub(super) fn put_aside() -> AnyView {
    let workbench = use_workbench();
    let all = RwSignal::new(stashed());
    let entries = move || {
        let entries = all.get().into_iter().enumerate().map(|(at, (designs, active))| {
            let names = designs.iter().map(|design| design.name.clone()).collect::<Vec<_>>().join(", ");
            let (open_name, forget_name) = (["Open ", &names].concat(), ["Forget ", &names].concat());
            let open = move |_| {
                // What is open now takes their place among what is put aside.
                drop_stashed(at);
                stash();
                workbench.open_all(designs.clone(), active);
                workbench.go(Page::Design(Section::Workload));
            };
            let forget = move |_| {
                drop_stashed(at);
                all.set(stashed());
            };
            view! {
                <li>
                    <span>{names}</span>
                    <button type="button" class="link" aria-label=open_name on:click=open>"open"</button>
                    <button type="button" class="link" aria-label=forget_name on:click=forget>"forget"</button>
                </li>
            }
        });
        entries.collect_view()
    };
    let shown = move || {
        (!all.with(Vec::is_empty)).then(|| {
            view! {
                <section class="group">
                    <h2>"Put aside"</h2>
                    <p class="about">"These were open when a link was opened."</p>
                    <ul class="aside-list">{entries}</ul>
                </section>
            }
        })
    };
    shown.into_any()
}
