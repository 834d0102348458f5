//! Calls of superagent: `request.post(url).set(name, value).send(data)`.

use fetch_cors::browser::request::CredentialsMode;

use crate::{
    form::Form,
    note::NoteKind,
    request::{Api, PageBody, PageHeader, PageRequest, PageValue},
};

use super::{
    Call, Findings, Found,
    client::Client,
    convert,
    value::{Data, Value, Values},
};

const CLIENT: Client = Client { name: "superagent", type_of_text: "application/x-www-form-urlencoded" };
/// Calls in the chain that do not change a request to another origin.
const SILENT: [&str; 17] = [
    "then",
    "end",
    "catch",
    "finally",
    "query",
    "timeout",
    "retry",
    "responseType",
    "ok",
    "on",
    "redirects",
    "parse",
    "use",
    "buffer",
    "accept",
    "sortQuery",
    "once",
];

/// A function of superagent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// `superagent`, whose first argument is the method.
    Itself,
    Method(&'static str),
}

/// The function of a path, as `request.post`.
pub(super) fn function(path: &str) -> Option<Function> {
    let (object, member) = path.rsplit_once('.').map_or((path, None), |(object, member)| (object, Some(member)));
    if !matches!(object, "superagent" | "request" | "agent") || object == "agent" && member.is_none() {
        return None;
    }
    Some(Function::Method(match member {
        None => return Some(Function::Itself),
        Some("get") => "GET",
        Some("post") => "POST",
        Some("put") => "PUT",
        Some("patch") => "PATCH",
        Some("del" | "delete") => "DELETE",
        Some("head") => "HEAD",
        Some("options") => "OPTIONS",
        Some(_) => return None,
    }))
}

/// Reads the call, and those chained to it.
pub(super) fn read(
    function: Function,
    arguments: &[Value],
    values: &mut Values<'_>,
    findings: &mut Findings,
) -> Option<Found> {
    let (method, url) = match (function, arguments) {
        (Function::Method(method), [url, ..]) => (method.to_owned(), url),
        (Function::Itself, [method, url, ..]) => (method.text()?.to_ascii_uppercase(), url),
        (Function::Itself, [url]) => ("GET".to_owned(), url),
        _ => return None,
    };
    let mut request = PageRequest {
        url: convert::url(url, None, findings),
        method: Some(method),
        api: Some(Api::XmlHttpRequest),
        ..PageRequest::default()
    };
    let mut data = None;
    while let Some((at, name)) = values.chained() {
        let Some(arguments) = values.arguments() else { break };
        match (name, arguments.as_slice()) {
            ("set", [headers @ Value { data: Data::Object(_), .. }]) => {
                request.headers.extend(convert::headers(headers, findings));
            }
            ("set", [name, value]) if name.text().is_some() => {
                request.headers.push(convert::header(name.text().unwrap_or_default(), value, findings));
            }
            ("type", [kind]) => request.headers.extend(kind.text().map(content_type)),
            ("auth", [..]) => {
                let value = PageValue::Given("Basic \u{2026}".into());
                request.headers.push(PageHeader { name: "Authorization".into(), value });
            }
            ("withCredentials", []) => request.credentials = Some(CredentialsMode::Include),
            ("send", [sent]) => data = data.or(Some(sent.clone())),
            ("attach" | "field", _) => request.body = Some(PageBody::FormData),
            ("on", [event, ..]) if event.text() == Some("progress") => {
                request.api = Some(Api::XmlHttpRequestWithUploadListener);
            }
            (silent, _) if SILENT.contains(&silent) => {}
            (other, _) => findings.note(at, NoteKind::MemberLeftOut(other.to_owned())),
        }
    }
    if let Some(data) = data {
        request.body = CLIENT.body(&data, &mut request.headers, findings);
    }
    Some(Found { form: Form::SuperAgent, request: Call::Written(Box::new(request)), end: values.end() })
}

impl<'t> Values<'t> {
    /// The name of a call that is chained to the last one, as `.set(`, and its offset.
    pub(super) fn chained(&mut self) -> Option<(usize, &'t str)> {
        let (name, at) = (self.word_at(self.at + 1)?, self.offset());
        (self.is_sign('.') && self.sign_at(self.at + 2, '(')).then(|| self.at += 2)?;
        Some((at, name))
    }
}

/// The header of `type('json')`.
fn content_type(kind: &str) -> PageHeader {
    let value = match kind {
        "json" => "application/json",
        "form" | "form-data" | "urlencoded" => "application/x-www-form-urlencoded",
        "html" => "text/html",
        "xml" => "text/xml",
        "text" => "text/plain",
        other => other,
    };
    PageHeader { name: "Content-Type".into(), value: PageValue::Given(value.into()) }
}
