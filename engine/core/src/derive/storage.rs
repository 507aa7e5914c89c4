//! Storage throughput and capacity.

use super::Derived;
use crate::quantity::{Bytes, BytesPerSec};

/// What the high-performance storage delivers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StorageFacts {
    /// Aggregate read.
    pub read: Option<BytesPerSec>,
    /// Aggregate write.
    pub write: Option<BytesPerSec>,
    /// Usable capacity.
    pub capacity: Option<Bytes>,
}

pub(super) fn storage(derived: &Derived<'_>) -> StorageFacts {
    let storage = &derived.design.storage;
    let units = f64::from(storage.units);
    let Some(system) = derived.parts.storage(&storage.system) else {
        return StorageFacts::default();
    };
    StorageFacts {
        read: system.read.known().map(|each| each * units),
        write: system.write.known().map(|each| each * units),
        capacity: system.capacity.known().map(|each| each * units),
    }
}
