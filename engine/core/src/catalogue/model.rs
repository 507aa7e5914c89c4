//! Language-model architectures.

use super::Shape;
use crate::quantity::Parameters;
use crate::sourced::Sourced;
use crate::written::{Read, Write};

/// A language model: what its publisher counts, and the dimensions from which the rest follows.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct ModelArchitecture {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Other names under which documents and measurements know it.
    #[written(default)]
    pub also: Vec<String>,
    /// All parameters, as published.
    pub parameters: Sourced<Parameters>,
    /// Parameters active per token, as published (equal to all for a dense model).
    pub active: Sourced<Parameters>,
    /// Its dimensions: of one source, because a part of a shape is no shape.
    pub shape: Sourced<Shape>,
}

impl ModelArchitecture {
    /// Whether it goes by this id or name.
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name || self.also.iter().any(|also| also == name)
    }

    /// A person's own model, whose parameters are counted from its shape as far as it has one.
    pub fn own(id: &str, name: &str, shape: &Shape) -> Self {
        let whole = shape.layers > 0 && shape.hidden > 0;
        let shape = match whole {
            true => Sourced::user(shape.clone(), "own model"),
            false => Sourced::unknown("layers and width of the own model"),
        };
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            also: Vec::new(),
            parameters: shape.map(|shape| Parameters::new(shape.parameters())),
            active: shape.map(|shape| Parameters::new(shape.active_parameters())),
            shape,
        }
    }
}
