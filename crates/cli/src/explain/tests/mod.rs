//! `cors explain`, from the command line on: recorded exchanges, and bad input.

mod again;
mod browsers;
mod exchanges;
mod failures;
mod pasted;
mod schema;

use clap::Parser;

use crate::{BadInput, Command, Cors, report::Report};

/// The report on a command line without its first words, or the error.
fn report(arguments: &[&str], input: &str) -> Result<Report, BadInput> {
    let line = ["cors", "explain"].iter().chain(arguments);
    let Command::Explain(arguments) = Cors::try_parse_from(line)?.command else { unreachable!() };
    super::run(&arguments, || Ok(input.into()))
}
