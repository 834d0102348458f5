//! The fetches of a file, each with its outcome in three browsers.

use fetch_cors::browser::{
    Profile,
    route::{Route, route},
};
use fetch_cors_read::har::{Exporter, Fetch, Har, Recorded};
use serde::Serialize;

use super::{
    change::Changes,
    judge::{Answers, Browser, Missing, Outcome, Refusal},
    progress::Progress,
    request::with_request,
    solve::{By, Explains, Modes, solve},
};
use crate::{
    report::Verdict,
    rules::{ByBrowser, Rules},
};

/// A fetch to another origin.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The number of its first entry, counted from 1.
    pub entry: usize,
    /// The numbers of all its entries, counted from 1: preflights, and requests after redirects.
    pub entries: Vec<usize>,
    pub method: String,
    pub url: String,
    pub origin: String,
    /// The verdict by the rules of each browser.
    pub browsers: ByBrowser<Verdict>,
    /// Why it is refused: by the browser that recorded it, or else by the first that refuses it.
    pub refusal: Option<Refusal>,
    /// The browser that refuses it for this reason.
    pub refused_by: Option<Rules>,
    pub mode: String,
    pub mode_by: By,
    pub credentials: String,
    pub credentials_by: By,
    /// The outcome in the file: `succeeded`, `refused`, `failed`, `no-response`, `unknown`.
    pub recorded: &'static str,
    /// The error in the file, if CORS did not cause it.
    pub error: Option<String>,
    /// Whether the rules explain the recorded outcome.
    pub explains: Explains,
    /// What the file lacks for a verdict.
    pub missing: Option<&'static str>,
    #[serde(skip)]
    pub modes: Modes,
    /// Whether a browser needs a preflight, sent or cached.
    #[serde(skip)]
    pub asks: bool,
}

/// The number of preflights.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Preflights {
    /// Those in the file.
    pub recorded: usize,
    /// Those that each browser would send.
    pub predicted: ByBrowser<usize>,
}

/// The rows, refused ones first.
pub fn rows(har: &Har<'_>, fetches: &[Fetch], progress: &mut Progress) -> (Vec<Row>, Preflights) {
    let own = recorder(har.exporter());
    let profiles = ByBrowser::of(Rules::profile);
    let mut browsers = profiles.map(|_, profile| Browser::new(profile));
    let mut answers = Answers::new(har, fetches, Changes::default());
    let (mut rows, mut preflights) = (Vec::with_capacity(fetches.len()), Preflights::default());
    for fetch in fetches {
        progress.step();
        let modes = solve(fetch, profile_of(&profiles, own), &answers);
        let judge = |browser: &mut Browser<'_>| {
            with_request(fetch, modes.mode, modes.credentials, None, |request| {
                browser.judge(&answers, fetch, request, fetch.started)
            })
            .unwrap_or(UNREADABLE)
        };
        let outcomes = ByBrowser {
            chromium: judge(&mut browsers.chromium),
            firefox: judge(&mut browsers.firefox),
            webkit: judge(&mut browsers.webkit),
        };
        preflights.recorded += fetch.hops.iter().filter(|hop| hop.preflight.is_some()).count();
        preflights.predicted.chromium += outcomes.chromium.preflights;
        preflights.predicted.firefox += outcomes.firefox.preflights;
        preflights.predicted.webkit += outcomes.webkit.preflights;
        let asks = with_request(fetch, modes.mode, modes.credentials, None, |request| {
            let needs = |profile: &Profile| matches!(route(&request, profile), Ok(Route::CorsWithPreflight(_)));
            profiles.iter().any(|(_, profile)| needs(profile)) || fetch.hops.len() > 1
        });
        rows.push(row(har, fetch, modes, own, &outcomes, asks.unwrap_or(false)));
        answers.passed(fetch);
    }
    rows.sort_by_key(|row| (row.rank(), row.entry));
    (rows, preflights)
}

const UNREADABLE: Outcome =
    Outcome { verdict: Verdict::Incomplete, refusal: None, preflights: 0, missing: Some(Missing::Request) };

/// The browser whose developer tools wrote the file.
pub fn recorder(exporter: Exporter) -> Rules {
    match exporter {
        Exporter::Firefox => Rules::Firefox,
        Exporter::WebKit => Rules::Webkit,
        _ => Rules::Chromium,
    }
}

pub fn profile_of(profiles: &ByBrowser<Profile>, rules: Rules) -> &Profile {
    match rules {
        Rules::Firefox => &profiles.firefox,
        Rules::Webkit => &profiles.webkit,
        Rules::Chromium | Rules::Fetch => &profiles.chromium,
    }
}

fn row(har: &Har<'_>, fetch: &Fetch, modes: Modes, own: Rules, outcomes: &ByBrowser<Outcome>, asks: bool) -> Row {
    let of = |rules| match rules {
        Rules::Firefox => &outcomes.firefox,
        Rules::Webkit => &outcomes.webkit,
        Rules::Chromium | Rules::Fetch => &outcomes.chromium,
    };
    let refused_by =
        [own, Rules::Chromium, Rules::Firefox, Rules::Webkit].into_iter().find(|it| of(*it).refusal.is_some());
    let entries = fetch.hops.iter().flat_map(|hop| [hop.preflight, hop.request]).flatten().map(|entry| entry + 1);
    let (recorded, error) = match &fetch.recorded {
        Recorded::Succeeded => ("succeeded", None),
        Recorded::Refused => ("refused", None),
        Recorded::Failed(error) => ("failed", Some(error.clone())),
        Recorded::NoResponse => ("no-response", None),
        _ => ("unknown", None),
    };
    let missing = of(own).missing.map(|missing| match missing {
        Missing::Preflight => "the answer to the preflight",
        Missing::Response => "the response",
        Missing::Redirected => "the request after the redirect",
        Missing::Request => "a URL and an origin that a page can have",
    });
    let entry = har.entries.get(fetch.entry());
    Row {
        entry: fetch.entry() + 1,
        entries: entries.collect(),
        method: fetch.request.method.clone().unwrap_or_else(|| "GET".into()),
        url: entry.map(|entry| entry.request.url.to_string()).unwrap_or_default(),
        origin: fetch.request.origin.clone().unwrap_or_default(),
        browsers: outcomes.map(|_, outcome| outcome.verdict),
        refusal: refused_by.and_then(|rules| of(rules).refusal.clone()),
        refused_by,
        mode: modes.mode.to_string(),
        mode_by: modes.mode_by,
        credentials: modes.credentials.to_string(),
        credentials_by: modes.credentials_by,
        recorded,
        error,
        explains: modes.explains,
        missing,
        modes,
        asks,
    }
}

impl Row {
    /// The order of rows: refused ones first, then those that lack something.
    fn rank(&self) -> u8 {
        let any = |verdict| self.browsers.iter().any(|(_, own)| *own == verdict);
        match () {
            () if any(Verdict::Refused) => 0,
            () if self.recorded == "refused" || self.explains == Explains::No => 1,
            () if any(Verdict::Incomplete) => 2,
            () if any(Verdict::Opaque) => 3,
            () => 4,
        }
    }
}
