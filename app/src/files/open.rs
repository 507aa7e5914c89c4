//! Designs and standards from files: by the browser's own dialog, or dropped anywhere on the page.

use super::broken::{BrokenFile, broken};
use crate::state::{Page, Section, Workbench};
use crate::ui::*;
use leptos::ev;
use plumbline_engine::load::{LoadError, MAX_TEXT, design_from_text, is_standard};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileList, HtmlInputElement};

/// Opens a text as a design, or keeps it on the start page with its fault. A standard goes to the
/// references, whether it can be read or not.
pub fn open_text(
    workbench: Workbench,
    broken: RwSignal<Option<BrokenFile>>,
    name: &str,
    text: String,
) {
    if is_standard(&text) {
        broken.set(None);
        workbench.supply.bring(name, &text);
        return workbench.go(Page::References(None));
    }
    match design_from_text(&text) {
        Ok(design) => {
            broken.set(None);
            workbench.open_design(design);
            workbench.go(Page::Design(Section::Workload));
        }
        Err(error) => refuse(
            workbench,
            broken,
            BrokenFile {
                name: name.to_owned(),
                text,
                error,
            },
        ),
    }
}

/// Opens each of some files.
pub fn read_files(workbench: Workbench, broken: RwSignal<Option<BrokenFile>>, files: FileList) {
    for file in (0..files.length()).filter_map(|at| files.get(at)) {
        read(workbench, broken, file);
    }
}

/// Asks for a file by the browser's own dialog.
pub fn ask(workbench: Workbench) {
    let broken = broken_of_page();
    let Ok(input) = document().create_element("input") else {
        return;
    };
    let input: HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(".ron,.json");
    let chosen = input.clone();
    let read = wasm_bindgen::closure::Closure::once_into_js(move || {
        if let Some(files) = chosen.files() {
            read_files(workbench, broken, files);
        }
    });
    input.set_onchange(Some(read.unchecked_ref()));
    input.click();
}

/// Takes files that are dropped anywhere on the page.
pub fn listen_for_drops(workbench: Workbench) {
    let broken = broken();
    PAGE.with(|page| page.set(Some(broken)));
    let over = window_event_listener(ev::dragover, |event| event.prevent_default());
    let drop = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            read_files(workbench, broken, files);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

thread_local! {
    /// Menus and keys ask for a file outside of any view, where there is no context.
    static PAGE: std::cell::Cell<Option<RwSignal<Option<BrokenFile>>>> = const { std::cell::Cell::new(None) };
}

fn broken_of_page() -> RwSignal<Option<BrokenFile>> {
    PAGE.with(std::cell::Cell::get)
        .unwrap_or_else(|| RwSignal::new(None))
}

fn read(workbench: Workbench, broken: RwSignal<Option<BrokenFile>>, file: File) {
    let name = file.name();
    if file.size() > MAX_TEXT as f64 {
        // A text of this size is refused unread; the loader's own words would need it read.
        let found = crate::format::count(file.size());
        let error = LoadError::new(
            [
                "found ",
                &found,
                " bytes, expected a design of at most 1,000,000",
            ]
            .concat(),
        );
        return refuse(
            workbench,
            broken,
            BrokenFile {
                name,
                text: String::new(),
                error,
            },
        );
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text())
            .await
            .ok()
            .and_then(|text| text.as_string());
        match text {
            Some(text) => open_text(workbench, broken, &name, text),
            None => {
                let error = LoadError::new("the browser could not read the file");
                refuse(
                    workbench,
                    broken,
                    BrokenFile {
                        name,
                        text: String::new(),
                        error,
                    },
                );
            }
        }
    });
}

fn refuse(workbench: Workbench, broken: RwSignal<Option<BrokenFile>>, file: BrokenFile) {
    workbench.announce(&["cannot open ", &file.name, ": ", &file.error.to_string()].concat());
    broken.set(Some(file));
    workbench.go(Page::Start);
}
