//! Runs Binaryen's `wasm-opt` over the program, where it is installed.

use crate::Outcome;
use crate::cache::Cache;
use crate::wasm;
use std::fs;
use std::process::Command;

/// Rust's output uses these features. They are named here because the section that lists them is
/// lost as soon as somebody strips the program, and wasm-opt then refuses it.
///
/// Twice, because the second time finds what the first has made equal. Low memory is the far end
/// of the stack, so that small offsets can be folded into addresses.
const FLAGS: [&str; 10] = [
    "-Oz",
    "--low-memory-unused",
    "-Oz",
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The smaller program; or the same one, with a line that says why. A site without this step is
/// larger and otherwise the same, so its absence stops nothing but the budget.
pub(crate) fn optimise(name: &str, program: &[u8], cache: &Cache) -> Outcome<Vec<u8>> {
    let Some(version) = version() else {
        println!(
            "  wasm-opt is not installed (Debian: binaryen): {name} stays as the compiler left it"
        );
        return Ok(program.to_vec());
    };
    let recipe = format!("{version} {}", FLAGS.join(" "));
    match cache.get(&recipe, program, || run(program)) {
        Ok(smaller) => {
            println!(
                "  {version}: {name} {} -> {} bytes",
                program.len(),
                smaller.len()
            );
            Ok(smaller)
        }
        Err(why) => {
            println!("  wasm-opt refused {name}, which stays as the compiler left it: {why}");
            Ok(program.to_vec())
        }
    }
}

fn version() -> Option<String> {
    let asked = Command::new("wasm-opt").arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&asked.stdout);
    text.lines()
        .next()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
}

fn run(program: &[u8]) -> Outcome<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("plumbline-wasm-opt-{}", std::process::id()));
    let result = run_in(&folder, program);
    let _ = fs::remove_dir_all(&folder);
    result
}

fn run_in(folder: &std::path::Path, program: &[u8]) -> Outcome<Vec<u8>> {
    let failed = |why: std::io::Error| format!("{}: {why}", folder.display());
    let (input, output) = (folder.join("in.wasm"), folder.join("out.wasm"));
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(&input, program).map_err(failed)?;
    let ran = Command::new("wasm-opt")
        .args(FLAGS)
        .arg(&input)
        .arg("-o")
        .arg(&output)
        .output()
        .map_err(failed)?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        return Err(said.lines().next().unwrap_or("no reason given").to_owned());
    }
    wasm::keep_table_exports(program, fs::read(&output).map_err(failed)?)
}
