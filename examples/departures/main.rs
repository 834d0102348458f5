//! Writes the page that lists where browsers leave the standard, from recordings of them.
//!
//! ```text
//! cargo run --release --features url --example departures -- spec-vectors/browsers/*/*.jsonl
//! ```

#[path = "../replay/compare.rs"]
mod compare;
mod page;
#[path = "../replay/predict.rs"]
mod predict;
#[path = "../replay/replay.rs"]
mod replay;
#[path = "../replay/scenario.rs"]
mod scenario;
#[path = "../replay/transport.rs"]
mod transport;

use std::{
    env,
    error::Error,
    fs,
    io::{self, Write, stdout},
    process::ExitCode,
};

use scenario::Scenario;

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
        // A reader that has seen enough, as `head`, is no error.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn read(files: impl Iterator<Item = String>) -> Result<Vec<Scenario>, Box<dyn Error>> {
    let mut scenarios = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        for (number, line) in text.lines().enumerate() {
            scenarios.push(serde_json::from_str(line).map_err(|error| format!("{file}:{}: {error}", number + 1))?);
        }
    }
    if scenarios.is_empty() { Err("usage: departures FILE.jsonl...".into()) } else { Ok(scenarios) }
}
