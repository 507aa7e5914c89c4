//! One document to standard output or to a file, whole or not at all.

use crate::args::Output;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Writes text where the arguments say.
pub fn write(out: &Output, text: &str) -> Result<ExitCode, String> {
    let text = if text.ends_with('\n') {
        text.to_owned()
    } else {
        format!("{text}\n")
    };
    match &out.output {
        Some(path) => write_file(path, &text)?,
        None => {
            // A closed pipe (`| head`) is not an error of ours.
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a JSON document.
pub fn write_json(out: &Output, value: &serde_json::Value) -> Result<ExitCode, String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    write(out, &text)
}

/// Writes beside the target first, so that a full disk never leaves half a file.
fn write_file(path: &Path, text: &str) -> Result<(), String> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".part");
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    fs::write(&temporary, text).map_err(fail)?;
    fs::rename(&temporary, path).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        fail(error)
    })
}
