//! Colours of the text. The output stream removes them where there is no terminal.
//!
//! They are added to whole lines that are broken already, so they take no column. Words say everything that colours show.

use anstyle::{AnsiColor, Style};

const FAILS: Style = AnsiColor::Red.on_default().bold();
const PASSES: Style = AnsiColor::Green.on_default();
const TITLE: Style = Style::new().bold();

/// The text with its verdicts and titles in colour.
pub fn painted(text: &str) -> String {
    text.lines().map(line).collect()
}

fn line(line: &str) -> String {
    let first = line.trim_start().split([' ', ':']).next().unwrap_or_default();
    let indented = line.starts_with(' ');
    let style = match (indented, first) {
        (true, "FAIL") | (false, "Refused") => FAILS,
        (true, "pass") | (false, "Allowed" | "Passed") => PASSES,
        (false, _) if line.ends_with(':') => TITLE,
        (false, "Preflight" | "Request" | "Answer") => TITLE,
        _ => return format!("{line}\n"),
    };
    format!("{style}{line}{style:#}\n")
}
