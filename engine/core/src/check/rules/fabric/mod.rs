//! Rules on networks.

mod impossible_fabric;
mod oversubscribed_fabric;
mod short_management_ports;
mod split_rail;
mod switch_radix_exceeded;
mod unaligned_rails;
mod unhomed_fabric_manager;

pub use impossible_fabric::ImpossibleFabric;
pub use oversubscribed_fabric::OversubscribedFabric;
pub use short_management_ports::ShortManagementPorts;
pub use split_rail::SplitRail;
pub use switch_radix_exceeded::SwitchRadixExceeded;
pub use unaligned_rails::UnalignedRails;
pub use unhomed_fabric_manager::UnhomedFabricManager;
