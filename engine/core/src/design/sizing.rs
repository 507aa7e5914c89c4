//! What a service is sized for: its load over the week and the years, its availability, and what it
//! may cost.

use crate::quantity::*;
use crate::written::{Read, Write};

/// What a service is sized for. What is `None` is as in the traffic, or not asked for.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct SizingPlan {
    /// Load by hour, as pasted: 24 numbers of a day or 168 of a week from Monday on, in any one unit.
    pub hours: Option<String>,
    /// Growth of the busiest hour per year.
    pub growth: Option<Ratio>,
    /// Share of the time in which all replicas of the busiest hour must be up.
    pub availability: Option<Ratio>,
    /// Lengths of prompts as pasted: on each line tokens, and how many requests have them.
    pub prompts: Option<String>,
    /// Lengths of answers, the same.
    pub answers: Option<String>,
    /// Tokens per second that half of the users see at least.
    pub speed: Option<TokensPerSec>,
    /// Requests of a user a day.
    pub per_user: Option<Ratio>,
    /// IT power that the service may take.
    pub it_power: Option<Watts>,
    /// Power of the facility that it may take.
    pub facility_power: Option<Watts>,
    /// What may be spent at first.
    pub capex: Option<Money>,
    /// What may be spent a year, the purchase annualised.
    pub yearly: Option<Money>,
    /// Fine-tuned variants that are served as adapters of the one model.
    pub adapters: Option<u32>,
    /// Size of an adapter.
    pub adapter: Option<Bytes>,
}
