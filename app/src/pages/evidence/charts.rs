//! Predicted against measured, and how the errors are spread.

use super::rows::Held;
use super::subject::metric;
use super::{Evidence, FILTERS, predictions};
use crate::charts::{Dot, HUES, Histogram, Scatter, SharedPlot, chart};
use crate::format;
use crate::ui::*;
use plumbline_engine::predict::measured::Errors;
use plumbline_engine::reference::Measurements;
use std::sync::Arc;

pub(super) fn charts(evidence: Evidence) -> AnyView {
    let colour = RwSignal::new(evidence.subject.colour);
    // Of all rows, so that a group keeps its colour whatever is chosen.
    let groups = Memo::new(move |_| Groups::of(evidence, colour.get()));
    let dots = move || {
        groups.with(|groups| {
            evidence.chosen(|rows| Arc::new(scatter(evidence, groups, rows)) as SharedPlot)
        })
    };
    let errors = move || evidence.chosen(|rows| Arc::new(histogram(evidence, rows)) as SharedPlot);
    view! {
        <section class="evidence-charts" aria-label="Charts">
            <div>
                {colours(colour)}
                {chart(dots)}
            </div>
            {chart(errors)}
        </section>
    }
    .into_any()
}

/// What colours and shapes tell apart.
fn colours(colour: RwSignal<usize>) -> AnyView {
    let options = FILTERS.into_iter().enumerate().map(|(at, (label, _))| {
        view! { <option value=at.to_string()>{label}</option> }
    });
    let shown = move || colour.get().to_string();
    let choose = move |text: String| {
        if let Ok(at) = text.parse() {
            colour.set(at);
        }
    };
    view! {
        <div class="evidence-filters">
            <label>
                <span>"Colour by"</span>
                <select prop:value=shown on:change:target=move |event| choose(event.target().value())>
                    {options.collect_view()}
                </select>
            </label>
        </div>
    }
    .into_any()
}

/// The values that have a colour of their own; all others share the last.
#[derive(Clone, PartialEq)]
struct Groups {
    filter: usize,
    own: Vec<String>,
    names: Vec<String>,
}

impl Groups {
    fn of(evidence: Evidence, filter: usize) -> Self {
        let mut values = evidence.values(filter);
        let all = values.len();
        if all > HUES {
            values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            values.truncate(HUES - 1);
            values.sort();
        }
        let own: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
        let short = |value: &String| evidence.subject.short(filter, value);
        let mut names: Vec<String> = own.iter().map(short).collect();
        if all > own.len() {
            names.push(format!("{} others", all - own.len()));
        }
        Self { filter, own, names }
    }

    fn group(&self, row: &Held) -> usize {
        let value = FILTERS.get(self.filter).map_or("", |(_, of)| of(row));
        let own = self.own.iter().position(|own| own == value);
        own.unwrap_or(self.own.len())
    }
}

fn scatter(evidence: Evidence, groups: &Groups, rows: &[&Held]) -> Scatter {
    let dots = rows.iter().filter_map(|row| {
        let (measured, band) = (
            row.prediction.measured?,
            row.prediction.prediction.as_ref().ok()?,
        );
        let positive = measured > 0.0 && band.predicted > 0.0 && band.predicted.is_finite();
        positive.then(|| Dot {
            name: row.prediction.id.clone(),
            x: measured,
            y: band.predicted,
            group: groups.group(row),
            text: said(row, measured, band.predicted),
        })
    });
    let dots: Vec<Dot> = dots.collect();
    let title = match Errors::of(predictions(rows)) {
        Some(errors) => format!(
            "Half of the predictions are within {} of what was measured, nine of ten within {}",
            format::percent(errors.median),
            format::percent(errors.ninth)
        ),
        None => "No row has both a measurement and a prediction".into(),
    };
    let [file, ..] = evidence.subject.files;
    Scatter {
        file,
        title,
        measure: "Each row in the unit of its metric; both axes logarithmic; lines at equal, and at 20 % above and below".into(),
        axes: ["measured", "predicted"],
        groups: groups.names.clone(),
        dots,
    }
}

fn said(row: &Held, measured: f64, predicted: f64) -> String {
    let error = predicted / measured - 1.0;
    format!(
        "{}: {}: measured {}, predicted {}, {}",
        row.what,
        metric(&row.prediction.metric),
        format::significant(measured, 3),
        format::significant(predicted, 3),
        format::change(&format::percent(error.abs()), error < 0.0)
    )
}

fn histogram(evidence: Evidence, rows: &[&Held]) -> Histogram {
    let figures: Vec<f64> = predictions(rows).filter_map(|row| row.slowness()).collect();
    let [what, less, more] = evidence.subject.says;
    let title = match Errors::of(predictions(rows)) {
        Some(errors) if errors.bias.abs() < 0.01 => {
            "Errors lie to both sides: predictions lean neither way".to_owned()
        }
        Some(errors) => format!(
            "Predicted {what} are {} too {} on average",
            format::percent(errors.bias.abs()),
            if errors.bias < 0.0 { less } else { more }
        ),
        None => "No errors".to_owned(),
    };
    let [_, file, _] = evidence.subject.files;
    Histogram {
        file,
        title,
        measure: format!(
            "Rows by how far predicted {what} are off the measured ones; the outer bars hold all beyond"
        ),
        sides: match evidence.subject.of {
            Measurements::Energy => ["too low", "too high"],
            Measurements::Training | Measurements::Inference => ["too fast", "too slow"],
        },
        figures,
        step: evidence.subject.step,
        each: 8,
    }
}
