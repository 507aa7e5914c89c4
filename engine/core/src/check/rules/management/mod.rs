//! Rules on management, and on conformity as a whole.

mod counts_unlike_print;
mod missing_fabric_manager;
mod missing_management_nodes;

pub use counts_unlike_print::CountsUnlikePrint;
pub use missing_fabric_manager::MissingFabricManager;
pub use missing_management_nodes::MissingManagementNodes;
