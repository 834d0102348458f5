//! Infers what no file has: the credentials mode, or the mode, that explains the recorded outcome.

use core::time::Duration;

use fetch_cors::browser::{
    Profile,
    request::{CredentialsMode, RequestMode},
};
use fetch_cors_read::har::{Fetch, Recorded};
use serde::Serialize;

use super::{
    judge::{Answers, Browser, Missing, Outcome},
    request::with_request,
};
use crate::report::Verdict;

/// The modes of a fetch, and how they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modes {
    pub mode: RequestMode,
    pub mode_by: By,
    pub credentials: CredentialsMode,
    pub credentials_by: By,
    /// Whether these modes explain the recorded outcome.
    pub explains: Explains,
}

/// How a mode is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The file has it: in `Sec-Fetch-Mode`, or by a cookie.
    File,
    /// No other mode explains the recorded outcome.
    NothingElse,
    /// It is the default, and others explain the outcome too.
    Default,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Explains {
    Yes,
    /// The file does not have the outcome of the fetch.
    NotRecorded,
    No,
}

impl By {
    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            By::File => "the file has it",
            By::NothingElse => "nothing else explains what was recorded",
            By::Default => "the default; the file does not have it",
        }
    }
}

/// The modes that explain the outcome that the browser of this profile recorded.
pub fn solve(fetch: &Fetch, profile: &Profile, answers: &Answers<'_>) -> Modes {
    let known = (fetch.request.mode, fetch.request.credentials);
    let modes = known.0.map_or(vec![RequestMode::Cors, RequestMode::SameOrigin], |mode| vec![mode]);
    let credentials =
        known.1.map_or(vec![CredentialsMode::SameOrigin, CredentialsMode::Include], |credentials| vec![credentials]);
    let candidates: Vec<_> =
        modes.iter().flat_map(|mode| credentials.iter().map(|credentials| (*mode, *credentials))).collect();
    let default = candidates.first().copied().unwrap_or((RequestMode::Cors, CredentialsMode::SameOrigin));
    let fits: Vec<_> = candidates
        .iter()
        .filter(|(mode, credentials)| {
            let judged = with_request(fetch, *mode, *credentials, None, |request| {
                Browser::new(profile).judge(answers, fetch, request, Duration::ZERO)
            });
            judged.is_some_and(|outcome| fits(&fetch.recorded, &outcome))
        })
        .copied()
        .collect();
    let not_recorded = matches!(fetch.recorded, Recorded::Unknown | Recorded::Failed(_));
    let best = fits.first().copied().unwrap_or(default);
    let by = |known: bool, others: bool| match () {
        () if known => By::File,
        () if others || fits.is_empty() || not_recorded => By::Default,
        () => By::NothingElse,
    };
    Modes {
        mode: best.0,
        mode_by: by(known.0.is_some(), fits.iter().any(|(mode, _)| *mode != best.0)),
        credentials: best.1,
        credentials_by: by(known.1.is_some(), fits.iter().any(|(_, credentials)| *credentials != best.1)),
        explains: match (not_recorded, fits.is_empty()) {
            (true, _) => Explains::NotRecorded,
            (false, false) => Explains::Yes,
            (false, true) => Explains::No,
        },
    }
}

/// Whether an outcome equals the recorded one.
fn fits(recorded: &Recorded, outcome: &Outcome) -> bool {
    match recorded {
        Recorded::Succeeded => matches!(outcome.verdict, Verdict::Readable | Verdict::Opaque),
        Recorded::Refused | Recorded::NoResponse => outcome.verdict == Verdict::Refused,
        // Without the missing data, the rules neither explain nor contradict the recording.
        _ => outcome.missing != Some(Missing::Request),
    }
}
