//! JSON Schema of the documents, made from the engine's own types.

use crate::args::{Document, SchemaArgs};
use crate::output::write_json;
use plumbline_engine::design::Design;
use plumbline_engine::reference::Reference;
use std::process::ExitCode;

/// `plumbline schema`.
pub fn schema(args: &SchemaArgs) -> Result<ExitCode, String> {
    let schema = match args.document {
        Document::Design => schemars::schema_for!(Design),
        Document::Reference => schemars::schema_for!(Reference),
    };
    write_json(&args.out, schema.as_value())
}
