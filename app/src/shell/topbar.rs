//! The top bar: design, pages, undo, share, menu.

use super::menu::menu;
use super::{Action, act, use_ui};
use crate::state::{Page, Section, Workbench, use_workbench};
use crate::ui::*;
use crate::widgets::{Mark, mark_with};
use plumbline_engine::design::Edit;

pub(super) fn topbar() -> AnyView {
    let workbench = use_workbench();
    let ui = use_ui();
    let home = Page::Start.fragment();
    view! {
        <header class="frame-header">
            <a class="brand" href=home aria-label="Plumbline: start">
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 3h16M12 3v10" /><path d="M8.5 13h7L12 21z" /></svg>
                <span>"Plumbline"</span>
            </a>
            <div class="document">{name(workbench)}{switcher(workbench)}</div>
            {tabs(workbench)}
            <div class="tools">
                {step(workbench, Action::Undo)}
                {step(workbench, Action::Redo)}
                <button type="button" class="primary" on:click=move |_| act(workbench, ui, Action::Share)>"Share"</button>
                {more(workbench)}
            </div>
        </header>
    }
    .into_any()
}

fn name(workbench: Workbench) -> AnyView {
    let shown = Memo::new(move |_| workbench.design().with(|design| design.name.clone()));
    let joins = StoredValue::new(false);
    let rename = move |text: String| {
        let edits = vec![Edit::set("name", text)];
        if workbench.edit("rename", edits, joins.get_value()).is_ok() {
            joins.set_value(true);
        }
    };
    view! {
        <input id="design-name" class="design-name" type="text" autocomplete="off" spellcheck="false" data-path="name"
            aria-label="Design name" prop:value=shown
            on:input:target=move |event| rename(event.target().value())
            on:blur=move |_| joins.set_value(false) />
    }
    .into_any()
}

/// All open designs, and what can be done with this one.
fn switcher(workbench: Workbench) -> AnyView {
    let ui = use_ui();
    let count = move || workbench.documents.with(Vec::len);
    let face = view! { <span>{move || [&(workbench.active.get() + 1).to_string(), "/", &count().to_string()].concat()}</span><span aria-hidden="true">"▾"</span> };
    let content = move |close: WriteSignal<bool>| {
        let names = workbench.documents.with(|all| {
            all.iter()
                .map(|document| document.now.name.clone())
                .collect::<Vec<_>>()
        });
        let open = names.into_iter().enumerate().map(|(at, name)| {
            let current = (workbench.active.get_untracked() == at).then_some("true");
            let choose = move |_| {
                workbench.active.set(at);
                close.set(false);
            };
            view! { <button type="button" aria-current=current on:click=choose>{name}</button> }
        });
        let open = open.collect_view();
        let actions = [Action::New, Action::Duplicate, Action::Close]
            .map(|action| item(workbench, ui, action, close));
        view! { {open}<hr />{actions.collect_view()} }.into_any()
    };
    menu("Open designs", face.into_any(), content)
}

fn tabs(workbench: Workbench) -> AnyView {
    // The gravest kind of finding and how many there are of it.
    let found = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let s = assessment.summary;
            let counts = [
                (Mark::Blocker, s.blocker),
                (Mark::Deviation, s.deviation),
                (Mark::Advice, s.advice),
                (Mark::Unknown, s.unknown),
            ];
            let total: usize = counts.iter().map(|(_, count)| count).sum();
            counts
                .into_iter()
                .find(|(_, count)| *count > 0)
                .map(|(mark, _)| (mark, total))
        })
    });
    let back_to = StoredValue::new(Section::Workload);
    Effect::new(move |_| {
        if let Page::Design(section) = workbench.page.get() {
            back_to.set_value(section);
        }
    });
    let pages = [
        Page::Design(Section::Workload),
        Page::Findings,
        Page::Training,
        Page::Inference,
        Page::Cost,
        Page::Compare,
        Page::Nearest,
        Page::References(None),
        Page::Catalogue(None),
        Page::EVIDENCE,
    ];
    let links = pages.map(|page| {
        let label = if matches!(page, Page::Design(_)) {
            "Design"
        } else {
            page.label()
        };
        let kind = std::mem::discriminant(&page);
        let current = move || {
            workbench
                .page
                .with(|now| std::mem::discriminant(now) == kind)
                .then_some("page")
        };
        let counted = page == Page::Findings;
        let count = move || {
            found.get().filter(|_| counted).map(|(mark, total)| {
                view! { {mark_with(mark, "")}<span class="count">{total.to_string()}</span> }
                    .into_any()
            })
        };
        let go = {
            let page = page.clone();
            move |event: leptos::ev::MouseEvent| {
                // The tab leads back to the section that was edited last.
                if matches!(page, Page::Design(_)) && !event.ctrl_key() && !event.meta_key() {
                    event.prevent_default();
                    workbench.go(Page::Design(back_to.get_value()));
                }
            }
        };
        view! { <a href=page.fragment() aria-current=current on:click=go>{label}{count}</a> }
    });
    view! { <nav class="tabs" aria-label="Pages">{links.collect_view()}</nav> }.into_any()
}

fn step(workbench: Workbench, action: Action) -> AnyView {
    let next = Memo::new(move |_| {
        let (undo, redo) = workbench
            .documents
            .with(|all| all.get(workbench.active.get()).map(|d| d.next()))
            .unwrap_or_default();
        if action == Action::Undo { undo } else { redo }
    });
    let title = move || {
        [
            action.label(),
            ": ",
            next.get().as_deref().unwrap_or("nothing"),
        ]
        .concat()
    };
    let path = if action == Action::Undo {
        "M7 4 3 8l4 4M3 8h8a4 4 0 0 1 0 8H8"
    } else {
        "M13 4l4 4-4 4M17 8H9a4 4 0 0 0 0 8h3"
    };
    let ui = use_ui();
    view! {
        <button type="button" class="quiet icon" aria-label=action.label() title=title
            disabled=move || next.with(Option::is_none) on:click=move |_| act(workbench, ui, action)>
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d=path /></svg>
        </button>
    }
    .into_any()
}

fn more(workbench: Workbench) -> AnyView {
    let ui = use_ui();
    let actions = [
        Action::OpenFile,
        Action::SaveRon,
        Action::SaveJson,
        Action::ExportBill,
        Action::Print,
        Action::Palette,
        Action::Theme,
        Action::Keys,
        Action::About,
    ];
    let content = move |close: WriteSignal<bool>| {
        actions
            .map(|action| item(workbench, ui, action, close))
            .collect_view()
            .into_any()
    };
    menu(
        "More",
        view! { <span aria-hidden="true">"⋯"</span> }.into_any(),
        content,
    )
}

fn item(workbench: Workbench, ui: super::Ui, action: Action, close: WriteSignal<bool>) -> AnyView {
    let run = move |_| {
        close.set(false);
        act(workbench, ui, action);
    };
    let key = (!action.key().is_empty()).then(|| view! { <kbd>{action.key()}</kbd> });
    view! { <button type="button" on:click=run><span>{action.label()}</span>{key}</button> }
        .into_any()
}
