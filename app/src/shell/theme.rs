//! Light, dark, or as the system has it.

use super::dom;
use crate::ui::document;

/// Also read by boot.js, which sets the theme before the first paint of the program.
const KEY: &str = "plumbline.theme";

/// Takes the theme that the person chose last.
pub fn apply_stored_theme() {
    apply(&dom::stored(KEY).unwrap_or_default());
}

/// The next theme; says which.
pub(super) fn turn() -> &'static str {
    let (next, said) = match dom::stored(KEY).as_deref() {
        Some("light") => ("dark", "dark theme"),
        Some("dark") => ("", "theme of the system"),
        _ => ("light", "light theme"),
    };
    dom::store(KEY, next);
    apply(next);
    said
}

fn apply(theme: &str) {
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = match theme {
        "light" | "dark" => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
}
