//! Rules on memory.

mod model_larger_than_memory;
mod no_layout_fits;

pub use model_larger_than_memory::ModelLargerThanMemory;
pub use no_layout_fits::NoLayoutFits;
