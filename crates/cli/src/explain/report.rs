//! The report: what it says of each step, and what it keeps for its end.

use fetch_cors::browser::{
    Explanation, FilteredResponse, NetworkError, OutgoingRequest,
    cache::CacheVerdict,
    cross_origin_resource_policy::IncludesCredentials,
    explain::Sufficiency,
    filter::{ResponseType, Visibility},
    preflight::{GrantedMethods, MaxAge, MaxAgeSource, PreflightGrant, PreflightRequest},
    request::{RequestHeaderValue, UseCorsPreflightFlag},
    route::PreflightReasons,
};

use super::{
    fate::Asked,
    heads::Head,
    text::{capitalized, quoted, wrap},
};

/// A report in the making.
#[derive(Debug, Default)]
pub struct Report {
    out: String,
    changes: Vec<Changes>,
    causes: Vec<String>,
    hints: Vec<String>,
    marks: Vec<Mark>,
    consoles: String,
    /// The request whose response is told of.
    pub asked: Option<Asked>,
}

/// The failure that a browser finds first.
#[derive(Debug)]
pub struct Mark {
    pub asked: Option<Asked>,
    pub error: String,
    pub by: &'static str,
    /// Whether its console has a message on it.
    pub printed: bool,
}

/// What would fix one answer.
#[derive(Debug, PartialEq, Eq)]
struct Changes {
    of: String,
    in_response: Vec<String>,
    in_call: Vec<(String, Sufficiency)>,
}

impl Report {
    /// A report in which the browsers' failures are marked, and that ends with what their consoles say.
    pub fn new(marks: Vec<Mark>, consoles: String) -> Self {
        Report { marks, consoles, ..Report::default() }
    }

    pub fn line(&mut self, line: &str) {
        wrap(&mut self.out, "", line);
    }

    pub fn indented(&mut self, line: &str) {
        wrap(&mut self.out, "  ", line);
    }

    /// An empty line, and the title of a section.
    pub fn section(&mut self, title: &str) {
        self.out.push('\n');
        self.line(title);
    }

