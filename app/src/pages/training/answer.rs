//! The answer on top: the step, the rate, the days and the money, each with its band.

use super::Shown;
use super::words::{quantity, range, seconds, three};
use crate::format;
use crate::pages::predicted::{self, Total};
use crate::state::Page;
use crate::ui::*;
use plumbline_engine::design::Precision;
use plumbline_engine::predict::training::Forecast;
use plumbline_engine::predict::{Basis, Prediction};
use plumbline_engine::quantity::Seconds;
use plumbline_engine::reference::Measurements;

/// Figures that follow, or what is missing for them.
pub(super) fn answer(shown: Shown) -> AnyView {
    view! {
        <section class="training-answer" aria-label="Prediction">
            {missing(shown)}
            {basis(shown)}
            {shown.with_forecast(totals)}
            {shown.with_forecast(band)}
        </section>
    }
    .into_any()
}

/// Why nothing is predicted, with the way to the field.
fn missing(shown: Shown) -> AnyView {
    let missing = Memo::new(move |_| {
        shown.prediction.with(|prediction| {
            let prediction = prediction.as_ref()?;
            let reason = prediction.forecast_missing.as_ref()?;
            Some(named(&prediction.subject, reason))
        })
    });
    predicted::missing(missing, move |path| shown.workbench.go_to_subject(path))
}

/// The engine names a field of the workload, a path of the design, a figure of the world, or
/// what cannot be.
fn named(subject: &str, reason: &str) -> (String, String) {
    let field = |name: &str| [subject, ".", name].concat();
    match reason {
        "model" => ("The workload names no model.".into(), field("model")),
        "tokens" => (
            "The tokens of the run are not stated.".into(),
            field("tokens"),
        ),
        "parameters of the model" => (
            "The parameters of the model are not known.".into(),
            field("model"),
        ),
        _ if reason.starts_with("plan.reinforcement.") => {
            let name = reason.trim_start_matches("plan.reinforcement.");
            let words = ["Learning by reinforcement lacks its ", name, "."].concat();
            (words, field(reason))
        }
        _ if reason.starts_with("a layout") => {
            let words = ["There is no layout for it; wanted is ", reason, "."].concat();
            (words, field("plan.step.tp"))
        }
        _ if reason.starts_with("models.") => {
            let words = [
                "The dimensions of the model are not published: ",
                reason,
                ".",
            ]
            .concat();
            (words, field("model"))
        }
        _ if reason.starts_with("compute.") => (
            "The node's accelerators are not known.".into(),
            reason.to_owned(),
        ),
        _ if reason.starts_with("training.machines.") => {
            let id = reason.trim_start_matches("training.machines.");
            let words = [
                "No measured training is known of the accelerator ",
                id,
                ", so that nothing can be predicted of it.",
            ]
            .concat();
            (words, "compute.groups[0].part".to_owned())
        }
        other => (
            ["Not known: ", other, "."].concat(),
            "compute.groups[0].part".to_owned(),
        ),
    }
}

/// A stated efficiency goes first; it says so, and how to do without.
fn basis(shown: Shown) -> AnyView {
    let stated = Memo::new(move |_| {
        shown.prediction.with(|prediction| {
            let prediction = prediction.as_ref()?;
            let run = prediction
                .run
                .filter(|_| prediction.basis == Basis::Stated)?;
            let predicted = prediction
                .forecast
                .as_ref()
                .map(|forecast| forecast.mfu_half);
            Some((run.mfu.get(), predicted, prediction.subject.clone()))
        })
    });
    let view = move || {
        let (stated, predicted, subject) = stated.get()?;
        let words = match predicted {
            Some(predicted) => format!(
                "Days and money below follow from the MFU of {} that the design states. Predicted are {} of the BF16 peak.",
                format::percent(stated),
                format::percent(predicted)
            ),
            None => format!(
                "Days and money below follow from the MFU of {} that the design states.",
                format::percent(stated)
            ),
        };
        let path = [&subject, ".mfu"].concat();
        let use_it = predicted.map(|_| {
            let set = move |_| {
                shown.workbench.set(
                    "use the predicted efficiency",
                    &path,
                    serde_json::Value::Null,
                )
            };
            view! { <button type="button" on:click=set>"Use the prediction"</button> }.into_any()
        });
        Some(predicted::stated(words, use_it))
    };
    view.into_any()
}

