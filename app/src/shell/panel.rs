//! Verdict and key numbers: always there, always current.

mod numbers;

use super::use_ui;
use crate::state::{Needs, Page, Stage, Workbench, entry, use_workbench};
use crate::ui::*;
use crate::widgets::{Mark, mark_with};
use leptos::leptos_dom::helpers::TimeoutHandle;
use plumbline_engine::check::Summary;
use std::time::Duration;

/// Findings that have a place in the panel; the page has all.
const SHOWN: usize = 6;

pub(super) fn panel() -> AnyView {
    let workbench = use_workbench();
    let ui = use_ui();
    say_verdict(workbench);
    let summary = Memo::new(move |_| workbench.assessment().with(|assessment| assessment.summary));
    let supplied = workbench.supplied();
    let toggle = move |_| ui.panel.update(|open| *open = !*open);
    let body = move || match supplied.get() {
        true => view! {
            {counts(summary)}
            <div id="panel-body" class="panel-body">
                <div class="panel-findings">{top_findings(workbench)}</div>
                <div class="panel-numbers">{numbers::numbers(workbench)}</div>
            </div>
        }
        .into_any(),
        false => nothing_yet(workbench),
    };
    view! {
        <aside class="frame-panel" aria-label="Verdict and key numbers" class:panel-open=move || ui.panel.get()>
            <div class="panel-head">
                <h2>"Does it hold?"</h2>
                {claim(workbench)}
                <p class="panel-nearest"><a href=Page::Nearest.fragment()>"Nearest references"</a></p>
                {move || supplied.get().then(|| brief(workbench))}
                <button type="button" class="panel-toggle quiet" aria-controls="panel-body"
                    aria-expanded=move || ui.panel.get().to_string() hidden=move || !supplied.get() on:click=toggle>
                    {move || if ui.panel.get() { "Less" } else { "More" }}
                </button>
            </div>
            {body}
        </aside>
    }
    .into_any()
}

/// While the data is not here. What waits for it, and how to ask for it again, stands on the page.
fn nothing_yet(workbench: Workbench) -> AnyView {
    let words = move || {
        let design = workbench.design().get();
        let needs = Needs::designs([&*design].into_iter());
        match workbench.supply.stage(&needs) {
            Stage::Failed(_) => "Not known: the data for it could not be loaded.",
            _ if workbench.computing.get() => "Loading the data for it…",
            _ => "Nothing is computed yet: pick a reference, or turn to a page of the design.",
        }
    };
    view! { <p class="muted panel-nothing">{words}</p> }.into_any()
}

/// Where the panel is a bar: what is worth a line. Those who do not see it have it below.
fn brief(workbench: Workbench) -> AnyView {
    let words = move || {
        workbench.assessment().with(|a| {
            let power = a
                .facts
                .iter()
                .find(|fact| fact.name == "power.it")
                .map(crate::format::fact)
                .unwrap_or_default();
            [crate::format::money(a.costs.capex.mid), power].join(" · ")
        })
    };
    view! { <p class="panel-brief" aria-hidden="true">{words}</p> }.into_any()
}

/// What it is checked against.
fn claim(workbench: Workbench) -> AnyView {
    let claim = move || {
        let claim = workbench.design().with(|design| design.claim.clone());
        workbench.supply.own.track();
        match claim {
            None => view! { <p class="muted">"against physics and engineering rules; it claims no reference"</p> }.into_any(),
            Some(claim) => {
                let entry = entry(&claim.reference);
                let title = entry.map_or(claim.reference.clone(), |entry| entry.title.clone());
                let unit = entry.map(|entry| entry.unit).unwrap_or_default();
                let units = unit.sized(claim.units);
                view! {
                    <p class="muted">
                        "against "<a href=Page::References(Some(claim.reference)).fragment()>{title}</a>
                        " · "{units}" · "{claim.variant}
                    </p>
                }
                .into_any()
            }
        }
    };
    claim.into_any()
}

