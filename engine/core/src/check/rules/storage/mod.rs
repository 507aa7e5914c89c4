//! Rules on storage.

mod slow_storage;
mod starved_vision_training;

pub use slow_storage::SlowStorage;
pub use starved_vision_training::StarvedVisionTraining;
