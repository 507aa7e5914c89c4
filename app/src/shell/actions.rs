//! What can be done from more than one place: menu, keys, palette.

use super::{dom, theme};
use crate::files;
use crate::state::{MAX_DOCUMENTS, Page, Workbench};
use crate::ui::*;
use plumbline_engine::load::Format;

/// Which of the frame's own things are open.
#[derive(Clone, Copy)]
pub struct Ui {
    /// The share dialog.
    pub share: RwSignal<bool>,
    /// The command palette.
    pub palette: RwSignal<bool>,
    /// The list of keys.
    pub keys: RwSignal<bool>,
    /// The panel, where it is a bar.
    pub panel: RwSignal<bool>,
}

impl Ui {
    pub(super) fn new() -> Self {
        Self {
            share: RwSignal::new(false),
            palette: RwSignal::new(false),
            keys: RwSignal::new(false),
            panel: RwSignal::new(false),
        }
    }
}

/// The frame of this page.
pub fn use_ui() -> Ui {
    expect_context()
}

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Undo the last step.
    Undo,
    /// Do it again.
    Redo,
    /// Show the share link.
    Share,
    /// Find anything.
    Palette,
    /// Open a file from disk.
    OpenFile,
    /// Save as RON.
    SaveRon,
    /// Save as JSON.
    SaveJson,
    /// The bill of materials as CSV.
    ExportBill,
    /// Print, or save as PDF.
    Print,
    /// Next theme: system, light, dark.
    Theme,
    /// List the keys.
    Keys,
    /// A copy beside this design.
    Duplicate,
    /// A design from a reference, a file or a link.
    New,
    /// Close this design.
    Close,
    /// What Plumbline is.
    About,
}

impl Action {
    /// What it is called everywhere.
    pub fn label(self) -> &'static str {
        match self {
            Action::Undo => "Undo",
            Action::Redo => "Redo",
            Action::Share => "Share…",
            Action::Palette => "Find anything…",
            Action::OpenFile => "Open a file…",
            Action::SaveRon => "Save as .ron",
            Action::SaveJson => "Save as .json",
            Action::ExportBill => "Export bill of materials (.csv)",
            Action::Print => "Print or save as PDF…",
            Action::Theme => "Change theme",
            Action::Keys => "Keys",
            Action::Duplicate => "Duplicate this design",
            Action::New => "New design…",
            Action::Close => "Close this design",
            Action::About => "About Plumbline",
        }
    }

    /// Its key, if it has one.
    pub fn key(self) -> &'static str {
        match self {
            Action::Undo => "Ctrl Z",
            Action::Redo => "Ctrl Shift Z",
            Action::Palette => "Ctrl K",
            Action::SaveRon => "Ctrl S",
            Action::Keys => "?",
            _ => "",
        }
    }

    /// All, in the order in which lists show them.
    pub const ALL: [Action; 15] = [
        Action::New,
        Action::Duplicate,
        Action::Close,
        Action::OpenFile,
        Action::SaveRon,
        Action::SaveJson,
        Action::ExportBill,
        Action::Share,
        Action::Print,
        Action::Palette,
        Action::Undo,
        Action::Redo,
        Action::Theme,
        Action::Keys,
        Action::About,
    ];
}

/// Does it.
pub fn act(workbench: Workbench, ui: Ui, action: Action) {
    match action {
        Action::Undo => workbench.undo(),
        Action::Redo => workbench.redo(),
        Action::Share => ui.share.set(true),
        Action::Palette => ui.palette.set(true),
        Action::OpenFile => files::ask(workbench),
        Action::SaveRon => files::save(workbench, Format::Ron),
        Action::SaveJson => files::save(workbench, Format::Json),
        Action::ExportBill | Action::Print if !workbench.supplied().get_untracked() => {
            workbench.compute();
            workbench.announce("the data is being loaded; try again in a moment");
        }
        Action::ExportBill => files::export_bill(workbench),
        Action::Print => drop(window().print()),
        Action::Theme => workbench.announce(theme::turn()),
        Action::Keys => ui.keys.set(true),
        Action::New => workbench.go(Page::Start),
        Action::Close => workbench.remove_document(workbench.active.get_untracked()),
        Action::About => workbench.go(Page::About),
        Action::Duplicate => {
            if workbench.duplicate() {
                dom::focus_soon("#design-name");
                workbench.announce("a copy is open beside the design");
            } else {
                let full = [
                    "at most ",
                    &MAX_DOCUMENTS.to_string(),
                    " designs can be open",
                ]
                .concat();
                workbench.announce(&full);
            }
        }
    }
}
