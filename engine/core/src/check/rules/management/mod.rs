//! Rules on management, and on conformity as a whole.

mod counts_unlike_print;
mod missing_fabric_manager;
mod missing_management_nodes;
mod size_stated_otherwise;

pub use counts_unlike_print::CountsUnlikePrint;
pub use missing_fabric_manager::MissingFabricManager;
pub use missing_management_nodes::MissingManagementNodes;
pub use size_stated_otherwise::SizeStatedOtherwise;
