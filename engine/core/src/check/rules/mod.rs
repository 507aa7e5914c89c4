//! The rules, one file each, by family.

mod cooling;
mod data;
mod fabric;
mod management;
mod mechanics;
mod memory;
mod power;
mod serving;
mod storage;
mod training;

pub use cooling::*;
pub use data::*;
pub use fabric::*;
pub use management::*;
pub use mechanics::*;
pub use memory::*;
pub use power::*;
pub use serving::*;
pub use storage::*;
pub use training::*;
