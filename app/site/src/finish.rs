//! From what Trunk has built to the site as it is published.

use crate::cache::Cache;
use crate::html::{self, Piece, Tag};
use crate::site::{self, Files};
use crate::{
    Outcome, budget, digest, handbook, imports, lazy, parts, policy, styles, wasm, wasm_opt,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "asset-manifest.json";

/// What the person says of a site to be finished.
pub(crate) struct How {
    /// The program as the linker left it, if its later parts are to be cut off.
    pub(crate) program: Option<PathBuf>,
    /// Where on its host the site will be.
    pub(crate) public_url: String,
    /// Most bytes of a cold start.
    pub(crate) limit: usize,
}

/// Finishes the site in `dist`, in place.
pub(crate) fn finish(dist: &Path, how: &How, cache: &Cache) -> Outcome<()> {
    let (public_url, limit) = (how.public_url.as_str(), how.limit);
    let before = site::read(dist)?;
    if before.contains_key(MANIFEST) {
        return Err(format!(
            "{} is finished already: `trunk build` makes it anew",
            dist.display()
        ));
    }
    let mut files = before.clone();
    if let Some(path) = &how.program {
        let program = std::fs::read(path).map_err(|why| format!("{}: {why}", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        parts::cut_off(&mut files, &name, &program, cache)?;
    }
    let mut files = finished(files, public_url, cache)?;
    let handbook = handbook::page(&files, public_url).into_bytes();
    files.insert(handbook::NAME.to_owned(), handbook);
    files.extend(lazy::files());
    let weights = budget::weigh(&files, cache)?;
    let manifest = budget::manifest(&weights, public_url, limit);
    files.insert(MANIFEST.to_owned(), format!("{manifest:#}\n").into_bytes());
    site::write(dist, &before, &files)?;
    println!("{}", budget::table(&weights, limit));
    let total = budget::cold_start(&weights);
    if total > limit {
        return Err(format!(
            "a cold start takes {:.1} KiB, over the budget of {} KiB",
            budget::kib(total),
            limit / 1024
        ));
    }
    Ok(())
}

/// The files of the finished site. Every step changes content before a later one hashes it.
fn finished(files: Files, public_url: &str, cache: &Cache) -> Outcome<Files> {
    let mut page = Page::new(files, public_url)?;
    page.refuse_what_the_policy_refuses()?;
    page.optimise_program(cache)?;
    page.shorten_names()?;
    page.join_styles()?;
    page.link_snippets();
    page.name_by_content()?;
    page.seal()?;
    page.into_files()
}

/// The document with all that it may refer to.
struct Page {
    pieces: Vec<Piece>,
    files: Files,
    public_url: String,
}

impl Page {
    fn new(mut files: Files, public_url: &str) -> Outcome<Self> {
        let source = files.remove("index.html").unwrap_or_default();
        let source = String::from_utf8(source).map_err(|_| "index.html is not UTF-8")?;
        let mut pieces = html::parse(&source);
        pieces.retain(|piece| !matches!(piece, Piece::Tag(tag) if tag.has("data-trunk")));
        Ok(Self {
            pieces,
            files,
            public_url: public_url.to_owned(),
        })
    }

    fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Tag(tag) => Some(tag),
            _ => None,
        })
    }

    /// The browser would drop these without a word, so the build says it.
    fn refuse_what_the_policy_refuses(&self) -> Outcome<()> {
        for tag in self.tags() {
            let handler = tag
                .attributes
                .iter()
                .find(|(name, _)| name.starts_with("on"));
            if tag.name == "style" || tag.has("style") || handler.is_some() {
                return Err(format!(
                    "index.html: <{}> carries an inline style or handler, which the policy refuses",
                    tag.name
                ));
            }
        }
        Ok(())
    }

    /// The name within the site of what a tag refers to.
    fn local(&self, tag: &Tag) -> Outcome<Option<String>> {
        let attribute = if tag.name == "script" { "src" } else { "href" };
        let refers = matches!(tag.name.as_str(), "script" | "link") && tag.has(attribute);
        if !refers {
            return Ok(None);
        }
        let address = tag.get(attribute).unwrap_or_default();
        let name = address.strip_prefix(&self.public_url).unwrap_or(address);
        let name = name.strip_prefix("./").unwrap_or(name);
        if self.files.contains_key(name) {
            Ok(Some(name.to_owned()))
        } else {
            Err(format!(
                "index.html: <{}> refers to {address}, which the site does not have",
                tag.name
            ))
        }
    }

    fn optimise_program(&mut self, cache: &Cache) -> Outcome<()> {
        for (name, bytes) in &mut self.files {
            // Parts below a folder are small already.
            if name.ends_with(".wasm") && !name.contains('/') {
                let small = wasm::without_names(bytes).map_err(|why| format!("{name}: {why}"))?;
                *bytes = wasm_opt::optimise(name, &small, cache)?;
            }
        }
        Ok(())
    }

    /// The program and its glue, wherever they stand in a site of both.
    fn shorten_names(&mut self) -> Outcome<()> {
        let Some(name) = self.files.keys().find(|name| name.ends_with("_bg.wasm")) else {
            return Ok(());
        };
        let (name, glue) = (name.clone(), name.replace("_bg.wasm", ".js"));
        let source = self.files.remove(&glue).unwrap_or_default();
        let source = String::from_utf8(source).map_err(|_| format!("{glue} is not UTF-8"))?;
        let program = self.files.remove(&name).unwrap_or_default();
        let (source, program) = imports::without_hashes(&source, &program);
        self.files.insert(glue, source.into_bytes());
        self.files.insert(name, program);
        Ok(())
    }

    /// One request instead of many, in the order in which the page links them.
    fn join_styles(&mut self) -> Outcome<()> {
        let mut sheets = Vec::new();
        for tag in self.tags().filter(|tag| tag.links("stylesheet")) {
            sheets.extend(self.local(tag)?);
        }
        let mut sources = Vec::new();
        for name in sheets {
            let source = String::from_utf8(self.files.remove(&name).unwrap_or_default())
                .map_err(|_| format!("{name} is not UTF-8"))?;
            sources.push((name, source));
        }
        let joined = styles::join(
            sources
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str())),
        )?;
        let mut first = true;
        self.pieces.retain_mut(|piece| match piece {
            Piece::Tag(tag) if tag.links("stylesheet") => {
                tag.set("href", "style.css");
                std::mem::take(&mut first)
            }
            _ => true,
        });
        self.files
            .insert("style.css".to_owned(), joined.into_bytes());
        Ok(())
    }

    /// Modules that wasm-bindgen puts beside its own are imported by that one; only a link in the
    /// page can give them integrity.
    fn link_snippets(&mut self) {
        let glue = |piece: &Piece| matches!(piece, Piece::Tag(tag) if tag.links("modulepreload"));
        let Some(at) = self.pieces.iter().position(glue) else {
            return;
        };
        let snippets = self
            .files
            .keys()
            .filter(|name| name.starts_with("snippets/") && name.ends_with(".js"));
        let links: Vec<_> = snippets
            .map(|name| {
                let attributes = [
                    ("rel", "modulepreload"),
                    ("href", name),
                    ("crossorigin", ""),
                ];
                let attributes =
                    attributes.map(|(key, value)| (key.to_owned(), Some(value.to_owned())));
                Piece::Tag(Tag {
                    name: "link".to_owned(),
                    attributes: attributes.to_vec(),
                    closed: false,
                })
            })
            .collect();
        self.pieces.splice(at..at, links);
    }

    /// Renames programs, then what may speak of them, and points every reference to the new name.
    /// Snippets keep their names: wasm-bindgen imports them by these, and hashes them itself.
    fn name_by_content(&mut self) -> Outcome<()> {
        let mut renamed = BTreeMap::new();
        for end in [".wasm", ".js", ".css"] {
            let old: Vec<_> = self
                .files
                .keys()
                .filter(|name| name.ends_with(end))
                .cloned()
                .collect();
            for name in old.into_iter().filter(|name| !name.contains('/')) {
                let mut bytes = self.files.remove(&name).unwrap_or_default();
                if end == ".js" {
                    bytes = speak_of(&renamed, bytes, &name)?;
                }
                let stem = name.strip_suffix(end).unwrap_or(&name);
                let fresh = format!("{stem}-{}{end}", digest::short(&bytes));
                self.files.insert(fresh.clone(), bytes);
                renamed.insert(name, fresh);
            }
        }
        for piece in &mut self.pieces {
            let Piece::Tag(tag) = piece else { continue };
            for attribute in ["href", "src"] {
                let Some(address) = tag.get(attribute) else {
                    continue;
                };
                let name = address.strip_prefix(&self.public_url).unwrap_or(address);
                if let Some(fresh) = renamed.get(name) {
                    let fresh = fresh.clone();
                    tag.set(attribute, &fresh);
                }
            }
        }
        Ok(())
    }

    /// Writes addresses, integrity and the policy into the page.
    fn seal(&mut self) -> Outcome<()> {
        let mut pieces = std::mem::take(&mut self.pieces);
        for piece in &mut pieces {
            let Piece::Tag(tag) = piece else { continue };
            let Some(name) = self.local(tag)? else {
                continue;
            };
            let attribute = if tag.name == "script" { "src" } else { "href" };
            tag.set(attribute, &format!("{}{name}", self.public_url));
            let integrity = digest::integrity(&self.files[&name]);
            if tag.links("preload") {
                // Browsers ignore integrity on a preload for fetch, and complain in the console.
                // The boot script takes it from here and gives it to fetch, which enforces it.
                tag.set("data-integrity", &integrity);
            } else if tag.name == "script" || tag.links("stylesheet") || tag.links("modulepreload")
            {
                tag.set("integrity", &integrity);
            }
        }
        let policy = policy::policy(&inline_scripts(&pieces));
        let charset = |piece: &Piece| matches!(piece, Piece::Tag(tag) if tag.has("charset"));
        let at = pieces
            .iter()
            .position(charset)
            .ok_or("index.html has no <meta charset>")?;
        let attributes = vec![
            (
                "http-equiv".to_owned(),
                Some("Content-Security-Policy".to_owned()),
            ),
            ("content".to_owned(), Some(policy)),
        ];
        pieces.insert(
            at + 1,
            Piece::Tag(Tag {
                name: "meta".to_owned(),
                attributes,
                closed: false,
            }),
        );
        self.pieces = pieces;
        Ok(())
    }

    fn into_files(self) -> Outcome<Files> {
        let page = html::render(&self.pieces).into_bytes();
        let mut files = self.files;
        // Static hosts answer an unknown address with this page, so that every address opens the app.
        files.insert("404.html".to_owned(), page.clone());
        files.insert("index.html".to_owned(), page);
        Ok(files)
    }
}

/// A script with the names that changed since it was generated.
fn speak_of(renamed: &BTreeMap<String, String>, bytes: Vec<u8>, name: &str) -> Outcome<Vec<u8>> {
    let source = String::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8"))?;
    let replaced = renamed
        .iter()
        .fold(source, |text, (old, new)| text.replace(old, new));
    Ok(replaced.into_bytes())
}

/// The policy's source expressions for scripts written into the page.
fn inline_scripts(pieces: &[Piece]) -> Vec<String> {
    pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [Piece::Tag(tag), Piece::Text(text)] if tag.name == "script" && !tag.has("src") => {
                text.split("</").next().map(digest::policy_source)
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
#[path = "finish_tests.rs"]
mod tests;
