//! What the brief rests on: assumptions, the person's own figures, sources, link.

use crate::share;
use crate::state::{Workbench, world};
use crate::ui::*;
use plumbline_engine::Assessment;
use plumbline_engine::design::Design;
use plumbline_engine::sourced::Origin;
use plumbline_engine::table::Table;

/// Defaults used, and what the person put in their place.
pub(super) fn assumptions(design: &Design, assessment: &Assessment) -> AnyView {
    let defaults = assessment.defaults_used.iter().map(|default| {
        view! {
            <tr>
                <th scope="row"><code>{default.path.clone()}</code></th>
                <td>{default.value.clone()}</td>
                <td>{default.origin.grade.to_string()}</td>
                <td class="brief-small">{default.origin.source.clone()} " " {default.origin.section.clone()}</td>
            </tr>
        }
    });
    let overrides = design.overrides.iter().flat_map(|(part, fields)| {
        fields
            .iter()
            .map(move |(field, value)| format!("{part}: {field} = {value}"))
    });
    let quotes = design
        .quotes
        .iter()
        .filter_map(|(path, quote)| Some(format!("{path}: {} {}", quote.price?, quote.note)));
    let own: Vec<String> = overrides.chain(quotes).collect();
    let own_list = own
        .iter()
        .map(|text| view! { <li>{text.clone()}</li> })
        .collect_view();
    view! {
        <section>
            <h2>"Assumptions"</h2>
            {(!own.is_empty()).then(|| view! { <p>"Set by the author in place of catalogue and price book:"</p> <ul>{own_list}</ul> })}
            <table class="brief-table">
                <thead>
                    <tr><th scope="col">"Left open"</th><th scope="col">"What holds"</th><th scope="col">"Grade"</th><th scope="col">"Source"</th></tr>
                </thead>
                <tbody>{defaults.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Every document that a finding, a price or a default names.
pub(super) fn sources(assessment: &Assessment) -> AnyView {
    let findings = assessment.findings.iter().map(|finding| &finding.origin);
    let lines = assessment.costs.lines.iter().map(|line| &line.origin);
    let defaults = assessment
        .defaults_used
        .iter()
        .map(|default| &default.origin);
    let named = |origin: &Origin| (origin.source.clone(), ());
    let mut keys: Table<()> = Table::new();
    keys.extend(findings.chain(lines).chain(defaults).map(named));
    let entries = keys.into_iter().filter_map(|(key, ())| {
        let source = world().source(&key)?;
        let words = [
            &source.publisher,
            &source.title,
            &source.version,
            &source.date,
            &source.url,
        ];
        let words: Vec<&str> = words
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        Some(view! { <dt>{key}</dt> <dd>{words.join(", ")}</dd> })
    });
    view! {
        <section>
            <h2>"Sources"</h2>
            <dl class="brief-sources">{entries.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Where the same design opens again, and on which data it was computed.
pub(super) fn link(workbench: Workbench, design: &Design) -> AnyView {
    let address = share::address(std::slice::from_ref(design))
        .map(|link| link.unwrap_or_else(|error| error.to_string()));
    view! {
        <section class="brief-link">
            <h2>"The same design, live"</h2>
            <p class="brief-small">
                "Printed " {workbench.today()} "; data revision " {world().revision.as_str()} ", as of " {world().as_of.as_str()}
                "; price book " {world().prices.name.as_str()} " of " {world().prices.date.as_str()} "."
            </p>
            <p class="brief-address">{address}</p>
        </section>
    }
    .into_any()
}
