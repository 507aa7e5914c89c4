//! Widgets in a real browser: what they are called, what keys do, what they say.
#![cfg(target_arch = "wasm32")]
// A test fails where it stands.
#![allow(clippy::unwrap_used, clippy::panic)]

use plumbline_app::state::{Page, Section, Workbench, fill};
// `view!` looks for `crate::ui`.
use plumbline_app::ui::{self, *};
use plumbline_app::widgets::*;
use plumbline_engine::design::{Design, NodeGroup};
use plumbline_engine::sourced::Origin;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts a view with a workbench and the whole world around it, in an element of its own: the body is the runner's.
fn mount(view: impl FnOnce(Workbench) -> AnyView + 'static) -> (HtmlElement, Workbench) {
    // Only the first test of the page has to.
    fill(plumbline_engine::world());
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    let kept: Rc<RefCell<Option<Workbench>>> = Rc::default();
    let (parent, out) = (place.clone(), kept.clone());
    leptos::mount::mount_to_body(move || {
        let mut design = Design::default();
        design.compute.groups.push(NodeGroup {
            nodes: 4,
            ..NodeGroup::default()
        });
        let workbench = Workbench::new(vec![design], 0, Page::Design(Section::Compute));
        provide_context(workbench);
        provide_template(workbench);
        *out.borrow_mut() = Some(workbench);
        place_in(&parent, view(workbench));
    });
    let workbench = kept.borrow_mut().take().unwrap();
    (place, workbench)
}

/// Lets effects run.
async fn settle(milliseconds: i32) {
    let wait = js_sys::Promise::new(&mut |done, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds)
            .unwrap();
    });
    JsFuture::from(wait).await.unwrap();
}

fn find(place: &HtmlElement, selector: &str) -> Element {
    let found = place.query_selector(selector).unwrap();
    found.unwrap_or_else(|| panic!("no {selector} in {}", place.inner_html()))
}

fn text(place: &HtmlElement, selector: &str) -> String {
    find(place, selector).text_content().unwrap()
}

fn input(place: &HtmlElement) -> HtmlInputElement {
    find(place, "input").unchecked_into()
}

fn send(target: &Element, event: &str) {
    target
        .dispatch_event(&web_sys::Event::new(event).unwrap())
        .unwrap();
}

fn type_into(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    send(input, "input");
}

