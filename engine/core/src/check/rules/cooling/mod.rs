//! Rules on cooling.

mod dry_liquid_node;
mod overheated_rack;

pub use dry_liquid_node::DryLiquidNode;
pub use overheated_rack::OverheatedRack;
