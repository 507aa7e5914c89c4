//! From a tree to a type.

use crate::shape::{Content, Field, Shape, Variant, bounded};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

pub fn body(input: &DeriveInput, shape: &Shape) -> TokenStream {
    let name = &input.ident;
    let generics = bounded(input, &parse_quote!(::plumbline_core::written::Read));
    let (impl_generics, types, bounds) = generics.split_for_impl();
    let value = match shape {
        Shape::Struct { fields, default } => {
            let struct_name = name.to_string();
            let open = open(quote!(Some(value)), &struct_name, fields);
            let default_value = default
                .then(|| quote!(let default = <Self as ::core::default::Default>::default();));
            let entries = fields.iter().map(|field| entry(field, *default));
            quote! {
                #open
                #default_value
                Self { #(#entries)* }
            }
        }
        Shape::Enum(variants) => {
            let words = variants.iter().map(|variant| &variant.word);
            let contents = variants.iter().map(|variant| match &variant.content {
                Content::None => 0usize,
                Content::Values(count) => *count,
                Content::Fields(_) => 1,
            });
            // What is none of them was noted; the first stands in.
            let arms = variants.iter().enumerate().rev().map(|(at, variant)| {
                let pattern = match at {
                    0 => quote!(_),
                    at => quote!(#at),
                };
                let make = make(variant);
                quote!(#pattern => #make,)
            });
            quote! {
                let (which, content) = at.variant(value, &[#((#words, #contents)),*]);
                match which { #(#arms)* }
            }
        }
    };
    quote! {
        impl #impl_generics ::plumbline_core::written::Read for #name #types #bounds {
            // Once, however many places read it.
            #[inline(never)]
            fn read(
                value: &::plumbline_core::written::Tree,
                at: &mut ::plumbline_core::written::Reading,
            ) -> Self {
                #value
            }
        }
    }
}

fn open(from: TokenStream, name: &str, fields: &[Field]) -> TokenStream {
    let words = fields.iter().map(|field| field.name.to_string());
    quote!(let fields = at.open(#from, #name, &[#(#words),*]);)
}

fn entry(field: &Field, default: bool) -> TokenStream {
    let (name, word) = (&field.name, field.name.to_string());
    match (default, field.default) {
        (true, _) => quote!(#name: at.field_or(fields, #word, default.#name),),
        (_, true) => {
            quote!(#name: at.field_or(fields, #word, ::core::default::Default::default()),)
        }
        _ => quote!(#name: at.field(fields, #word),),
    }
}

fn make(variant: &Variant) -> TokenStream {
    let name = &variant.name;
    match &variant.content {
        Content::None => quote!(Self::#name),
        Content::Values(1) => quote!(Self::#name(at.only(content))),
        Content::Values(count) => {
            let values = 0..*count;
            quote!(Self::#name(#(at.item(content, #values)),*))
        }
        Content::Fields(fields) => {
            let open = open(quote!(content), "", fields);
            let entries = fields.iter().map(|field| entry(field, false));
            quote! {{
                #open
                Self::#name { #(#entries)* }
            }}
        }
    }
}
