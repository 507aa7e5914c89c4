//! What there is on this long page, to go to.

use super::Shown;
use crate::shell::dom;
use crate::ui::*;

/// Sections by the selector of their heading, in the order of the page.
const SECTIONS: [(&str, &str); 10] = [
    (".inference-front h2", "Speed against yield"),
    (".inference-sizing h2", "Sizing"),
    (".inference-fleet h2", "All models"),
    (".inference-load h2", "Latency"),
    (".inference-roofline h2", "Roofline"),
    (".inference-energy h2", "Energy"),
    (".inference-price h2", "Cost"),
    (".inference-lifetime h2", "Over its life"),
    (".inference-levers h2", "Levers"),
    (".inference-others h2", "Other accelerators"),
];

/// Buttons that go to the sections: the address is the page's own, so they are no links.
pub(super) fn contents(_: Shown) -> AnyView {
    let one = |(selector, label): &(&'static str, &'static str)| {
        let selector = *selector;
        let go = move |_| dom::reach(selector);
        view! { <li><button type="button" class="quiet" on:click=go>{*label}</button></li> }
    };
    let all: Vec<_> = SECTIONS.iter().map(one).collect();
    view! { <nav class="page-contents" aria-label="On this page"><ul>{all}</ul></nav> }.into_any()
}
