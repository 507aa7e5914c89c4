//! Mounts the workbench in a real browser.
#![cfg(target_arch = "wasm32")]

use leptos::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_workbench_mounts() {
    plumbline_app::start();
    let text = document().body().and_then(|body| body.text_content());
    assert!(text.is_some_and(|text| text.contains("Does it hold?")));
}
