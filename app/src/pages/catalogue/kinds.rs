//! By which figures the parts of a kind are told apart, and how a figure is shown and sorted.

use crate::widgets::{Figure, NOT_STATED, Note, SortKey, plain, words};
use plumbline_engine::quantity::number;
use serde_json::Value;

/// Kinds of parts in the order in which a cluster is planned, with the figures that a list shows.
/// Sparse rates stand behind the dense ones, which alone are computed with.
pub(super) const KINDS: [(&str, &[&str]); 11] = [
    (
        "accelerator",
        &[
            "bf16",
            "fp8",
            "fp4",
            "bf16_sparse",
            "fp8_sparse",
            "fp4_sparse",
            "memory",
            "memory_bandwidth",
            "scale_up",
            "power_max",
        ],
    ),
    (
        "node",
        &[
            "accelerators",
            "memory",
            "local_nvme",
            "compute_ports/count",
            "compute_ports/rate",
            "height",
            "power_max",
        ],
    ),
    (
        "rack",
        &["kind", "height", "power_full", "shelf_power", "mass_full"],
    ),
    ("switch", &["ports", "port_rate", "height", "power_max"]),
    ("network adapter", &["rate", "form", "power_max"]),
    ("transceiver", &["link_rate", "links", "reach", "power_max"]),
    ("cable", &["link_rate", "reach"]),
    (
        "storage system",
        &["read", "write", "capacity", "height", "power_max"],
    ),
    (
        "server",
        &["cores", "memory", "nvme", "height", "power_max"],
    ),
    ("PDU", &["rating", "management_ports"]),
    (
        "coolant distribution unit",
        &["capacity", "redundant_pumps", "power_max"],
    ),
];

/// The figures that a list of one kind shows, or a list of all.
pub(super) fn figures_in_list(kind: Option<&str>) -> &'static [&'static str] {
    let of_kind = KINDS.iter().find(|(name, _)| Some(*name) == kind);
    of_kind.map_or(&["power_max"], |(_, figures)| figures)
}

/// `power_max` as the head of a column or line: "Power max".
pub(super) fn label(field: &str) -> String {
    let words = words(field);
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A figure with what stands behind it.
pub(super) fn note(part: &str, figure: Figure) -> Note {
    Note {
        title: [&label(&figure.field), ", ", part].concat(),
        value: match figure.value {
            Value::Null => NOT_STATED.to_owned(),
            ref value => plain(value),
        },
        origin: figure.origin,
        formula: String::new(),
        inputs: Vec::new(),
    }
}

/// By what a figure sorts among those of its column, which are all of one dimension.
pub(super) fn sort_key(value: &Value) -> SortKey {
    match value {
        Value::Bool(truth) => SortKey::Number(f64::from(u8::from(*truth))),
        Value::String(text) => {
            quantity(text).map_or_else(|| SortKey::Text(text.to_ascii_lowercase()), SortKey::Number)
        }
        other => other.as_f64().map_or(SortKey::None, SortKey::Number),
    }
}

/// A number with a unit, in the unit without its prefix.
fn quantity(text: &str) -> Option<f64> {
    let (digits, unit) = text.split_once(' ')?;
    let prefix = match unit.chars().next().filter(|_| unit.len() > 1) {
        Some('k') => 1e3,
        Some('M') => 1e6,
        Some('G') => 1e9,
        Some('T') => 1e12,
        Some('P') => 1e15,
        Some('E') => 1e18,
        _ => 1.0,
    };
    Some(number(digits)? * prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_sort_by_size_and_not_by_text() {
        let key = |text: &str| sort_key(&text.into());
        assert!(key("989.5 TFLOPS") < key("1.979 PFLOPS"));
        assert!(key("700 W") < key("1.2 kW"));
        assert!(key("9 kg") < key("10 kg"));
        assert!(key("2 m") < key("30 m"));
        assert_eq!(key("SXM5"), SortKey::Text("sxm5".into()));
        assert_eq!(sort_key(&Value::Null), SortKey::None);
    }
}
