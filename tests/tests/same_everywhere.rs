//! The same design and world give the same assessment, bit for bit, native and WASM. The
//! build script computed the hash natively; this runs on whatever target it is built for.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_tests::designs::hash_of_random_assessments;
use plumbline_tests::{DESIGNS, NATIVE_HASH};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_thousand_random_designs_are_assessed_alike() {
    let hash = hash_of_random_assessments(&plumbline_engine::world(), DESIGNS);
    assert_eq!(hash, NATIVE_HASH, "{hash:#x} here, {NATIVE_HASH:#x} native");
}
