//! Plain data trees of what was computed, for files, pipelines and the command line.
//! Nothing here computes. The keys are a contract: they stay, others may be added.

mod assess;
mod check;
mod cost;
mod fabric;
mod junit;
mod lifetime;
mod nearest;
mod references;
mod sarif;

pub use assess::assess_json;
pub use check::{Checked, check_json, check_markdown, check_text};
pub use cost::{cost_json, cost_text};
pub use fabric::{fabric_json, fabric_text};
pub use junit::check_junit;
pub use nearest::{nearest_json, nearest_text};
pub use references::{references_json, references_text};
pub use sarif::check_sarif;

/// Version of all JSON documents.
pub const SCHEMA: u32 = 1;
