//! From nodes to one HTML text and the calls that fill its holes, in the order of the document.

use crate::element::element;
use proc_macro2::TokenStream;
use quote::quote;
use rstml::Infallible;
use rstml::node::Node;
use syn::spanned::Spanned;

/// What has been compiled so far.
#[derive(Default)]
pub(crate) struct Template {
    /// What stands still. A hole for an element has the attribute `_`, a hole for a child is
    /// an empty comment.
    pub html: String,
    /// What fills the holes.
    pub calls: Vec<TokenStream>,
}

/// Elements that are SVG's own: as the root of a view they need a namespace.
const SVG: [&str; 9] = [
    "path", "line", "rect", "circle", "text", "tspan", "g", "polyline", "polygon",
];

impl Template {
    pub fn compile(nodes: &[Node<Infallible>]) -> syn::Result<TokenStream> {
        let mut template = Self::default();
        for node in nodes {
            template.node(node)?;
        }
        let Self { html, calls } = template;
        let first = nodes.iter().find_map(|node| match node {
            Node::Element(element) => Some(element.open_tag.name.to_string()),
            _ => None,
        });
        let drawn = first.is_some_and(|name| SVG.contains(&name.as_str()));
        let make = if drawn { quote!(drawn) } else { quote!(new) };
        // `mixed_site` keeps the name apart from those of the page.
        let view = name();
        Ok(quote! {{
            #[allow(unused_mut)]
            let mut #view = crate::ui::Template::#make(#html);
            #(#calls)*
            #view.done()
        }})
    }

    pub fn node(&mut self, node: &Node<Infallible>) -> syn::Result<()> {
        match node {
            Node::Element(one) => element(self, one),
            Node::Text(text) => {
                self.text(&text.value_string());
                Ok(())
            }
            Node::RawText(text) => {
                self.text(&text.to_string_best());
                Ok(())
            }
            Node::Block(block) => {
                let content = quote!(#block);
                self.child(&content);
                Ok(())
            }
            Node::Fragment(fragment) => fragment
                .children
                .iter()
                .try_for_each(|child| self.node(child)),
            other => Err(syn::Error::new(other.span(), "view! does not know this")),
        }
    }

    /// A hole for a child.
    pub fn child(&mut self, content: &TokenStream) {
        let view = name();
        self.html.push_str("<!>");
        self.calls
            .push(quote!(#view.child(#[allow(unused_braces)] #content);));
    }

    fn text(&mut self, text: &str) {
        self.html.push_str(&escaped(text));
    }
}

/// The variable that the calls are made on.
pub(crate) fn name() -> syn::Ident {
    syn::Ident::new("template", proc_macro2::Span::mixed_site())
}

/// As text and as the value of an attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
