//! Views: what moves moves, what stays keeps its elements, what goes is heard no more.
#![cfg(target_arch = "wasm32")]
// A test fails where it stands.
#![allow(clippy::unwrap_used, clippy::panic)]

// `view!` looks for `crate::ui`.
use plumbline_app::ui::{self, *};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts a view in an element of its own: the body is the test runner's.
fn mount(view: impl FnOnce() -> AnyView + 'static) -> HtmlElement {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    let parent = place.clone();
    leptos::mount::mount_to_body(move || place_in(&parent, view()));
    place
}

/// Lets effects run.
async fn settle() {
    let wait = js_sys::Promise::new(&mut |done, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, 10)
            .unwrap();
    });
    JsFuture::from(wait).await.unwrap();
}

fn text(place: &HtmlElement) -> String {
    place.text_content().unwrap()
}

fn first(place: &HtmlElement, selector: &str) -> Element {
    place.query_selector(selector).unwrap().unwrap()
}

#[wasm_bindgen_test]
async fn texts_attributes_properties_and_classes_follow_their_signals() {
    let name = RwSignal::new("one".to_owned());
    let place = mount(move || {
        view! {
            <p class="fixed" class:long=move || name.with(|name| name.len() > 3) title=name>"is "{name}"!"</p>
            <input prop:value=name disabled=move || name.with(String::is_empty) />
        }
    });
    let p = first(&place, "p");
    let input: web_sys::HtmlInputElement = first(&place, "input").unchecked_into();
    assert_eq!(text(&place), "is one!");
    name.set("three".into());
    settle().await;
    assert_eq!(
        (text(&place).as_str(), p.class_name().as_str()),
        ("is three!", "fixed long")
    );
    assert_eq!(
        (p.get_attribute("title").as_deref(), input.value().as_str()),
        (Some("three"), "three")
    );
    name.set(String::new());
    settle().await;
    assert!(input.disabled());
    assert_eq!(p.class_name(), "fixed");
}

#[wasm_bindgen_test]
fn what_a_person_wrote_is_text_and_never_html() {
    let place = mount(|| view! { <p title="\"><b>".to_owned()>{"<b>bold</b>".to_owned()}</p> });
    assert!(place.query_selector("b").unwrap().is_none());
    assert_eq!(text(&place), "<b>bold</b>");
}

#[wasm_bindgen_test]
async fn nested_parts_go_with_what_holds_them() {
    let (outer, inner) = (RwSignal::new(1_u32), RwSignal::new(1_u32));
    let runs = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = runs.clone();
    let place = mount(move || {
        let part = move || {
            let (outer, count) = (outer.get(), count.clone());
            let part = move || {
                count.set(count.get() + 1);
                [outer.to_string(), inner.get().to_string()].join(".")
            };
            (outer < 3).then(|| view! { <b>{part}</b> })
        };
        view! { "["{part}"]" }
    });
    assert_eq!(text(&place), "[1.1]");
    outer.set(2);
    inner.set(2);
    settle().await;
    assert_eq!(text(&place), "[2.2]");
    outer.set(3);
    settle().await;
    let before = runs.get();
    inner.set(5);
    settle().await;
    assert_eq!((text(&place).as_str(), runs.get()), ("[]", before));
}

#[wasm_bindgen_test]
async fn rows_that_stay_keep_their_elements_in_any_order() {
    let rows = RwSignal::new(vec!["a", "b", "c"]);
    let place = mount(move || {
        let row = |name: &'static str| view! { <li class=name>{name}</li> };
        view! { <ul><For each=move || rows.get() key=|row| *row children=row /></ul> }
    });
    let kept = first(&place, ".b");
    for order in [
        vec!["c", "b", "d", "a"],
        vec!["b"],
        vec!["x", "b"],
        vec![],
        vec!["b", "x", "y"],
    ] {
        rows.set(order.clone());
        settle().await;
        assert_eq!(text(&place), order.concat());
        if order == ["x", "b"] {
            assert_eq!(first(&place, ".b"), kept);
        }
    }
    assert_ne!(
        first(&place, ".b"),
        kept,
        "a row that went comes back as another"
    );
}

#[wasm_bindgen_test]
async fn a_handler_is_heard_while_its_view_stands() {
    let (there, count) = (RwSignal::new(true), RwSignal::new(0_u32));
    let place = mount(move || {
        let press = move |_| count.update(|count| *count += 1);
        let button = move || {
            there
                .get()
                .then(|| view! { <button on:click=press>"+"</button> })
        };
        view! { <div>{button}</div> }
    });
    let button: HtmlElement = first(&place, "button").unchecked_into();
    button.click();
    assert_eq!(count.get_untracked(), 1);
    there.set(false);
    settle().await;
    button.click();
    assert_eq!(count.get_untracked(), 1);
}

#[wasm_bindgen_test]
fn parts_of_a_drawing_are_drawn() {
    let place = mount(|| {
        let line = view! { <line class="link" x1="0" x2="9".to_owned() /> };
        view! { <svg viewBox="0 0 9 9">{line}</svg> }
    });
    let line = first(&place, "line");
    assert_eq!(
        line.namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    assert_eq!(line.get_attribute("x2").as_deref(), Some("9"));
    assert_eq!(
        first(&place, "svg").get_attribute("viewBox").as_deref(),
        Some("0 0 9 9")
    );
}

#[wasm_bindgen_test]
async fn a_memo_tells_only_what_is_new() {
    let number = RwSignal::new(1_u32);
    let runs = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = runs.clone();
    let place = mount(move || {
        let even = Memo::new(move |_| number.get().is_multiple_of(2));
        let shown = move || {
            count.set(count.get() + 1);
            if even.get() { "even" } else { "odd" }
        };
        view! { <p>{shown}</p> }
    });
    for next in [3, 5, 7] {
        number.set(next);
        settle().await;
    }
    assert_eq!((text(&place).as_str(), runs.get()), ("odd", 1));
    number.set(8);
    settle().await;
    assert_eq!(text(&place), "even");
}
