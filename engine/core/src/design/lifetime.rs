//! What a service is assumed to meet over its life.

use crate::quantity::*;
use crate::written::{Read, Write};

/// What changes over the life of a service. What is `None` is not assumed, or a default that is named.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct LifetimePlan {
    /// Time for which models of this kind have been served on this generation of accelerators.
    pub age: Option<Seconds>,
    /// Yearly fall of the price of tokens that are bought; `None` = not known.
    pub decline: Option<Ratio>,
}
