//! JSON Schema of the documents, made from the engine's own types.

use plumbline_core::design::Design;
use plumbline_core::reference::Reference;
use serde_json::Value;

/// Of a design.
pub fn design() -> Value {
    schemars::schema_for!(Design).to_value()
}

/// Of a reference, and so of a company's own standard.
pub fn reference() -> Value {
    schemars::schema_for!(Reference).to_value()
}