fn totals(shown: Shown) -> AnyView {
    predicted::totals(move || {
        let totals = shown
            .prediction
            .with(|prediction| prediction.as_ref().map(|p| of(shown, p)));
        totals.unwrap_or_default()
    })
}

fn of(shown: Shown, prediction: &Prediction) -> Vec<Total> {
    let Some(forecast) = &prediction.forecast else {
        return Vec::new();
    };
    let basis = match prediction.basis {
        Basis::Predicted => "predicted",
        Basis::Stated => "from the stated MFU",
    };
    let (rate, mfu) = (forecast.rate(), forecast.efficiency());
    let step = forecast.seconds.map(Seconds::get);
    let mut totals = vec![
        Total::of(
            "Time of a step",
            step,
            |x| x,
            seconds,
            format!(
                "{} sequences of {} tokens on {}",
                format::count(forecast.batch),
                format::count(forecast.sequence),
                format::plural(
                    forecast.accelerators as usize,
                    "accelerator",
                    "accelerators"
                )
            ),
        ),
        Total::of(
            "Tokens per second",
            rate,
            |x| x,
            three,
            [&three(forecast.tokens_per_second), " per accelerator"].concat(),
        ),
        Total::of("MFU", mfu, |x| x, format::percent, peaks(forecast)),
    ];
    if let Some(outlook) = &prediction.outlook {
        if let Some(time) = outlook.time {
            totals.push(Total::of(
                "The run",
                time,
                |x| x.get(),
                quantity,
                format!(
                    "{basis}, with interruptions; the steps alone {}",
                    quantity(outlook.ideal.mid)
                ),
            ));
        }
        if let Some(hours) = outlook.accelerator_hours {
            totals.push(Total::of(
                "Accelerator-hours",
                hours,
                |x| x,
                three,
                "kept for the run, what stands by included".into(),
            ));
        }
    }
    let run = shown
        .cost
        .with(|cost| cost.as_ref().and_then(|cost| cost.run));
    if let Some(run) = run {
        totals.push(Total::of(
            "Cost of the run",
            run,
            |x| x.get(),
            format::money,
            [basis, ", at the cost of an accelerator-hour"].concat(),
        ));
    }
    totals
}

/// Of which peak the efficiency is a share.
fn peaks(forecast: &Forecast) -> String {
    let word = forecast.precision.word();
    let peak = match forecast.precision {
        Precision::Mxfp8 => "FP8",
        Precision::Nvfp4 => "FP4",
        _ => word,
    };
    match forecast.precision {
        Precision::Half => format!("of the dense {word} peak"),
        _ => format!(
            "of the dense {peak} peak; {} of the BF16 peak",
            format::percent(forecast.mfu_half)
        ),
    }
}

/// What the band is, with the way to the evidence.
fn band(shown: Shown) -> AnyView {
    let words = move || {
        shown.forecast(|forecast| {
            let class = forecast.class.clone();
            let known = crate::state::world().training.errors.get(&class);
            let step = forecast.seconds.map(Seconds::get);
            let ends = range(step, seconds);
            let says = match known {
                Some(error) => format!(
                    "Step {ends}: 80 % of {} measured rows of this kind lie within such a band. Half of them are off by less than {}. ",
                    format::count(f64::from(error.rows)),
                    format::percent(error.median)
                ),
                None => format!("Step {ends}: a guess, as the errors of this kind of rows are not known. "),
            };
            let place = Page::Evidence(Measurements::Training, Some(class.clone())).fragment();
            view! { <p class="cost-ground">{says}<a href=place>{["Evidence: ", &class].concat()}</a></p> }
        })
    };
    words.into_any()
}