    /// Lines of two columns.
    fn table<'t>(&mut self, indent: &str, rows: impl IntoIterator<Item = (String, String), IntoIter: Clone> + 't) {
        let rows = rows.into_iter();
        let width = rows.clone().map(|(left, _)| left.chars().count()).filter(|width| *width <= 40).max().unwrap_or(0);
        for (left, right) in rows {
            wrap(&mut self.out, &format!("{indent}{left:width$}  "), &right);
        }
    }

    /// Why a request is not simple.
    pub fn needs_preflight(&mut self, reasons: &PreflightReasons<'_>) {
        let flag = match reasons.flag {
            UseCorsPreflightFlag::Unset => None,
            UseCorsPreflightFlag::SetByStream => Some("the body is a stream"),
            UseCorsPreflightFlag::SetByUploadListener => Some("an upload has a listener"),
            _ => Some("the API demands it"),
        };
        let mut rows = Vec::new();
        rows.extend(
            reasons.method.map(|it| (format!("method {it}"), "it is none of `GET`, `HEAD` and `POST`".to_string())),
        );
        rows.extend(
            reasons.headers.reasons().map(|it| (format!("header {}", it.name.lowercase()), it.reason.to_string())),
        );
        rows.extend(flag.map(|reason| ("use-CORS-preflight flag".to_string(), reason.to_string())));
        if rows.is_empty() {
            rows.push(("redirect".into(), "this browser preflights every hop after one that needed it".into()));
        }
        self.table("  ", rows);
    }

    /// What the cache said before this preflight.
    pub fn cache_miss(&mut self, verdict: CacheVerdict<'_>) {
        let miss = match verdict {
            CacheVerdict::Hit => return,
            CacheVerdict::MethodMiss(miss) => format!("the method must be asked for: {miss}"),
            CacheVerdict::HeaderMiss(name, miss) => format!("`{}` must be asked for: {miss}", name.lowercase()),
        };
        self.line(&format!("Cache miss: {miss}."));
    }

    /// A header as it is sent; not broken into lines, so that it can be copied.
    fn header(&mut self, name: &str, value: &str) {
        self.out.extend(["  ", &capitalized(name), ": ", value, "\n"]);
    }

    pub fn preflight(&mut self, preflight: &PreflightRequest<'_>) {
        self.section(&format!("Preflight: {} {}", PreflightRequest::METHOD, preflight.url.without_fragment()));
        for (name, value) in preflight.headers() {
            self.header(name.as_str(), &value.to_string());
        }
        self.indented("(without credentials, and following no redirect)");
    }

    pub fn request(&mut self, outgoing: &OutgoingRequest<'_>) {
        self.section(&format!("Request: {} {}", outgoing.method, outgoing.url.without_fragment()));
        for header in outgoing.headers.iter() {
            self.header(header.name.as_str(), &header.value.to_string());
        }
        self.indented(match outgoing.credentials {
            IncludesCredentials::Yes => {
                "(with the credentials that the browser has for this URL: cookies and the like)"
            }
            IncludesCredentials::No => "(without credentials)",
        });
    }

    /// How to get the answer that is missing.
    pub fn curl_preflight(&mut self, preflight: &PreflightRequest<'_>) {
        let headers = preflight.headers().map(|(name, value)| format!("{}: {value}", capitalized(name.as_str())));
        self.curl("-X OPTIONS", headers.collect(), preflight.url.without_fragment());
    }

    pub fn curl_request(&mut self, outgoing: &OutgoingRequest<'_>) {
        let method = match outgoing.method.as_str() {
            "GET" => String::new(),
            "HEAD" => "--head".into(),
            method => format!("-X {}", quoted(method)),
        };
        let value =
            |value: RequestHeaderValue<'_>| String::from_utf8_lossy(&value.bytes().collect::<Vec<_>>()).into_owned();
        let headers: Vec<String> = outgoing
            .headers
            .iter()
            .map(|header| format!("{}: {}", capitalized(header.name.as_str()), value(header.value)))
            .collect();
        self.curl(&method, headers, outgoing.url.without_fragment());
    }

    fn curl(&mut self, method: &str, headers: Vec<String>, url: &str) {
        self.out.push_str("  curl -i");
        for part in [method, &quoted(url)].into_iter().filter(|part| !part.is_empty()) {
            self.out.push(' ');
            self.out.push_str(part);
        }
        for header in headers {
            self.out.push_str(" \\\n    -H ");
            self.out.push_str(&quoted(&header));
        }
        self.out.push('\n');
    }

    pub fn answer(&mut self, head: &Head) {
        self.line(&format!("Answer: status {} ({})", head.status, head.place));
        for (name, _) in head.blank_before_colon.iter().filter_map(|number| head.lines.get(*number)) {
            self.indented(&format!(
                "(`{name}` has a blank before its colon, so Firefox drops it and Chromium does not: remove the blank)"
            ));
        }
    }

    /// Each check with its verdict; of the failed ones the step, with its link.
    pub fn checks(&mut self, explanation: &Explanation<'_>) {
        for check in explanation.checks() {
            let step = check.step();
            match check.verdict {
                Ok(()) => {
                    let at = format!("{} ({}, step {})", check.subject, step.algorithm.name(), step.number);
                    wrap(&mut self.out, "  pass  ", &at);
                }
                Err(error) => self.failure(&error),
            }
        }
        self.hints(explanation);
    }

    /// Failures that are no checks on a response.
    pub fn failures(&mut self, explanation: &Explanation<'_>) {
        for error in explanation.mixed_content().into_iter().chain(explanation.failures()) {
            self.failure(&error);
        }
    }

    /// A failure, its step, and which browsers find it first.
    fn failure(&mut self, error: &NetworkError<'_>) {
        wrap(&mut self.out, "  FAIL  ", &error.reason.to_string());
        wrap(&mut self.out, "        ", &error.step().to_string());
        let text = error.to_string();
        let is_it = |mark: &&Mark| mark.asked == self.asked && mark.error == text;
        for (printed, what) in
            [(true, "the one in the console of"), (false, "what this fails by, without a message, in")]
        {
            let by = self.marks.iter().filter(is_it).filter(|mark| mark.printed == printed).map(|mark| mark.by);
            let by: Vec<&str> = by.collect();
            if !by.is_empty() {
                wrap(&mut self.out, "        ", &format!("{what} {}", by.join(", ")));
            }
        }
    }

    pub fn granted(&mut self, grant: &PreflightGrant<'_>) {
        let MaxAge { seconds, source, .. } = grant.max_age;
        let why = match source {
            MaxAgeSource::Header => "as `Access-Control-Max-Age` says",
            MaxAgeSource::Limit => "the most that this browser keeps it",
            MaxAgeSource::Negative => "as `Access-Control-Max-Age` is negative",
            MaxAgeSource::DefaultWithoutHeader => "as there is no `Access-Control-Max-Age`",
            _ => "as `Access-Control-Max-Age` is not a number of seconds",
        };
        let own = matches!(grant.methods, GrantedMethods::Own(_));
        let own = if own { "; the method needs no list, for the flag stands for it" } else { "" };
        self.line(&format!("Passed: the request may be sent, and the answer is kept for {seconds} s, {why}{own}."));
    }

    /// What a script reads of the response, and why not the rest.
    pub fn reading(&mut self, response: &FilteredResponse<'_>) {
        let what = match response.response_type() {
            ResponseType::Basic | ResponseType::Cors => {
                let redirected = if response.redirects() > 0 { ", `redirected`" } else { "" };
                let body = if response.internal_status().is_null_body() { "no body" } else { "the body" };
                format!("status {}{redirected}, {body}, and these headers:", response.status())
            }
            ResponseType::Opaque => "status 0, no body, no headers: nothing.".into(),
            ResponseType::OpaqueRedirect => "status 0, no body, no headers: only that there is a redirect.".into(),
        };
        self.section(&format!("A script reads a response of type `{}`: {what}", response.response_type()));
        let rows: Vec<_> = response
            .verdicts()
            .map(|(header, visibility)| {
                let verdict = match visibility {
                    Visibility::Shown(why) => format!("yes  {why}"),
                    Visibility::Hidden(why) => format!("no   {why}"),
                };
                (header.name.lowercase().to_string(), verdict)
            })
            .collect();
        self.table("  ", rows);
        if let Some(error) = response.unparsable_expose_headers() {
            self.indented(&format!("({error})"));
        }
    }

    /// Keeps the hints on a step for the end, each once.
    pub fn hints(&mut self, explanation: &Explanation<'_>) {
        let fails = explanation.mixed_content().is_some() || explanation.failures().next().is_some();
        for hint in explanation.hints() {
            let kept = if fails && hint.is_cause() { &mut self.causes } else { &mut self.hints };
            let hint = hint.to_string();
            if !kept.contains(&hint) {
                kept.push(hint);
            }
        }
    }

    /// Keeps what would fix a step for the end, each once.
    pub fn fix(&mut self, of: String, explanation: &Explanation<'_>) {
        // The status comes first: it decides what answers at all.
        let (statuses, headers) = explanation.fix().partition::<Vec<_>, _>(|change| change.status().is_some());
        let in_response = statuses.iter().chain(&headers).map(ToString::to_string).collect();
        let in_call = explanation.page_changes().map(|(change, enough)| (change.to_string(), enough)).collect();
        let changes = Changes { of, in_response, in_call };
        if !self.changes.contains(&changes) {
            self.changes.push(changes);
        }
    }

    /// What was kept, and the report as text.
    pub fn finish(mut self) -> String {
        let (changes, hints) = (core::mem::take(&mut self.changes), core::mem::take(&mut self.hints));
        let causes = core::mem::take(&mut self.causes);
        let hints: Vec<String> = hints.into_iter().filter(|hint| !causes.contains(hint)).collect();
        if !causes.is_empty() {
            self.section("Likely cause:");
        }
        for cause in causes {
            wrap(&mut self.out, "  - ", &cause);
        }
        if !changes.is_empty() {
            self.section("What to change:");
        }
        for Changes { of, in_response, in_call } in &changes {
            match (in_response.as_slice(), in_call.as_slice()) {
                ([], []) => self.indented(&format!("{of}: no header fixes this")),
                ([], _) => {}
                ([_, _, ..], _) => self.indented(&format!("{of} needs all of")),
                _ => self.indented(&format!("{of} needs")),
            }
            for change in in_response {
                wrap(&mut self.out, "    ", change);
            }
            for (sufficiency, several) in [
                (Sufficiency::Alone, "in the page's call, any one of:"),
                (Sufficiency::Together, "in the page's call, all of:"),
                (Sufficiency::Partial, "in the page's call, which is not enough alone:"),
            ] {
                let changes: Vec<&String> =
                    in_call.iter().filter(|(_, own)| *own == sufficiency).map(|(change, _)| change).collect();
                let introduction = match (changes.as_slice(), sufficiency) {
                    ([], _) => continue,
                    ([_], Sufficiency::Alone) => "in the page's call:",
                    _ => several,
                };
                let or = match (in_response.as_slice(), sufficiency) {
                    ([], _) => "",
                    (_, Sufficiency::Partial) => "and, ",
                    _ => "or, ",
                };
                self.indented(&format!("{or}{introduction}"));
                for change in changes {
                    wrap(&mut self.out, "    ", change);
                }
            }
        }
        if !hints.is_empty() {
            self.section("Worth knowing:");
        }
        for hint in hints {
            wrap(&mut self.out, "  - ", &hint);
        }
        self.out.push_str(&self.consoles);
        self.out
    }
}
