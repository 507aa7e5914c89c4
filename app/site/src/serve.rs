//! A static host on this machine. It reads the site once and answers from memory: so no request
//! reaches the file system, and what is served does not change under a page that is open.

use crate::cache::Cache;
use crate::site::Files;
use crate::{Outcome, budget, digest, site};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server};

/// Enough for a browser's connections to one host; each waits on the network most of the time.
const WORKERS: usize = 6;

/// Serves the site until the process ends.
pub(crate) fn serve(dist: &Path, port: u16, cache: &Cache) -> Outcome<()> {
    let site = Arc::new(Site::new(site::read(dist)?, cache)?);
    let server = Server::http(("127.0.0.1", port)).map_err(|why| {
        format!("cannot listen on 127.0.0.1:{port} ({why}); another --port may be free")
    })?;
    let address = server.server_addr();
    println!("Plumbline is at http://{address}/ (Ctrl+C ends)");
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    site.answer(request);
                }
            })
        })
        .collect();
    for worker in workers {
        worker
            .join()
            .map_err(|_| "a worker of the server ended early")?;
    }
    Ok(())
}

/// A file ready to be sent.
struct Asset {
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    media_type: &'static str,
    tag: String,
    lasting: bool,
}

struct Site {
    assets: BTreeMap<String, Asset>,
}

impl Site {
    fn new(files: Files, cache: &Cache) -> Outcome<Self> {
        let mut assets = BTreeMap::new();
        for (name, plain) in files {
            let packed = budget::brotli(&plain, cache)?;
            let asset = Asset {
                brotli: (packed.len() < plain.len()).then_some(packed),
                media_type: site::media_type(&name),
                tag: format!("\"{}\"", digest::short(&plain)),
                lasting: named_by_content(&name, &plain),
                plain,
            };
            assets.insert(name, asset);
        }
        Ok(Self { assets })
    }

    /// The file for an address, and the status to send it with.
    fn find(&self, address: &str) -> (u16, Option<&Asset>) {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let name = decoded(path.trim_start_matches('/'));
        let found = name.and_then(|name| match name.as_str() {
            "" => self.assets.get("index.html"),
            folder if folder.ends_with('/') => self.assets.get(&format!("{folder}index.html")),
            file => self.assets.get(file),
        });
        match found {
            Some(asset) => (200, Some(asset)),
            None => (404, self.assets.get("404.html")),
        }
    }

    fn answer(&self, request: Request) {
        if !matches!(request.method(), Method::Get | Method::Head) {
            // A client that has gone away needs no answer; here and below.
            let _ =
                request.respond(Response::from_string("only GET and HEAD\n").with_status_code(405));
            return;
        }
        let (status, asset) = self.find(request.url());
        let Some(asset) = asset else {
            let _ = request.respond(Response::from_string("not found\n").with_status_code(404));
            return;
        };
        let known = value(&request, "If-None-Match").is_some_and(|tags| tags.contains(&asset.tag));
        let takes_brotli =
            value(&request, "Accept-Encoding").is_some_and(|list| takes(&list, "br"));
        let packed = asset.brotli.as_ref().filter(|_| takes_brotli);
        let headers = [
            header("Content-Type", asset.media_type),
            header("ETag", &asset.tag),
            header("Vary", "Accept-Encoding"),
            header("X-Content-Type-Options", "nosniff"),
            header(
                "Cache-Control",
                if asset.lasting {
                    "public, max-age=31536000, immutable"
                } else {
                    "no-cache"
                },
            ),
            packed.and_then(|_| header("Content-Encoding", "br")),
        ];
        let headers = headers.into_iter().flatten().collect();
        let not_modified = known && status == 200;
        let body = if not_modified {
            &[]
        } else {
            packed.unwrap_or(&asset.plain).as_slice()
        };
        let status = if not_modified { 304 } else { status };
        let length = body.len();
        let _ = request.respond(Response::new(
            status.into(),
            headers,
            body,
            Some(length),
            None,
        ));
    }
}

/// Whether a name carries the hash of its content, so that it can be kept for ever.
fn named_by_content(name: &str, content: &[u8]) -> bool {
    name.contains(&digest::short(content))
}

/// An address with its percent signs resolved; nothing where that gives no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// Whether a list of encodings holds this one and does not refuse it.
fn takes(list: &str, encoding: &str) -> bool {
    list.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|part| matches!(part, "q=0" | "q=0.0"))
    })
}

fn value(request: &Request, name: &'static str) -> Option<String> {
    let found = request
        .headers()
        .iter()
        .find(|header| header.field.equiv(name))?;
    Some(found.value.as_str().to_owned())
}

/// A header of ours; all of them are plain ASCII, as the type wants it.
fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Outcome<Site> {
        let files = [
            ("index.html", "home"),
            ("404.html", "lost"),
            ("a b/index.html", "ab"),
            ("x.js", "x"),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        Site::new(files.into(), &Cache::new(None))
    }

    fn asked(site: &Site, address: &str) -> (u16, String) {
        let (status, asset) = site.find(address);
        (
            status,
            asset
                .map(|asset| String::from_utf8_lossy(&asset.plain).into_owned())
                .unwrap_or_default(),
        )
    }

    #[test]
    fn addresses_find_files() -> Outcome<()> {
        let site = site()?;
        for (address, text) in [
            ("/", "home"),
            ("/?q=1", "home"),
            ("/a%20b/", "ab"),
            ("/x.js?v", "x"),
        ] {
            assert_eq!(asked(&site, address), (200, text.to_owned()), "{address}");
        }
        Ok(())
    }

    #[test]
    fn nothing_outside_the_site_is_found() -> Outcome<()> {
        let site = site()?;
        let attempts = [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fx.js",
            "//etc/passwd",
            "/%zz",
            "/%",
            "/a b",
        ];
        for address in attempts {
            assert_eq!(asked(&site, address), (404, "lost".to_owned()), "{address}");
        }
        Ok(())
    }

    #[test]
    fn encodings_are_taken_only_where_offered() {
        assert!(takes("gzip, deflate, br, zstd", "br") && takes("br;q=0.5", "br"));
        assert!(!takes("gzip", "br") && !takes("br;q=0", "br") && !takes("", "br"));
    }
}
