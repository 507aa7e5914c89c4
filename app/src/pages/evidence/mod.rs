//! How far predictions are off: every published measurement beside what is predicted for it, the
//! errors by class, the worst rows with their likely reason, and the fitted constants.

mod charts;
mod classes;
mod constants;
mod rows;
mod subject;
mod tables;

use crate::format;
use crate::shell::dom;
use crate::state::{Page, use_workbench};
use crate::ui::*;
use crate::widgets::filter_choice;
use plumbline_engine::predict::measured::{Errors, RowPrediction, predictions_csv};
use plumbline_engine::reference::Measurements;
use rows::{Held, Predicting};
use subject::{Subject, subject};

/// The rows, and which of them are looked at.
#[derive(Clone, Copy)]
struct Evidence {
    subject: Subject,
    rows: Predicting,
    filters: [RwSignal<Option<String>>; FILTERS.len()],
}

/// A name, and what of a row it stands for.
type Filter = (&'static str, fn(&Held) -> &str);

/// What a row can be chosen by.
const FILTERS: [Filter; 7] = [
    ("Metric", |row| &row.prediction.metric),
    ("Class", class_of),
    ("Accelerator", |row| &row.accelerator),
    ("Number format", |row| row.precision),
    ("Software", |row| row.software),
    ("Model", |row| row.model),
    ("Source", |row| &row.prediction.source),
];
/// Places of some of them.
const METRIC: usize = 0;
const CLASS: usize = 1;
const ACCELERATOR: usize = 2;
const SOURCE: usize = 6;

fn class_of(row: &Held) -> &str {
    match row.prediction.prediction {
        Ok(_) => row.prediction.class,
        Err(_) => "not predicted",
    }
}

impl Evidence {
    fn takes(&self, row: &Held) -> bool {
        let mut each = self.filters.iter().zip(FILTERS);
        each.all(|(wanted, (_, of))| {
            wanted.with(|wanted| wanted.as_deref().is_none_or(|wanted| of(row) == wanted))
        })
    }

    /// Looks at the rows that the filters leave; followed.
    fn chosen<T>(&self, look: impl FnOnce(&[&Held]) -> T) -> T {
        self.rows.all.with(|all| {
            let chosen: Vec<&Held> = all.iter().filter(|row| self.takes(row)).collect();
            look(&chosen)
        })
    }

    /// The values of a filter with how many rows have each, in order.
    fn values(&self, filter: usize) -> Vec<(String, usize)> {
        let Some((_, of)) = FILTERS.get(filter) else {
            return Vec::new();
        };
        self.rows.all.with_untracked(|all| {
            let mut names: Vec<&str> = all.iter().map(of).collect();
            names.sort_unstable();
            let each = names.chunk_by(|a, b| a == b);
            let each = each.filter_map(|same| Some(((*same.first()?).to_owned(), same.len())));
            each.collect()
        })
    }
}

/// The page; `class` is the class of rows to look at first.
pub fn page(of: Measurements, class: Option<String>) -> AnyView {
    let subject = subject(of);
    let rows = match rows::begin(subject) {
        Ok(rows) => rows,
        Err(why) => {
            return view! { <h1>"Evidence"</h1>{switch(of)}<p class="field-error">{why}</p> }
                .into_any();
        }
    };
    let evidence = Evidence {
        subject,
        rows,
        filters: std::array::from_fn(|at| RwSignal::new(class.clone().filter(|_| at == CLASS))),
    };
    let done = Memo::new(move |_| rows.done.get() == rows.count);
    let body = move || {
        done.get().then(|| {
            view! {
                {filters(evidence)}
                {summary(evidence)}
                {charts::charts(evidence)}
                {tables::worst(evidence)}
                {tables::unpredicted(evidence)}
                {tables::all(evidence)}
            }
        })
    };
    let status = move || match done.get() {
        true => String::new(),
        false => {
            let [count, so_far] = [rows.count, rows.done.get()].map(|n| format::count(n as f64));
            format!("Predicting {count} rows, {so_far} done…")
        }
    };
    view! {
        <div class="page-evidence">
            <div class="section-head">
                <h1>"Evidence"</h1>
                {export(evidence, done)}
            </div>
            {switch(of)}
            <p class="page-lead">{subject.lead}</p>
            <p class="muted" role="status">{status}</p>
            {body}
            {classes::classes(evidence, done)}
            {constants::constants(subject)}
        </div>
    }
    .into_any()
}

/// The ways between the tables of measurements.
fn switch(of: Measurements) -> AnyView {
    let links = Measurements::ALL.map(|one| {
        let place = Page::Evidence(one, None).fragment();
        let current = (one == of).then_some("page");
        view! { <a href=place aria-current=current>{subject(one).label}</a> }
    });
    view! { <nav class="evidence-kinds" aria-label="What was measured">{links.into_iter().collect_view()}</nav> }.into_any()
}

fn filters(evidence: Evidence) -> AnyView {
    let each = FILTERS.into_iter().zip(evidence.filters).enumerate();
    let controls = each.map(|(at, ((label, _), chosen))| {
        let values = evidence.values(at).into_iter();
        let values = values.filter(|(value, _)| !value.is_empty());
        let options = values.map(|(value, _)| (evidence.subject.shown(at, &value), value));
        filter_choice(label, options.collect(), chosen)
    });
    view! { <div class="evidence-filters" role="group" aria-label="Which rows">{controls.collect_view()}</div> }.into_any()
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
            let inside = match evidence.subject.errors.is_empty() {
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
                ("Bias", bias, match evidence.subject.of {
                    Measurements::Energy => "plus is predicted too much",
                    _ => "of the times; plus is predicted too slow",
                }),
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
    let [.., name] = evidence.subject.files;
    let save = move |_| {
        let text = evidence.rows.all.with_untracked(|all| {
            let rows: Vec<RowPrediction> = all.iter().map(|row| row.prediction.clone()).collect();
            predictions_csv(&rows)
        });
        if dom::download(name, "text/csv;charset=utf-8", &text).is_ok() {
            workbench.announce(&["saved ", name].concat());
        }
    };
    view! {
        <button type="button" disabled=move || !done.get() on:click=save>"Save predictions as CSV"</button>
    }
    .into_any()
}
