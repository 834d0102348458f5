//! Calls of Angular's `HttpClient`: `this.http.get(url, options)`, `this.http.put(url, body, options)`.

use fetch_cors::browser::request::CredentialsMode;

use crate::{
    error::MistakeKind,
    form::Form,
    request::{Api, PageRequest},
};

use super::{
    Call, Findings, Found,
    client::{Client, note_left_out},
    convert,
    value::{Data, Value},
};

/// Where a component or a service usually keeps the client.
const CLIENTS: [&str; 4] = ["this.http", "this._http", "this.httpClient", "this._httpClient"];
const READ: [&str; 4] = ["headers", "withCredentials", "reportProgress", "body"];
/// Options that do not change a request to another origin, except for its query.
const SILENT: [&str; 6] = ["observe", "responseType", "context", "params", "transferCache", "timeout"];

/// A string is a text.
const CLIENT: Client = Client { name: "Angular", type_of_text: "text/plain" };

/// A method of the client, with the places of its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Function {
    /// `None` for `request`, whose first argument it is.
    method: Option<&'static str>,
    has_body: bool,
}

/// The method of a path, as `this.http.get`.
pub(super) fn function(path: &str) -> Option<Function> {
    let (object, member) = path.rsplit_once('.')?;
    let (method, has_body) = match member {
        "get" => ("GET", false),
        "head" => ("HEAD", false),
        "delete" => ("DELETE", false),
        "options" => ("OPTIONS", false),
        "post" => ("POST", true),
        "put" => ("PUT", true),
        "patch" => ("PATCH", true),
        "request" => return CLIENTS.contains(&object).then_some(Function { method: None, has_body: false }),
        _ => return None,
    };
    CLIENTS.contains(&object).then_some(Function { method: Some(method), has_body })
}

/// A call of the method.
pub(super) fn read(function: Function, arguments: &[Value], end: usize, findings: &mut Findings) -> Option<Found> {
    let (method, arguments) = match function.method {
        Some(method) => (Some(method.to_owned()), arguments),
        None => (convert::method(arguments.first(), findings), arguments.get(1..)?),
    };
    let url = convert::url(arguments.first()?, None, findings);
    let options = arguments.get(if function.has_body { 2 } else { 1 });
    if let Some(options) = options
        && matches!(options.data, Data::Expression(_) | Data::Call { .. })
    {
        findings.mistake(options.at, MistakeKind::NotData, &options.shown());
    }
    let of = |name: &str| options.and_then(|options| options.member(name));
    let mut headers = of("headers").map(|value| convert::headers(value, findings)).unwrap_or_default();
    let given = if function.has_body { arguments.get(1) } else { of("body") };
    let body = given.and_then(|given| CLIENT.body(given, &mut headers, findings));
    note_left_out(options, &READ, &SILENT, findings);
    let is_true = |name: &str| of(name).is_some_and(|value| value.is_word("true"));
    // The client listens to the upload only if there is one.
    let listens = is_true("reportProgress") && body.is_some();
    let request = PageRequest {
        url,
        method,
        headers,
        body,
        api: Some(if listens { Api::XmlHttpRequestWithUploadListener } else { Api::XmlHttpRequest }),
        credentials: is_true("withCredentials").then_some(CredentialsMode::Include),
        ..PageRequest::default()
    };
    Some(Found { form: Form::Angular, request: Call::Written(Box::new(request)), end })
}
