//! Builds the report: the library's results for each step, in the words and codes of the report.

use fetch_cors::{
    browser::{
        Explanation, FilteredResponse, NetworkError, OutgoingRequest, Request, Response,
        cache::CacheVerdict,
        cross_origin_resource_policy::IncludesCredentials,
        explain::{Change, Check as LibraryCheck, Subject},
        filter::{ResponseType, Visibility},
        preflight::{GrantedMethods, MaxAge, MaxAgeSource, PreflightGrant, PreflightRequest},
        request::{RequestHeaderValue, UseCorsPreflightFlag},
        route::PreflightReasons,
    },
    header::{CombinedValue, HeaderName},
    spec::Step as StandardStep,
};

use super::{fate::Asked, head::Head, is_web_socket};
use crate::report::{
    Answer, Check, Fix, Hint, PageChange, Phase, Reading, ServerChange, ServerChangeKind, Step, Verdict, capitalized,
    quoted,
};

/// The report as far as it is built.
#[derive(Debug, Default)]
pub struct Draft {
    pub steps: Vec<Step>,
    /// For each step, the request to whose response it belongs.
    pub asked_by_step: Vec<Option<Asked>>,
    pub fixes: Vec<Fix>,
    pub hints: Vec<Hint>,
}

impl Draft {
    pub fn push(&mut self, step: Step, asked: Option<Asked>) {
        self.steps.push(step);
        self.asked_by_step.push(asked);
    }

    /// Changes the last step.
    pub fn last(&mut self, change: impl FnOnce(&mut Step)) {
        if let Some(step) = self.steps.last_mut() {
            change(step);
        }
    }

    /// Adds the checks on a response, and the hints, to the last step.
    pub fn checks(&mut self, explanation: &Explanation<'_>, response: &Response<'_>) {
        self.last(|step| step.checks.extend(explanation.checks().map(|check| checked(&check, response))));
        self.hints(explanation);
    }

    /// Adds to the last step the failures that no check on a response reports.
    pub fn failures(&mut self, explanation: &Explanation<'_>) {
        self.last(|step| {
            for error in explanation.mixed_content().into_iter().chain(explanation.failures()) {
                let check = failed(&error, None, None);
                if !step.checks.iter().any(|earlier| earlier.error == check.error) {
                    step.checks.push(check);
                }
            }
        });
    }

    /// Keeps the hints on a step, without duplicates.
    pub fn hints(&mut self, explanation: &Explanation<'_>) {
        let fails = explanation.mixed_content().is_some() || explanation.failures().next().is_some();
        for hint in explanation.hints() {
            let (code, text, cause) = (hint.code(), hint.to_string(), fails && hint.is_cause());
            match self.hints.iter_mut().find(|earlier| earlier.text == text) {
                Some(earlier) => earlier.cause |= cause,
                None => self.hints.push(Hint { code, text, cause }),
            }
        }
    }

    /// Keeps the fix of a step, without duplicates.
    pub fn fix(&mut self, phase: Phase, url: &str, of: String, explanation: &Explanation<'_>) {
        // The status comes first: it decides which part of a server answers.
        let (statuses, headers) = explanation.fix().partition::<Vec<_>, _>(|change| change.status().is_some());
        let server = statuses.iter().chain(&headers).map(server_change).collect();
        let page = explanation.page_changes().map(|(change, sufficiency)| PageChange {
            code: change.code(),
            text: change.to_string(),
            sufficiency,
        });
        let fix = Fix { phase, url: url.into(), of, server, page: page.collect() };
        if !self.fixes.contains(&fix) {
            self.fixes.push(fix);
        }
    }
}

fn server_change(change: &Change<'_>) -> ServerChange {
    let text = change.to_string();
    let kind = match change {
        Change::Set(..) => ServerChangeKind::Set(text.clone()),
        Change::Remove(name) => ServerChangeKind::Remove(capitalized(name.as_str())),
        _ => ServerChangeKind::Other,
    };
    ServerChange { code: change.code(), text, kind }
}

fn checked(check: &LibraryCheck<'_>, response: &Response<'_>) -> Check {
    let header = header_of(check.subject);
    let value = header.and_then(|name| response.headers.get(name));
    match check.verdict {
        Err(error) => failed(&error, header, value),
        Ok(()) => Check {
            step: step_id(check.step()),
            passes: true,
            code: None,
            header: header.map(|name| name.lowercase().to_string()),
            value: value.map(|value| value.to_string()),
            text: check.subject.to_string(),
            place: format!("{}, step {}", check.step().algorithm.name(), check.step().number),
            error: String::new(),
            marks: Vec::new(),
        },
    }
}

