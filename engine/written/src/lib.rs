//! `#[derive(Write, Read)]` for types that have a written form (`plumbline_core::written`).
//!
//! serde's derives make a visitor and a reader of each type for each format: on this many
//! types of parts they came to a third of the page's first load. Here a field costs one call
//! of a shared function. The forms are serde's own: structs are maps, a variant without
//! content is its name, a variant with content is a map of one entry.
//!
//! `#[written(default)]` on a struct takes missing fields from its `Default`, on a field from
//! the field's; `#[written(snake_case)]` on an enum writes its variants' names so.

mod read;
mod shape;
mod write;

use proc_macro::TokenStream;
use shape::Shape;
use syn::{DeriveInput, parse_macro_input};

/// Writes a type as an `Outline`.
#[proc_macro_derive(Write, attributes(written))]
pub fn derive_write(tokens: TokenStream) -> TokenStream {
    derive(parse_macro_input!(tokens as DeriveInput), write::body)
}

/// Reads a type from a tree.
#[proc_macro_derive(Read, attributes(written))]
pub fn derive_read(tokens: TokenStream) -> TokenStream {
    derive(parse_macro_input!(tokens as DeriveInput), read::body)
}

fn derive(
    input: DeriveInput,
    body: fn(&DeriveInput, &Shape) -> proc_macro2::TokenStream,
) -> TokenStream {
    Shape::of(&input)
        .map(|shape| body(&input, &shape))
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}
