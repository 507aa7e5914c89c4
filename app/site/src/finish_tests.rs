//! The finish step over a site of a few bytes.

use super::*;

const PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8">
<link rel="icon" href="icon.svg"><link rel="stylesheet" href="/b.css"><link rel="stylesheet" href="/a.css">
<link data-trunk rel="rust" href="app/Cargo.toml">
<link id="glue" rel="modulepreload" href="/app.js"><link id="program" rel="preload" as="fetch" href="/app_bg.wasm">
<script type="module" src="/boot.js"></script></head><body><!-- frame --></body></html>"#;

fn site(page: &str) -> Files {
    let files = [
        ("index.html", page),
        ("icon.svg", "<svg/>"),
        ("a.css", "a{}"),
        ("b.css", "b{}"),
        ("app.js", "new URL('app_bg.wasm')"),
        ("app_bg.wasm", "\0asm\x01\0\0\0"),
        ("boot.js", "boot()"),
        ("snippets/x/inline0.js", "export {}"),
    ];
    files
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
}

fn finish_page(page: &str, public_url: &str) -> Outcome<Files> {
    finished(site(page), public_url, &Cache::new(None))
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8_lossy(&files[name]).into_owned()
}

fn named(files: &Files, start: &str, end: &str) -> String {
    let mut found = files
        .keys()
        .filter(|name| name.starts_with(start) && name.ends_with(end));
    found.next().cloned().unwrap_or_default()
}

#[test]
fn names_follow_content_and_references_follow_names() -> Outcome<()> {
    let files = finish_page(PAGE, "/")?;
    let page = text(&files, "index.html");
    for (start, end) in [
        ("app_bg-", ".wasm"),
        ("app-", ".js"),
        ("boot-", ".js"),
        ("style-", ".css"),
    ] {
        let name = named(&files, start, end);
        assert_eq!(name.len(), start.len() + 16 + end.len(), "{start}");
        assert!(page.contains(&format!("\"/{name}\"")), "{name} in {page}");
    }
    let glue = text(&files, &named(&files, "app-", ".js"));
    assert!(glue.contains(&named(&files, "app_bg-", ".wasm")), "{glue}");
    Ok(())
}

#[test]
fn styles_become_one_in_the_order_of_the_page() -> Outcome<()> {
    let files = finish_page(PAGE, "/")?;
    assert_eq!(text(&files, &named(&files, "style-", ".css")), "b{}\na{}\n");
    assert_eq!(text(&files, "index.html").matches("stylesheet").count(), 1);
    assert!(!files.contains_key("a.css"));
    Ok(())
}

#[test]
fn everything_that_runs_or_styles_has_integrity() -> Outcome<()> {
    let files = finish_page(PAGE, "/")?;
    let page = text(&files, "index.html");
    for name in files
        .keys()
        .filter(|name| !name.ends_with(".html") && *name != "icon.svg")
    {
        let integrity = digest::integrity(&files[name]);
        assert!(page.contains(&integrity), "{name} in {page}");
    }
    Ok(())
}

#[test]
fn the_policy_comes_before_what_it_governs() -> Outcome<()> {
    let page = text(&finish_page(PAGE, "/")?, "index.html");
    let policy = page.find("Content-Security-Policy");
    assert!(policy.is_some() && policy < page.find("<link"), "{page}");
    Ok(())
}

#[test]
fn an_inline_script_is_hashed_into_the_policy() -> Outcome<()> {
    let page = PAGE.replace("</head>", "<script>go(1<2)</script></head>");
    let page = text(&finish_page(&page, "/")?, "index.html");
    assert!(page.contains(&digest::policy_source("go(1<2)")), "{page}");
    Ok(())
}

#[test]
fn another_public_address_reaches_every_link() -> Outcome<()> {
    let page = PAGE.replace("\"/", "\"/sub/");
    let files = finish_page(&page, "/sub/")?;
    let page = text(&files, "index.html");
    assert!(page.contains("href=\"/sub/icon.svg\""), "{page}");
    assert!(
        page.contains(&format!("/sub/{}", named(&files, "boot-", ".js"))),
        "{page}"
    );
    Ok(())
}

#[test]
fn what_the_policy_would_refuse_is_refused_by_the_build() {
    for body in [
        "<p style=\"color:red\">",
        "<p onclick=\"x()\">",
        "<style>p{}</style>",
    ] {
        assert!(
            finish_page(&PAGE.replace("<body>", &format!("<body>{body}")), "/").is_err(),
            "{body}"
        );
    }
}

#[test]
fn a_link_to_another_host_or_to_nothing_is_refused() {
    for address in [
        "https://example.org/a.css",
        "//example.org/a.css",
        "missing.css",
    ] {
        assert!(
            finish_page(&PAGE.replace("icon.svg", address), "/").is_err(),
            "{address}"
        );
    }
}

#[test]
fn an_unknown_address_opens_the_same_page() -> Outcome<()> {
    let files = finish_page(PAGE, "/")?;
    assert_eq!(files["404.html"], files["index.html"]);
    Ok(())
}

#[test]
fn the_budget_counts_the_document_and_leaves_out_what_comes_later() -> Outcome<()> {
    let cache = Cache::new(None);
    let mut files = finish_page(PAGE, "/")?;
    let before = budget::cold_start(&budget::weigh(&files, &cache)?);
    assert!(before > files["index.html"].len() / 4);
    files.insert("lazy/big.bin".to_owned(), vec![7; 4096]);
    assert_eq!(budget::cold_start(&budget::weigh(&files, &cache)?), before);
    files.insert("big.bin".to_owned(), vec![7; 4096]);
    assert!(budget::cold_start(&budget::weigh(&files, &cache)?) > before);
    Ok(())
}
