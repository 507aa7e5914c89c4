//! From a reference and a size to a full, editable design.

use super::{Amount, Reference, ReferenceKind, Setting, Variant};
use crate::design::{Claim, Design, MAX_COUNT, Path, Segment, from_tree, to_tree};
use crate::sourced::Origin;
use crate::written::quoted;
use serde_json::Value;
use std::fmt;

/// Why a design cannot be made at a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SizeError {
    /// Zero, or more than the engine counts.
    OutOfBounds(String),
    /// The reference has no such variant.
    NoVariant {
        /// What was asked for.
        found: String,
        /// What there is.
        variants: Vec<String>,
    },
    /// The reference's own data is broken: which path, and how. The build checks this.
    Template(String),
}

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SizeError::OutOfBounds(text) | SizeError::Template(text) => f.write_str(text),
            SizeError::NoVariant { found, variants } => {
                write!(
                    f,
                    "variant: found {}, expected one of {}",
                    quoted(found),
                    variants.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for SizeError {}

/// Where the value of a path of a fresh design comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// Path in the design.
    pub path: String,
    /// Value that the template gives it.
    pub value: Value,
    /// Grade, source and section.
    pub origin: Origin,
}

/// A design of `reference` with `units` scalable units, or with exactly `nodes` nodes in as
/// many units of fabric as they need. Without `variant`, the one that the document prints
/// at this size.
///
/// # Errors
/// The size is out of bounds, or there is no such variant.
pub fn instantiate(
    reference: &Reference,
    units: u32,
    nodes: Option<u32>,
    variant: Option<&str>,
) -> Result<Design, SizeError> {
    let variant = find_variant(reference, units, variant)?;
    let full = nodes_at(reference, units, variant)?;
    let nodes = nodes.unwrap_or(full);
    let counted = format!("{units} {}", reference.unit.name.words(units.into()));
    let without = reference.kind == ReferenceKind::Block;
    if (nodes == 0 && !without) || nodes > full {
        return Err(SizeError::OutOfBounds(format!(
            "nodes: found {nodes}, expected 1 to {full} for {counted}"
        )));
    }
    let mut tree = to_tree(&Design {
        name: format!("{} · {}", reference.title, reference.unit.name.sized(units)),
        claim: Some(Claim {
            reference: reference.id.clone(),
            units,
            variant: variant.id.clone(),
            stated: None,
        }),
        ..Design::default()
    });
    for (setting, value) in settings(reference, units, &variant.id) {
        place(&mut tree, &setting.path, value)
            .ok_or_else(|| SizeError::Template(format!("{}: no such path", setting.path)))?;
    }
    if !without {
        place(&mut tree, "compute.groups[0].nodes", nodes.into())
            .ok_or_else(|| SizeError::Template("compute.groups[0]: no such path".into()))?;
    }
    from_tree(&tree)
        .map_err(|fault| SizeError::Template(format!("{}: {}", fault.path, fault.message)))
}

/// Every path that the template sets at a size, with its value and origin.
pub fn provenance(reference: &Reference, units: u32, variant: &str) -> Vec<Provenance> {
    settings(reference, units, variant)
        .map(|(setting, value)| Provenance {
            path: setting.path.clone(),
            value,
            origin: setting.value.origin(),
        })
        .collect()
}

/// Scalable units of fabric that `nodes` nodes need, with the variant's given-up places.
///
/// # Errors
/// There is no such variant, or the count is out of bounds.
pub fn units_for_nodes(
    reference: &Reference,
    nodes: u32,
    variant: Option<&str>,
) -> Result<u32, SizeError> {
    let per_unit = unit_nodes(reference)?.max(1);
    let smallest = nodes.div_ceil(per_unit).max(1);
    let variant = find_variant(reference, smallest, variant)?;
    let given_up = variant.nodes_given_up.known().unwrap_or(0);
    Ok(nodes.saturating_add(given_up).div_ceil(per_unit).max(1))
}

fn unit_nodes(reference: &Reference) -> Result<u32, SizeError> {
    if reference.kind == ReferenceKind::Block {
        return Ok(0);
    }
    reference
        .unit
        .nodes
        .known()
        .filter(|n| *n > 0)
        .ok_or_else(|| {
            SizeError::Template(format!(
                "{}: nodes per scalable unit are not known",
                reference.id
            ))
        })
}

fn nodes_at(reference: &Reference, units: u32, variant: &Variant) -> Result<u32, SizeError> {
    let per_unit = unit_nodes(reference)?;
    let given_up = variant.nodes_given_up.known().unwrap_or(0);
    let limit = MAX_COUNT / per_unit.max(1);
    if units == 0 || units > limit {
        return Err(SizeError::OutOfBounds(format!(
            "size: found {units} {}, expected 1 to {limit}",
            reference.unit.name.words(units.into())
        )));
    }
    Ok((per_unit * units).saturating_sub(given_up))
}

fn find_variant<'r>(
    reference: &'r Reference,
    units: u32,
    wanted: Option<&str>,
) -> Result<&'r Variant, SizeError> {
    let variants = &reference.variants;
    let found = match wanted {
        Some(id) => variants.iter().find(|v| v.id == id),
        None => variants
            .iter()
            .find(|v| v.default_for.contains(&units))
            .or_else(|| variants.iter().find(|v| v.default_for.is_empty())),
    };
    found.ok_or_else(|| SizeError::NoVariant {
        found: wanted.unwrap_or("none").to_owned(),
        variants: variants.iter().map(|v| v.id.clone()).collect(),
    })
}

/// The settings that hold at a size, the first for each path.
fn settings<'r>(
    reference: &'r Reference,
    units: u32,
    variant: &str,
) -> impl Iterator<Item = (&'r Setting, Value)> {
    let mut seen: Vec<&str> = Vec::new();
    let variant = variant.to_owned();
    reference.template.iter().filter_map(move |setting| {
        let holds = (setting.at.is_empty() || setting.at.contains(&units))
            && (setting.variant.is_empty() || setting.variant == variant);
        if !holds || seen.contains(&setting.path.as_str()) {
            return None;
        }
        seen.push(&setting.path);
        let value = setting
            .value
            .get()
            .map_or(Value::Null, |amount| resolve(amount, units));
        Some((setting, value))
    })
}

fn resolve(amount: &Amount, units: u32) -> Value {
    match amount {
        Amount::Is(scalar) => scalar.to_json(),
        Amount::PerUnit(each) => whole(libm::ceil(each * f64::from(units))),
        Amount::PerUnitOf(each, unit) => format!("{} {unit}", each * f64::from(units)).into(),
    }
}

fn whole(count: f64) -> Value {
    Value::from(count.clamp(0.0, f64::from(MAX_COUNT)) as u64)
}

/// Sets a value, making list entries on the way where the index is the list's length.
fn place(tree: &mut Value, path: &str, value: Value) -> Option<()> {
    let path = Path::parse(path).ok()?;
    let mut at = tree;
    for segment in &path.0 {
        at = match segment {
            Segment::Key(key) => at
                .as_object_mut()?
                .entry(key.clone())
                .or_insert(Value::Null),
            Segment::Index(index) => {
                let list = at.as_array_mut()?;
                if *index == list.len() {
                    list.push(Value::Object(serde_json::Map::new()));
                }
                list.get_mut(*index)?
            }
        };
    }
    *at = value;
    Some(())
}