fn failed(error: &NetworkError<'_>, header: Option<HeaderName<'_>>, value: Option<CombinedValue<'_>>) -> Check {
    Check {
        step: step_id(error.step()),
        passes: false,
        code: Some(error.reason.code()),
        header: header.map(|name| name.lowercase().to_string()),
        value: value.map(|value| value.to_string()),
        text: error.reason.to_string(),
        place: error.step().to_string(),
        error: error.to_string(),
        marks: Vec::new(),
    }
}

/// The response header that a check is about.
fn header_of(subject: Subject<'_>) -> Option<HeaderName<'static>> {
    match subject {
        Subject::AllowOrigin => Some(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN),
        Subject::AllowCredentials => Some(HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS),
        Subject::AllowMethods | Subject::Method(_) => Some(HeaderName::ACCESS_CONTROL_ALLOW_METHODS),
        Subject::AllowHeaders | Subject::RequestHeader(_) => Some(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS),
        Subject::ResourcePolicy => Some(HeaderName::CROSS_ORIGIN_RESOURCE_POLICY),
        Subject::Location => Some(HeaderName::LOCATION),
        _ => None,
    }
}

/// A step as `cors-check:4`: the words of its algorithm, and its number.
pub fn step_id(step: StandardStep) -> String {
    let mut id = String::new();
    for character in step.algorithm.name().chars() {
        match character.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => id.push(letter),
            _ if id.ends_with('-') || character == '`' => {}
            _ => id.push('-'),
        }
    }
    let mut id = id.trim_end_matches('-').to_owned();
    id.push(':');
    for character in step.number.chars() {
        match character {
            '\u{2013}' => id.push('-'),
            ' ' if id.ends_with(',') => {}
            '"' | '(' | ')' => {}
            ' ' => id.push('-'),
            _ => id.push(character.to_ascii_lowercase()),
        }
    }
    id
}

/// The reasons why a request needs a preflight, each with an explanation.
pub fn preflight_reasons(reasons: &PreflightReasons<'_>) -> Vec<(String, String)> {
    let flag = match reasons.flag {
        UseCorsPreflightFlag::Unset => None,
        UseCorsPreflightFlag::SetByStream => Some("the body is a stream"),
        UseCorsPreflightFlag::SetByUploadListener => Some("an upload has a listener"),
        _ => Some("the API requires it"),
    };
    let mut rows = Vec::new();
    rows.extend(
        reasons.method.map(|it| (format!("method {it}"), "it is none of `GET`, `HEAD` and `POST`".to_string())),
    );
    rows.extend(reasons.headers.reasons().map(|it| (format!("header {}", it.name.lowercase()), it.reason.to_string())));
    rows.extend(flag.map(|reason| ("use-CORS-preflight flag".to_string(), reason.to_string())));
    if rows.is_empty() {
        rows.push(("redirect".into(), "this browser preflights every hop after one that needed it".into()));
    }
    rows
}

/// The result of the cache look-up before a preflight.
pub fn cache_miss(verdict: CacheVerdict<'_>) -> Option<String> {
    match verdict {
        CacheVerdict::Hit => None,
        CacheVerdict::MethodMiss(miss) => Some(format!("Cache miss: the method needs a preflight: {miss}.")),
        CacheVerdict::HeaderMiss(name, miss) => {
            Some(format!("Cache miss: `{}` needs a preflight: {miss}.", name.lowercase()))
        }
    }
}

/// The permissions of a preflight that passed.
pub fn granted(grant: &PreflightGrant<'_>) -> String {
    let MaxAge { seconds, source, .. } = grant.max_age;
    let why = match source {
        MaxAgeSource::Header => "as `Access-Control-Max-Age` says",
        MaxAgeSource::Limit => "the longest that this browser keeps one",
        MaxAgeSource::Negative => "as `Access-Control-Max-Age` is negative",
        MaxAgeSource::DefaultWithoutHeader => "because there is no `Access-Control-Max-Age`",
        _ => "because `Access-Control-Max-Age` is not a number of seconds",
    };
    let own = matches!(grant.methods, GrantedMethods::Own(_));
    let own = if own { "; no list names the method: the use-CORS-preflight flag allows it" } else { "" };
    format!("Passed: the request may be sent, and the answer is kept for {seconds} s, {why}{own}.")
}

/// The step of a preflight that is sent.
pub fn preflight_step(preflight: &PreflightRequest<'_>) -> Step {
    Step {
        phase: Phase::Preflight,
        method: PreflightRequest::METHOD.to_string(),
        url: preflight.url.without_fragment().into(),
        sent: preflight.headers().map(|(name, value)| header_line(name.as_str(), &value.to_string())).collect(),
        credentials: "(without credentials, and following no redirect)",
        ..Step::default()
    }
}

