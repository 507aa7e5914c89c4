//! Feeds the loaders damaged files and links for so many seconds: `fuzz 300`. Starts from
//! real designs, links and every broken case; each input is a chain of random damages to one
//! of them. A panic stops it and prints the seed; what loads must survive file and link.

use plumbline_engine::assess;
use plumbline_engine::load::{design_from_text, design_to_json, design_to_ron, from_link, to_link};
use plumbline_tests::designs::{Random, random_design};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs, panic, process};

fn main() {
    let seconds = env::args()
        .nth(1)
        .and_then(|arg| arg.parse().ok())
        .unwrap_or(300);
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |since| since.as_nanos() as u64);
    let start = env::args()
        .nth(2)
        .and_then(|arg| arg.parse().ok())
        .unwrap_or(clock);
    let world = plumbline_engine::world();
    let corpus = corpus(&world);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut tried, mut loaded) = (0_u64, 0_u64);
    while Instant::now() < end {
        let seed = start.wrapping_add(tried);
        let result = panic::catch_unwind(|| {
            let mut random = Random::new(seed);
            let input = damage(&corpus, &mut random);
            one(&input, &world)
        });
        match result {
            Ok(Ok(read)) => loaded += u64::from(read),
            Ok(Err(why)) => stop(seed, &why),
            Err(_) => stop(seed, "panic"),
        }
        tried += 1;
        if tried % 20_000 == 0 {
            eprintln!("{tried} inputs, {loaded} of them designs");
        }
    }
    println!("{tried} inputs in {seconds} s, {loaded} of them designs; no panic, nothing lost");
}

fn stop(seed: u64, why: &str) -> ! {
    eprintln!("seed {seed}: {why}; run again with: fuzz 1 {seed}");
    process::exit(1)
}

/// Whether the input is a design; an error if a design that loads does not survive.
fn one(input: &[u8], world: &plumbline_engine::reference::World) -> Result<bool, String> {
    let text = String::from_utf8_lossy(input);
    let linked = from_link(&text);
    let design = match (design_from_text(&text), linked) {
        (Ok(design), _) => design,
        (_, Ok(mut designs)) => match designs.pop() {
            Some(design) => design,
            None => return Err("a link without designs".into()),
        },
        _ => return Ok(false),
    };
    for written in [design_to_ron(&design), design_to_json(&design)] {
        let back = design_from_text(&written).map_err(|error| format!("{error}: {written}"))?;
        if back != design {
            return Err(format!("changed by writing and reading: {written}"));
        }
    }
    if let Ok(link) = to_link(std::slice::from_ref(&design)) {
        let back = from_link(&link).map_err(|error| error.to_string())?;
        if back.first() != Some(&design) {
            return Err(format!("changed by a link: {link}"));
        }
    }
    let _ = assess(&design, world);
    Ok(true)
}

fn corpus(world: &plumbline_engine::reference::World) -> Vec<Vec<u8>> {
    let mut corpus = Vec::new();
    for seed in 0..24 {
        let design = random_design(world, &mut Random::new(seed), 8);
        corpus.push(design_to_ron(&design).into_bytes());
        corpus.push(design_to_json(&design).into_bytes());
        if let Ok(link) = to_link(&[design]) {
            corpus.push(link.into_bytes());
        }
    }
    let broken = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/broken");
    for entry in fs::read_dir(broken).into_iter().flatten().flatten() {
        corpus.extend(
            fs::read(entry.path())
                .ok()
                .filter(|bytes| bytes.len() < 20_000),
        );
    }
    corpus
}

/// Pieces that parsers trip over.
const PIECES: [&str; 18] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\u{10ffff}",
    "/*",
    "//",
    "NaN",
    "-1e999",
    "18446744073709551616",
    "Some(",
    "r#\"",
    "\u{0}",
    "#![enable(x)]",
    "1..=",
];

fn damage(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = random.pick(corpus).cloned().unwrap_or_default();
    for _ in 0..random.below(5) {
        let at = random.below(bytes.len() + 1);
        match random.below(7) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] = random.bits() as u8,
            2 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            3 => {
                let piece = random.pick(&PIECES).copied().unwrap_or_default();
                bytes.splice(at..at, piece.bytes());
            }
            4 => {
                let end = (at + random.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            5 => {
                let end = (at + random.below(200)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => {
                let other = random.pick(corpus).cloned().unwrap_or_default();
                let from = random.below(other.len() + 1);
                let to = (from + random.below(120)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
    bytes
}
