//! A template of `view!` and the filling of its holes. Not generic but for the thin outer
//! methods, so that a page adds calls and no code of its own.

use super::ev::{Ev, Targeted};
use super::place::{moving, place};
use super::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DocumentFragment, Element, Event, HtmlElement, HtmlTemplateElement, Node, TreeWalker,
};

/// A copy of a template whose holes are filled one after the other.
pub struct Template {
    content: DocumentFragment,
    /// SVG parts are parsed inside an element that is left behind.
    wrapped: bool,
    elements: web_sys::NodeList,
    next: u32,
    here: Option<Element>,
    comments: Vec<Node>,
}

thread_local! {
    /// Parsed templates, by the place of their text.
    static PARSED: RefCell<HashMap<(usize, usize), DocumentFragment>> = RefCell::default();
}

impl Template {
    /// From HTML that the macro wrote.
    pub fn new(html: &'static str) -> Self {
        Self::copy(html, false)
    }

    /// From SVG that the macro wrote.
    pub fn drawn(html: &'static str) -> Self {
        Self::copy(html, true)
    }

    fn copy(html: &'static str, wrapped: bool) -> Self {
        let parsed = PARSED.with_borrow_mut(|all| {
            let parse = || parse(html, wrapped);
            all.entry((html.as_ptr() as usize, html.len()))
                .or_insert_with(parse)
                .clone()
        });
        let content: DocumentFragment = match document().import_node_with_deep(&parsed, true) {
            Ok(copy) => copy.unchecked_into(),
            Err(_) => document().create_document_fragment(),
        };
        // Both lists are made before anything is put into the holes.
        let elements = content
            .query_selector_all("[_]")
            .unwrap_or_else(|_| content.child_nodes());
        let walker = document().create_tree_walker_with_what_to_show(&content, SHOW_COMMENT);
        let mut comments: Vec<Node> = walker.map_or_else(
            |_| Vec::new(),
            |walker: TreeWalker| std::iter::from_fn(|| walker.next_node().ok().flatten()).collect(),
        );
        // They are taken from the end.
        comments.reverse();
        Self {
            content,
            wrapped,
            elements,
            next: 0,
            here: None,
            comments,
        }
    }

    /// Goes to the next element with something of its own.
    pub fn element(&mut self) {
        self.here = self.elements.item(self.next).map(JsCast::unchecked_into);
        self.next += 1;
        if let Some(element) = &self.here {
            let _ = element.remove_attribute("_");
        }
    }

    /// The element that was gone to last.
    pub fn here(&self) -> Option<Element> {
        self.here.clone()
    }

    /// Goes back to an element.
    pub fn back_to(&mut self, element: Option<Element>) {
        self.here = element;
    }

