//! Plumbline's engine: pure functions from a design and a world to an assessment.
//!
//! A design goes one way: load, derive, check, predict, cost, report. See ARCHITECTURE.md.
//! Nothing here reads a file, a clock or an environment variable, and nothing panics on
//! user data.

mod assess;
pub mod catalogue;
pub mod check;
pub mod cost;
pub mod derive;
pub mod design;
pub mod load;
mod nearest;
mod neighbours;
pub mod order;
pub mod predict;
pub mod quantity;
pub mod reference;
pub mod report;
pub mod scalar;
pub mod sourced;
pub mod table;
pub mod written;

// The derives name the crate by its name.
extern crate self as plumbline_core;

pub use assess::{Assessment, FactLine, PricedFix, assess, priced_fixes};
pub use nearest::nearest;
pub use neighbours::{Neighbour, neighbours};
