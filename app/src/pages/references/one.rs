//! One reference, from its identity to its last requirement.

use super::{requirement, start, tables};
use crate::format::plural;
use crate::state::world;
use crate::ui::*;
use crate::widgets::originator_link;
use plumbline_engine::reference::Reference;
use plumbline_engine::sourced::Sourced;

/// The page of a reference.
pub(super) fn one(reference: &'static Reference) -> AnyView {
    let requirements = reference
        .requirements
        .iter()
        .map(|r| requirement::requirement(reference, r))
        .collect_view();
    let notes = reference
        .notes
        .iter()
        .map(|note| view! { <li>{note.as_str()}</li> })
        .collect_view();
    view! {
        <article class="page-reference">
            <p class="crumb"><a href="#/references">"References"</a></p>
            <h1>{reference.title.as_str()}</h1>
            <p class="page-lead">{reference.summary.as_str()}</p>
            {identity(reference)}
            {start::start(reference)}
            <section>
                <h2>"Variants"</h2>
                {variants(reference)}
            </section>
            {tables::published(reference)}
            {tables::storage_levels(reference)}
            <section>
                <h2>{plural(reference.requirements.len(), "requirement", "requirements")}</h2>
                <ol class="requirements">{requirements}</ol>
            </section>
            {tables::template(reference)}
            {(!reference.notes.is_empty()).then(|| view! {
                <section>
                    <h2>"Oddities of the document"</h2>
                    <ul class="reference-notes">{notes}</ul>
                </section>
            })}
        </article>
    }
    .into_any()
}

fn identity(reference: &'static Reference) -> AnyView {
    let sizes = reference
        .sizes
        .iter()
        .map(sized)
        .collect::<Vec<_>>()
        .join(", ");
    let source = world().source(&reference.source).is_some();
    view! {
        <dl class="facts">
            <dt>"Id"</dt>
            <dd><code>{reference.id.as_str()}</code></dd>
            <dt>"Publisher"</dt>
            <dd>{reference.publisher.as_str()}</dd>
            <dt>"Document"</dt>
            <dd>{[reference.document.as_str(), reference.version.as_str(), reference.date.as_str()].join(", ")}</dd>
            {source.then(|| view! { <dt>"Source"</dt> <dd>{originator_link(&reference.source)}</dd> })}
            <dt>"Unit of size"</dt>
            <dd>{format!("a {} of {} nodes", reference.unit.name.words(1), sized(&reference.unit.nodes))}</dd>
            <dt>"Sizes printed"</dt>
            <dd>{if sizes.is_empty() { "none".to_owned() } else { format!("{sizes} {}", reference.unit.name.words(2)) }}</dd>
            <dt>"Largest tested"</dt>
            <dd>{format!("{} {}", sized(&reference.tested_units), reference.unit.name.words(2))}</dd>
        </dl>
    }
    .into_any()
}

fn sized(figure: &Sourced<u32>) -> String {
    figure
        .known()
        .map_or_else(|| "not known".to_owned(), |units| units.to_string())
}

fn variants(reference: &'static Reference) -> AnyView {
    let entries = reference.variants.iter().map(|variant| {
        let defaults: Vec<String> = variant.default_for.iter().map(u32::to_string).collect();
        let usual = (!defaults.is_empty()).then(|| {
            format!(
                " Default at {} {}.",
                defaults.join(", "),
                reference.unit.name.words(2)
            )
        });
        view! {
            <dt><code>{variant.id.as_str()}</code></dt>
            <dd>{variant.summary.as_str()} {usual}</dd>
        }
    });
    view! { <dl class="facts">{entries.collect_view()}</dl> }.into_any()
}
