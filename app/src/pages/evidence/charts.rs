//! Predicted against measured, and how the errors are spread.

use super::rows::Held;
use super::{Evidence, predictions};
use crate::charts::{Dot, Histogram, Scatter, SharedPlot, chart};
use crate::format;
use crate::ui::*;
use plumbline_engine::predict::measured::Errors;
use std::sync::Arc;

pub(super) fn charts(evidence: Evidence) -> AnyView {
    let dots = move || evidence.chosen(|rows| Arc::new(scatter(rows)) as SharedPlot);
    let errors = move || evidence.chosen(|rows| Arc::new(histogram(rows)) as SharedPlot);
    view! {
        <section class="evidence-charts" aria-label="Charts">
            {chart(dots)}
            {chart(errors)}
        </section>
    }
    .into_any()
}

/// The classes of these rows, in order.
fn classes(rows: &[&Held]) -> Vec<String> {
    let mut classes: Vec<String> = rows
        .iter()
        .filter(|row| row.prediction.error().is_some())
        .map(|row| row.prediction.class.to_owned())
        .collect();
    classes.sort();
    classes.dedup();
    classes
}

fn scatter(rows: &[&Held]) -> Scatter {
    let groups = classes(rows);
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
            group: groups
                .iter()
                .position(|class| *class == row.prediction.class)
                .unwrap_or(0),
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
    Scatter {
        file: "plumbline-evidence",
        title,
        measure: "Each row in the unit of its metric; both axes logarithmic; lines at equal, and at 20 % above and below".into(),
        axes: ["measured", "predicted"],
        groups,
        dots,
    }
}

fn said(row: &Held, measured: f64, predicted: f64) -> String {
    let error = predicted / measured - 1.0;
    format!(
        "{}: measured {}, predicted {} {}, {}",
        row.what,
        format::significant(measured, 3),
        format::significant(predicted, 3),
        row.prediction.metric.replace('_', " "),
        format::change(&format::percent(error.abs()), error < 0.0)
    )
}

fn histogram(rows: &[&Held]) -> Histogram {
    let figures: Vec<f64> = predictions(rows).filter_map(|row| row.slowness()).collect();
    let title = match Errors::of(predictions(rows)) {
        Some(errors) if errors.bias.abs() < 0.01 => {
            "Errors lie to both sides: predictions lean neither way".to_owned()
        }
        Some(errors) => format!(
            "Predicted times are {} too {} on average",
            format::percent(errors.bias.abs()),
            if errors.bias < 0.0 { "short" } else { "long" }
        ),
        None => "No errors".to_owned(),
    };
    Histogram {
        file: "plumbline-evidence-errors",
        title,
        measure: "Rows by how far the predicted time is off the measured one; the outer bars hold all beyond".into(),
        sides: ["too fast", "too slow"],
        figures,
        step: 0.05,
        each: 8,
    }
}