    /// Sets an attribute.
    pub fn attribute(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Attribute, name, value.into_value());
    }

    /// Sets a property.
    pub fn property(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Property, name, value.into_value());
    }

    /// Adds a class or takes it away.
    pub fn class(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Class, name, value.into_value());
    }

    /// Sets a property of the style by the CSSOM, which the policy of the page allows.
    pub fn style(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Style, name, value.into_value());
    }

    /// Listens for an event.
    pub fn on<E: JsCast>(&mut self, event: Ev<E>, mut handler: impl FnMut(E) + 'static) {
        self.listen(
            event.name,
            Box::new(move |event| handler(event.unchecked_into())),
        );
    }

    /// Listens for an event and gives the handler its element.
    pub fn on_target<T: JsCast>(
        &mut self,
        event: Ev<Event>,
        mut handler: impl FnMut(Targeted<T>) + 'static,
    ) {
        self.listen(
            event.name,
            Box::new(move |event| {
                handler(Targeted {
                    event,
                    target: PhantomData,
                })
            }),
        );
    }

    /// Fills a handle.
    pub fn node_ref<T: JsCast>(&mut self, handle: NodeRef<T>) {
        if let Some(element) = &self.here {
            handle.fill(element);
        }
    }

    /// Puts a view into the next hole for a child.
    pub fn child(&mut self, view: impl IntoAny) {
        self.put(view.into_any());
    }

    /// The view, with all its holes filled.
    pub fn done(self) -> AnyView {
        let node: Node = self.content.unchecked_into();
        if self.wrapped {
            // The parts leave the element in which they were parsed.
            let fragment = document().create_document_fragment();
            while let Some(part) = node.first_child().and_then(|svg| svg.first_child()) {
                let _ = fragment.append_child(&part);
            }
            return AnyView::Node(fragment.unchecked_into());
        }
        AnyView::Node(node)
    }

    fn put(&mut self, view: AnyView) {
        let Some(hole) = self.comments.pop() else {
            return;
        };
        let follows = matches!(view, AnyView::Moving(_) | AnyView::Keyed(_));
        place(view, &hole);
        // What moves keeps the hole as its end.
        if !follows && let Some(parent) = hole.parent_node() {
            let _ = parent.remove_child(&hole);
        }
    }

    fn set(&mut self, place: Place, name: &'static str, value: Value) {
        let Some(element) = self.here.clone() else {
            return;
        };
        match value {
            Value::Still(value) => place.set(&element, name, &value),
            Value::Moving(value) => {
                let mut before = None;
                moving(Box::new(move || {
                    let now = value();
                    if before.as_ref() != Some(&now) {
                        place.set(&element, name, &now);
                        before = Some(now);
                    }
                }));
            }
        }
    }

    fn listen(&mut self, name: &'static str, handler: Box<dyn FnMut(Event)>) {
        let Some(element) = &self.here else { return };
        let closure = Closure::wrap(handler);
        let _ = element.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        // It lives as long as what made the view; an element that outlives that answers no more.
        let kept = leptos::prelude::StoredValue::new_local(Some((element.clone(), closure)));
        on_cleanup(move || {
            if let Some((element, closure)) = kept.try_update_value(Option::take).flatten() {
                let _ = element
                    .remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            }
        });
    }
}

/// `NodeFilter.SHOW_COMMENT`.
const SHOW_COMMENT: u32 = 128;

fn parse(html: &str, wrapped: bool) -> DocumentFragment {
    let template = document()
        .create_element("template")
        .map(JsCast::unchecked_into::<HtmlTemplateElement>);
    match template {
        Ok(template) => {
            // Only the macro's own literals come here; what a person wrote never does.
            match wrapped {
                true => template.set_inner_html(&["<svg>", html, "</svg>"].concat()),
                false => template.set_inner_html(html),
            }
            template.content()
        }
        Err(_) => document().create_document_fragment(),
    }
}

/// Where on an element a value goes.
#[derive(Clone, Copy)]
enum Place {
    Attribute,
    Property,
    Class,
    Style,
}

impl Place {
    fn set(self, element: &Element, name: &str, value: &Plain) {
        let _ = match (self, value) {
            (Place::Attribute, Plain::Nothing | Plain::Truth(false)) => {
                element.remove_attribute(name)
            }
            (Place::Attribute, Plain::Text(text)) => element.set_attribute(name, text),
            (Place::Attribute, Plain::Truth(true)) => element.set_attribute(name, ""),
            (Place::Class, value) => {
                let there = *value == Plain::Truth(true);
                element
                    .class_list()
                    .toggle_with_force(name, there)
                    .map(drop)
            }
            (Place::Style, Plain::Text(text)) => match element.dyn_ref::<HtmlElement>() {
                Some(element) => element.style().set_property(name, text),
                None => Ok(()),
            },
            (Place::Style, _) => Ok(()),
            (Place::Property, value) => {
                let value = match value {
                    Plain::Nothing => JsValue::from_str(""),
                    Plain::Text(text) => JsValue::from_str(text),
                    Plain::Truth(truth) => JsValue::from_bool(*truth),
                };
                js_sys::Reflect::set(element, &JsValue::from_str(name), &value).map(drop)
            }
        };
    }
}
