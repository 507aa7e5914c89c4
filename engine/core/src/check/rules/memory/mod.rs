//! Rules on memory.

mod model_larger_than_memory;

pub use model_larger_than_memory::ModelLargerThanMemory;
