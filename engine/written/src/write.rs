//! From a type to its outline.

use crate::shape::{Content, Field, Shape, Variant, bounded};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, parse_quote};

pub fn body(input: &DeriveInput, shape: &Shape) -> TokenStream {
    let name = &input.ident;
    let generics = bounded(input, &parse_quote!(::plumbline_core::written::Write));
    let (impl_generics, types, bounds) = generics.split_for_impl();
    let outline = match shape {
        Shape::Struct { fields, .. } => {
            let names = fields.iter().map(|field| &field.name);
            let (words, names) = (words(fields), names.map(|name| quote!(&self.#name)));
            quote! {{
                let mut fields = ::plumbline_core::written::FieldsOut::default();
                #(fields.put(#words, #names);)*
                fields.done()
            }}
        }
        Shape::Enum(variants) => {
            let arms = variants.iter().map(arm);
            quote!(match self { #(#arms)* })
        }
    };
    quote! {
        impl #impl_generics ::plumbline_core::written::Write for #name #types #bounds {
            fn write(&self) -> ::plumbline_core::written::Outline {
                #outline
            }
        }
    }
}

fn arm(variant: &Variant) -> TokenStream {
    let (name, word) = (&variant.name, &variant.word);
    let outline = quote!(::plumbline_core::written::Outline);
    match &variant.content {
        Content::None => quote!(Self::#name => #outline::Word(#word),),
        Content::Values(count) => {
            let values: Vec<_> = (0..*count).map(|at| format_ident!("value_{at}")).collect();
            quote! {
                Self::#name(#(#values),*) => #outline::Variant(
                    #word,
                    vec![#(::plumbline_core::written::Write::write(#values)),*],
                ),
            }
        }
        Content::Fields(fields) => {
            let (words, names) = (words(fields), fields.iter().map(|field| &field.name));
            let shown: Vec<_> = names.collect();
            quote! {
                Self::#name { #(#shown),* } => {
                    let mut fields = ::plumbline_core::written::FieldsOut::default();
                    #(fields.put(#words, #shown);)*
                    #outline::Variant(#word, vec![fields.done()])
                }
            }
        }
    }
}

fn words(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| field.name.to_string()).collect()
}