fn counts(summary: Memo<Summary>) -> AnyView {
    let kinds = [Mark::Blocker, Mark::Deviation, Mark::Advice, Mark::Unknown];
    let items = kinds.map(|mark| {
        let count = Memo::new(move |_| summary.with(|s| of(s, mark)));
        view! {
            <li class:none=move || count.get() == 0>
                {mark_with(mark, "")}
                <span class="verdict-count">{move || count.get()}</span>
                <span class="verdict-word">{move || mark.words(count.get())}</span>
            </li>
        }
    });
    let items = items.collect_view();
    view! { <ul class="verdict">{items}</ul> }.into_any()
}

fn of(summary: &Summary, mark: Mark) -> usize {
    match mark {
        Mark::Blocker => summary.blocker,
        Mark::Deviation => summary.deviation,
        Mark::Advice => summary.advice,
        Mark::Unknown => summary.unknown,
        Mark::Waived => summary.waived,
        Mark::Pass => summary.pass,
    }
}

/// A finding as far as the panel shows it.
#[derive(Clone, PartialEq)]
struct Line {
    mark: Mark,
    id: String,
    subject: String,
    statement: String,
    message: String,
}

fn top_findings(workbench: Workbench) -> AnyView {
    let lines = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let grave = assessment.findings.iter().filter_map(|finding| {
                let mark = Mark::of(finding).filter(|mark| *mark <= Mark::Unknown)?;
                Some(Line {
                    mark,
                    id: finding.id.clone(),
                    subject: finding.subject.clone(),
                    statement: finding.statement.clone(),
                    message: finding.message.clone(),
                })
            });
            grave.take(SHOWN).collect::<Vec<_>>()
        })
    });
    let rest = move || {
        let s = workbench.assessment().with(|assessment| assessment.summary);
        let all = s.blocker + s.deviation + s.advice + s.unknown;
        let waived = match s.waived {
            0 => String::new(),
            count => [", ", &count.to_string(), " waived"].concat(),
        };
        let first = match all {
            0 => "Nothing to answer".into(),
            all if all > SHOWN => ["all ", &all.to_string(), " findings"].concat(),
            _ => "Findings".to_owned(),
        };
        [&first, &waived, ", ", &s.pass.to_string(), " checks hold"].concat()
    };
    view! {
        <ul class="top-findings">
            <For each=move || lines.get() key=|line| (line.id.clone(), line.subject.clone(), line.message.clone())
                children=move |line| finding(workbench, line) />
        </ul>
        <p class="panel-more"><a href=Page::Findings.fragment()>{rest}</a></p>
    }
    .into_any()
}

fn finding(workbench: Workbench, line: Line) -> AnyView {
    let (id, subject) = (line.id.clone(), line.subject.clone());
    let title = line.message.clone();
    view! {
        <li>
            <button type="button" title=title on:click=move |_| workbench.go_to_finding(&id, &subject)>
                {mark_with(line.mark, line.mark.word())}
                <span class="finding-says"><span class="finding-id">{line.id.clone()}</span>" "{line.statement}</span>
                <span class="finding-found">{line.message}</span>
            </button>
        </li>
    }
    .into_any()
}

/// One short sentence for those who cannot see the panel, when the typing has paused.
fn say_verdict(workbench: Workbench) {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        // What is first told of a design that arrives is told by its page.
        if !workbench.supplied().get() {
            return;
        }
        let said = workbench.assessment().with(|assessment| {
            let s = assessment.summary;
            let kinds = [
                (Mark::Blocker, s.blocker),
                (Mark::Deviation, s.deviation),
                (Mark::Unknown, s.unknown),
            ];
            let counts =
                kinds.map(|(mark, count)| [&count.to_string(), " ", mark.words(count)].concat());
            [
                counts.join(", "),
                crate::format::money(assessment.costs.capex.mid),
            ]
            .join(", capex ")
        });
        pending.with_value(|handle| handle.as_ref().map(TimeoutHandle::clear));
        if before.is_some() {
            let handle = set_timeout_with_handle(
                move || workbench.announce(&said),
                Duration::from_millis(1200),
            )
            .ok();
            pending.set_value(handle);
        }
    });
}
