//! The key numbers: each with its range, its change and its ground.

use crate::format;
use crate::state::{Page, Workbench};
use crate::ui::*;
use crate::widgets::{Note, source_note};
use plumbline_engine::Assessment;
use plumbline_engine::catalogue::Range;
use plumbline_engine::order::sorted;
use plumbline_engine::predict::{Basis, Prediction};
use plumbline_engine::quantity::{HourlyPrice, Money, RequestsPerSec, Watts};
use plumbline_engine::sourced::Origin;

/// One of the numbers. `None` is not known.
#[derive(Clone, Copy)]
struct Number {
    name: &'static str,
    /// Exact value in base units; for a range its middle.
    value: fn(&Assessment) -> Option<f64>,
    /// In three digits.
    show: fn(f64) -> String,
    /// Low and high, where it has a range.
    ends: fn(&Assessment) -> Option<(f64, f64)>,
    /// Missing prices make it a lower bound.
    bounded: bool,
    note: fn(&Assessment) -> Note,
}

const NUMBERS: [Number; 5] = [
    Number {
        name: "Accelerators",
        value: |a| fact(a, "compute.accelerators"),
        show: format::count,
        ends: |_| None,
        bounded: false,
        note: |a| Note {
            inputs: inputs(a, &["compute.nodes", "node.accelerators"]),
            ..derived(
                "Accelerators",
                fact(a, "compute.accelerators").map(format::count),
                "nodes × accelerators per node, over all groups",
            )
        },
    },
    Number {
        name: "IT power",
        value: |a| fact(a, "power.it"),
        show: |watts| format::power(Watts::new(watts)),
        ends: |_| None,
        bounded: false,
        note: |a| Note {
            inputs: inputs(a, &["compute.racks", "rack.load", "racks.total"]),
            ..derived(
                "IT power, provisioned",
                fact(a, "power.it").map(|w| [&format::full(w), " W"].concat()),
                "sum of the ratings of nodes, switches, storage and servers; redundancy not added",
            )
        },
    },
    Number {
        name: "Capex",
        value: |a| Some(a.costs.capex.mid.get()),
        show: |money| format::money(Money::new(money)),
        ends: |a| Some((a.costs.capex.low.get(), a.costs.capex.high.get())),
        bounded: true,
        note: |a| Note {
            inputs: largest(a, "capex/"),
            ..derived(
                "Capex",
                Some(format::money_full(a.costs.capex.mid)),
                "purchase and installation; the largest lines are below, all of them on the cost page",
            )
        },
    },
    Number {
        name: "TCO",
        value: |a| Some(a.costs.tco.mid.get()),
        show: |money| format::money(Money::new(money)),
        ends: |a| Some((a.costs.tco.low.get(), a.costs.tco.high.get())),
        bounded: true,
        note: |a| Note {
            inputs: vec![
                ("purchase".into(), format::money_range(a.costs.capex)),
                ("yearly costs".into(), format::money_range(a.costs.opex)),
                (
                    "residual value".into(),
                    format::money_range(a.costs.residual),
                ),
                ("years".into(), a.costs.years.to_string()),
            ],
            ..derived(
                "Total cost of ownership",
                Some(format::money_full(a.costs.tco.mid)),
                "capex + yearly costs − residual value, undiscounted",
            )
        },
    },
    Number {
        name: "$ per accelerator-hour",
        value: |a| a.costs.per_accelerator_hour.map(|range| range.mid.get()),
        show: |price| format::hourly(HourlyPrice::new(price)),
        ends: |a| {
            a.costs
                .per_accelerator_hour
                .map(|range| (range.low.get(), range.high.get()))
        },
        bounded: true,
        note: |a| Note {
            inputs: vec![
                ("net present cost".into(), format::money_range(a.costs.npv)),
                (
                    "discount rate".into(),
                    format::percent(a.costs.discount.get()),
                ),
                (
                    "utilisation".into(),
                    format::percent(a.costs.utilisation.get()),
                ),
                ("years".into(), a.costs.years.to_string()),
            ],
            ..derived(
                "Cost per accelerator-hour of use",
                a.costs.per_accelerator_hour.map(|r| format::hourly(r.mid)),
                "annualised discounted cost ÷ (accelerators × 8,760 h × utilisation)",
            )
        },
    },
];

pub(super) fn numbers(workbench: Workbench) -> AnyView {
    let rows = NUMBERS
        .into_iter()
        .enumerate()
        .map(|(at, number)| row(workbench, at, number))
        .collect_view();
    view! {
        <dl class="key-numbers">{rows}</dl>
        {runs(workbench)}
        {soft_share(workbench)}
    }
    .into_any()
}

