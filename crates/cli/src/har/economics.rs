//! What preflights cost, and which changes would save some. Each change is simulated over the whole file.

use std::collections::{BTreeMap, BTreeSet};

use fetch_cors_read::har::{Fetch, Har};
use serde::Serialize;

use super::{
    change::{Changes, Listed, listed, max_age, origin},
    judge::{Answers, Browser},
    progress::Progress,
    request::with_request,
    rows::{Preflights, Row},
};
use crate::rules::{ByBrowser, Rules};

/// What preflights cost, and which changes would save some.
#[derive(Debug, Serialize)]
pub struct Economics {
    /// The requests of the fetches to other origins, preflights among them, as recorded.
    pub requests: usize,
    pub preflights: Preflights,
    /// The changes that would save some, the most effective first.
    pub changes: Vec<Saving>,
    /// What all changes together would save.
    pub together: ByBrowser<usize>,
}

/// A change, and how many preflights it would save in each browser.
#[derive(Debug, Serialize)]
pub struct Saving {
    pub code: &'static str,
    pub change: String,
    pub saves: ByBrowser<usize>,
}

/// The longest max-age that is tried, in seconds. Only Firefox keeps an answer for longer.
const MAX_AGE: u32 = 7_200;
/// How many families of URLs are tried.
const FAMILIES: usize = 3;

/// A combination of changes to try.
struct Trial {
    code: &'static str,
    change: String,
    changes: Changes,
    /// The families of URLs that become one URL each.
    families: BTreeSet<String>,
}

pub fn economics(har: &Har<'_>, fetches: &[Fetch], rows: &[Row], preflights: Preflights) -> Economics {
    let modes: BTreeMap<usize, &Row> = rows.iter().map(|row| (row.entry, row)).collect();
    let trials = trials(har, fetches);
    let mut progress = Progress::new("changes tried", (trials.len() + 1) * fetches.len());
    let mut simulate =
        |changes: &Changes, families: &BTreeSet<String>| count(har, fetches, &modes, changes, families, &mut progress);
    let difference = |now: ByBrowser<usize>| ByBrowser {
        chromium: preflights.predicted.chromium.saturating_sub(now.chromium),
        firefox: preflights.predicted.firefox.saturating_sub(now.firefox),
        webkit: preflights.predicted.webkit.saturating_sub(now.webkit),
    };
    let (mut all, mut families) = (Changes::default(), BTreeSet::new());
    let mut changes = Vec::new();
    for trial in trials {
        let saves = difference(simulate(&trial.changes, &trial.families));
        if saves.iter().all(|(_, saves)| *saves == 0) {
            continue;
        }
        all.listed.extend(trial.changes.listed);
        all.max_age = all.max_age.or(trial.changes.max_age);
        families.extend(trial.families);
        changes.push(Saving { code: trial.code, change: trial.change, saves });
    }
    let together = if changes.is_empty() { ByBrowser::default() } else { difference(simulate(&all, &families)) };
    changes.sort_by_key(|saving| core::cmp::Reverse(saving.saves.iter().map(|(_, saves)| *saves).sum::<usize>()));
    let requests = fetches.iter().flat_map(|fetch| &fetch.hops);
    let requests = requests.map(|hop| usize::from(hop.preflight.is_some()) + usize::from(hop.request.is_some())).sum();
    Economics { requests, preflights, changes, together }
}

/// How many preflights each browser sends with these changes.
fn count(
    har: &Har<'_>,
    fetches: &[Fetch],
    modes: &BTreeMap<usize, &Row>,
    changes: &Changes,
    families: &BTreeSet<String>,
    progress: &mut Progress,
) -> ByBrowser<usize> {
    let profiles = ByBrowser::of(Rules::profile);
    let mut answers = Answers::new(har, fetches, changes.clone());
    let mut browsers = profiles.map(|_, profile| (Browser::new(profile), 0));
    for fetch in fetches {
        progress.step();
        let Some(row) = modes.get(&(fetch.entry() + 1)) else { continue };
        // OPTIMIZATION: skips fetches that have and need no preflight, which are most of a file. No change adds a preflight to
        // one.
        if fetch.hops.iter().any(|hop| hop.preflight.is_some()) || row.asks {
            let url =
                family(&row.url).filter(|family| families.contains(family)).map(|family| family.replace('*', "-"));
            for (browser, count) in [&mut browsers.chromium, &mut browsers.firefox, &mut browsers.webkit] {
                let outcome = with_request(fetch, row.modes.mode, row.modes.credentials, url.as_deref(), |request| {
                    browser.judge(&answers, fetch, request, fetch.started)
                });
                *count += outcome.map_or(0, |outcome| outcome.preflights);
            }
        }
        answers.passed(fetch);
    }
    browsers.map(|_, (_, count)| *count)
}

