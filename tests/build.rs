//! Computes, natively, the hash of a thousand assessments, so that the same tests compiled to
//! WASM can compare theirs with it.

#[path = "src/designs.rs"]
mod designs;

use std::path::PathBuf;
use std::{env, fs};

/// Random designs that both sides assess.
const DESIGNS: u64 = 1_000;

fn main() {
    println!("cargo::rerun-if-changed=src/designs.rs");
    println!("cargo::rerun-if-changed=build.rs");
    let hash = designs::hash_of_random_assessments(&plumbline_engine::world(), DESIGNS);
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("native_hash.rs");
    let text = format!(
        "/// Random designs assessed.\npub const DESIGNS: u64 = {DESIGNS};\n/// Hash that the native build computed.\npub const NATIVE_HASH: u64 = {hash:#x};\n"
    );
    if let Err(error) = fs::write(&out, text) {
        println!("cargo::error={}: {error}", out.display());
    }
}
