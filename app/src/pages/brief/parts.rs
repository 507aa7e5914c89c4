//! Head, verdict, design and findings of the brief.

use crate::format;
use crate::state::{Workbench, entry};
use crate::ui::*;
use crate::widgets::{Mark, mark_with, part_name};
use plumbline_engine::Assessment;
use plumbline_engine::check::{Finding, Status};
use plumbline_engine::derive::BillLine;
use plumbline_engine::design::Design;

/// Name, claim and date.
pub(super) fn head(workbench: Workbench, design: &Design) -> AnyView {
    let claim = design.claim.as_ref().map(|claim| {
        let entry = entry(&claim.reference);
        let title = entry.map_or(claim.reference.as_str(), |r| &r.title);
        let size = entry.map(|r| r.unit).unwrap_or_default().sized(claim.units);
        format!("Claims {title}, {size}, {}", claim.variant)
    });
    view! {
        <header class="brief-head">
            <p class="brief-brand">"Plumbline · decision brief"</p>
            <h1>{design.name.clone()}</h1>
            <p>{claim.unwrap_or("Claims no reference".into())} " · printed " {workbench.today()}</p>
        </header>
    }
    .into_any()
}

/// The counts of findings.
pub(super) fn verdict(assessment: &Assessment) -> AnyView {
    let s = assessment.summary;
    let counts = [
        (Mark::Blocker, s.blocker),
        (Mark::Deviation, s.deviation),
        (Mark::Advice, s.advice),
        (Mark::Unknown, s.unknown),
        (Mark::Waived, s.waived),
        (Mark::Pass, s.pass),
    ];
    let counts = counts.map(|(mark, count)| view! { <li>{mark_with(mark, "")} " " {count} " " {mark.words(count)}</li> });
    view! {
        <section>
            <h2>"Verdict"</h2>
            <ul class="brief-counts">{counts.into_iter().collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What follows from the design, and what is bought.
pub(super) fn design(assessment: &Assessment) -> AnyView {
    let facts = assessment.facts.iter().filter(|fact| fact.value.is_some());
    let facts = facts.map(|fact| {
        view! { <tr><th scope="row">{fact.what}</th><td>{format::fact(fact)}</td></tr> }
    });
    let bill = assessment.bill.iter().map(bought);
    view! {
        <section>
            <h2>"Design"</h2>
            <table class="brief-table">
                <thead><tr><th scope="col">"Bought"</th><th scope="col">"For"</th><th scope="col" class="figures">"Pieces"</th></tr></thead>
                <tbody>{bill.collect_view()}</tbody>
            </table>
<div class="brief-columns">
            <table class="brief-table">
                <thead><tr><th scope="col">"What follows"</th><th scope="col">"Value"</th></tr></thead>
                <tbody>{facts.collect_view()}</tbody>
            </table>
</div>
        </section>
    }
    .into_any()
}

fn bought(line: &BillLine) -> AnyView {
    let count = line
        .count
        .map_or("not stated".into(), |count| format::count(count as f64));
    view! {
        <tr>
            <th scope="row">{part_name(&line.part)}</th>
            <td>{line.purpose.clone()}</td>
            <td class="figures">{count}</td>
        </tr>
    }
    .into_any()
}

/// Everything that does not plainly hold, and the ids of what does.
pub(super) fn findings(assessment: &Assessment) -> AnyView {
    let told = assessment
        .findings
        .iter()
        .filter(|f| !matches!(f.status, Status::Pass | Status::NotApplicable));
    let told = told.map(finding).collect_view();
    let holds: Vec<&str> = assessment
        .findings
        .iter()
        .filter(|f| f.status == Status::Pass)
        .map(|f| f.id.as_str())
        .collect();
    view! {
        <section>
            <h2>"Findings"</h2>
            <ul class="brief-findings">{told}</ul>
            <p class="brief-small">{format!("{} hold: {}", format::plural(holds.len(), "check", "checks"), holds.join(", "))}</p>
        </section>
    }
    .into_any()
}

fn finding(finding: &Finding) -> AnyView {
    let mark = Mark::of(finding).map(|kind| view! { {mark_with(kind, "")} " " {kind.word()} });
    let ids = std::iter::once(&finding.id)
        .chain(&finding.also)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let waiver = finding.waiver.as_ref().map(|waiver| {
        view! { <p>"Waived on " {waiver.date.clone()} ": " {waiver.reason.clone()}</p> }
    });
    view! {
        <li>
            <p><b>{mark} " · " {ids}</b> " · " {finding.statement.clone()}</p>
            <p>{finding.message.clone()} " (" <code>{finding.subject.clone()}</code> ")"</p>
            {waiver}
            <p class="brief-small">
                {finding.origin.source.clone()} " " {finding.origin.section.clone()} ", " {finding.origin.grade.to_string()}
            </p>
        </li>
    }
    .into_any()
}
