//! The decision brief: what is printed, but for pages of data, which print as they are. It is made
//! when the browser prints and only then, and holds everything that a reader without the program needs: verdict, design, findings with
//! waivers, cost, assumptions, sources, link and date.

mod money;
mod parts;
mod trail;

use crate::later::{Piece, piece};
use crate::state::{Needs, Page, Workbench, use_workbench};
use crate::ui::*;

/// Waits for the browser to print.
pub fn brief_host() -> AnyView {
    let workbench = use_workbench();
    let printing = RwSignal::new(false);
    let code = Needs::sharing();
    let ready = {
        let code = code.clone();
        Memo::new(move |_| workbench.supplied().get() && workbench.supply.has(&code))
    };
    let before = window_event_listener(
        leptos::ev::Custom::<leptos::ev::Event>::new("beforeprint"),
        move |_| {
            if workbench.page.with(Page::is_data) {
                return;
            }
            workbench.compute();
            workbench.supply.want(&code);
            printing.set(true);
        },
    );
    let after = window_event_listener(
        leptos::ev::Custom::<leptos::ev::Event>::new("afterprint"),
        move |_| printing.set(false),
    );
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    let shown = move || {
        let ready = ready.get();
        printing.get().then(|| match ready {
            true => piece(Piece::Brief),
            false => view! { <p class="brief">"What the print needs is not here yet. Print again once it is."</p> }.into_any(),
        })
    };
    shown.into_any()
}

/// The brief itself.
pub fn brief(workbench: Workbench) -> AnyView {
    let design = workbench.design().get();
    let assessment = workbench.assessment().get();
    view! {
        <article class="brief">
            {parts::head(workbench, &design)}
            {parts::verdict(&assessment)}
            {money::key_numbers(&assessment)}
            {parts::design(&assessment)}
            {parts::findings(&assessment)}
            {money::cost(&assessment)}
            {trail::assumptions(&design, &assessment)}
            {trail::sources(&assessment)}
            {trail::link(workbench, &design)}
        </article>
    }
    .into_any()
}
