//! JSON Schema of the documents.

use crate::args::{Document, SchemaArgs};
use crate::output::write_json;
use plumbline_engine::schema;
use std::process::ExitCode;

/// `plumbline schema`.
pub fn schema(args: &SchemaArgs) -> Result<ExitCode, String> {
    let schema = match args.document {
        Document::Design => schema::design(),
        Document::Reference => schema::reference(),
    };
    write_json(&args.out, &schema)
}