/// The step of a request that is sent.
pub fn request_step(outgoing: &OutgoingRequest<'_>) -> Step {
    Step {
        phase: Phase::Response,
        method: outgoing.method.to_string(),
        url: outgoing.url.without_fragment().into(),
        sent: outgoing.headers.iter().map(|it| header_line(it.name.as_str(), &it.value.to_string())).collect(),
        credentials: match outgoing.credentials {
            IncludesCredentials::Yes => {
                "(with the credentials that the browser has for this URL: cookies and the like)"
            }
            IncludesCredentials::No => "(without credentials)",
        },
        ..Step::default()
    }
}

fn header_line(name: &str, value: &str) -> String {
    format!("{}: {value}", capitalized(name))
}

/// The command that fetches the answer to a preflight.
pub fn curl_preflight(preflight: &PreflightRequest<'_>) -> String {
    let headers = preflight.headers().map(|(name, value)| header_line(name.as_str(), &value.to_string()));
    curl("-X OPTIONS", headers, preflight.url.without_fragment())
}

/// The command that fetches the answer to a request.
pub fn curl_request(outgoing: &OutgoingRequest<'_>) -> String {
    let method = match outgoing.method.as_str() {
        "GET" => String::new(),
        "HEAD" => "--head".into(),
        method => format!("-X {}", quoted(method)),
    };
    let value =
        |value: RequestHeaderValue<'_>| String::from_utf8_lossy(&value.bytes().collect::<Vec<_>>()).into_owned();
    let headers = outgoing.headers.iter().map(|header| header_line(header.name.as_str(), &value(header.value)));
    curl(&method, headers, outgoing.url.without_fragment())
}

fn curl(method: &str, headers: impl Iterator<Item = String>, url: &str) -> String {
    let mut out = "  curl -i".to_owned();
    for part in [method, &quoted(url)].into_iter().filter(|part| !part.is_empty()) {
        out.push(' ');
        out.push_str(part);
    }
    for header in headers {
        out.push_str(" \\\n    -H ");
        out.push_str(&quoted(&header));
    }
    out.push('\n');
    out
}

/// The head of an answer, and how a browser reads its lines.
pub fn answer(head: &Head) -> Answer {
    let note = |name: &str| {
        format!("(`{name}` has a blank before its colon, so Firefox drops it and Chromium does not: remove the blank)")
    };
    let blank = head.blank_before_colon.iter().filter_map(|number| head.lines.get(*number));
    Answer::Given {
        place: head.place.clone(),
        lines: head.lines.clone(),
        notes: blank.map(|(name, _)| note(name)).collect(),
    }
}

/// What a script can read of the response, and why it cannot read the rest.
pub fn reading(response: &FilteredResponse<'_>, preface: Option<String>) -> Reading {
    let what = match response.response_type() {
        ResponseType::Basic | ResponseType::Cors => {
            let redirected = if response.redirects() > 0 { ", `redirected`" } else { "" };
            let body = if response.internal_status().is_null_body() { "no body" } else { "the body" };
            format!("status {}{redirected}, {body}, and these headers:", response.status())
        }
        ResponseType::Opaque => "status 0, no body, no headers: nothing.".into(),
        ResponseType::OpaqueRedirect => "status 0, no body, no headers: only that there is a redirect.".into(),
    };
    let rows = response.verdicts().map(|(header, visibility)| {
        let verdict = match visibility {
            Visibility::Shown(why) => format!("yes  {why}"),
            Visibility::Hidden(why) => format!("no   {why}"),
        };
        (header.name.lowercase().to_string(), verdict)
    });
    Reading {
        preface,
        title: format!("A script reads a response of type `{}`: {what}", response.response_type()),
        headers: rows.collect(),
        note: response.unparsable_expose_headers().map(|error| format!("({error})")),
    }
}

/// The outcome for a response outside of CORS: to a navigation, or to the handshake of a WebSocket.
pub fn reading_without_cors(request: &Request<'_>, verdict: Verdict, preface: Option<String>) -> Reading {
    let title = match (is_web_socket(request), verdict) {
        (true, Verdict::Refused) => {
            "The server does not open the WebSocket: its status is not 101; no browser checks CORS here"
        }
        (true, _) => {
            "The connection is open, and the page reads what is sent. No browser checks that: the server must look at `Origin` itself."
        }
        (false, Verdict::Opaque) => {
            "The browser shows the response. No script of the page reads it, for it is of another origin, and no CORS header \
             changes that."
        }
        (false, _) => "The browser shows the response, which is of the page's own origin.",
    };
    Reading { preface, title: title.into(), headers: Vec::new(), note: None }
}
