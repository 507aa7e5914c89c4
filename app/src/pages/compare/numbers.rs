//! The key numbers of all open designs, in columns.

use super::name_of;
use crate::format;
use crate::state::{MAX_DOCUMENTS, Page, Section, Workbench, use_workbench};
use crate::ui::*;
use crate::widgets::{Mark, mark_with};
use plumbline_engine::Assessment;
use plumbline_engine::catalogue::Range;
use plumbline_engine::design::WorkloadClass;
use plumbline_engine::predict::{Basis, Prediction};
use plumbline_engine::quantity::{HourlyPrice, Money, Seconds, Watts};

/// A row of the table.
#[derive(Clone, Copy)]
struct Number {
    name: &'static str,
    mark: Option<Mark>,
    value: fn(&Assessment) -> Option<f64>,
    show: fn(f64) -> String,
    ends: fn(&Assessment) -> Option<Range<f64>>,
    /// Missing prices make it a lower bound.
    bounded: bool,
    /// On what it rests, where designs differ in that.
    note: fn(&Assessment) -> Option<&'static str>,
}

const PLAIN: Number = Number {
    name: "",
    mark: None,
    value: |_| None,
    show: format::count,
    ends: |_| None,
    bounded: false,
    note: |_| None,
};

const NUMBERS: [Number; 14] = [
    Number {
        name: "Accelerators",
        value: |a| fact(a, "compute.accelerators"),
        ..PLAIN
    },
    Number {
        name: "Racks",
        value: |a| fact(a, "racks.total"),
        ..PLAIN
    },
    Number {
        name: "IT power",
        value: |a| fact(a, "power.it"),
        show: |w| format::power(Watts::new(w)),
        ..PLAIN
    },
    Number {
        name: "Purchase",
        value: |a| Some(a.costs.capex.mid.get()),
        ends: |a| Some(a.costs.capex.map(Money::get)),
        ..MONEY
    },
    Number {
        name: "Running cost",
        value: |a| Some(a.costs.opex.mid.get()),
        ends: |a| Some(a.costs.opex.map(Money::get)),
        ..MONEY
    },
    Number {
        name: "Total cost",
        value: |a| Some(a.costs.tco.mid.get()),
        ends: |a| Some(a.costs.tco.map(Money::get)),
        ..MONEY
    },
    Number {
        name: "Per accelerator-hour",
        value: |a| a.costs.per_accelerator_hour.map(|price| price.mid.get()),
        show: |price| format::hourly(HourlyPrice::new(price)),
        ends: |a| {
            a.costs
                .per_accelerator_hour
                .map(|price| price.map(HourlyPrice::get))
        },
        bounded: true,
        ..PLAIN
    },
    Number {
        name: "First training run",
        value: |a| run(a).map(|time| time.mid),
        show: |seconds| format::quantity(Seconds::new(seconds)),
        ends: run,
        ..PLAIN
    },
    Number {
        name: "Its MFU, of the BF16 peak",
        value: |a| Some(trained(a)?.run?.mfu.get()),
        show: format::percent,
        note: |a| match trained(a)?.basis {
            Basis::Predicted => Some("predicted"),
            Basis::Stated => Some("stated"),
        },
        ..PLAIN
    },
    Number {
        name: "Years",
        value: |a| Some(f64::from(a.costs.years)),
        ..PLAIN
    },
    Number {
        name: "Blockers",
        mark: Some(Mark::Blocker),
        value: |a| Some(a.summary.blocker as f64),
        ..PLAIN
    },
    Number {
        name: "Deviations",
        mark: Some(Mark::Deviation),
        value: |a| Some(a.summary.deviation as f64),
        ..PLAIN
    },
    Number {
        name: "Unknown",
        mark: Some(Mark::Unknown),
        value: |a| Some(a.summary.unknown as f64),
        ..PLAIN
    },
    Number {
        name: "Waived",
        mark: Some(Mark::Waived),
        value: |a| Some(a.summary.waived as f64),
        ..PLAIN
    },
];

const MONEY: Number = Number {
    show: |amount| format::money(Money::new(amount)),
    bounded: true,
    ..PLAIN
};

/// The table.
pub(super) fn numbers() -> AnyView {
    let workbench = use_workbench();
    let count = move || workbench.documents.with(Vec::len).min(MAX_DOCUMENTS);
    let heads = move || (0..count()).map(|at| head(workbench, at)).collect_view();
    let rows = NUMBERS.map(|number| {
        let cells = move || {
            (0..count())
                .map(|at| cell(workbench, at, number))
                .collect_view()
        };
        let mark = number.mark.map(|mark| mark_with(mark, ""));
        view! { <tr><th scope="row">{mark} {number.name}</th>{cells}</tr> }
    });
    view! {
        <section class="compare-numbers">
            <div class="scroll" role="region" aria-label="Key numbers" tabindex="0">
                <table class="data">
                    <caption class="visually-hidden">"Key numbers of all open designs"</caption>
                    <thead><tr><td></td>{heads}</tr></thead>
                    <tbody>{rows.into_iter().collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn head(workbench: Workbench, at: usize) -> AnyView {
    let name = move || name_of(workbench, at);
    let edit = move |_| {
        workbench.active.set(at);
        workbench.go(Page::Design(Section::Compute));
    };
    let alone = move || workbench.documents.with(Vec::len) < 2;
    view! {
        <th scope="col" class="figures">
            <button type="button" class="link" aria-label=move || format!("Edit {}", name()) on:click=edit>{name}</button>
            <button
                type="button"
                class="quiet icon"
                aria-label=move || format!("Close {}", name())
                hidden=alone
                on:click=move |_| workbench.remove_document(at)
            >
                "✕"
            </button>
        </th>
    }
    .into_any()
}

fn cell(workbench: Workbench, at: usize, number: Number) -> AnyView {
    let Some(assessment) = workbench.assessment_of(at) else {
        return ().into_any();
    };
    let value = Memo::new(move |_| assessment.with(|a| a.as_ref().and_then(|a| (number.value)(a))));
    let least = move || {
        assessment.with(|a| number.bounded && a.as_ref().is_some_and(|a| a.costs.at_least()))
    };
    let shown = move || value.get().map_or("not known".into(), number.show);
    let ends = move || {
        let range = assessment.with(|a| a.as_ref().and_then(|a| (number.ends)(a)))?;
        (range.low < range.high)
            .then(|| [(number.show)(range.low), (number.show)(range.high)].join(" – "))
    };
    let note = move || assessment.with(|a| a.as_ref().and_then(|a| (number.note)(a)));
    view! {
        <td class="figures" data-number=number.name data-value=move || value.get().map(|value| value.to_string())>
            <span class="at-least">{move || least().then_some("at least ")}</span>
            <b>{shown}</b>
            <span class="ends">{ends}</span>
            <span class="ends">{note}</span>
        </td>
    }
    .into_any()
}

/// The first workload that trains.
fn trained(assessment: &Assessment) -> Option<&Prediction> {
    let mut workloads = assessment.predictions.workloads.iter();
    workloads.find(|one| one.class != WorkloadClass::Inference)
}

/// How long its run takes, s.
fn run(assessment: &Assessment) -> Option<Range<f64>> {
    let time = trained(assessment)?.outlook.as_ref()?.time?;
    Some(time.map(Seconds::get))
}

fn fact(assessment: &Assessment, name: &str) -> Option<f64> {
    assessment
        .facts
        .iter()
        .find(|fact| fact.name == name)?
        .value
        .as_ref()?
        .as_f64()
}
