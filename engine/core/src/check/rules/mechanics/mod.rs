//! Rules on what fits into what.

mod overfull_rack;

pub use overfull_rack::OverfullRack;
