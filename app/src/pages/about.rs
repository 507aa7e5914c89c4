//! What Plumbline is, on what it rests, and what it does with a design.

use crate::format;
use crate::state::{Page, index, world};
use crate::ui::*;
use plumbline_engine::check::rules;

/// Grades, best first, with what each means for a reader.
const GRADES: [(&str, &str); 8] = [
    ("measured", "a published measurement"),
    ("primary", "read in the publisher's own document"),
    (
        "secondary",
        "somebody else's transcription of the publisher's document",
    ),
    (
        "derived",
        "computed from sourced figures; the formula is given",
    ),
    (
        "estimate",
        "an estimate with a stated basis; a default, never a hard limit",
    ),
    (
        "memory",
        "from memory, not yet found in a document; a default, never a hard limit",
    ),
    ("user", "set by the person who made the design"),
    ("unknown", "looked for and not found; it stays unknown"),
];

const CONVENTIONS: [(&str, &str); 9] = [
    ("Bandwidth", "per direction"),
    ("FLOPS", "dense; a sparse figure is another field"),
    ("Bits and bytes", "different types: 400 Gb/s is 50 GB/s"),
    ("TB", "10¹² bytes"),
    (
        "Power",
        "nameplate, provisioned and measured power are three different figures",
    ),
    (
        "Node",
        "one operating-system image; a compute tray in rack-scale systems",
    ),
    (
        "Links, cages, fibre runs",
        "three different counts of the same fabric",
    ),
    (
        "Prices",
        "US dollars, dated, as low – mid – high; the middle is the default",
    ),
    (
        "Unknown",
        "stays unknown: no silent zero, no silent default; a default that was used is listed",
    ),
];

/// The page.
pub fn page() -> AnyView {
    let world = world();
    let pairs = |all: &'static [(&'static str, &'static str)]| {
        all.iter()
            .map(|(name, meaning)| view! { <dt>{*name}</dt> <dd>{*meaning}</dd> })
            .collect_view()
    };
    let held = format!(
        "{}, {}, {}, {}",
        format::plural(index().references.len(), "reference", "references"),
        format::plural(world.catalogue.list().len(), "part", "parts"),
        format::plural(rules().len(), "rule", "rules"),
        format::plural(world.sources.len(), "source", "sources"),
    );
    view! {
        <article class="page-about">
            <h1>"About Plumbline"</h1>
            <p class="page-lead">
                "A workbench for people who plan AI clusters. It holds published reference architectures as data, says where a design departs from them and from physics, and what the design costs over its life."
            </p>
            <h2>"Privacy"</h2>
            <p>
                "Everything is computed in your own browser. Parts, prices and references are files of this site, loaded when they are wanted; nothing else is asked for. A design leaves this browser only as a file that you save or a link that you share."
            </p>
            <h2>"Grades of a figure"</h2>
            <p>"Every figure carries a grade and a source; the small i beside it shows both."</p>
            <dl class="facts">{pairs(&GRADES)}</dl>
            <h2>"Predictions"</h2>
            <p>
                "Training and inference are predicted from the model's shape, the layout, the machine and the software, by constants that were fitted to published measurements. Each prediction carries the band in which 80 % of the measured rows of its kind lie; "
                <a href=Page::EVIDENCE.fragment()>"Evidence"</a>
                " holds every row against its prediction."
            </p>
            <h2>"Conventions"</h2>
            <dl class="facts">{pairs(&CONVENTIONS)}</dl>
            <h2>"Version"</h2>
            <dl class="facts">
                <dt>"Program"</dt>
                <dd>{env!("CARGO_PKG_VERSION")}</dd>
                <dt>"Data revision"</dt>
                <dd><code>{world.revision.as_str()}</code></dd>
                <dt>"Data as of"</dt>
                <dd>{world.as_of.as_str()}</dd>
                <dt>"Price book"</dt>
                <dd>{format!("{}, {}, {}", world.prices.name, world.prices.date, world.prices.currency)}</dd>
                <dt>"It holds"</dt>
                <dd>{held}</dd>
            </dl>
            <h2>"Licence"</h2>
            <p>
                "MIT or Apache-2.0, at your choice. Names of products belong to their owners; Plumbline is made independently of the publishers whose documents it cites."
            </p>
        </article>
    }
    .into_any()
}
