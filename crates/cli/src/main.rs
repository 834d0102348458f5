//! `cors`: explains failures of CORS, and checks policies and servers.
//!
//! ```text
//! command line ─ Command ─┬─ explain, har, check ── exchange ─ report ─┐
//!                         ├─ message, codes                            ├─ text or JSON on standard output ─ Exit
//!                         ├─ lint, answer                              │
//!                         └─ completions, man ─────────────────────────┘
//! ```
//!
//! A command takes its arguments, and returns an exit status or the error of its input.

mod answer;
#[cfg(feature = "check")]
mod check;
mod codes;
mod exchange;
mod exit;
mod explain;
mod har;
mod lint;
mod message;
mod output;
mod report;
mod rules;
mod shell;

use clap::{ColorChoice, Parser, Subcommand};

use exit::Exit;

/// An error in the command line or the input, in words.
pub type BadInput = Box<dyn core::error::Error>;

/// Explains failures of CORS, and checks policies and servers
#[derive(Debug, Parser)]
#[command(name = "cors", version)]
struct Cors {
    /// When to print in colour; `auto` is on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Explain an exchange: what a browser sends, what it makes of the answers, what to change
    Explain(Box<explain::Arguments>),
    /// List the fetches of a HAR to other origins, refused ones first, and what their preflights cost
    Har(har::Arguments),
    /// Explain a line of a browser's console, and what fixes it
    Message(message::Arguments),
    /// Send the requests of browsers to a live server, and report what they make of its answers
    #[cfg(feature = "check")]
    Check(Box<check::Arguments>),
    /// List the codes of failures, fixes, hints and mistakes, each with a sentence
    Codes(codes::Arguments),
    /// Check a policy: its errors, and settings that are valid and risky or useless
    Lint(lint::Arguments),
    /// Answer requests by a policy
    Answer(answer::Arguments),
    /// Write a script that completes command lines in a shell
    Completions(shell::CompletionsArguments),
    /// Write the manual page of the program or of a command
    Man(shell::ManArguments),
}

impl Command {
    fn run(&self) -> Result<Exit, BadInput> {
        match self {
            Command::Explain(arguments) => explain::main(arguments),
            Command::Har(arguments) => har::main(arguments),
            Command::Message(arguments) => message::main(arguments),
            #[cfg(feature = "check")]
            Command::Check(arguments) => check::main(arguments),
            Command::Codes(arguments) => codes::main(arguments),
            Command::Lint(arguments) => lint::main(arguments),
            Command::Answer(arguments) => answer::main(arguments),
            Command::Completions(arguments) => shell::completions(arguments),
            Command::Man(arguments) => shell::man(arguments),
        }
    }
}

fn main() -> Exit {
    // clap exits with 2 if the command line is wrong, which is `Exit::BadInput`.
    let Cors { color, command } = Cors::parse();
    let choice = match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    match command.run() {
        Ok(exit) => exit,
        Err(error) => {
            anstream::eprintln!("cors: {error}");
            Exit::BadInput
        }
    }
}
