//! How far predictions are off: every published measurement of training beside what is predicted
//! for it, the errors by class, the worst rows with their likely reason, and the fitted constants.

mod charts;
mod constants;
mod rows;
mod tables;

use crate::format;
use crate::shell::dom;
use crate::state::{use_workbench, world};
use crate::ui::*;
use crate::widgets::filter_choice;
use plumbline_engine::predict::measured::{Errors, RowPrediction, predictions_csv};
use rows::Held;
use std::sync::Arc;

/// The rows that are predicted so far, and which of them are looked at.
#[derive(Clone, Copy)]
struct Evidence {
    all: RwSignal<Arc<Vec<Held>>>,
    /// Rows of the table.
    count: usize,
    filters: [RwSignal<Option<String>>; 5],
}

/// A name, and what of a row it stands for.
type Filter = (&'static str, fn(&Held) -> &str);

/// What a row can be chosen by.
const FILTERS: [Filter; 5] = [
    ("Accelerator", |row| &row.prediction.accelerator),
    ("Number format", |row| &row.precision),
    ("Class", |row| row.prediction.class),
    ("Source", |row| &row.prediction.source),
    ("Metric", |row| &row.prediction.metric),
];
/// Index of the class among them.
const CLASS: usize = 2;

impl Evidence {
    fn takes(&self, row: &Held) -> bool {
        let mut each = self.filters.iter().zip(FILTERS);
        each.all(|(wanted, (_, of))| {
            wanted.with(|wanted| wanted.as_deref().is_none_or(|wanted| of(row) == wanted))
        })
    }

    /// Looks at the rows that the filters leave; followed.
    fn chosen<T>(&self, look: impl FnOnce(&[&Held]) -> T) -> T {
        self.all.with(|all| {
            let chosen: Vec<&Held> = all.iter().filter(|row| self.takes(row)).collect();
            look(&chosen)
        })
    }

    fn done(&self) -> bool {
        self.all.with(|all| all.len() == self.count)
    }
}

/// The page; `class` is the class of rows to look at first.
pub fn page(class: Option<String>) -> AnyView {
    let rows = match rows::begin() {
        Ok(rows) => rows,
        Err(why) => {
            return view! { <h1>"Evidence"</h1><p class="field-error">{why}</p> }.into_any();
        }
    };
    let evidence = Evidence {
        all: rows.done,
        count: rows.count,
        filters: std::array::from_fn(|at| RwSignal::new(class.clone().filter(|_| at == CLASS))),
    };
    let done = Memo::new(move |_| evidence.done());
    let body = move || {
        done.get().then(|| {
            view! {
                {filters(evidence)}
                {summary(evidence)}
                {charts::charts(evidence)}
                {tables::worst(evidence)}
                {tables::all(evidence)}
            }
        })
    };
    let status = move || match done.get() {
        true => String::new(),
        false => {
            let so_far = evidence.all.with(|all| all.len());
            format!("Predicting {} rows, {} done…", evidence.count, so_far)
        }
    };
    view! {
        <div class="page-evidence">
            <div class="section-head">
                <h1>"Evidence"</h1>
                {export(evidence, done)}
            </div>
            <p class="page-lead">
                "Every published measurement of training that was found, beside what is predicted for it, in this browser and now. A prediction never sees what was measured."
            </p>
            <p class="muted" role="status">{status}</p>
            {body}
            {tables::classes(evidence, done)}
            {constants::constants()}
        </div>
    }
    .into_any()
}

fn filters(evidence: Evidence) -> AnyView {
    let controls = FILTERS
        .into_iter()
        .zip(evidence.filters)
        .map(|((label, of), chosen)| {
            let mut names: Vec<String> = evidence.all.with_untracked(|all| {
                let known = all.iter().map(|row| of(row).to_owned());
                known.filter(|name| !name.is_empty()).collect()
            });
            names.sort();
            names.dedup();
            let options = names.into_iter().map(|name| (shown(label, &name), name));
            filter_choice(label, options.collect(), chosen)
        });
    view! { <div class="evidence-filters" role="group" aria-label="Which rows">{controls.collect_view()}</div> }.into_any()
}

/// A source says what it is; all else is its own name.
fn shown(label: &str, name: &str) -> String {
    match world()
        .training
        .measured
        .get(name)
        .filter(|_| label == "Source")
    {
        Some(source) => {
            let version = [" ", &source.version].concat();
            let title = [&source.publisher, ": ", &source.title, version.trim_end()].concat();
            title.chars().take(72).collect()
        }
        None => name.to_owned(),
    }
}

fn predictions<'r>(rows: &'r [&'r Held]) -> impl Iterator<Item = &'r RowPrediction> {
    rows.iter().map(|row| &row.prediction)
}

fn summary(evidence: Evidence) -> AnyView {
    let figures = move || {
        evidence.chosen(|rows| {
            let predicted = rows.iter().filter(|row| row.prediction.prediction.is_ok());
            let of_all = ["of ", &format::plural(rows.len(), "row", "rows"), "; the others say why not"].concat();
            let predicted = format::count(predicted.count() as f64);
            let errors = Errors::of(predictions(rows));
            let percent = |of: fn(&Errors) -> f64| {
                errors.as_ref().map_or("–".to_owned(), |errors| format::percent(of(errors)))
            };
            // Without errors of the classes there are no bands.
            let inside = match world().training.errors.is_empty() {
                true => "–".to_owned(),
                false => percent(|e| e.inside),
            };
            let bias = errors.as_ref().map_or("–".to_owned(), |errors| {
                format::change(&format::percent(errors.bias.abs()), errors.bias < 0.0)
            });
            [
                ("Predicted", predicted, of_all.as_str()),
                ("Median error", percent(|e| e.median), "half of the rows are off by less"),
                ("90th percentile", percent(|e| e.ninth), "nine of ten rows are off by less"),
                ("Bias", bias, "of the times; plus is predicted too slow"),
                ("In their band", inside, "80 % are meant to be"),
            ]
            .map(|(name, value, meaning)| {
                let meaning = meaning.to_owned();
                view! {
                    <div class="cost-total">
                        <dt>{name}</dt>
                        <dd><b data-evidence=name>{value}</b><span class="cost-meaning">{meaning}</span></dd>
                    </div>
                }
            })
            .into_iter()
            .collect_view()
        })
    };
    view! { <dl class="cost-totals">{figures}</dl> }.into_any()
}

fn export(evidence: Evidence, done: Memo<bool>) -> AnyView {
    let workbench = use_workbench();
    let save = move |_| {
        let text = evidence.all.with_untracked(|all| {
            let rows: Vec<RowPrediction> = all.iter().map(|row| row.prediction.clone()).collect();
            predictions_csv(&rows)
        });
        let name = "plumbline-training-predictions.csv";
        if dom::download(name, "text/csv;charset=utf-8", &text).is_ok() {
            workbench.announce("saved plumbline-training-predictions.csv");
        }
    };
    view! {
        <button type="button" disabled=move || !done.get() on:click=save>"Save predictions as CSV"</button>
    }
    .into_any()
}
