//! Calls of jQuery: `$.ajax(settings)`, `$.get(url, data)`, `$.getJSON(url, data)`, `$.post(url, data)`.

use fetch_cors::browser::request::{CredentialsMode, RequestMode};

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

const READ: [&str; 9] =
    ["url", "type", "method", "data", "headers", "contentType", "dataType", "processData", "xhrFields"];
/// Settings that do not change a request to another origin.
const SILENT: [&str; 14] = [
    "async",
    "cache",
    "complete",
    "context",
    "crossDomain",
    "dataFilter",
    "error",
    "fail",
    "ifModified",
    "global",
    "success",
    "done",
    "timeout",
    "statusCode",
];
const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

/// The functions of jQuery that make requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Ajax,
    Get,
    GetJson,
    GetScript,
    Post,
}

/// The function of a path, as `$.ajax`.
pub(super) fn function(path: &str) -> Option<Function> {
    let (object, member) = path.rsplit_once('.')?;
    if !matches!(object, "$" | "jQuery" | "window.$" | "window.jQuery") {
        return None;
    }
    Some(match member {
        "ajax" => Function::Ajax,
        "get" => Function::Get,
        "getJSON" => Function::GetJson,
        "getScript" => Function::GetScript,
        "post" => Function::Post,
        _ => return None,
    })
}

/// The settings, from any form of the arguments.
struct Given<'v> {
    url: Option<&'v Value>,
    settings: Option<&'v Value>,
    data: Option<&'v Value>,
    data_type: Option<&'v str>,
}

impl<'v> Given<'v> {
    fn of(function: Function, arguments: &'v [Value], findings: &mut Findings) -> Option<Self> {
        let first = arguments.first()?;
        let is_settings = |value: &&Value| matches!(value.data, Data::Object(_));
        let settings = match function {
            Function::GetJson | Function::GetScript => None,
            _ => Some(first).filter(is_settings).or_else(|| arguments.get(1).filter(|_| function == Function::Ajax)),
        };
        if let Some(settings) = settings.filter(|settings| !is_settings(settings)) {
            findings.mistake(settings.at, MistakeKind::NotData, &settings.shown());
        }
        let member = |name: &str| settings.and_then(|settings| settings.member(name));
        let own = arguments.get(1).filter(|value| function != Function::Ajax && !is_function(value));
        let last = arguments.iter().skip(1).rev().find_map(Value::text).filter(|text| !text.contains('='));
        Some(Given {
            url: member("url").or(Some(first).filter(|first| !is_settings(first))),
            settings,
            data: if settings.is_some() { member("data") } else { own },
            data_type: match function {
                Function::GetJson => Some("json"),
                Function::GetScript => Some("script"),
                _ if settings.is_some() => member("dataType").and_then(Value::text),
                _ => last,
            },
        })
    }

    fn member(&self, name: &str) -> Option<&'v Value> {
        self.settings?.member(name)
    }
}

/// Whether a value is a function that is called with the response.
fn is_function(value: &Value) -> bool {
    match &value.data {
        Data::Expression(text) => text.contains("=>") || text.contains("function"),
        Data::Call { name, .. } => name == "function",
        _ => false,
    }
}

pub(super) fn read(function: Function, arguments: &[Value], end: usize, findings: &mut Findings) -> Option<Found> {
    let given = Given::of(function, arguments, findings)?;
    let url = given.url.and_then(|url| convert::url(url, None, findings));
    let written = given.member("method").or_else(|| given.member("type"));
    let default = if function == Function::Post { "POST" } else { "GET" };
    let method = convert::method(written, findings).unwrap_or_else(|| default.into()).to_ascii_uppercase();
    for member in given.settings.map(Value::members).unwrap_or_default() {
        if !READ.contains(&&*member.name) && !SILENT.contains(&&*member.name) {
            findings.note(member.value.at, NoteKind::MemberLeftOut(member.name.clone()));
        }
    }
    let is_jsonp = given.data_type == Some("jsonp") || url.as_deref().is_some_and(|url| url.contains("=?"));
    if is_jsonp || given.data_type == Some("script") {
        return Some(script(url, end));
    }
    let mut headers = given.member("headers").map(|value| convert::headers(value, findings)).unwrap_or_default();
    let has_content = !matches!(&*method, "GET" | "HEAD");
    let data = given.data.filter(|_| has_content);
    let body = data.and_then(|data| match &data.data {
        // jQuery makes a query of it.
        Data::Object(_) | Data::Array(_) => Some(PageBody::Text(String::new())),
        _ => convert::body(data, findings),
    });
    let has_own = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
    let content_type = match given.member("contentType") {
        Some(value) if value.is_word("false") => None,
        Some(value) if value.is_word("true") => body.as_ref().map(|_| FORM),
        // A type that is written is also sent without a body.
        Some(value) => value.text().or_else(|| {
            findings.mistake(value.at, MistakeKind::NotData, &value.shown());
            None
        }),
        None => body.as_ref().map(|_| FORM),
    };
    if let Some(content_type) = content_type.filter(|_| !has_own) {
        let value = PageValue::Given(content_type.as_bytes().to_vec());
        headers.push(PageHeader { name: "Content-Type".into(), value });
    }
    let with_credentials = given.member("xhrFields").and_then(|fields| fields.member("withCredentials"));
    let request = PageRequest {
        url,
        method: Some(method),
        headers,
        body,
        api: Some(Api::XmlHttpRequest),
        credentials: with_credentials.filter(|value| value.is_word("true")).map(|_| CredentialsMode::Include),
        ..PageRequest::default()
    };
    Some(Found { form: Form::JQuery, request: Call::Written(Box::new(request)), end })
}

/// JSONP, or a script of another origin. An element fetches it, without CORS.
fn script(url: Option<String>, end: usize) -> Found {
    let request = PageRequest {
        url: url.map(|url| url.replace("=?", "=callback")),
        mode: Some(RequestMode::NoCors),
        destination: Some("script".into()),
        api: Some(Api::Element),
        ..PageRequest::default()
    };
    Found { form: Form::JQuery, request: Call::Written(Box::new(request)), end }
}
