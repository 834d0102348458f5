//! Writes the page that lists the browsers' departures from the standard, from recordings.
//!
//! ```text
//! cargo run --release --features url --example departures -- spec-vectors/browsers/*/*.jsonl
//! ```

mod page;

use std::{
    env,
    error::Error,
    io::{self, Write, stdout},
    path::Path,
    process::ExitCode,
};

use testkit::recordings::{self, Scenario};

fn main() -> ExitCode {
    match read(env::args().skip(1)).and_then(|scenarios| page::page(&scenarios)).and_then(|page| write(&page)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn write(page: &str) -> Result<(), Box<dyn Error>> {
    match stdout().lock().write_all(page.as_bytes()) {
        // A reader that stops early, as `head` does, is not an error.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn read(files: impl Iterator<Item = String>) -> Result<Vec<Scenario>, Box<dyn Error>> {
    let mut scenarios = Vec::new();
    for file in files {
        scenarios.extend(recordings::read(Path::new(&file))?);
    }
    if scenarios.is_empty() { Err("usage: departures FILE.jsonl...".into()) } else { Ok(scenarios) }
}
