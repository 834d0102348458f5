//! `fetch(url, init)`, as pages write it and as developer tools do.

use fetch_cors::browser::request::{CacheMode, CredentialsMode, Keepalive, RedirectMode, ReferrerPolicy, RequestMode};

use crate::{
    exchange::HeaderLine,
    form::Form,
    note::NoteKind,
    request::{Api, PageRequest, PageValue},
    sent::Sent,
};

use super::{
    Call, Findings, Found,
    client::note_left_out,
    convert,
    value::{Data, Value},
};

/// The members of an init that matter for the request. Others get a note.
pub(super) const READ: [&str; 12] = [
    "method",
    "headers",
    "body",
    "mode",
    "credentials",
    "redirect",
    "referrerPolicy",
    "referrer",
    "cache",
    "keepalive",
    "duplex",
    "window",
];
/// Common members that do not change the request. They get no note.
pub(super) const SILENT: [&str; 5] = ["signal", "priority", "integrity", "next", "agent"];

pub(super) fn read(arguments: &[Value], end: usize, findings: &mut Findings) -> Option<Found> {
    let first = arguments.first()?;
    // `fetch(new Request(url, init))`
    let (url, init) = match &first.data {
        Data::Call { name, arguments } if name == "new Request" => (arguments.first()?, arguments.get(1)),
        _ => (first, arguments.get(1)),
    };
    let empty = Value { at: first.at, data: Data::Object(Vec::new()) };
    let init = init.unwrap_or(&empty);
    if let Data::Expression(_) | Data::Call { .. } | Data::Text { .. } | Data::Array(_) = init.data {
        findings.mistake(init.at, crate::error::MistakeKind::NotData, &init.shown());
    }
    if is_copied(init) {
        return Some(copied(url, init, end, findings));
    }
    note_left_out(Some(init), &READ, &SILENT, findings);
    let request = PageRequest { url: convert::url(url, None, findings), ..of_init(init, findings) };
    Some(Found { form: Form::Fetch, request: Call::Written(Box::new(request)), end })
}

/// The request of an init, without its URL.
pub(super) fn of_init(init: &Value, findings: &mut Findings) -> PageRequest {
    PageRequest {
        method: convert::method(init.member("method"), findings),
        headers: init.member("headers").map(|value| convert::headers(value, findings)).unwrap_or_default(),
        body: init.member("body").and_then(|value| convert::body(value, findings)),
        api: Some(Api::Fetch),
        mode: convert::word(init.member("mode"), RequestMode::from_word, findings),
        credentials: convert::word(init.member("credentials"), CredentialsMode::from_word, findings),
        redirect: convert::word(init.member("redirect"), RedirectMode::from_word, findings),
        referrer_policy: convert::word(init.member("referrerPolicy"), ReferrerPolicy::from_word, findings),
        cache: convert::word(init.member("cache"), CacheMode::from_word, findings),
        keepalive: init.member("keepalive").filter(|value| value.is_word("true")).map(|_| Keepalive::Set),
        ..PageRequest::default()
    }
}

/// Whether developer tools wrote this: every name is quoted, and there is a body or a mode beside the method.
fn is_copied(init: &Value) -> bool {
    let members = init.members();
    let has = |name| members.iter().any(|member| member.name == name);
    !members.is_empty() && members.iter().all(|member| member.quoted) && has("method") && (has("mode") || has("body"))
}

/// The request as it was sent. Developer tools write neither the page's mode nor its credentials mode.
fn copied(url: &Value, init: &Value, end: usize, findings: &mut Findings) -> Found {
    let headers = init.member("headers").map(|value| convert::headers(value, findings)).unwrap_or_default();
    let line = |header: crate::request::PageHeader| match header.value {
        PageValue::Given(value) => Some(HeaderLine::new(header.name, value)),
        PageValue::NamedByPreflight => None,
    };
    let mut lines: Vec<HeaderLine> = headers.into_iter().filter_map(line).collect();
    if let Some(referrer) = init.member("referrer").and_then(Value::text)
        && !lines.iter().any(|line| line.is("referer"))
    {
        lines.push(HeaderLine::new("Referer", referrer));
    }
    for (name, kind) in [("mode", NoteKind::CopiedMode), ("credentials", NoteKind::CopiedCredentials)] {
        if let Some(value) = init.member(name) {
            findings.note(value.at, kind);
        }
    }
    let sent = Sent {
        method: convert::method(init.member("method"), findings),
        url: convert::url(url, None, findings),
        lines,
        body: init.member("body").and_then(|value| convert::body(value, findings)),
        copied: true,
        ..Sent::default()
    };
    Found { form: Form::CopiedFetch, request: Call::Copied(sent), end }
}
