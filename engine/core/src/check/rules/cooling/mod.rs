//! Rules on cooling.

mod dry_liquid_node;
mod hot_inlet;
mod overheated_rack;

pub use dry_liquid_node::DryLiquidNode;
pub use hot_inlet::HotInlet;
pub use overheated_rack::OverheatedRack;
