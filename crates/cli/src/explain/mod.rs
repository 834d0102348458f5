//! `cors explain`: an exchange explained, what a browser sends, what it makes of the answers, and what to change.
mod answer;
mod args;
mod built_in;
mod console;
mod diff;
mod environment;
mod exchange;

mod fate;
mod heads;
mod report;
mod request;
#[cfg(test)]
mod tests;
mod text;
mod walk;

use std::io::{IsTerminal, Read, stdin};

use args::{Arguments, Command};
pub use console::meaning;
pub use walk::Verdict;

use crate::{BadInput, exit::Exit};

/// The command line as it stands: `args` reads it.
#[derive(Debug, clap::Args)]
pub struct Line {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub fn main(line: &Line) -> Result<Exit, BadInput> {
    let (text, verdict) = run(line.arguments.iter().cloned(), standard_input)?;
    anstream::print!("{text}");
    Ok(match verdict {
        Verdict::Readable => Exit::Readable,
        Verdict::Refused | Verdict::Opaque => Exit::Refused,
        Verdict::Incomplete => Exit::NoAnswer,
    })
}

/// Standard input, unless it is a terminal.
fn standard_input() -> Result<Vec<u8>, String> {
    let (mut input, mut bytes) = (stdin(), Vec::new());
    if !input.is_terminal() {
        input.read_to_end(&mut bytes).map_err(|error| format!("standard input: {error}"))?;
    }
    Ok(bytes)
}

/// The report on what the arguments describe, or what is wrong with them.
pub fn run(
    arguments: impl IntoIterator<Item = String>,
    standard_input: impl FnOnce() -> Result<Vec<u8>, String>,
) -> Result<(String, Verdict), String> {
    match args::parse(arguments)? {
        Command::Help => Ok((args::HELP.into(), Verdict::Readable)),
        Command::Id(pasted) => Ok((console::meaning(&pasted)?, Verdict::Readable)),
        Command::BuiltIn => {
            // The report was asked for, and there it is.
            let (text, _) = built_in::explain()?;
            Ok((text, Verdict::Readable))
        }
        Command::Explain(arguments) => {
            let heads = read_heads(&arguments, standard_input)?;
            exchange::explain(&arguments, &heads)
        }
    }
}

fn read_heads(
    arguments: &Arguments,
    standard_input: impl FnOnce() -> Result<Vec<u8>, String>,
) -> Result<Vec<heads::Head>, String> {
    if arguments.files.is_empty() {
        // An empty input is allowed: the report then says what to ask for.
        return match standard_input()? {
            input if input.iter().all(u8::is_ascii_whitespace) => Ok(Vec::new()),
            input => heads::parse(&input, "standard input"),
        };
    }
    let (mut standard_input, mut read) = (Some(standard_input), Vec::new());
    for file in &arguments.files {
        if file == "-" {
            let input = standard_input.take().ok_or("`-` occurs twice, and standard input is read once")?;
            read.extend(heads::parse(&input()?, "standard input")?);
        } else {
            let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
            read.extend(heads::parse(&bytes, file)?);
        }
    }
    Ok(read)
}
