//! `cors har`: the fetches of a HAR to other origins, refused ones first, and what their preflights cost.
//!
//! ```text
//! file ─ fetch_cors_read::har ─ fetches ─ solve ─ judge ×3 ─ rows ─ economics ─┬ text
//!                                  └ entry N ─ exchange ─ Report               └ JSON
//! ```

mod change;
mod economics;
mod entry;
mod judge;
mod progress;
mod request;
mod rows;
mod solve;
#[cfg(test)]
mod tests;
mod text;

use std::{io::Read, path::PathBuf};

use fetch_cors_read::har::{Fetch, Har};
use serde::Serialize;

use crate::{
    BadInput,
    exit::Exit,
    output::{Format, print, print_json},
    report::{Verdict, painted},
};
use economics::Economics;
use progress::Progress;
use rows::Row;

/// What `cors har --help` says after the options.
const AFTER_HELP: &str = "\
Exit status: 0 if no browser refuses a fetch; 1 if one does; 2 if the command line or the file is wrong; 3 if no browser refuses \
one, and the file lacks what one depends on.";

#[derive(Clone, Debug, clap::Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct Arguments {
    /// A HAR, as developer tools export it; `-` is standard input
    pub file: PathBuf,
    /// Explain the fetch that has this entry, counted from 1, in full
    #[arg(long, value_name = "N")]
    pub entry: Option<usize>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// The report on a file.
#[derive(Debug, Serialize)]
pub struct Table {
    pub exporter: String,
    /// Whether no entry has a cookie or an `Authorization`: Chromium takes them out by default.
    pub sanitized: bool,
    /// What files of this exporter lack.
    pub lacks: &'static str,
    pub entries: usize,
    pub fetches: Vec<Row>,
    pub economics: Economics,
}

pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    let source = arguments.file.display().to_string();
    let text = read(&arguments.file).map_err(|error| format!("{source}: {error}"))?;
    let har = fetch_cors_read::har::read(&text).map_err(|error| format!("{source}:{error}"))?;
    let fetches = har.fetches();
    if let Some(number) = arguments.entry {
        let report = entry::report(&source, &har, &fetches, number)?;
        match arguments.format {
            Format::Text => print(&painted(&report.to_text()))?,
            Format::Json => print_json(&report)?,
        }
        return Ok(report.verdict.exit());
    }
    let table = table(&har, &fetches);
    match arguments.format {
        Format::Text => print(&text::table(&source, &har, &table))?,
        Format::Json => print_json(&table)?,
    }
    Ok(exit(&table.fetches))
}

fn read(file: &std::path::Path) -> std::io::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut text = Vec::new();
        std::io::stdin().read_to_end(&mut text)?;
        return Ok(text);
    }
    std::fs::read(file)
}

/// The report on a file.
fn table(har: &Har<'_>, fetches: &[Fetch]) -> Table {
    let (rows, preflights) = rows::rows(har, fetches, &mut Progress::new("fetches judged", fetches.len()));
    let economics = economics::economics(har, fetches, &rows, preflights);
    Table {
        exporter: har.exporter().to_string(),
        sanitized: har.is_sanitized(),
        lacks: har.exporter().lacks(),
        entries: har.entries.len(),
        fetches: rows,
        economics,
    }
}

fn exit(rows: &[Row]) -> Exit {
    let any = |verdict| rows.iter().any(|row| row.browsers.iter().any(|(_, own)| *own == verdict));
    match () {
        () if any(Verdict::Refused) => Exit::Refused,
        () if any(Verdict::Incomplete) => Exit::NoAnswer,
        () => Exit::Readable,
    }
}
