//! The codes of what is read: what it was taken for, notes on it, and mistakes.

use fetch_cors_read::{Form, MistakeKind};

use super::{Code, Kind};

pub(super) fn codes() -> impl Iterator<Item = Code> {
    let forms = FORMS.iter().map(|(form, meaning)| Code { kind: Kind::Form, code: form.as_str(), meaning });
    let notes = NOTES.iter().map(|(code, meaning)| Code { kind: Kind::Note, code, meaning });
    let mistakes = MistakeKind::ALL;
    let mistakes = mistakes.iter().map(|kind| Code { kind: Kind::Mistake, code: kind.code(), meaning: kind.reason() });
    forms.chain(notes).chain(mistakes)
}

const FORMS: &[(Form, &str)] = &[
    (Form::Heads, "response heads, as `curl -i` prints them"),
    (Form::VerboseCurl, "what `curl -v` prints"),
    (Form::Wget, "what `wget -S` prints"),
    (Form::HeaderLines, "header lines of a browser's developer tools"),
    (Form::CurlCommand, "a `curl` command"),
    (Form::WgetCommand, "a `wget` command"),
    (Form::PowerShell, "a command of PowerShell"),
    (Form::PowerShellResponse, "a response as PowerShell prints it"),
    (Form::HeaderMap, "headers as a program prints them: a map of Python, Node, Go or Rust, JSON"),
    (Form::CopiedFetch, "a `fetch()` call, as “Copy as fetch” writes it"),
    (Form::Fetch, "a `fetch()` call"),
    (Form::Axios, "a call of axios"),
    (Form::JQuery, "a call of jQuery"),
    (Form::XmlHttpRequest, "calls of an XMLHttpRequest"),
    (Form::Console, "lines of a browser's console"),
    (Form::Har, "a HAR"),
];

const NOTES: &[(&str, &str)] = &[
    ("copied-mode", "“Copy as fetch” always writes `\"mode\": \"cors\"`, so it is not believed"),
    ("copied-credentials", "“Copy as fetch” writes whether a cookie was sent, and not what the page wrote"),
    ("status-supposed", "header lines have no status, so one that is fine is supposed"),
    ("value-unknown", "the value of a header that a preflight names is not there"),
    ("method-of-preflight", "the method is that which a preflight asks for"),
    ("options-by-hand", "an `OPTIONS` that asks for no method is taken for somebody's trial of a preflight"),
    ("origin-of-referrer", "there is no `Origin`, so the origin is that of the referrer"),
    ("cookie-sent", "a cookie was sent, so the credentials mode is taken to be `include`"),
    ("cache-switched-off", "`Cache-Control` and `Pragma` are taken to be the browser's, whose cache is switched off"),
    ("conditional-by-cache", "a conditional header is taken to be that of the browser's cache"),
    ("lines-left-out", "lines are left out that are none of the exchange"),
    ("request-left-out", "a second request is left out: one fetch is read at a time"),
    ("expression-supposed", "the value of an expression is not there, and another of its kind was put in its place"),
    ("member-left-out", "a member of a call is left out that changes nothing, or that is not known"),
    ("request-of-console", "a console shows a request and its status, and no headers"),
    // That of `cors explain`.
    ("answers-no-preflight", "the answer to a request is left out, because a preflight comes first"),
    // Those of `cors har`.
    ("mode", "how the mode is known"),
    ("credentials-mode", "how the credentials mode is known"),
    ("preflight-in-cache", "an earlier preflight of the file allows the request"),
    ("relative-url", "the URL is relative, and is taken to be one of the page's own"),
];
