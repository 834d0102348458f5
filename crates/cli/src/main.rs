//! `cors`: explains failures of CORS, and checks policies and servers.
//!
//! ```text
//! command line ─ Command ─┬─ explain ─┐
//!                         ├─ message  ├─ text or JSON on standard output ─ Exit
//!                         ├─ check    │
//!                         └─ answer  ─┘
//! ```
//!
//! A command takes its own arguments, and returns how it ended or what is wrong with its input.

mod answer;
mod check;
mod exchange;
mod exit;
mod explain;
mod form;
mod message;
mod report;
mod rules;

use clap::{Parser, Subcommand};

use exit::Exit;

/// What is wrong with the command line or the input, in words.
pub type BadInput = Box<dyn core::error::Error>;

/// Explains failures of CORS, and checks policies and servers.
#[derive(Debug, Parser)]
#[command(name = "cors", version)]
struct Cors {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Explains an exchange: what a browser sends, what it makes of the answers, what to change
    Explain(Box<explain::Arguments>),
    /// Says what a line of a browser's console means, and what fixes it
    Message(message::Arguments),
    /// Asks a live server as browsers would, and says what they make of its answers
    Check(Box<check::Arguments>),
    /// Answers requests by a policy
    Answer(answer::Arguments),
}

impl Command {
    fn run(&self) -> Result<Exit, BadInput> {
        match self {
            Command::Explain(arguments) => explain::main(arguments),
            Command::Message(arguments) => message::main(arguments),
            Command::Check(arguments) => check::main(arguments),
            Command::Answer(arguments) => answer::main(arguments),
        }
    }
}

fn main() -> Exit {
    // clap ends with 2 where the command line is wrong, which is `Exit::BadInput`.
    match Cors::parse().command.run() {
        Ok(exit) => exit,
        Err(error) => {
            anstream::eprintln!("cors: {error}");
            Exit::BadInput
        }
    }
}
