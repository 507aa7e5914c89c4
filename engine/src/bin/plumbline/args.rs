//! Arguments. Names are a contract; `plumbline help` prints these texts.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Check an AI cluster design against published reference architectures, and price it.
#[derive(Parser)]
#[command(name = "plumbline", version)]
pub struct Cli {
    /// An edited copy of references/ in place of the embedded one, or the file of a standard of your own to check against beside it
    #[arg(long, global = true, value_name = "DIR")]
    pub world: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// List the references
    References(ReferencesArgs),
    /// Make a full, editable design from a reference
    New(NewArgs),
    /// Switch and link counts of each fabric
    Fabric(FabricArgs),
    /// Check a design against references and rules
    Check(CheckArgs),
    /// Rank all references by how little separates a design from them
    Nearest(NearestArgs),
    /// The whole assessment of a design
    Assess(AssessArgs),
    /// Predict every row of a table of measurements
    Predict(PredictArgs),
    /// Bill of materials with prices
    Bom(BomArgs),
    /// Cost over the life, side by side, with the attribution of the difference
    Cost(CostArgs),
    /// A share link of one to four designs
    Link(LinkArgs),
    /// The designs in a share link
    Open(OpenArgs),
    /// JSON Schema of a document
    Schema(SchemaArgs),
}

/// Where the document goes.
#[derive(Args)]
pub struct Output {
    /// Write to a file in place of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// The size of a design.
#[derive(Args)]
pub struct Size {
    /// Scalable units
    #[arg(long, conflicts_with = "nodes")]
    pub size: Option<u32>,
    /// Nodes; whole units of fabric are built, places stay empty
    #[arg(long)]
    pub nodes: Option<u32>,
    /// Variant of the reference (idealised, with-ufm)
    #[arg(long)]
    pub variant: Option<String>,
}

#[derive(Args)]
pub struct ReferencesArgs {
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct NewArgs {
    /// Id of the reference
    pub reference: String,
    #[command(flatten)]
    pub size: Size,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct FabricArgs {
    /// Design file (.ron or .json; - for standard input)
    #[arg(required_unless_present = "reference", conflicts_with = "reference")]
    pub design: Option<PathBuf>,
    /// Id of a reference, in place of a design
    #[arg(long)]
    pub reference: Option<String>,
    #[command(flatten)]
    pub size: Size,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Junit,
    Md,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Blocker,
    Deviation,
    Advice,
    Unknown,
}

#[derive(Args)]
pub struct CheckArgs {
    /// Design file (.ron or .json; - for standard input)
    pub design: PathBuf,
    /// Id of a reference to check against; may be given again. Default: the one the design claims
    #[arg(long, value_name = "REF")]
    pub against: Vec<String>,
    /// Form of the findings
    #[arg(long, value_enum, default_value = "text")]
    pub format: CheckFormat,
    /// Exit with 1 if a finding is at least this grave
    #[arg(long, value_enum, default_value = "blocker")]
    pub fail_on: FailOn,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct NearestArgs {
    /// Design file (.ron or .json; - for standard input)
    pub design: PathBuf,
    /// Show this many references
    #[arg(long, default_value_t = 5)]
    pub top: usize,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct AssessArgs {
    /// Design file (.ron or .json; - for standard input)
    pub design: PathBuf,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Measured {
    Training,
    /// Throughput, time per token, time to the first token
    Inference,
    /// Energy of a token, from rows of throughput
    Energy,
}

#[derive(Args)]
pub struct PredictArgs {
    /// What the rows measure
    #[arg(value_enum)]
    pub what: Measured,
    /// Table with a header (.csv; - for standard input)
    pub rows: PathBuf,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Csv,
    Json,
}

#[derive(Args)]
pub struct BomArgs {
    /// Design file (.ron or .json; - for standard input)
    pub design: PathBuf,
    /// Form of the table
    #[arg(long, value_enum, default_value = "csv")]
    pub format: TableFormat,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct CostArgs {
    /// Design files
    #[arg(required = true)]
    pub designs: Vec<PathBuf>,
    /// Life in years, in place of the designs' own
    #[arg(long)]
    pub years: Option<u32>,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct LinkArgs {
    /// One to four design files
    #[arg(required = true)]
    pub designs: Vec<PathBuf>,
    /// Address to put before the fragment
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Args)]
pub struct OpenArgs {
    /// The link, its fragment, or - for standard input
    pub link: String,
    #[command(flatten)]
    pub out: Output,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Document {
    Design,
    Reference,
}

#[derive(Args)]
pub struct SchemaArgs {
    /// Which document
    #[arg(value_enum)]
    pub document: Document,
    #[command(flatten)]
    pub out: Output,
}
