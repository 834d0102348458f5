//! Requests as they were sent, and the page's part in them.

use fetch_cors::{
    browser::request::{CredentialsMode, RequestMode},
    header::HeaderName,
};

use crate::{
    exchange::HeaderLine,
    note::{Note, NoteKind},
    place::Place,
    request::{Api, PageBody, PageHeader, PageRequest, PageValue},
};

/// A request as it was sent, by a browser or by a tool.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) place: Place,
    pub(crate) method: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) lines: Vec<HeaderLine>,
    pub(crate) body: Option<PageBody>,
    pub(crate) by: By,
    /// Whether developer tools copied it, without the headers that show this.
    pub(crate) copied: bool,
}

/// The form in which a request was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A command.
    Command,
    /// Lines that were sent, perhaps by a command in the same text, or after a redirect.
    Lines,
}

impl Default for Sent {
    fn default() -> Self {
        let place = Place { line: 1, column: 1 };
        Sent { place, method: None, url: None, lines: Vec::new(), body: None, by: By::Lines, copied: false }
    }
}

impl Sent {
    fn value(&self, name: &str) -> Option<&str> {
        self.lines.iter().find(|line| line.is(name)).and_then(HeaderLine::text)
    }

    fn is_options(&self) -> bool {
        self.method.as_deref() == Some("OPTIONS")
    }

    /// Whether this is a preflight, or one made by hand.
    fn is_preflight(&self) -> bool {
        self.is_options() || self.value("access-control-request-method").is_some()
    }

    /// Whether a browser sent it, with headers of its own.
    fn is_of_browser(&self) -> bool {
        if self.copied {
            return true;
        }
        let agent = self.value("user-agent").is_some_and(|agent| agent.starts_with("Mozilla/"));
        agent || self.lines.iter().any(|line| line.name.to_ascii_lowercase().starts_with("sec-"))
    }

    fn conflicts_with(&self, other: &Sent) -> bool {
        self.by == By::Command && (self.url != other.url || self.method != other.method)
    }
}

/// The page's request behind sent requests: the first preflight, and the first other request.
pub(crate) fn page_request(sent: &[Sent], notes: &mut Vec<Note>) -> PageRequest {
    let mut page = PageRequest::default();
    let preflight = sent.iter().find(|sent| sent.is_preflight());
    let actual = sent.iter().find(|sent| !sent.is_preflight());
    if let Some(actual) = actual {
        of_actual(&mut page, actual, preflight, notes);
        for left_out in sent.iter().filter(|sent| !sent.is_preflight() && sent.conflicts_with(actual)) {
            let (method, url) = (left_out.method.as_deref().unwrap_or("GET"), left_out.url.as_deref().unwrap_or("?"));
            push(notes, left_out.place, NoteKind::RequestLeftOut(format!("{method} {url}")));
        }
    }
    if let Some(preflight) = preflight {
        of_preflight(&mut page, preflight, notes);
    }
    page
}

fn push(notes: &mut Vec<Note>, place: Place, kind: NoteKind) {
    notes.push(Note { place: Some(place), kind });
}

fn of_actual(page: &mut PageRequest, actual: &Sent, preflight: Option<&Sent>, notes: &mut Vec<Note>) {
    page.method.clone_from(&actual.method);
    page.url.clone_from(&actual.url);
    page.body.clone_from(&actual.body);
    describe(page, actual, notes);
    let named: Vec<&str> = preflight.map(named_headers).unwrap_or_default();
    let is_named = |name: &str| named.iter().any(|named| named.eq_ignore_ascii_case(name));
    let of_browser = actual.is_of_browser();
    let switched_off = of_browser && is_cache_switched_off(actual);
    for line in &actual.lines {
        let own = match () {
            () if is_named(&line.name) => false,
            // Browsers and tools send it by default.
            () if line.is("accept") && line.value == b"*/*" => true,
            () if is_always_of_browser(line) => true,
            () if !of_browser => false,
            () if is_cache_header(line) && (switched_off || line.value == b"max-age=0") => {
                if switched_off && line.is("pragma") {
                    push(notes, actual.place, NoteKind::CacheSwitchedOff);
                }
                true
            }
            () if is_conditional(line) => {
                push(notes, actual.place, NoteKind::ConditionalByCache(line.name.clone()));
                true
            }
            () => is_default_of_browser(line),
        };
        if own {
            page.browser_headers.push(line.clone());
        } else {
            page.headers.push(PageHeader { name: line.name.clone(), value: PageValue::Given(line.value.clone()) });
        }
    }
    if actual.lines.iter().any(|line| line.is("cookie")) {
        page.credentials = Some(CredentialsMode::Include);
        push(notes, actual.place, NoteKind::CookieSent);
    }
}

