//! Explains a CORS exchange: what a browser sends, what it makes of the answers, and what to change.
#![allow(unreachable_pub)]
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

use std::{
    io::{IsTerminal, Read, Write, stdin, stdout},
    process::ExitCode,
};

use args::{Arguments, Command};
pub use walk::Verdict;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let arguments = arguments.into_iter().map(|argument| argument.to_string_lossy().into_owned());
    let (text, code) = match run(arguments, standard_input) {
        Ok((text, Verdict::Readable)) => (text, 0),
        Ok((text, Verdict::Refused | Verdict::Opaque)) => (text, 1),
        Ok((text, Verdict::Incomplete)) => (text, 3),
        Err(error) => {
            eprintln!("explain: {error}");
            return ExitCode::from(2);
        }
    };
    // A reader that closes early, as `head`, is not an error.
    let _ = stdout().write_all(text.as_bytes());
    ExitCode::from(code)
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
