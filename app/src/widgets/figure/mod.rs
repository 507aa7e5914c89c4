//! The figures of a catalogue part, read from its written form: one list for all kinds.

use plumbline_engine::derive::is_sourced;
use plumbline_engine::scalar::Scalar;
use plumbline_engine::sourced::{Grade, Origin};
use serde_json::{Map, Value};

/// One figure of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Path of the field in the part; `/` between nested ones.
    pub field: String,
    /// The value; null where it is not known.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// All sourced figures of a part, by name.
pub fn figures_of(part: &Value) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let Some(fields) = part.as_object() {
        collect(fields, "", &mut figures);
    }
    figures
}

/// `compute_ports/rate` as words: "compute ports: rate". A rate of arithmetic says in its name
/// whether it is dense.
pub fn words(field: &str) -> String {
    let (rate, kind) = match field.strip_suffix("_sparse") {
        Some(rate) => (rate, ", sparse"),
        None => (field, ", dense"),
    };
    match rate {
        "fp64" | "bf16" | "fp8" | "fp4" => [&rate.to_ascii_uppercase(), kind].concat(),
        _ => field.replace('/', ": ").replace('_', " "),
    }
}

/// What a person typed for a figure, as an override carries it: a count or a truth where the
/// catalogue has one, else text, which the engine reads with its unit.
pub fn override_value(text: &str, like: &Value) -> Scalar {
    let text = text.trim();
    let count = || {
        text.replace([',', '_'], "")
            .parse::<u64>()
            .ok()
            .map(Scalar::Int)
    };
    let number = || {
        plumbline_engine::quantity::number(text)
            .filter(|number| number.is_finite())
            .map(Scalar::Num)
    };
    let truth = || match text {
        "yes" | "true" => Some(Scalar::Bool(true)),
        "no" | "false" => Some(Scalar::Bool(false)),
        _ => None,
    };
    let typed = match like {
        Value::String(_) => None,
        Value::Bool(_) => truth(),
        _ => count().or_else(number).or_else(truth),
    };
    typed.unwrap_or_else(|| Scalar::Text(text.to_owned()))
}

fn collect(fields: &Map<String, Value>, above: &str, figures: &mut Vec<Figure>) {
    for (name, value) in fields {
        let field = if above.is_empty() {
            name.clone()
        } else {
            [above, "/", name].concat()
        };
        match value {
            written if is_sourced(written) => figures.extend(figure(field, written)),
            Value::Object(nested) => collect(nested, &field, figures),
            _ => {}
        }
    }
}

fn figure(field: String, written: &Value) -> Option<Figure> {
    let (grade, content) = written.as_object()?.iter().next()?;
    let text = |at: usize| {
        content
            .get(at)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let grade = match grade.as_str() {
        "Measured" => Grade::Measured,
        "Primary" => Grade::Primary,
        "Secondary" => Grade::Secondary,
        "Derived" => Grade::Derived,
        "Estimate" => Grade::Estimate,
        "Memory" => Grade::Memory,
        "User" => Grade::User,
        _ => Grade::Unknown,
    };
    if grade == Grade::Unknown {
        let section = content.as_str().unwrap_or_default().to_owned();
        return Some(Figure {
            field,
            value: Value::Null,
            origin: Origin {
                grade,
                source: String::new(),
                section,
            },
        });
    }
    let value = content.get(0).cloned().unwrap_or(Value::Null);
    Some(Figure {
        field,
        value,
        origin: Origin {
            grade,
            source: text(1),
            section: text(2),
        },
    })
}
