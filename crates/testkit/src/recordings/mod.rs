//! Recordings of real browsers: the reader, the replay through the crate's driver, and the differences.

mod compare;
mod predict;
mod replay;
mod scenario;
mod transport;

use std::{fs, path::Path};

pub use compare::{Difference, Ids, differences};
pub use replay::{MissingRecording, Recorded, Replay, Verdict, predict};
pub use scenario::{Api, Exchange, Observation, Outcome, RecordedFetch, Scenario};

/// Reads the scenarios of a file, one per line. Empty lines are skipped. An error names the file and the line.
pub fn read(file: &Path) -> Result<Vec<Scenario>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))
        })
        .collect()
}