fn of_preflight(page: &mut PageRequest, preflight: &Sent, notes: &mut Vec<Note>) {
    describe(page, preflight, notes);
    if page.url.is_none() {
        page.url.clone_from(&preflight.url);
    }
    match preflight.value("access-control-request-method") {
        Some(method) if page.method.is_none() => {
            page.method = Some(method.to_owned());
            push(notes, preflight.place, NoteKind::MethodOfPreflight(method.to_owned()));
        }
        Some(_) => {}
        None => push(notes, preflight.place, NoteKind::OptionsByHand),
    }
    for name in named_headers(preflight) {
        if page.headers.iter().all(|header| !header.name.eq_ignore_ascii_case(name)) {
            page.headers.push(PageHeader { name: name.to_owned(), value: PageValue::NamedByPreflight });
            push(notes, preflight.place, NoteKind::ValueUnknown(name.to_owned()));
        }
    }
    if page.browser_headers.is_empty() {
        page.browser_headers.clone_from(&preflight.lines);
    }
}

/// Reads the browser's own headers.
fn describe(page: &mut PageRequest, sent: &Sent, notes: &mut Vec<Note>) {
    if let Some(origin) = sent.value("origin") {
        page.origin = page.origin.take().or(Some(origin.to_owned()));
    } else if let (None, Some(origin)) = (&page.origin, sent.value("referer").and_then(origin_of)) {
        push(notes, sent.place, NoteKind::OriginOfReferrer(origin.clone()));
        page.origin = Some(origin);
    }
    if page.mode.is_none() {
        page.mode = sent.value("sec-fetch-mode").and_then(RequestMode::from_word);
    }
    if let (None, Some(destination)) = (&page.destination, sent.value("sec-fetch-dest")) {
        page.destination = Some(destination.to_owned());
        if destination != "empty" {
            page.api = Some(Api::Element);
        }
    }
}

/// The names of `Access-Control-Request-Headers`.
fn named_headers(preflight: &Sent) -> Vec<&str> {
    let values = preflight.lines.iter().filter(|line| line.is("access-control-request-headers"));
    let names = values.filter_map(HeaderLine::text).flat_map(|value| value.split(',')).map(str::trim);
    names.filter(|name| HeaderName::new(name).is_ok()).collect()
}

/// The serialized origin of a URL.
pub(crate) fn origin_of(url: &str) -> Option<String> {
    Some(url::Url::parse(url).ok()?.origin().ascii_serialization())
}

/// Whether the browser always sets this header itself.
fn is_always_of_browser(line: &HeaderLine) -> bool {
    const NAMES: [&str; 5] = ["user-agent", "priority", "upgrade-insecure-requests", "x-client-data", "save-data"];
    let forbidden = HeaderName::new(&line.name).map_or(true, |name| name.is_forbidden_request_header(&line.value));
    forbidden || NAMES.iter().any(|name| line.is(name))
}

/// Whether this is the browser's default value.
fn is_default_of_browser(line: &HeaderLine) -> bool {
    const NAMES: [&str; 7] = ["accept-language", "device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width"];
    const ACCEPT: [&[u8]; 5] = [b"*/*", b"text/html,", b"text/css,", b"image/", b"application/font"];
    let accept = line.is("accept") && ACCEPT.iter().any(|start| line.value.starts_with(start));
    accept || NAMES.iter().any(|name| line.is(name))
}

fn is_cache_header(line: &HeaderLine) -> bool {
    line.is("cache-control") || line.is("pragma")
}

/// Whether both headers are present that a browser sends if its cache is switched off.
fn is_cache_switched_off(sent: &Sent) -> bool {
    sent.value("cache-control") == Some("no-cache") && sent.value("pragma") == Some("no-cache")
}

fn is_conditional(line: &HeaderLine) -> bool {
    line.is("if-none-match") || line.is("if-modified-since")
}