fn row(workbench: Workbench, at: usize, number: Number) -> AnyView {
    let id = ["number-", &at.to_string()].concat();
    let labelled = id.clone();
    let assessment = workbench.assessment();
    let value = Memo::new(move |_| assessment.with(|a| (number.value)(a)));
    let shown = Memo::new(move |_| value.get().map_or("unknown".into(), number.show));
    let at_least = Memo::new(move |_| number.bounded && assessment.with(|a| a.costs.at_least()));
    let ends = move || {
        let (low, high) = assessment
            .with(|a| (number.ends)(a))
            .filter(|(low, high)| low < high)?;
        Some([&(number.show)(low), " – ", &(number.show)(high)].concat())
    };
    let change = move || {
        let before = workbench.baseline().with(|a| (number.value)(a))?;
        let change = value.get()? - before;
        let shown = (number.show)(change.abs());
        // A change that rounds to nothing is not worth a place.
        (shown != (number.show)(0.0)).then(|| format::change(&shown, change < 0.0))
    };
    // Two classes by turns, so that the animation starts anew with each change.
    let turn = Memo::new(move |before: Option<&u32>| {
        // Read, not only tracked: a first value would otherwise count as a change.
        shown.with(|_| ());
        before.map_or(0, |turns| turns + 1)
    });
    let flash = move || match turn.get() {
        0 => "number",
        odd if odd % 2 == 1 => "number flash-a",
        _ => "number flash-b",
    };
    view! {
        <div class=flash>
            <dt><span id=id>{number.name}</span>{source_note(number.name, move || assessment.with_untracked(|a| (number.note)(a)))}</dt>
            <dd>
                {move || at_least.get().then(|| view! { <span class="at-least">"at least "</span> })}
                <output aria-live="off" aria-labelledby=labelled
                    data-value=move || value.get().map(|value| value.to_string()).unwrap_or_default()>{shown}</output>
                <span class="ends">{ends}</span>
                <span class="change">{change}</span>
            </dd>
        </div>
    }
    .into_any()
}

/// How long each run takes and what each service yields, and whether that is predicted; each
/// leads to its page.
fn runs(workbench: Workbench) -> AnyView {
    let lines = Memo::new(move |_| {
        let said = |prediction: &Prediction| {
            let (page, basis, [low, mid, high]) = match &prediction.service {
                Some(service) => {
                    let show = |rate: f64| format::quantity(RequestsPerSec::new(rate));
                    let Range { low, mid, high } = service.requests;
                    let basis = match service.backing.thin {
                        true => "predicted on thin evidence",
                        false => "predicted",
                    };
                    (Page::Inference, basis, [low, mid, high].map(show))
                }
                None => {
                    let time = prediction.outlook.as_ref()?.time?;
                    let basis = match prediction.basis {
                        Basis::Predicted => "predicted",
                        Basis::Stated => "by the stated MFU",
                    };
                    let times = [time.low, time.mid, time.high].map(format::quantity);
                    (Page::Training, basis, times)
                }
            };
            let ends = match low == high {
                true => String::new(),
                false => [", ", &low, " – ", &high].concat(),
            };
            let said = [&prediction.workload, ": ", &mid, ", ", basis, &ends].concat();
            Some((page, said))
        };
        workbench.assessment().with(|a| {
            a.predictions
                .workloads
                .iter()
                .filter_map(said)
                .collect::<Vec<_>>()
        })
    });
    let lines = move || {
        let link = |page: Page, line: String| view! { <a href=page.fragment()>{line}</a> };
        lines
            .get()
            .into_iter()
            .map(|(page, line)| view! { <p class="muted soft-share">{link(page, line)}</p> })
            .collect_view()
    };
    lines.into_any()
}

fn soft_share(workbench: Workbench) -> AnyView {
    let assessment = workbench.assessment();
    let words = move || {
        let (share, missing) =
            assessment.with(|a| (a.costs.soft_share.get(), a.costs.missing.len()));
        let rests = [
            &format::percent(share),
            " of the total rests on estimates or memory",
        ]
        .concat();
        let lacks = match missing {
            0 => String::new(),
            count => [
                "; ",
                &format::plural(count, "price is", "prices are"),
                " missing",
            ]
            .concat(),
        };
        [rests, lacks].concat()
    };
    let exact = move || assessment.with(|a| a.costs.soft_share.get()).to_string();
    view! { <p class="muted soft-share" data-value=exact><a href=Page::Cost.fragment()>{words}</a></p> }.into_any()
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

fn inputs(assessment: &Assessment, names: &[&str]) -> Vec<(String, String)> {
    let facts = assessment
        .facts
        .iter()
        .filter(|fact| names.contains(&fact.name));
    facts
        .map(|fact| (fact.what.to_owned(), crate::format::fact(fact)))
        .collect()
}

/// The five largest lines below a path.
fn largest(assessment: &Assessment, below: &str) -> Vec<(String, String)> {
    let lines: Vec<(&str, Range<Money>)> = assessment
        .costs
        .lines
        .iter()
        .filter(|l| l.path.starts_with(below))
        .map(|l| (l.label.as_str(), l.total))
        .collect();
    sorted(lines, |a, b| b.1.mid.get().total_cmp(&a.1.mid.get()))
        .into_iter()
        .take(5)
        .map(|(label, total)| (label.to_owned(), format::money_range(total)))
        .collect()
}

fn derived(title: &str, value: Option<String>, formula: &str) -> Note {
    Note {
        title: title.into(),
        value: value.unwrap_or("unknown".into()),
        origin: Origin::derived(""),
        formula: formula.into(),
        inputs: Vec::new(),
    }
}
