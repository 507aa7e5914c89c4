//! Elements: what is literal goes into the HTML, the rest into calls.

use crate::template::{Template, escaped, name};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, NodeAttribute, NodeElement};
use syn::spanned::Spanned;
use syn::{Error, Expr, Lit, Result};

/// Elements without an end tag.
const VOID: [&str; 6] = ["input", "hr", "br", "img", "wbr", "col"];

/// Elements that end a paragraph where the browser's parser meets them.
const BLOCKS: [&str; 18] = [
    "p", "div", "ul", "ol", "dl", "section", "header", "h1", "h2", "h3", "table", "form",
    "fieldset", "pre", "hr", "details", "figure", "nav",
];

pub(crate) fn element(template: &mut Template, element: &NodeElement<Infallible>) -> Result<()> {
    let tag = element.open_tag.name.to_string();
    if tag.starts_with(char::is_uppercase) {
        return component(template, element, &tag);
    }
    check_nesting(element, &tag)?;
    template.html.push('<');
    template.html.push_str(&tag);
    let mut early = Vec::new();
    let mut late = Vec::new();
    for attribute in element.open_tag.attributes.iter() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new(
                attribute.span(),
                "view! knows no spread attributes",
            ));
        };
        let Some(call) = attribute_call(template, attribute, &tag)? else {
            continue;
        };
        // The value of a select is one of its options, which must be there first.
        let waits = tag == "select" && attribute.key.to_string().starts_with("prop:");
        if waits {
            late.push(call)
        } else {
            early.push(call)
        }
    }
    let view = name();
    let here = syn::Ident::new("here", proc_macro2::Span::mixed_site());
    if !early.is_empty() || !late.is_empty() {
        template.html.push_str(" _");
        template.calls.push(quote!(#view.element(); #(#early)*));
    }
    if !late.is_empty() {
        template.calls.push(quote!(let #here = #view.here();));
    }
    template.html.push('>');
    for child in &element.children {
        template.node(child)?;
    }
    if !VOID.contains(&tag.as_str()) {
        template.html.push_str(&format!("</{tag}>"));
    }
    if !late.is_empty() {
        template.calls.push(quote!(#view.back_to(#here); #(#late)*));
    }
    Ok(())
}

/// What the browser's parser would put elsewhere than it stands is refused here.
fn check_nesting(element: &NodeElement<Infallible>, tag: &str) -> Result<()> {
    if matches!(tag, "textarea" | "title") && !element.children.is_empty() {
        return Err(Error::new(
            element.span(),
            "a text element takes its text by prop:value",
        ));
    }
    for child in &element.children {
        let rstml::node::Node::Element(child) = child else {
            continue;
        };
        let inner = child.open_tag.name.to_string();
        let ends = tag == "p" && BLOCKS.contains(&inner.as_str());
        if ends || (tag == inner && matches!(tag, "a" | "button" | "form")) {
            return Err(Error::new(
                child.span(),
                format!("<{inner}> cannot stand in <{tag}>"),
            ));
        }
    }
    Ok(())
}

/// A literal attribute goes into the HTML; any other becomes a call.
fn attribute_call(
    template: &mut Template,
    attribute: &KeyedAttribute,
    tag: &str,
) -> Result<Option<TokenStream>> {
    let key = attribute.key.to_string();
    let Some(value) = attribute.value() else {
        template.html.push_str(&format!(" {key}"));
        return Ok(None);
    };
    let view = name();
    let steps: Vec<&str> = key.split(':').collect();
    let call = match steps.as_slice() {
        ["node_ref"] => quote!(#view.node_ref(#value);),
        ["style"] => {
            return Err(Error::new(
                value.span(),
                "the policy of the page forbids style attributes; use style:",
            ));
        }
        [plain] => {
            if let Some(text) = literal(value) {
                template
                    .html
                    .push_str(&format!(" {plain}=\"{}\"", escaped(&text)));
                return Ok(None);
            }
            quote!(#view.attribute(#plain, #value);)
        }
        ["prop", name] => quote!(#view.property(#name, #value);),
        ["class", name] => quote!(#view.class(#name, #value);),
        ["style", name] => quote!(#view.style(#name, #value);),
        ["on", event] => {
            let event = format_ident!("{event}");
            quote!(#view.on(crate::ui::ev::#event, #value);)
        }
        ["on", event, "target"] => {
            let (event, target) = (format_ident!("{event}"), target_of(tag, value)?);
            quote!(#view.on_target::<crate::ui::html::#target>(crate::ui::ev::#event, #value);)
        }
        _ => {
            return Err(Error::new(
                attribute.key.span(),
                "view! does not know this attribute",
            ));
        }
    };
    Ok(Some(call))
}

fn literal(value: &Expr) -> Option<String> {
    let Expr::Lit(literal) = value else {
        return None;
    };
    match &literal.lit {
        Lit::Str(text) => Some(text.value()),
        Lit::Int(number) => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}

/// Type of the element that a handler with `:target` is given.
fn target_of(tag: &str, at: &Expr) -> Result<syn::Ident> {
    Ok(match tag {
        "input" => format_ident!("Input"),
        "select" => format_ident!("Select"),
        "textarea" => format_ident!("Textarea"),
        "details" => format_ident!("Details"),
        _ => return Err(Error::new(at.span(), "no target is known for this element")),
    })
}

/// `<For each key children />`, the only component.
fn component(template: &mut Template, element: &NodeElement<Infallible>, tag: &str) -> Result<()> {
    if tag != "For" {
        return Err(Error::new(
            element.span(),
            "call it as a function in a block",
        ));
    }
    let value = |key: &str| {
        let found = element
            .open_tag
            .attributes
            .iter()
            .find_map(|attribute| match attribute {
                NodeAttribute::Attribute(attribute) if attribute.key.to_string() == key => {
                    attribute.value()
                }
                _ => None,
            });
        found.ok_or_else(|| Error::new(element.span(), format!("<For> needs {key}")))
    };
    let (each, key, children) = (value("each")?, value("key")?, value("children")?);
    template.child(&quote!(crate::ui::keyed(#each, #key, #children)));
    Ok(())
}
