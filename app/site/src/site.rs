//! A site in memory: small enough to be read whole, changed, and written whole.

use crate::Outcome;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file by its path within the site, with forward slashes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn read(folder: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    collect(folder, "", &mut files)?;
    if files.contains_key("index.html") {
        Ok(files)
    } else {
        Err(format!(
            "{} holds no index.html; build the site first",
            folder.display()
        ))
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> Outcome<()> {
    let failed = |why| format!("{}: {why}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).map_err(|why| format!("{}: {why}", path.display()))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

/// Makes the folder hold these files and no others.
pub(crate) fn write(folder: &Path, before: &Files, after: &Files) -> Outcome<()> {
    for (name, bytes) in after {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|why| format!("{}: {why}", parent.display()))?;
        }
        fs::write(&path, bytes).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    Ok(())
}

/// The media type by the end of the name. A wrong one makes browsers refuse modules and makes
/// streaming compilation of the program fall back to a slower way.
pub(crate) fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
