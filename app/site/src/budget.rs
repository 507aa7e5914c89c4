//! What a cold start costs to transfer. The promise is about a first visit with an empty cache,
//! so everything that a browser may ask for then is counted, also the icons that most never fetch.

use crate::cache::Cache;
use crate::site::Files;
use crate::{Outcome, digest, handbook};
use serde_json::{Value, json};

/// Files that no cold start asks for: other documents, texts for people and crawlers, and the
/// folder `lazy/`, which is for what the app loads when it is wanted.
const LATER: [&str; 6] = [
    "404.html",
    handbook::NAME,
    "asset-manifest.json",
    "robots.txt",
    "licences/",
    LAZY,
];

/// What the page loads when it is wanted.
const LAZY: &str = "lazy/";

/// One file on the scales.
pub(crate) struct Weight {
    pub(crate) name: String,
    bytes: usize,
    pub(crate) brotli: usize,
    integrity: String,
    cold_start: bool,
}

/// The file in brotli at its best, as a static host would keep it.
pub(crate) fn brotli(bytes: &[u8], cache: &Cache) -> Outcome<Vec<u8>> {
    cache.get("brotli 11", bytes, || {
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 22,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)
            .map_err(|why| format!("brotli: {why}"))?;
        Ok(packed)
    })
}

/// Weighs every file; a file that does not shrink travels as it is.
pub(crate) fn weigh(files: &Files, cache: &Cache) -> Outcome<Vec<Weight>> {
    let weigh = |(name, bytes): (&String, &Vec<u8>)| {
        Ok(Weight {
            name: name.clone(),
            bytes: bytes.len(),
            brotli: brotli(bytes, cache)?.len().min(bytes.len()),
            integrity: digest::integrity(bytes),
            cold_start: !LATER.iter().any(|later| name.starts_with(later)),
        })
    };
    files.iter().map(weigh).collect()
}

/// The bytes of a cold start.
pub(crate) fn cold_start(weights: &[Weight]) -> usize {
    weights
        .iter()
        .filter(|weight| weight.cold_start)
        .map(|weight| weight.brotli)
        .sum()
}

/// The table that the build prints, heaviest first.
pub(crate) fn table(weights: &[Weight], budget: usize) -> String {
    let mut cold: Vec<_> = weights.iter().filter(|weight| weight.cold_start).collect();
    cold.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    let mut table = format!("  {:<44} {:>10} {:>10}\n", "cold start", "bytes", "brotli");
    for weight in &cold {
        table += &format!(
            "  {:<44} {:>10} {:>10}\n",
            weight.name, weight.bytes, weight.brotli
        );
    }
    let total = cold_start(weights);
    let raw: usize = cold.iter().map(|weight| weight.bytes).sum();
    table += &format!("  {:<44} {raw:>10} {total:>10}\n", "together");
    table += &format!("  {:.1} KiB of {} KiB\n", kib(total), budget / 1024);
    table + &later(weights)
}

/// What the page loads when it is wanted, which the budget does not count: one line, with the
/// parts of the program, the world and the largest of the references.
fn later(weights: &[Weight]) -> String {
    let lazy = |kind: &str| {
        let start = [LAZY, kind].concat();
        let these = weights.iter();
        these
            .filter(|weight| weight.name.starts_with(&start))
            .collect::<Vec<_>>()
    };
    let references = lazy("reference-");
    let parts = weights
        .iter()
        .filter(|weight| weight.name.starts_with(LAZY) && weight.name.ends_with(".wasm"));
    let largest = references.iter().max_by_key(|weight| weight.brotli);
    let together = |kind: &str| kib(lazy(kind).iter().map(|weight| weight.brotli).sum());
    format!(
        "  not counted, loaded when wanted: parts of the program {:.1} KiB; world {:.1} KiB; {} references of at most {:.1} KiB ({}); all of them in one {:.1} KiB",
        kib(parts.map(|weight| weight.brotli).sum()),
        together("world-"),
        references.len(),
        kib(largest.map_or(0, |weight| weight.brotli)),
        largest.map_or("none", |weight| weight.name.as_str()),
        together("references-"),
    )
}

/// Bytes in KiB, for people.
#[allow(clippy::cast_precision_loss, reason = "file sizes are far below 2^52")]
pub(crate) fn kib(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}

/// `asset-manifest.json`: what a service worker, a mirror or a test needs to know of the site.
pub(crate) fn manifest(weights: &[Weight], public_url: &str, budget: usize) -> Value {
    let files: serde_json::Map<_, _> = weights
        .iter()
        .map(|weight| {
            let facts = json!({
                "bytes": weight.bytes,
                "brotli": weight.brotli,
                "integrity": weight.integrity,
                "coldStart": weight.cold_start,
            });
            (weight.name.clone(), facts)
        })
        .collect();
    let together: String = weights
        .iter()
        .map(|weight| weight.integrity.as_str())
        .collect();
    json!({
        "version": digest::short(together.as_bytes()),
        "publicUrl": public_url,
        "coldStart": { "brotli": cold_start(weights), "budget": budget },
        "files": files,
    })
}
