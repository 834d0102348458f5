//! The whole explanation of one fetch of a file.

use fetch_cors::browser::{environment::HttpVersion, request::RequestMode};
use fetch_cors_read::har::{Fetch, Har};

use super::{
    change::Changes,
    judge::{Answers, Browser},
    request::with_call,
    rows::{profile_of, recorder},
    solve::solve,
};
use crate::{
    BadInput,
    exchange::{Exchange, Head, Kind, Page},
    report::{Note, Report, Taken},
    rules::{ByBrowser, Rules},
};

/// The report on the fetch that includes entry `number`, counted from 1, by the rules of the browser that recorded it.
pub fn report(source: &str, har: &Har<'_>, fetches: &[Fetch], number: usize) -> Result<Report, BadInput> {
    let at = number.checked_sub(1).and_then(|entry| fetches.iter().position(|fetch| fetch.has(entry)));
    let Some((earlier, fetch)) = at.and_then(|at| Some((fetches.get(..at)?, fetches.get(at)?))) else {
        let count = har.entries.len();
        return Err(match number {
            1.. if number <= count => {
                format!("{source}: entry {number} is not a fetch of a page to another origin").into()
            }
            _ => format!("{source}: entry {number} does not exist; they are counted from 1 to {count}").into(),
        });
    };
    let mut answers = Answers::new(har, fetches, Changes::default());
    for fetch in earlier {
        answers.passed(fetch);
    }
    let own = recorder(har.exporter());
    let profiles = ByBrowser::of(Rules::profile);
    let modes = solve(fetch, profile_of(&profiles, own), &answers);
    let mut notes = Vec::new();
    let report = with_call(fetch, modes.mode, modes.credentials, None, |words, request| {
        // An empty cache sends every preflight; judging the fetch shows whether there are any.
        let outcome = Browser::new(profile_of(&profiles, own)).judge(&answers, fetch, request, fetch.started);
        let heads = heads(source, har, fetch, &answers, outcome.preflights > 0, &mut notes);
        let http_version = match fetch.hops.first().and_then(|hop| har.entries.get(hop.entry())) {
            Some(entry) if entry.request.http_version.to_ascii_lowercase().starts_with("http/1") => HttpVersion::Http1,
            _ => HttpVersion::Http2OrLater,
        };
        let page = Page { http_version, ..Page::default() };
        let call: Vec<String> =
            words.into_iter().map(|line| line.replace("Rules: .", &format!("Rules: {}.", own.name()))).collect();
        Exchange { request, kind: Kind::Fetch, call: &call, page, heads: &heads, again: &[] }.report(own, None)
    });
    let mut report =
        report.ok_or_else(|| format!("{source}: entry {number} has no URL and origin that a page can have"))?;
    if modes.mode != RequestMode::Cors || fetch.request.mode.is_none() {
        notes.push(Note { code: "mode", text: format!("mode {}: {}", modes.mode, modes.mode_by.words()) });
    }
    notes.push(Note {
        code: "credentials-mode",
        text: format!("credentials mode {}: {}", modes.credentials, modes.credentials_by.words()),
    });
    let text = format!("entry {number} of a HAR of {}", har.exporter());
    report.input = vec![Taken { source: source.into(), form: "har", text, notes }];
    Ok(report)
}

/// The heads of a fetch, in the order of their requests.
fn heads(
    source: &str,
    har: &Har<'_>,
    fetch: &Fetch,
    answers: &Answers<'_>,
    preflights: bool,
    notes: &mut Vec<Note>,
) -> Vec<Head> {
    let mut heads = Vec::new();
    for (number, hop) in fetch.hops.iter().enumerate() {
        let preflight = hop.preflight.or_else(|| {
            // Only the answer to the first preflight is known.
            let known = answers.preflight(fetch, number).filter(|_| preflights && number == 0)?;
            let text = format!("the preflight was in the cache: its answer is that of entry {}", known + 1);
            notes.push(Note { code: "preflight-in-cache", text });
            Some(known)
        });
        heads.extend([preflight, hop.request].into_iter().flatten().filter_map(|entry| head(source, har, entry)));
    }
    heads
}

fn head(source: &str, har: &Har<'_>, entry: usize) -> Option<Head> {
    let response = &har.entries.get(entry)?.response;
    let status = u16::try_from(response.status).ok().filter(|status| (100..=599).contains(status))?;
    Some(Head {
        place: format!("{source}, entry {}", entry + 1),
        status,
        lines: response.lines().map(|(name, value)| (name.to_owned(), value)).collect(),
        blank_before_colon: Vec::new(),
    })
}
