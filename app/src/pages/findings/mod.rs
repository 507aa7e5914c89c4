//! What the checks found: the verdict on top, then every finding with its ground, its mending
//! and its waiver.

mod body;
mod explain;
mod filter;
mod mend;
mod row;
mod waive;

use crate::format::plural;
use crate::state::use_workbench;
use crate::ui::html;
use crate::ui::*;
use crate::widgets::{Mark, mark_with};
use filter::Filter;
use plumbline_engine::check::{Finding, Status};
use row::{Key, key_of};

/// The groups of the page: heading, statuses, and whether it is shut until asked for.
const GROUPS: [(&str, Status, bool); 5] = [
    ("Does not hold", Status::Fail, false),
    ("Unknown", Status::Unknown, false),
    ("Waived", Status::Waived, false),
    ("Holds", Status::Pass, true),
    ("Does not apply", Status::NotApplicable, true),
];

/// What all rows of the page share.
#[derive(Clone, Copy)]
struct Rows {
    /// Findings whose details are open; kept apart from the rows, which come and go.
    open: RwSignal<Vec<Key>>,
    /// Takes the focus when the row that had it goes.
    status: NodeRef<html::P>,
}

/// The page.
pub fn page() -> AnyView {
    let filter = Filter::new();
    let rows = Rows {
        open: RwSignal::new(Vec::new()),
        status: NodeRef::new(),
    };
    let groups = GROUPS.map(|(title, status, shut)| group(title, status, shut, filter, rows));
    view! {
        <div class="page-findings">
            <h1>"Findings"</h1>
            {verdict()}
            {filter.view()}
            {shown(filter, rows)}
            {groups.into_iter().collect_view()}
        </div>
    }
    .into_any()
}

/// The answer in one sentence, and the numbers behind it.
fn verdict() -> AnyView {
    let workbench = use_workbench();
    let summary = Memo::new(move |_| workbench.assessment().with(|assessment| assessment.summary));
    let sentence = move || {
        let summary = summary.get();
        match (summary.blocker, summary.deviation, summary.unknown) {
            (0, 0, 0) => {
                "It holds: nothing blocks it, and it departs from its reference nowhere.".to_owned()
            }
            (0, 0, unknown) => {
                format!(
                    "It holds as far as it is known; {} undecided.",
                    plural(unknown, "check is", "checks are")
                )
            }
            (0, deviation, _) => {
                format!(
                    "It works, and departs from its reference in {}.",
                    plural(deviation, "point", "points")
                )
            }
            (blocker, _, _) => format!(
                "It cannot work like this: {}.",
                plural(blocker, "blocker", "blockers")
            ),
        }
    };
    let marks = move || {
        let summary = summary.get();
        [
            (Mark::Blocker, summary.blocker),
            (Mark::Deviation, summary.deviation),
            (Mark::Advice, summary.advice),
            (Mark::Unknown, summary.unknown),
            (Mark::Waived, summary.waived),
            (Mark::Pass, summary.pass),
        ]
        .map(|(kind, count)| {
            view! {
                <li data-count=kind.word() data-value=count.to_string()>
                    {mark_with(kind, "")} <b>{count}</b> {word(kind, count)}
                </li>
            }
        })
        .into_iter()
        .collect_view()
    };
    view! {
        <div class="findings-verdict">
            <p class="findings-sentence">{sentence}</p>
            <ul class="findings-counts">{marks}</ul>
        </div>
    }
    .into_any()
}

/// The word after a count.
fn word(kind: Mark, count: usize) -> &'static str {
    match kind {
        Mark::Pass if count != 1 => "hold",
        other => other.words(count),
    }
}

/// How many are shown of how many; the place of the focus after a finding has gone.
fn shown(filter: Filter, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let counts = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let shown = assessment
                .findings
                .iter()
                .filter(|finding| filter.takes(finding))
                .count();
            (shown, assessment.findings.len())
        })
    });
    let text = move || match counts.get() {
        (shown, all) if shown == all => plural(all, "check", "checks"),
        (0, all) => format!(
            "None of {} matches the filter.",
            plural(all, "check", "checks")
        ),
        (shown, all) => format!(
            "{shown} of {} match the filter",
            plural(all, "check", "checks")
        ),
    };
    view! { <p class="findings-shown" role="status" tabindex="-1" node_ref=rows.status>{text}</p> }
        .into_any()
}

fn group(title: &'static str, status: Status, shut: bool, filter: Filter, rows: Rows) -> AnyView {
    let workbench = use_workbench();
    let keys = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let matching = |finding: &&Finding| finding.status == status && filter.takes(finding);
            assessment
                .findings
                .iter()
                .filter(matching)
                .map(key_of)
                .collect::<Vec<Key>>()
        })
    });
    let count = move || keys.with(Vec::len);
    let list = move || {
        view! {
            <ol class="findings-list">
                <For each=move || keys.get() key=Clone::clone children=move |key| row::row(key, rows) />
            </ol>
        }
        .into_any()
    };
    if !shut {
        return view! {
            <section class="findings-group" hidden=move || count() == 0>
                <h2>{title} " " <span class="findings-number">{count}</span></h2>
                {list()}
            </section>
        }
        .into_any();
    }
    // Most checks hold; their rows are made only when somebody wants to read them.
    let opened = RwSignal::new(false);
    let wanted = Memo::new(move |_| opened.get() || filter.asks_for(status));
    view! {
        <details
            class="findings-group"
            hidden=move || count() == 0
            prop:open=move || wanted.get()
            on:toggle:target=move |event| {
                let _ = opened.try_set(event.target().open());
            }
        >
            <summary><h2>{title} " " <span class="findings-number">{count}</span></h2></summary>
            {move || wanted.get().then(list)}
        </details>
    }
    .into_any()
}
