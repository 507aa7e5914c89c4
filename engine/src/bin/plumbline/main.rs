//! The command line: a thin layer over the engine. Exit code 0 = done, 1 = done with findings
//! at or above `--fail-on`, 2 = the input or the call is bad.

mod args;
mod design_commands;
mod files;
mod money_commands;
mod output;
mod predict_commands;
mod schema;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("plumbline: {message}");
            ExitCode::from(2)
        }
    }
}

/// Every command prints one document and returns its exit code; an error is a message.
fn run(cli: &Cli) -> Result<ExitCode, String> {
    let world = files::world(cli.world.as_deref())?;
    match &cli.command {
        Command::References(args) => design_commands::references(&world, args),
        Command::New(args) => design_commands::new(&world, args),
        Command::Fabric(args) => design_commands::fabric(&world, args),
        Command::Check(args) => design_commands::check(&world, args),
        Command::Nearest(args) => design_commands::nearest(&world, args),
        Command::Assess(args) => design_commands::assess(&world, args),
        Command::Predict(args) => predict_commands::predict(&world, args),
        Command::Bom(args) => money_commands::bom(&world, args),
        Command::Cost(args) => money_commands::cost(&world, args),
        Command::Link(args) => files::link(&world, args),
        Command::Open(args) => files::open(args),
        Command::Schema(args) => schema::schema(args),
    }
}