fn press(target: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

fn nodes(workbench: Workbench) -> u32 {
    workbench
        .design()
        .with_untracked(|design| design.compute.groups[0].nodes)
}

#[wasm_bindgen_test]
async fn a_quantity_is_read_with_its_unit_and_echoed() {
    let (place, workbench) =
        mount(|_| quantity_field(Field::new("Power", "site.rack_power").optional("not stated")));
    let field = input(&place);
    assert_eq!(find(&place, "label").get_attribute("for"), Some(field.id()));
    assert_eq!(field.placeholder(), "not stated");
    type_into(&field, "0.02 MW");
    settle(20).await;
    let power = workbench
        .design()
        .with_untracked(|design| design.site.rack_power)
        .unwrap();
    assert_eq!(power.get(), 20_000.0);
    let note = field.get_attribute("aria-describedby").unwrap();
    assert_eq!(text(&place, &format!("#{note}")), "= 20 kW");
}

#[wasm_bindgen_test]
async fn a_wrong_text_stays_with_its_reason_and_the_design_keeps_its_value() {
    let (place, workbench) = mount(|_| count_field(Field::new("Nodes", "compute.groups[0].nodes")));
    let field = input(&place);
    type_into(&field, "many");
    settle(20).await;
    assert_eq!(
        field.get_attribute("aria-invalid"),
        None,
        "a half-typed text is no error yet"
    );
    send(&field, "blur");
    settle(20).await;
    assert_eq!(field.value(), "many");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    let said = "found \"many\", expected a whole number; the design keeps 4";
    assert_eq!(text(&place, ".field-error"), said);
    assert_eq!(nodes(workbench), 4);
    press(&field, "Escape");
    settle(20).await;
    assert_eq!(field.value(), "4");
}

#[wasm_bindgen_test]
async fn typing_one_figure_is_one_undo() {
    let (place, workbench) = mount(|_| count_field(Field::new("Nodes", "compute.groups[0].nodes")));
    let field = input(&place);
    for text in ["1", "12", "127"] {
        type_into(&field, text);
    }
    settle(20).await;
    assert_eq!(nodes(workbench), 127);
    workbench.undo();
    settle(20).await;
    assert_eq!(field.value(), "4");
}

#[wasm_bindgen_test]
async fn a_choice_outside_the_list_is_shown_as_written() {
    let (place, workbench) = mount(|workbench| {
        workbench.set("set", "site.region", "moon");
        select_field(
            Field::new("Region", "site.region"),
            vec![Choice::new("us", "United States")],
        )
    });
    settle(20).await;
    assert!(text(&place, "option[selected]").starts_with("moon"));
    let select: web_sys::HtmlSelectElement = find(&place, "select").unchecked_into();
    select.set_value("0");
    send(&select, "change");
    settle(20).await;
    assert_eq!(
        workbench
            .design()
            .with_untracked(|design| design.site.region.clone()),
        "us"
    );
}

#[wasm_bindgen_test]
async fn a_toggle_is_a_box_with_its_label() {
    let (place, workbench) =
        mount(|_| toggle_field(Field::new("Tenants", "orchestration.multi_tenant")));
    let toggle = input(&place);
    assert_eq!(
        find(&place, "label").get_attribute("for"),
        Some(toggle.id())
    );
    toggle.click();
    settle(20).await;
    assert!(
        workbench
            .design()
            .with_untracked(|design| design.orchestration.multi_tenant)
    );
}

#[wasm_bindgen_test]
async fn a_table_sorts_by_its_head_and_says_so() {
    let (place, _) = mount(|_| {
        let columns = vec![
            Column::text("Part").sortable(),
            Column::figures("Price").sortable(),
        ];
        data_table("Prices".into(), columns, || {
            let row = |name: &str, price: f64| Row {
                cells: vec![Cell::text(name), Cell::figure(price, price.to_string())],
            };
            vec![row("b", 2.0), row("a", 3.0), row("c", 1.0)]
        })
    });
    let heads = place.query_selector_all("thead th").unwrap();
    let head = |at: u32| heads.item(at).unwrap().unchecked_into::<Element>();
    let click = |at: u32| {
        head(at)
            .query_selector("button")
            .unwrap()
            .unwrap()
            .unchecked_into::<HtmlElement>()
            .click();
    };
    let sorted = |at: u32| head(at).get_attribute("aria-sort").unwrap();
    assert_eq!(text(&place, "caption"), "Prices");
    assert_eq!(
        find(&place, "tbody th").get_attribute("scope").as_deref(),
        Some("row")
    );
    assert_eq!(text(&place, "tbody"), "b2a3c1");
    click(1);
    settle(20).await;
    assert_eq!(
        (text(&place, "tbody"), sorted(1)),
        ("a3b2c1".into(), "descending".into())
    );
    click(1);
    settle(20).await;
    assert_eq!(
        (text(&place, "tbody"), sorted(1)),
        ("c1b2a3".into(), "ascending".into())
    );
    click(0);
    settle(20).await;
    assert_eq!(
        (text(&place, "tbody"), sorted(0)),
        ("a3b2c1".into(), "ascending".into())
    );
    assert_eq!(sorted(1), "none");
}

#[wasm_bindgen_test]
async fn a_dialog_is_modal_named_and_closes() {
    let (place, _) = mount(|_| {
        let open = RwSignal::new(false);
        let dialog = dialog(open, "Share", || view! { <p id="inside">"content"</p> });
        view! { <button id="opener" on:click=move |_| open.set(true)>"open"</button>{dialog} }
    });
    let dialog: web_sys::HtmlDialogElement = find(&place, "dialog").unchecked_into();
    assert!(
        place.query_selector("#inside").unwrap().is_none(),
        "nothing is made before it opens"
    );
    find(&place, "#opener")
        .unchecked_into::<HtmlElement>()
        .click();
    settle(50).await;
    assert!(dialog.open());
    let name = dialog.get_attribute("aria-labelledby").unwrap();
    assert_eq!(text(&place, &format!("#{name}")), "Share");
    find(&place, "dialog [aria-label=Close]")
        .unchecked_into::<HtmlElement>()
        .click();
    settle(50).await;
    assert!(!dialog.open());
    assert!(place.query_selector("#inside").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_source_note_takes_the_focus_and_gives_it_back() {
    let (place, _) = mount(|_| {
        let notes = provide_notes();
        let origin = Origin::derived("nodes × 8");
        let button = source_note("Accelerators", move || Note {
            title: "Accelerators".into(),
            value: "1,016".into(),
            origin: origin.clone(),
            formula: String::new(),
            inputs: Vec::new(),
        });
        view! { {button}{note_host(notes)} }
    });
    let button: HtmlElement = find(&place, "button").unchecked_into();
    assert_eq!(
        button.get_attribute("aria-label").as_deref(),
        Some("Source of Accelerators")
    );
    button.focus().unwrap();
    button.click();
    settle(150).await;
    let note = find(&place, "[role=dialog]");
    assert_eq!(document().active_element().as_ref(), Some(&note));
    assert!(
        note.text_content()
            .unwrap()
            .contains("derived: computed from sourced figures")
    );
    press(&note, "Escape");
    settle(50).await;
    assert!(place.query_selector("[role=dialog]").unwrap().is_none());
    assert_eq!(document().active_element().as_ref(), Some(button.as_ref()));
}

#[wasm_bindgen_test]
fn a_mark_has_a_word_beside_its_shape() {
    let (place, _) = mount(|_| mark(Mark::Blocker));
    assert_eq!(
        find(&place, "svg").get_attribute("aria-hidden").as_deref(),
        Some("true")
    );
    assert_eq!(text(&place, ".visually-hidden"), "blocker");
}
