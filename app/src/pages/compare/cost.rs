//! What makes one design cost more than the other, line by line.

use super::pair::{Pair, Side};
use crate::charts::{SharedPlot, Waterfall, WaterfallStep, chart};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{Difference, difference as by_line};
use plumbline_engine::quantity::Money;
use std::cmp::Ordering;
use std::sync::Arc;

/// Steps in the chart; the rest is one step.
const STEPS: usize = 11;

/// The difference with what is said about it.
#[derive(Debug, Clone, PartialEq)]
struct Compared {
    first: String,
    second: String,
    /// Total costs of the two.
    totals: (Range<Money>, Range<Money>),
    years: (u32, u32),
    lower_bounds: bool,
    /// Largest first.
    lines: Vec<Difference>,
}

/// The section.
pub(super) fn difference(pair: Pair) -> AnyView {
    let compared = Memo::new(move |_| {
        pair.sides()
            .map(|(first, second)| Arc::new(compare(&first, &second)))
    });
    let known = Memo::new(move |_| compared.with(Option::is_some));
    let plot = move || {
        compared.with(|compared| {
            Arc::new(compared.as_deref().map_or_else(nothing, waterfall)) as SharedPlot
        })
    };
    let caveats = move || compared.get().map(|compared| caveats(&compared));
    let columns = vec![
        Column::text("Line").sortable(),
        Column::text("Path").sortable(),
        Column::figures("Difference").sortable(),
        Column::figures("Share").sortable(),
        Column::text("Missing"),
    ];
    let rows = move || {
        compared
            .get()
            .map(|compared| table(&compared))
            .unwrap_or_default()
    };
    let section = move || {
        known.get().then(|| {
            view! {
                <section class="compare-cost" aria-label="Difference of the cost">
                    <h2>"Difference of the cost"</h2>
                    {caveats}
                    {chart(plot)}
                    <details>
                        <summary><h3>"Line by line"</h3></summary>
                        <div class="scroll" role="region" aria-label="Difference line by line" tabindex="0">
                            {data_table("Difference of the total cost, line by line".into(), columns.clone(), rows)}
                        </div>
                    </details>
                </section>
            }
        })
    };
    section.into_any()
}

fn compare(first: &Side, second: &Side) -> Compared {
    let (a, b) = (&first.assessment.costs, &second.assessment.costs);
    let lines = plumbline_engine::order::sorted(by_line(a, b), |x, y| {
        larger(x, y).then_with(|| x.path.cmp(&y.path))
    });
    Compared {
        first: first.name.clone(),
        second: second.name.clone(),
        totals: (a.tco, b.tco),
        years: (a.years, b.years),
        lower_bounds: a.at_least() || b.at_least(),
        lines,
    }
}

fn larger(a: &Difference, b: &Difference) -> Ordering {
    b.amount.get().abs().total_cmp(&a.amount.get().abs())
}

impl Compared {
    fn whole(&self) -> Money {
        self.totals.1.mid - self.totals.0.mid
    }

    /// A firm word only where the bands do not overlap.
    fn verdict(&self) -> String {
        let (first, second) = &self.totals;
        let (whole, name, other) = (self.whole(), &self.second, &self.first);
        let amount = format::money(if whole < Money::ZERO {
            Money::ZERO - whole
        } else {
            whole
        });
        let apart = first.high < second.low || second.high < first.low;
        match (whole.get().total_cmp(&0.0), apart) {
            (Ordering::Equal, _) => format!("{name} costs as much as {other}"),
            (Ordering::Less, true) => format!("{name} costs {amount} less than {other}"),
            (Ordering::Greater, true) => format!("{name} costs {amount} more than {other}"),
            (Ordering::Less, false) => {
                format!("{name} looks {amount} cheaper than {other}, but the ranges overlap")
            }
            (Ordering::Greater, false) => {
                format!("{name} looks {amount} dearer than {other}, but the ranges overlap")
            }
        }
    }
}

fn waterfall(compared: &Compared) -> Waterfall {
    let step = |line: &Difference| WaterfallStep {
        label: line.label.clone(),
        amount: line.amount,
        share: line.share,
    };
    let changed: Vec<&Difference> = compared
        .lines
        .iter()
        .filter(|line| line.amount != Money::ZERO)
        .collect();
    let (shown, rest) = changed.split_at(changed.len().min(STEPS));
    let mut steps: Vec<WaterfallStep> = shown.iter().copied().map(step).collect();
    if !rest.is_empty() {
        steps.push(WaterfallStep {
            label: format::plural(rest.len(), "other line", "other lines"),
            amount: rest.iter().fold(Money::ZERO, |sum, line| sum + line.amount),
            share: rest.iter().map(|line| line.share).sum(),
        });
    }
    Waterfall {
        file: "plumbline-cost-difference",
        title: compared.verdict(),
        measure: format!(
            "US dollars of total cost, undiscounted, {} less {}",
            compared.second, compared.first
        ),
        steps,
        whole: compared.whole(),
    }
}

fn nothing() -> Waterfall {
    Waterfall {
        file: "",
        title: String::new(),
        measure: String::new(),
        steps: Vec::new(),
        whole: Money::ZERO,
    }
}

/// What a reader must know before believing the difference.
fn caveats(compared: &Compared) -> AnyView {
    let years = (compared.years.0 != compared.years.1).then(|| {
        format!(
            "The lives differ: {} years against {}. Compare the price per accelerator-hour.",
            compared.years.0, compared.years.1
        )
    });
    let missing = compared
        .lower_bounds
        .then(|| "A price is missing on at least one side, so that a total is a lower bound and the difference may be off.".to_owned());
    let all = [years, missing]
        .into_iter()
        .flatten()
        .map(|text| view! { <p class="compare-caveat">{text}</p> });
    all.collect_view().into_any()
}

fn table(compared: &Compared) -> Vec<Row> {
    let signed = |amount: Money| format::change(&format::money_full(amount), amount < Money::ZERO);
    let mut rows: Vec<Row> = compared
        .lines
        .iter()
        .map(|line| {
            let path = line.path.clone();
            let mut code = Cell::text(&path);
            code.view = view! { <code>{path}</code> }.into_any();
            let cells = vec![
                Cell::text(&line.label),
                code,
                Cell::figure(line.amount.get(), signed(line.amount)),
                Cell::figure(line.share, format::percent(line.share)),
                Cell::text(line.missing.as_deref().unwrap_or_default()),
            ];
            Row { cells }
        })
        .collect();
    let whole = compared.whole();
    let share: f64 = compared.lines.iter().map(|line| line.share).sum();
    let cells = vec![
        Cell::view(view! { <b>"Whole difference"</b> }.into_any()),
        Cell::view(().into_any()),
        Cell::view(view! { <b data-compare="whole" data-value=whole.get().to_string()>{signed(whole)}</b> }.into_any()),
        Cell::view(view! { <b data-compare="share" data-value=share.to_string()>{format::percent(share)}</b> }.into_any()),
        Cell::view(().into_any()),
    ];
    rows.push(Row { cells });
    rows
}
