//! Standard output, and its formats.

use std::io::{self, Write};

use serde::Serialize;

use crate::BadInput;

/// The format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Prints a text, in colour if `--color` and the terminal allow it.
pub fn print(text: &str) -> Result<(), BadInput> {
    written(anstream::stdout().write_all(text.as_bytes()))
}

/// Prints bytes as they are.
pub fn print_bytes(bytes: &[u8]) -> Result<(), BadInput> {
    written(io::stdout().write_all(bytes))
}

/// Prints a document of JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), BadInput> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    print_bytes(&text)
}

/// A reader that closes early, as `head` does, is not an error.
fn written(result: io::Result<()>) -> Result<(), BadInput> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("standard output: {error}").into()),
        _ => Ok(()),
    }
}
