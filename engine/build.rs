//! Turns `references/` into the compact data that the engine embeds. A broken file stops
//! the build with file, line and reason.

use plumbline_core::load::{WorldFile, pack, unpack, world_from_files};
use plumbline_core::reference::{ReferenceIndex, instantiate};
use plumbline_core::written::{Read, Write};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// Date of the data: the day on which the facts were last reviewed.
const AS_OF: &str = "2026-11-24";

fn main() {
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../references");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    let world = world_from_files(&files, AS_OF).unwrap_or_else(|faults| {
        stop(
            faults
                .iter()
                .map(|fault| format!("references/{fault}"))
                .collect(),
        )
    });
    let mut broken = Vec::new();
    for reference in world.references.values() {
        for variant in &reference.variants {
            for units in reference.sizes.iter().filter_map(|size| size.known()) {
                if let Err(error) = instantiate(reference, units, None, Some(&variant.id)) {
                    broken.push(format!(
                        "references: {} at {units}, {}: {error}",
                        reference.id, variant.id
                    ));
                }
            }
        }
    }
    if !broken.is_empty() {
        stop(broken);
    }
    write("index.json", &ReferenceIndex::of(&world));
    write("world.json", &world);
}

/// Writes data to be embedded, once it was read back as what it is.
fn write<T: Read + Write + PartialEq>(name: &str, data: &T) {
    let text = pack(data);
    match unpack::<T>(&text) {
        Ok(back) if back == *data => {}
        Ok(_) => stop(vec![format!("{name} reads back as another")]),
        Err(error) => stop(vec![format!("{name}: {error}")]),
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(name);
    if let Err(error) = fs::write(&out, text) {
        stop(vec![format!("{}: {error}", out.display())]);
    }
}

fn stop(messages: Vec<String>) -> ! {
    for message in messages {
        println!("cargo::error={message}");
    }
    process::exit(1)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<WorldFile>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(root, &path, files);
        } else if let (Ok(text), Ok(relative)) =
            (fs::read_to_string(&path), path.strip_prefix(root))
        {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(WorldFile {
                path: relative.to_string_lossy().replace('\\', "/"),
                text,
            });
        }
    }
}