fn trials(har: &Har<'_>, fetches: &[Fetch]) -> Vec<Trial> {
    let preflights: Vec<_> =
        fetches.iter().flat_map(|fetch| &fetch.hops).filter_map(|hop| har.entries.get(hop.preflight?)).collect();
    let mut unlisted: BTreeMap<String, Listed> = BTreeMap::new();
    let (mut kept_longer, mut families): (bool, BTreeMap<String, BTreeSet<&str>>) = (false, BTreeMap::new());
    for entry in preflights {
        let lines: Vec<_> = entry.response.lines().map(|(name, value)| (name.to_owned(), value)).collect();
        let asked: Vec<_> =
            entry.request.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
        kept_longer |= max_age(&lines).is_none_or(|own| own < MAX_AGE);
        if let Some(family) = family(&entry.request.url) {
            families.entry(family).or_default().insert(&entry.request.url);
        }
        let Some(origin) = origin(&entry.request.url) else { continue };
        let lacks = |answer: &str, asked_for: &str| -> BTreeSet<String> {
            let own: BTreeSet<String> =
                listed(&lines, answer).into_iter().map(|name| name.to_ascii_lowercase()).collect();
            listed(&asked, asked_for).into_iter().filter(|name| !own.contains(&name.to_ascii_lowercase())).collect()
        };
        let headers = lacks("access-control-allow-headers", "access-control-request-headers");
        let methods = lacks("access-control-allow-methods", "access-control-request-method");
        let safelisted = |method: &String| ["GET", "HEAD", "POST"].contains(&&**method);
        let listed = unlisted.entry(origin).or_default();
        listed.headers.extend(headers);
        listed.methods.extend(methods.into_iter().filter(|method| !safelisted(method)));
    }
    let mut trials = Vec::new();
    for (origin, lacks) in unlisted {
        let names: Vec<&str> = lacks.headers.iter().chain(&lacks.methods).map(String::as_str).collect();
        if !names.is_empty() {
            let change = format!("{origin} lists {}", names.join(", "));
            let changes = Changes { listed: BTreeMap::from([(origin, lacks)]), max_age: None };
            trials.push(Trial { code: "list-names", change, changes, families: BTreeSet::new() });
        }
    }
    if kept_longer {
        let change = format!("Access-Control-Max-Age: {MAX_AGE}");
        let changes = Changes { max_age: Some(MAX_AGE), ..Changes::default() };
        trials.push(Trial { code: "longer-max-age", change, changes, families: BTreeSet::new() });
    }
    let mut families: Vec<_> = families.into_iter().filter(|(_, urls)| urls.len() > 1).collect();
    families.sort_by_key(|(_, urls)| core::cmp::Reverse(urls.len()));
    for (family, urls) in families.into_iter().take(FAMILIES) {
        let change = format!("one URL instead of {} like {family}", urls.len());
        trials.push(Trial {
            code: "fewer-urls",
            change,
            changes: Changes::default(),
            families: BTreeSet::from([family]),
        });
    }
    trials
}

/// A URL with `*` in place of its query and of what looks like an id; `None` if it has neither.
fn family(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or(url);
    let (before, query) = url.split_once('?').map_or((url, None), |(before, query)| (before, Some(query)));
    let (scheme, rest) = before.split_once("://")?;
    let mut segments = rest.split('/');
    let mut family = format!("{scheme}://{}", segments.next()?);
    let mut differs = query.is_some();
    for segment in segments {
        let is_id = is_id(segment);
        differs |= is_id;
        family.push('/');
        family.push_str(if is_id { "*" } else { segment });
    }
    if query.is_some() {
        family.push_str("?*");
    }
    differs.then_some(family)
}

/// A number, or eight or more hexadecimal digits, perhaps with hyphens.
fn is_id(segment: &str) -> bool {
    let digits = segment.bytes().filter(|byte| *byte != b'-').count();
    let hexadecimal = segment.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let numeric = !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    numeric || hexadecimal && digits >= 8 && segment.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_that_differ_by_an_id_are_one_family() {
        for (url, expected) in [
            ("https://a.example/items/1", Some("https://a.example/items/*")),
            ("https://a.example/items/0b7c1f2e-7f6a-4a5e-9d3e-0123456789ab/x", Some("https://a.example/items/*/x")),
            ("https://a.example/items?id=1#a", Some("https://a.example/items?*")),
            ("https://a.example/v1/items", None),
            ("https://a.example/feedface", None),
            ("https://a.example/", None),
            ("data:1", None),
        ] {
            assert_eq!(family(url).as_deref(), expected, "{url}");
        }
    }
}
