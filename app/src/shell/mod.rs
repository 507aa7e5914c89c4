//! The frame around the pages: top bar, sections, panel, keys, palette.

pub mod actions;
pub mod dom;
mod keys;
mod menu;
mod notice;
mod palette;
mod panel;
mod sections;
mod theme;
mod topbar;

pub use actions::{Action, Ui, act, use_ui};
pub use theme::apply_stored_theme;

use crate::state::{Page, Stage, Workbench, keep_ready, keep_saving, keep_supplied};
use crate::ui::*;
use crate::widgets::{note_host, provide_notes, provide_template};
use crate::{files, pages, share};
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The whole of the page.
pub fn app(workbench: Workbench) -> AnyView {
    provide_context(workbench);
    provide_context(Ui::new());
    files::provide_broken();
    pages::references::provide_browse();
    provide_template(workbench);
    let notes = provide_notes();
    keep_saving(workbench);
    keep_supplied(workbench);
    keep_ready(workbench);
    keys::listen(workbench);
    files::listen_for_drops(workbench);
    follow_address(workbench);
    share::open_when_possible(workbench);
    let here = Memo::new(move |_| workbench.stage().with(|stage| *stage == Stage::Here));
    name_window(workbench, here);
    let page = move || {
        let page = workbench.page.get();
        match here.get() {
            true => pages::show(page),
            false => pages::wait(page),
        }
    };
    let busy = move || {
        let coming = !matches!(workbench.stage().get(), Stage::Here | Stage::Failed(_));
        coming.then_some("true")
    };
    view! {
        <a class="skip" href="#main" on:click=|event| { event.prevent_default(); focus_heading(); }>"Skip to the page"</a>
        <div class="frame">
            {topbar::topbar()}
            {sections::sections()}
            <main class="frame-main" id="main" aria-busy=busy>
                {notice::notice()}
                {page}
            </main>
            {panel::panel()}
        </div>
        <p class="visually-hidden" role="status" aria-live="polite">{workbench.spoken}</p>
        {share::share_dialog()}
        {palette::palette()}
        {keys::keys_dialog()}
        {note_host(notes)}
        {pages::brief::brief_host()}
    }
    .into_any()
}

/// The back button, a link on the page, and a share link pasted into the address bar.
fn follow_address(workbench: Workbench) {
    let follow = move || {
        let fragment = dom::fragment();
        match Page::from_fragment(&fragment) {
            Some(page) => {
                workbench.link.set(None);
                workbench.page.set(page);
            }
            None if share::looks_like_link(&fragment) => workbench.link.set(Some(fragment)),
            None => {}
        }
    };
    let changed = window_event_listener(ev::hashchange, move |_| follow());
    let walked = window_event_listener(ev::popstate, move |_| follow());
    on_cleanup(move || {
        changed.remove();
        walked.remove();
    });
}

/// Title of the window, and the focus on the heading of a page that was just turned to.
fn name_window(workbench: Workbench, here: Memo<bool>) {
    Effect::new(move |_| {
        let page = workbench.page.get();
        let name = workbench.design().with(|design| design.name.clone());
        document().set_title(&[page.label(), " · ", &name, " · Plumbline"].concat());
    });
    Effect::new(move |_| {
        workbench.page.track();
        dom::after_paint(|| {
            show_current(".tabs");
            show_current(".frame-nav");
        });
    });
    // A page whose data arrives later takes the place of the one that waits, and of its heading.
    Effect::new(move |before: Option<(Page, bool)>| {
        let page = workbench.page.get();
        here.track();
        let turned = before.is_some_and(|(last, turned)| turned || last != page);
        if turned {
            dom::after_paint(focus_heading_if_lost);
        }
        (page, turned)
    });
}

/// Where a list of links is wider than the screen, brings the current one to its middle.
fn show_current(list: &str) {
    let current = dom::query(&[list, " [aria-current]"].concat());
    let current = current.and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some((list, current)) = dom::query(list).zip(current) {
        let spare = list.client_width() - current.offset_width();
        list.set_scroll_left(current.offset_left() - spare / 2);
    }
}

/// A page that was asked for by a control that is still there keeps the focus where it is asked
/// for again; a control that went away with its page leaves the focus nowhere.
fn focus_heading_if_lost() {
    let lost = document()
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY" || active.tag_name() == "A");
    if lost {
        focus_heading();
    }
}

fn focus_heading() {
    if let Some(heading) = dom::query("main h1") {
        let _ = heading.set_attribute("tabindex", "-1");
        window().scroll_to_with_x_and_y(0.0, 0.0);
        dom::focus(&heading);
    }
}
