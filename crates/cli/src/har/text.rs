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

/// The table, its title first and the economics last.
pub fn table(source: &str, har: &Har<'_>, table: &Table) -> String {
    let mut out = String::new();
    let sanitized = if table.sanitized { ", sanitized" } else { "" };
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
    out.push_str(&format!("\n{} refused by a browser:\n\n", count(refused.count(), "is", "are")));
    out.push_str("entry  Chromium    Firefox     WebKit      request\n");
    for row in &table.fetches {
        self::row(&mut out, row);
    }
    out.push('\n');
    wrap(&mut out, "", &economics(table));
    out
}

fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Readable => "readable",
        Verdict::Opaque => "opaque",
        Verdict::Refused => "refused",
        Verdict::Incomplete => "incomplete",
    }
}

fn row(out: &mut String, row: &Row) {
    let ByBrowser { chromium, firefox, webkit } = row.browsers.map(|_, verdict| word(*verdict));
    out.push_str(&format!("{:5}  {chromium:10}  {firefox:10}  {webkit:10}  {} {}\n", row.entry, row.method, row.url));
    const MARGIN: &str = "       ";
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
    match (row.explains, &row.error, row.missing) {
        (_, Some(error), _) => wrap(out, MARGIN, &format!("it failed otherwise: {error}")),
        (Explains::No, None, Some(missing)) => {
            let recorded = row.recorded.replace('-', " ");
            wrap(out, MARGIN, &format!("recorded: {recorded}, which the file does not explain: it lacks {missing}"));
        }
        (Explains::No, None, None) => {
            wrap(out, MARGIN, &format!("recorded: {}, which no rule of CORS explains", row.recorded.replace('-', " ")));
        }
        (_, None, Some(missing)) => wrap(out, MARGIN, &format!("the file lacks {missing}")),
        _ => {}
    }
    if row.refusal.is_some() || row.credentials_by == By::NothingElse {
        wrap(out, MARGIN, &format!("credentials mode: {} ({})", row.credentials, row.credentials_by.words()));
    }
    if row.mode_by == By::NothingElse {
        wrap(out, MARGIN, &format!("mode: {} ({})", row.mode, row.mode_by.words()));
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
