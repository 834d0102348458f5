//! The table for people, in 100 columns.

use fetch_cors_read::har::Har;

use super::{
    Table,
    rows::Row,
    solve::{By, Explains},
};
use crate::{
    report::{Verdict, wrap},
    rules::ByBrowser,
};

/// The table, with its title first and the costs last.
pub fn table(source: &str, har: &Har<'_>, table: &Table) -> String {
    let mut out = String::new();
    let sanitized = if table.sanitized { ", sanitized or without cookies" } else { "" };
    let title = format!(
        "{source}: a HAR of {}{sanitized}, with {} entries and {} fetches to other origins. It has {}.",
        table.exporter,
        har.entries.len(),
        table.fetches.len(),
        har.exporter().lacks()
    );
    wrap(&mut out, "", &title);
    if table.fetches.is_empty() {
        return out;
    }
    let refused =
        table.fetches.iter().filter(|row| row.browsers.iter().any(|(_, verdict)| *verdict == Verdict::Refused));
    let refused = match refused.count() {
        0 => "By the content of the file, no browser refuses any of them:".into(),
        1 => "1 of them is refused by a browser:".into(),
        count => format!("{count} of them are refused by a browser:"),
    };
    out.push_str(&format!("\n{refused}\n\n"));
    out.push_str("entry  Chromium    Firefox     WebKit      request\n");
    for row in &table.fetches {
        self::row(&mut out, row);
    }
    if table.fetches.iter().any(|row| row.credentials_by == By::Default) {
        let note = "Where the credentials mode is unknown, `same-origin` is assumed.";
        out.push_str(&format!("\n{note}\n"));
    }
    out.push('\n');
    wrap(&mut out, "", &economics(table));
    out
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Readable => "readable",
        Verdict::Opaque => "opaque",
        Verdict::Refused => "refused",
        Verdict::Incomplete => "incomplete",
    }
}

const MARGIN: &str = "       ";

fn row(out: &mut String, row: &Row) {
    let ByBrowser { chromium, firefox, webkit } = row.browsers.map(|_, verdict| word(*verdict));
    out.push_str(&format!("{:5}  {chromium:10}  {firefox:10}  {webkit:10}  {} {}\n", row.entry, row.method, row.url));
    if let Some(refusal) = &row.refusal {
        let whose = match row.refused_by {
            Some(rules) if row.browsers.iter().any(|(_, verdict)| *verdict != Verdict::Refused) => {
                format!("{}: ", rules.name())
            }
            _ => String::new(),
        };
        let place = refusal.entry.filter(|entry| *entry != row.entry).map(|entry| format!(" (entry {entry})"));
        wrap(out, MARGIN, &format!("{whose}{}{}", refusal.reason, place.unwrap_or_default()));
        for fix in &refusal.fix {
            wrap(out, &format!("{MARGIN}fix  "), fix);
        }
    }
    if let Some(line) = recorded(row) {
        wrap(out, MARGIN, &line);
    }
    let shown = |by| by == By::NothingElse || by == By::File && row.refusal.is_some();
    if shown(row.credentials_by) && (row.refusal.is_some() || row.credentials == "include") {
        wrap(out, MARGIN, &format!("credentials mode `{}`: {}", row.credentials, row.credentials_by.words()));
    }
    if row.mode_by == By::NothingElse {
        wrap(out, MARGIN, &format!("mode `{}`: {}", row.mode, row.mode_by.words()));
    }
}

/// A recorded outcome that the rules do not explain, or what the file lacks.
fn recorded(row: &Row) -> Option<String> {
    let recorded = match row.recorded {
        "succeeded" => "the page got a response",
        "refused" => "the browser refused it",
        "no-response" => "no response came",
        _ => "the end is unknown",
    };
    match (row.explains, &row.error, row.missing) {
        (_, Some(error), _) => Some(format!("it failed, but not because of CORS: {error}")),
        (Explains::No, None, Some(missing)) => Some(format!("recorded: {recorded}; the file lacks {missing}")),
        (Explains::No, None, None) => Some(format!("recorded: {recorded}; no rule of CORS explains that")),
        (_, None, Some(missing)) => Some(format!("the file lacks {missing}")),
        _ => None,
    }
}

/// `18 of 54 requests were preflights; …`
fn economics(table: &Table) -> String {
    let economics = &table.economics;
    let three = |counts: &ByBrowser<usize>| {
        format!("{} in Chromium, {} in Firefox, {} in WebKit", counts.chromium, counts.firefox, counts.webkit)
    };
    let predicted = &economics.preflights.predicted;
    let mut line = format!(
        "{} of {} requests were preflights; by the rules, {}.",
        economics.preflights.recorded,
        economics.requests,
        three(predicted)
    );
    if economics.changes.is_empty() {
        return line;
    }
    line.push_str(" To save some:");
    for saving in &economics.changes {
        line.push_str(&format!(" {}: {};", saving.change, three(&saving.saves)));
    }
    line.push_str(&format!(" all of that: {}.", three(&economics.together)));
    line
}
