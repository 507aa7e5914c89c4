//! What the page says and knows of each table of measurements.

use super::rows::Held;
use crate::state::world;
use plumbline_engine::catalogue::{ErrorClass, FittedConstant};
use plumbline_engine::predict::measured::{
    EnergyRow, InferenceRow, Measured, Row, RowPrediction, TrainingRow, predict_row,
};
use plumbline_engine::reference::Measurements;
use plumbline_engine::sourced::Source;
use plumbline_engine::table::Table;

/// Predicts a row.
pub(super) type Predictor = Box<dyn Fn(&Row<'static>) -> RowPrediction>;

/// A table of measurements.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub of: Measurements,
    pub label: &'static str,
    pub lead: &'static str,
    /// What the constants are of.
    pub constants_of: &'static str,
    pub constants: &'static Table<FittedConstant>,
    /// Errors on rows that the fit had not seen, by class.
    pub errors: &'static Table<ErrorClass>,
    pub doubtful: &'static Table<String>,
    pub sources: &'static Table<Source>,
    /// What makes its predictions, or which constant is missing.
    pub predictor: fn() -> Result<Predictor, String>,
    /// What a row is of.
    pub described: fn(&Row<'static>) -> Description,
    /// Width of a stretch of the errors.
    pub step: f64,
    /// What colours tell apart at first, as place among the filters.
    pub colour: usize,
    /// What is predicted, and what it is where it is too small and too large.
    pub says: [&'static str; 3],
    /// Files of the charts, and of the predictions.
    pub files: [&'static str; 3],
}

/// What a row is of, as far as it does not follow from its prediction.
pub(super) struct Description {
    pub precision: &'static str,
    pub software: &'static str,
    pub accelerator: String,
    /// Model, size and layout in words.
    pub what: String,
}

/// What the page is about.
pub(super) fn subject(of: Measurements) -> Subject {
    match of {
        Measurements::Training => Subject {
            label: "Training",
            lead: "Every published measurement of training that was found, beside what is predicted for it, in this browser and now. A prediction never sees what was measured.",
            constants_of: "Constants of the prediction of training",
            described: training,
            step: 0.05,
            colour: super::CLASS,
            files: [
                "plumbline-evidence",
                "plumbline-evidence-errors",
                "plumbline-training-predictions.csv",
            ],
            ..known::<TrainingRow>(of)
        },
        Measurements::Inference => Subject {
            label: "Inference",
            lead: "Published measurements of throughput, time per token and time to the first token, beside what is predicted for each, in this browser and now. A prediction never sees what was measured.",
            constants_of: "Constants of the prediction of inference",
            described: inference,
            step: 0.1,
            colour: super::METRIC,
            files: [
                "plumbline-evidence-inference",
                "plumbline-evidence-inference-errors",
                "plumbline-inference-predictions.csv",
            ],
            ..known::<InferenceRow>(of)
        },
        Measurements::Energy => Subject {
            label: "Energy",
            lead: "Published measurements of the energy that accelerators take for a token of an answer, beside what is predicted for each: their power by what their time goes into, by the tokens of that time. A prediction never sees what was measured.",
            constants_of: "Constants of the prediction of power",
            described: inference,
            step: 0.1,
            colour: super::ACCELERATOR,
            says: ["energies", "low", "high"],
            files: [
                "plumbline-evidence-energy",
                "plumbline-evidence-energy-errors",
                "plumbline-energy-predictions.csv",
            ],
            ..known::<EnergyRow>(of)
        },
    }
}

/// What the world knows of a kind of rows.
fn known<M: Measured<Constants: 'static>>(of: Measurements) -> Subject {
    let (constants, errors, doubtful) = M::data(world());
    Subject {
        of,
        label: "",
        lead: "",
        constants_of: "",
        constants,
        errors,
        doubtful,
        sources: M::sources(world()),
        predictor: || {
            let constants = M::shipped(world())?;
            Ok(Box::new(move |row| {
                predict_row::<M>(world(), &constants, row)
            }))
        },
        described: training,
        step: 0.0,
        colour: 0,
        says: ["times", "short", "long"],
        files: [""; 3],
    }
}

fn training(row: &Row<'static>) -> Description {
    let degrees = [
        ("TP ", "tp"),
        ("PP ", "pp"),
        ("CP ", "cp"),
        ("EP ", "ep"),
        ("batch ", "global_batch"),
        ("sequence ", "seq_len"),
    ];
    let accelerator = row.text("accelerator");
    Description {
        precision: row.text("precision"),
        software: row.text("software"),
        accelerator: accelerator.to_owned(),
        what: words(row, accelerator, &degrees),
    }
}

fn inference(row: &Row<'static>) -> Description {
    let rest = [
        ("TP ", "tp"),
        ("PP ", "pp"),
        ("EP ", "ep"),
        ("DP ", "dp"),
        ("", "engine"),
        ("", "engine_version"),
        ("prompt ", "isl"),
        ("answer ", "osl"),
        ("at once ", "concurrency"),
        ("", "scenario"),
    ];
    let name = row.text("accelerator");
    // Sources call one accelerator by several names.
    let known = world().inference.machine(name);
    let part = known.and_then(|(id, _)| world().catalogue.accelerators.get(id));
    let accelerator = part.map_or(name, |part| part.name.as_str());
    Description {
        precision: row.text("weight_precision"),
        software: row.text("engine"),
        accelerator: accelerator.to_owned(),
        what: words(row, accelerator, &rest),
    }
}

/// Model, size and what else the row states.
fn words(row: &Row<'static>, accelerator: &str, rest: &[(&str, &str)]) -> String {
    let mut all = vec![row.text("model").to_owned()];
    all.push(match row.text("num_accel") {
        "" => accelerator.to_owned(),
        count => [count, " × ", accelerator].concat(),
    });
    for (name, column) in rest {
        let text = row.text(column);
        if !text.is_empty() && text != "1" {
            all.push([name, text].concat());
        }
    }
    all.join(" · ")
}

/// Whether a row's model has experts, in words; empty where nobody knows.
pub(super) fn kind_of_model(row: &Row<'static>) -> &'static str {
    let known = world().model(row.text("model"));
    let shape = known.and_then(|model| model.shape.get());
    let stated = |column| row.number(column).ok().flatten();
    let counted = stated("params_active_b").zip(stated("params_total_b"));
    let experts = shape
        .map(|shape| shape.experts.is_some())
        .or(counted.map(|(active, total)| active < total));
    match experts {
        Some(true) => "with experts",
        Some(false) => "dense",
        None => "",
    }
}

/// A metric, for people.
pub(super) fn metric(name: &str) -> String {
    match name {
        "output_tokens_per_s" => "throughput, output tokens/s",
        "tokens_per_s_per_gpu" => "throughput, tokens/s per accelerator",
        "tokens_per_s_total" => "throughput, tokens/s",
        "tflops_per_gpu" => "TFLOP/s per accelerator",
        "tpot_ms" => "time per output token (TPOT), ms",
        "ttft_ms" => "time to first token (TTFT), ms",
        "iter_time_s" => "time of a step, s",
        "time_to_train_min" => "time to train, min",
        "gpu_hours" => "accelerator-hours",
        "joules_per_token" => "energy of a token, J",
        "mfu" => "MFU",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

impl Subject {
    /// What a source is, as long as it is told apart.
    pub fn source(&self, key: &str) -> String {
        self.sources.get(key).map_or(key.to_owned(), |source| {
            let version = [" ", &source.version].concat();
            [&source.publisher, ": ", &source.title, version.trim_end()].concat()
        })
    }

    /// A value of a filter, for people.
    pub fn shown(&self, filter: usize, value: &str) -> String {
        match filter {
            super::SOURCE => self.source(value).chars().take(72).collect(),
            super::METRIC => metric(value),
            _ => value.to_owned(),
        }
    }

    /// The same in the few letters of a legend.
    pub fn short(&self, filter: usize, value: &str) -> String {
        let text = match (filter, self.sources.get(value)) {
            _ if value.is_empty() => "not stated".to_owned(),
            (super::SOURCE, Some(source)) => {
                let publisher: String = source.publisher.chars().take(16).collect();
                [publisher.trim_end(), ", ", value].concat()
            }
            (super::METRIC, _) => metric(value)
                .replace("throughput, ", "")
                .replace("time per output token (TPOT)", "TPOT")
                .replace("time to first token (TTFT)", "TTFT"),
            _ => value.to_owned(),
        };
        match text.chars().count() > LEGEND {
            true => text.chars().take(LEGEND - 1).chain(['…']).collect(),
            false => text,
        }
    }

    /// Why a row is doubted, if it is.
    pub fn doubt(&self, row: &Held) -> Option<&'static str> {
        self.doubtful.get(&row.prediction.id).map(String::as_str)
    }
}

/// Letters that a legend has room for.
const LEGEND: usize = 24;
