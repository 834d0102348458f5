//! Calls of Angular's `HttpClient`: `this.http.get(url, options)`, `this.http.put(url, body, options)`.

use fetch_cors::browser::request::CredentialsMode;

use crate::{
    error::MistakeKind,
    form::Form,
    note::NoteKind,
    request::{Api, PageBody, PageHeader, PageRequest, PageValue},
};

use super::{
    Call, Findings, Found, convert,
    value::{Data, Value},
};

/// Where a component or a service usually keeps the client.
const CLIENTS: [&str; 4] = ["this.http", "this._http", "this.httpClient", "this._httpClient"];
const READ: [&str; 4] = ["headers", "withCredentials", "reportProgress", "body"];
/// Options that do not change a request to another origin, except for its query.
const SILENT: [&str; 6] = ["observe", "responseType", "context", "params", "transferCache", "timeout"];

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
    let body = given.and_then(|given| body(given, &mut headers, findings));
    for member in options.map(Value::members).unwrap_or_default() {
        if !READ.contains(&&*member.name) && !SILENT.contains(&&*member.name) {
            findings.note(member.value.at, NoteKind::MemberLeftOut(member.name.clone()));
        }
    }
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

/// The body that the client makes of a value, with its type: text of a string, JSON of an object.
fn body(given: &Value, headers: &mut Vec<PageHeader>, findings: &mut Findings) -> Option<PageBody> {
    let (body, content_type) = match &given.data {
        Data::Object(_) | Data::Array(_) | Data::Expression(_) => {
            (Some(PageBody::Text(String::new())), Some("application/json"))
        }
        Data::Text { .. } => (convert::body(given, findings), Some("text/plain")),
        Data::Call { name, .. } if name == "JSON.stringify" => {
            (Some(PageBody::Text(String::new())), Some("text/plain"))
        }
        Data::Call { name, .. } if name == "new HttpParams" => {
            (Some(PageBody::Text(String::new())), Some("application/x-www-form-urlencoded;charset=UTF-8"))
        }
        _ => (convert::body(given, findings), None),
    };
    if let Data::Expression(expression) = &given.data {
        let supposed = format!("{expression}, taken for an object, which Angular sends as JSON");
        findings.note(given.at, NoteKind::ExpressionSupposed(supposed));
    }
    let has_own = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
    if let Some(content_type) = content_type.filter(|_| !has_own) {
        headers.push(PageHeader { name: "Content-Type".into(), value: PageValue::Given(content_type.into()) });
    }
    body
}
