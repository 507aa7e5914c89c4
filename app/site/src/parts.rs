//! Cuts the parts of the program (`app/src/later`) off into files of their own, which are loaded
//! when they are wanted.
//!
//! The cut is made in what the linker left, whose relocations say who needs whom: what only a part
//! reaches goes there, code and data, what several share into a file for these. wasm-bindgen then
//! sees the rest alone. Parts reach the program by its exports and by the table of functions, in
//! which each has a range of its own. The text that brings them stands in the glue, so that it
//! has the glue's integrity and costs no request; with it, that of every part (`parts.js`).

use crate::cache::Cache;
use crate::site::Files;
use crate::{Outcome, digest, wasm, wasm_opt};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What brings a part: a promise for each file, another try past the browser's own store after
/// one that failed, and the answer by a call into the program.
const LOADER: &str = include_str!("parts.js");

/// The module from which the program believes it imports the loaders.
const LINK: &str = "parts";

/// What a cut gives.
struct Cut {
    glue: String,
    program: Vec<u8>,
    /// Each file of the parts, by the name that the cut gave it.
    files: BTreeMap<String, Vec<u8>>,
    /// The files of each part.
    parts: BTreeMap<String, Vec<String>>,
}

/// Puts the rest of this program in place of the one that Trunk has bound, and the parts beside
/// it. `name` is that of both without their endings.
pub(crate) fn cut_off(files: &mut Files, name: &str, program: &[u8], cache: &Cache) -> Outcome<()> {
    let folder = std::env::temp_dir().join(format!("plumbline-parts-{}", std::process::id()));
    let cut = cut(&folder, name, program);
    let _ = fs::remove_dir_all(&folder);
    let cut = cut?;
    let mut sealed = BTreeMap::new();
    for (stem, bytes) in &cut.files {
        let small = wasm::without_names(bytes).map_err(|why| format!("{stem}: {why}"))?;
        let small = wasm_opt::optimise(&format!("{stem}.wasm"), &small, cache)?;
        let fresh = format!("lazy/{stem}-{}.wasm", digest::short(&small));
        let entry = format!("[\"{fresh}\",\"{}\"]", digest::integrity(&small));
        sealed.insert(stem, entry);
        files.insert(fresh, small);
    }
    let mut loaders = String::new();
    for (part, stems) in &cut.parts {
        let files: Vec<_> = stems
            .iter()
            .filter_map(|stem| sealed.get(stem))
            .map(String::as_str)
            .collect();
        loaders += &format!("__wasm_split_load_{part}:part({}),", files.join(","));
    }
    let glue = with_loaders(&cut.glue, &loaders)?;
    files.insert(format!("{name}.js"), glue.into_bytes());
    files.insert(format!("{name}_bg.wasm"), cut.program);
    Ok(())
}

/// The glue with the loaders in place of their import, of which wasm-bindgen writes one for each.
fn with_loaders(glue: &str, loaders: &str) -> Outcome<String> {
    let from = format!("from \"{LINK}\"");
    let (imports, rest): (Vec<_>, Vec<_>) = glue.lines().partition(|line| line.contains(&from));
    if imports.is_empty() {
        return Err("the program has no parts; build it with the feature `split`".to_owned());
    }
    let variables = imports.iter().filter_map(|line| line.split(' ').nth(3));
    let aliases: String = variables
        .map(|variable| format!("const {variable} = parts;\n"))
        .collect();
    let own = format!("{LOADER}const parts = {{{loaders}}};\n{aliases}");
    Ok([&own, &rest.join("\n"), "\n"].concat())
}

fn cut(folder: &Path, name: &str, program: &[u8]) -> Outcome<Cut> {
    let failed = |why: std::io::Error| format!("{}: {why}", folder.display());
    let rest = folder.join(format!("{name}.wasm"));
    let mut options = wasm_split_cli_support::Options::new(program);
    options.output_dir = folder;
    options.main_out_path = &rest;
    options.link_name = LINK;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|why| format!("the parts cannot be cut off the program: {why:#}"))?;
    let mut files = BTreeMap::new();
    for path in &split.split_modules {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        files.insert(stem.into_owned(), fs::read(path).map_err(failed)?);
    }
    bind(&rest, folder)?;
    Ok(Cut {
        glue: fs::read_to_string(folder.join(format!("{name}.js"))).map_err(failed)?,
        program: fs::read(folder.join(format!("{name}_bg.wasm"))).map_err(failed)?,
        files,
        parts: split.prefetch_map.into_iter().collect(),
    })
}

/// As Trunk does it, but for the table of functions, which parts need and wasm-bindgen hides. The tool is of the version in Cargo.lock, see `.ci/tools.sh`.
fn bind(program: &Path, folder: &Path) -> Outcome<()> {
    let ran = Command::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .arg("--out-dir")
        .arg(folder)
        .arg(program)
        .output()
        .map_err(|why| format!("wasm-bindgen: {why}"))?;
    match ran.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&ran.stderr).trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loaders_take_the_place_of_their_import() -> Outcome<()> {
        let glue =
            "import * as import1 from \"parts\"\nimport * as import2 from \"parts\"\n\nlet wasm;\n";
        let glue = with_loaders(
            glue,
            "__wasm_split_load_a:part([\"lazy/a.wasm\",\"sha384-x\"]),",
        )?;
        assert!(glue.starts_with("const arrived"), "{glue}");
        assert!(glue.contains("const parts = {__wasm_split_load_a:part([\"lazy/a.wasm\""));
        assert!(glue.ends_with("const import1 = parts;\nconst import2 = parts;\n\nlet wasm;\n"));
        assert!(!glue.contains("import *"));
        Ok(())
    }

    #[test]
    fn a_program_of_one_piece_is_refused() {
        assert!(with_loaders("let wasm;", "").is_err());
    }
}
