//! Worlds, designs and links from files.

use crate::args::{LinkArgs, OpenArgs};
use crate::output::{write, write_json};
use plumbline_engine::check::standard;
use plumbline_engine::design::Design;
use plumbline_engine::load::{
    WorldFile, design_from_text, design_to_ron, from_link, to_link, world_from_files,
};
use plumbline_engine::reference::World;
use plumbline_engine::written::tree;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// The embedded world; with a folder, an edited copy of `references/` in its place; with a file,
/// a company's own standard beside the embedded references.
pub fn world(folder: Option<&Path>) -> Result<World, String> {
    let embedded = plumbline_engine::world();
    let Some(folder) = folder else {
        return Ok(embedded);
    };
    if folder.is_file() {
        let text =
            fs::read_to_string(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let name = folder.display().to_string();
        let standard = standard(&text, &embedded).map_err(|faults| {
            let placed = faults
                .into_iter()
                .map(|fault| fault.in_file(&name).to_string());
            placed.collect::<Vec<_>>().join("\nplumbline: ")
        })?;
        let references = &embedded.references;
        references.bring(standard.reference, standard.sources);
        return Ok(embedded);
    }
    if !folder.is_dir() {
        return Err(format!("{}: not a folder or file", folder.display()));
    }
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    world_from_files(&files, &embedded.as_of).map_err(|faults| {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}/{fault}", folder.display()))
            .collect();
        lines.join("\nplumbline: ")
    })
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<WorldFile>) -> Result<(), String> {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let relative = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            files.push(WorldFile {
                path: relative,
                text,
            });
        }
    }
    Ok(())
}

/// A design from a file, or from standard input where the path is `-`.
pub fn design(path: &Path) -> Result<Design, String> {
    let text = text(path)?;
    design_from_text(&text).map_err(|fault| fault.in_file(&path.display().to_string()).to_string())
}

/// The text of a file, or of standard input where the path is `-`.
pub fn text(path: &Path) -> Result<String, String> {
    let bytes = match path.as_os_str() == "-" {
        true => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        false => fs::read(path),
    };
    let bytes = bytes.map_err(|error| format!("{}: {error}", path.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let name = path.display();
        format!("{name}: byte {at}: found bytes that are not text, expected text")
    })
}

/// `plumbline link`.
pub fn link(_world: &World, args: &LinkArgs) -> Result<ExitCode, String> {
    let designs: Vec<Design> = args
        .designs
        .iter()
        .map(|path| design(path))
        .collect::<Result<_, _>>()?;
    let fragment = to_link(&designs).map_err(|error| error.to_string())?;
    let link = match &args.base {
        Some(base) => format!("{}#{fragment}", base.trim_end_matches('#')),
        None => fragment,
    };
    match args.out.json {
        true => write_json(
            &args.out,
            &serde_json::json!({ "schema": 1, "link": link, "characters": link.chars().count() }),
        ),
        false => write(&args.out, &link),
    }
}

/// `plumbline open`. A single design is written as itself, several as a list.
pub fn open(args: &OpenArgs) -> Result<ExitCode, String> {
    let link = match args.link.as_str() {
        "-" => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| format!("standard input: {error}"))?;
            text
        }
        link => link.to_owned(),
    };
    let designs = from_link(&link).map_err(|error| error.to_string())?;
    if args.out.json {
        let json = match designs.as_slice() {
            [one] => tree(one),
            several => tree(several),
        };
        return write_json(&args.out, &json);
    }
    match designs.as_slice() {
        [one] => write(&args.out, &design_to_ron(one)),
        several if args.out.output.is_none() => {
            let parts: Vec<String> = several.iter().map(design_to_ron).collect();
            write(&args.out, &parts.join("\n\n"))
        }
        several => numbered(args, several),
    }
}

/// Several designs into one file each: `design.ron` becomes `design-1.ron`, `design-2.ron`.
fn numbered(args: &OpenArgs, designs: &[Design]) -> Result<ExitCode, String> {
    let Some(path) = &args.out.output else {
        return Ok(ExitCode::SUCCESS);
    };
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let extension = path
        .extension()
        .map_or("ron".into(), |e| e.to_string_lossy().into_owned());
    for (at, design) in designs.iter().enumerate() {
        let output = Some(path.with_file_name(format!("{stem}-{}.{extension}", at + 1)));
        write(
            &crate::args::Output {
                output,
                json: false,
            },
            &design_to_ron(design),
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
