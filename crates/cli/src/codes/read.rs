//! The codes of reading pasted text: recognized forms, notes, and mistakes.

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
    (Form::HttpieCommand, "a command of HTTPie"),
    (Form::RequestFile, "a request in a file of an API client: of a REST client, or of Bruno"),
    (Form::PowerShell, "a command of PowerShell"),
    (Form::PowerShellResponse, "a response as PowerShell prints it"),
    (Form::HeaderMap, "headers as a program prints them: a map of Python, Node, Go or Rust, JSON"),
    (Form::CopiedFetch, "a `fetch()` call, as “Copy as fetch” writes it"),
    (Form::Fetch, "a `fetch()` call"),
    (Form::Ky, "a call of ky"),
    (Form::Ofetch, "a call of ofetch, or of `$fetch()` and `useFetch()` of Nuxt"),
    (Form::SuperAgent, "a call of superagent"),
    (Form::Axios, "a call of axios"),
    (Form::Angular, "a call of Angular's `HttpClient`"),
    (Form::JQuery, "a call of jQuery"),
    (Form::XmlHttpRequest, "calls of an XMLHttpRequest"),
    (Form::EventSource, "an `EventSource`"),
    (Form::Beacon, "a call of `navigator.sendBeacon()`"),
    (Form::WebSocket, "a `WebSocket`"),
    (Form::Element, "an element of HTML that fetches, such as `<img crossorigin>`"),
    (Form::Console, "lines of a browser's console"),
    (Form::Har, "a HAR"),
];

const NOTES: &[(&str, &str)] = &[
    ("copied-mode", "“Copy as fetch” always writes `\"mode\": \"cors\"`, so it is ignored"),
    ("copied-credentials", "“Copy as fetch” writes whether a cookie was sent, not what the page wrote"),
    ("status-supposed", "header lines have no status, so a successful one is assumed"),
    ("value-unknown", "a preflight names a header and does not have its value"),
    ("method-of-preflight", "the method is the one that a preflight asks for"),
    ("options-by-hand", "an `OPTIONS` that asks for no method is read as a preflight made by hand"),
    ("origin-of-referrer", "there is no `Origin`, so the referrer's origin is used"),
    ("cookie-sent", "a cookie was sent, so the credentials mode is assumed to be `include`"),
    (
        "cache-switched-off",
        "`Cache-Control` and `Pragma` are assumed to come from a browser whose cache is switched off",
    ),
    ("conditional-by-cache", "a conditional header is assumed to come from the browser's cache"),
    ("credentials-of-console", "a console says that credentials were sent, so the mode is assumed to be `include`"),
    ("method-of-console", "the method is the one that a console names"),
    ("header-of-console", "a console names a header of the request and does not have its value"),
    ("lines-left-out", "lines that are not part of the exchange are left out"),
    ("request-left-out", "a second request is left out: one fetch is read at a time"),
    ("expression-supposed", "the value of an expression is not known, so a value of its kind replaces it"),
    ("member-left-out", "a member of a call is left out because it changes nothing or is not known"),
    ("request-of-console", "a console shows a request and its status, and no headers"),
    ("refused-by-proxy", "a proxy refused `CONNECT`, so the server got no request"),
    ("status-alone", "a panel has the status of the response and none of its headers"),
    ("entities-decoded", "the text has entities of HTML, and is read with their characters"),
    ("no-answer", "the command got no answer, so CORS is not the cause yet"),
    ("head-not-printed", "the command got an answer and did not print its head"),
    ("command-failed", "the command ended with an error after the head"),
    // Those of `cors explain`.
    ("answers-no-preflight", "the answer to a request is left out, because a preflight comes first"),
    ("answers-preflight", "the answer to an `OPTIONS` is left out, because the request needs no preflight"),
    ("console-disagrees", "a console reports a failure, and by the heads there is none"),
    // Those of `cors har`.
    ("mode", "how the mode is known"),
    ("credentials-mode", "how the credentials mode is known"),
    ("preflight-in-cache", "an earlier preflight of the file allows the request"),
    ("relative-url", "the URL is relative, so it is resolved against the page's origin"),
];
