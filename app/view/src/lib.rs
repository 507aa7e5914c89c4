//! `view!` in Leptos' notation, compiled to a template and what goes into its holes.
//!
//! Leptos' own macro makes a type of each view and the compiler makes code of each type: the
//! workbench came to three times its size budget that way. Here what stands still becomes one
//! HTML text, which the browser parses once, and what moves becomes one call each into
//! `crate::ui`, which is compiled once. Signals, memos, effects and owners stay Leptos'.
//!
//! Known are: elements, literal and computed attributes, `on:`, `on:…:target`, `prop:`, `class:`,
//! `style:`, `node_ref`, texts, blocks, and `<For each key children />`.

mod element;
mod template;

use proc_macro::TokenStream;
use template::Template;

/// Makes a view (`crate::ui::AnyView`).
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    let compiled = rstml::parse2(tokens.into()).and_then(|nodes| Template::compile(&nodes));
    compiled
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}
