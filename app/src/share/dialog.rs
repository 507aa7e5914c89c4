//! The share dialog.

use super::address;
use crate::files;
use crate::format;
use crate::later::{Piece, piece};
use crate::shell::use_ui;
use crate::state::Workbench;
use crate::ui::html;
use crate::ui::*;
use crate::widgets::dialog;
use plumbline_engine::design::Design;
use plumbline_engine::load::{Format, LinkError, MAX_LINK};

/// The dialog; it opens by [`crate::shell::Ui`].
pub fn share_dialog() -> AnyView {
    dialog(use_ui().share, "Share", || piece(Piece::Share))
}

/// What is in it.
pub fn share_content(workbench: Workbench) -> AnyView {
    let names = workbench
        .documents
        .with_untracked(|all| all.iter().map(|d| d.now.name.clone()).collect::<Vec<_>>());
    let active = workbench.active.get_untracked();
    let several = names.len() > 1;
    let chosen = RwSignal::new(
        (0..names.len())
            .map(|at| at == active)
            .collect::<Vec<bool>>(),
    );
    let link = Memo::new(move |_| {
        let chosen = chosen.get();
        let designs: Vec<Design> = workbench.documents.with_untracked(|all| {
            all.iter()
                .zip(&chosen)
                .filter(|(_, chosen)| **chosen)
                .map(|(d, _)| Design::clone(&d.now))
                .collect()
        });
        address(&designs)
    });
    let boxes = names.into_iter().enumerate().map(|(at, name)| {
        let turn = move |on: bool| {
            chosen.update(|all| {
                if let Some(one) = all.get_mut(at) {
                    *one = on;
                }
            });
        };
        view! {
            <label class="toggle">
                <input type="checkbox" checked=at == active on:change:target=move |event| turn(event.target().checked()) />
                {name}
            </label>
        }
    });
    let boxes = several.then(|| {
        view! { <fieldset><legend>"Include these designs"</legend>{boxes.collect_view()}</fieldset> }
    });
    let result = move || match link.get() {
        None => AnyView::Empty,
        Some(Ok(link)) => ready(workbench, link),
        Some(Err(LinkError::Count(0))) => view! { <p>"Choose at least one design."</p> }.into_any(),
        Some(Err(error)) => too_long(workbench, &error),
    };
    view! {
        <p>"The whole design is in the link itself: overrides, quotes and waivers too. Nothing is stored anywhere else, and whoever has the link sees the same numbers."</p>
        {boxes}
        {result}
    }
    .into_any()
}

fn ready(workbench: Workbench, link: String) -> AnyView {
    let text = NodeRef::<html::Textarea>::new();
    let length = [&format::count(link.len() as f64), " characters"].concat();
    let room = [&format::count(MAX_LINK as f64), " are possible"].concat();
    let copied = RwSignal::new("");
    let copy = {
        let link = link.clone();
        move |_| {
            // The clipboard may be forbidden; the selected text can then be copied by hand.
            if let Some(text) = text.get_untracked() {
                text.select();
            }
            drop(window().navigator().clipboard().write_text(&link));
            copied.set("Copied.");
            workbench.announce("the link is copied");
        }
    };
    view! {
        <label for="share-link">"Link"</label>
        <textarea id="share-link" node_ref=text readonly rows="4" prop:value=link></textarea>
        <p class="actions">
            <button type="button" class="primary" on:click=copy>"Copy link"</button>
            <span class="muted"><span class="share-length">{length}</span>"; " {room}</span>
            <span>{copied}</span>
        </p>
    }
    .into_any()
}

fn too_long(workbench: Workbench, error: &LinkError) -> AnyView {
    let words = error.to_string();
    view! {
        <p class="field-error">{words}</p>
        <p class="actions">
            <button type="button" class="primary" on:click=move |_| files::save(workbench, Format::Ron)>"Save this design as a file"</button>
        </p>
    }
    .into_any()
}
