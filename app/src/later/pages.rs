//! The pages that are not of a first look, and what opens above a page.

use super::Lost;
use crate::pages::{
    about, brief, catalogue, compare, cost, evidence, findings, inference, nearest, references,
    training,
};
use crate::share::share_content;
use crate::state::{Needs, Page, use_workbench};
use crate::ui::*;
use crate::widgets::waiting;
use plumbline_engine::check;
use plumbline_engine::load::{LoadError, Standard};
use plumbline_engine::reference::World;
use std::sync::OnceLock;

/// What may open above any page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The decision brief, for the printer.
    Brief,
    /// The content of the share dialog.
    Share,
}

pub(super) struct Pages {
    page: fn(Page) -> AnyView,
    piece: fn(Piece) -> AnyView,
    standard: fn(&str, &World) -> Result<Standard, Vec<LoadError>>,
    plan: fn(&str) -> AnyView,
    serving: fn(&str) -> AnyView,
    models: fn() -> AnyView,
}

static HERE: OnceLock<&Pages> = OnceLock::new();

static PAGES: Pages = Pages {
    page: |page| match page {
        Page::Findings => findings::page(),
        Page::Cost => cost::page(),
        Page::Training => training::page(),
        Page::Inference => inference::page(),
        Page::Evidence(of, class) => evidence::page(of, class),
        Page::Compare => compare::page(),
        Page::Nearest => nearest::page(),
        Page::References(id) => references::page(id),
        Page::Catalogue(place) => catalogue::page(place),
        Page::About => about::page(),
        Page::Start | Page::Design(_) => AnyView::Empty,
    },
    piece: |piece| match piece {
        Piece::Brief => brief::brief(use_workbench()),
        Piece::Share => share_content(use_workbench()),
    },
    standard: check::standard,
    plan: training::plan_fields,
    serving: inference::serving_fields,
    models: training::own_models,
};

/// One of these pages; nothing while its code is not here.
pub(crate) fn page(page: Page) -> AnyView {
    here().map_or(AnyView::Empty, |pages| (pages.page)(page))
}

/// The fields of a workload's training plan; nothing while their code is not here.
pub(crate) fn plan(place: &str) -> AnyView {
    here().map_or(AnyView::Empty, |pages| (pages.plan)(place))
}

/// The fields of a workload's serving plan; nothing while their code is not here.
pub(crate) fn serving(place: &str) -> AnyView {
    here().map_or(AnyView::Empty, |pages| (pages.serving)(place))
}

/// The editor of the person's own models; nothing while its code is not here.
pub(crate) fn models() -> AnyView {
    here().map_or(AnyView::Empty, |pages| (pages.models)())
}

/// A company's own standard, read from its file; `None` while the code for it is not here.
pub(crate) fn standard(text: &str, world: &World) -> Option<Result<Standard, Vec<LoadError>>> {
    here().map(|pages| (pages.standard)(text, world))
}

/// What opens above the page, or that it is on its way.
pub(crate) fn piece(piece: Piece) -> AnyView {
    let supply = use_workbench().supply;
    let needs = Needs::sharing();
    supply.want(&needs);
    let needs = Memo::new(move |_| needs.clone());
    let ready = Memo::new(move |_| needs.with(|needs| supply.has(needs)));
    let shown = move || match (ready.get(), here()) {
        (true, Some(pages)) => untrack(|| (pages.piece)(piece)),
        _ => waiting(needs),
    };
    shown.into_any()
}

pub(super) fn here() -> Option<&'static Pages> {
    HERE.get().copied()
}

pub(super) async fn load() -> Result<(), Lost> {
    if here().is_none() {
        #[cfg(feature = "split")]
        let pages = entrance().await?;
        #[cfg(not(feature = "split"))]
        let pages = entrance()?;
        let _ = HERE.set(pages);
    }
    Ok(())
}

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(pages, fallible))]
fn entrance() -> Result<&'static Pages, Lost> {
    Ok(&PAGES)
}
