//! Calls of axios: `axios(config)`, `axios.post(url, data, config)`, and those of an instance.

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

/// Methods whose second argument is the data.
const WITH_DATA: [&str; 3] = ["post", "put", "patch"];
const WITHOUT_DATA: [&str; 5] = ["get", "delete", "head", "options", "request"];
const READ: [&str; 8] =
    ["url", "method", "baseURL", "headers", "data", "withCredentials", "onUploadProgress", "params"];
const SILENT: [&str; 6] = ["timeout", "responseType", "signal", "cancelToken", "onDownloadProgress", "validateStatus"];

/// Whether a member of axios, or of an instance, makes a request.
pub(super) fn makes_a_request(member: &str) -> bool {
    WITH_DATA.contains(&member) || WITHOUT_DATA.contains(&member)
}

/// A call of `axios` itself, of this member of it, or of an instance, which has a configuration of its own.
pub(super) fn read(
    member: Option<&str>,
    arguments: &[Value],
    instance: Option<&Value>,
    end: usize,
    findings: &mut Findings,
) -> Option<Found> {
    let first = arguments.first()?;
    let is_config = matches!(first.data, Data::Object(_));
    let with_data = member.is_some_and(|member| WITH_DATA.contains(&member));
    let url = if is_config { None } else { Some(first) };
    let config = match (is_config, with_data) {
        (true, _) => Some(first),
        (false, true) => arguments.get(2),
        (false, false) => arguments.get(1),
    };
    if let Some(config) = config
        && matches!(config.data, Data::Expression(_) | Data::Call { .. })
    {
        findings.mistake(config.at, MistakeKind::NotData, &config.shown());
    }
    let of = |name: &str| {
        let own = config.and_then(|config| config.member(name));
        own.or_else(|| instance.and_then(|instance| instance.member(name)))
    };
    let data = if with_data { arguments.get(1) } else { of("data") };
    let base = of("baseURL").and_then(Value::text).map(str::to_owned);
    let url = match url.or_else(|| config.and_then(|config| config.member("url"))) {
        Some(url) => convert::url(url, base.as_deref(), findings),
        None => base.clone(),
    };
    let mut headers = Vec::new();
    for config in [instance, config].into_iter().flatten() {
        for header in config.member("headers").map(|value| convert::headers(value, findings)).unwrap_or_default() {
            headers.retain(|other: &PageHeader| !other.name.eq_ignore_ascii_case(&header.name));
            headers.push(header);
        }
    }
    let body = data.and_then(|data| body(data, &mut headers, findings));
    let method = match member {
        Some(member) if member != "request" => Some(member.to_ascii_uppercase()),
        _ => convert::method(of("method"), findings).map(|method| method.to_ascii_uppercase()),
    };
    for member in config.map(Value::members).unwrap_or_default() {
        if !READ.contains(&&*member.name) && !SILENT.contains(&&*member.name) {
            findings.note(member.value.at, NoteKind::MemberLeftOut(member.name.clone()));
        }
    }
    let listens = of("onUploadProgress").is_some();
    let request = PageRequest {
        url,
        method,
        headers,
        body,
        api: Some(if listens { Api::XmlHttpRequestWithUploadListener } else { Api::XmlHttpRequest }),
        credentials: of("withCredentials").filter(|value| value.is_word("true")).map(|_| CredentialsMode::Include),
        ..PageRequest::default()
    };
    Some(Found { form: Form::Axios, request: Call::Written(Box::new(request)), end })
}

/// The body that axios makes of the data, with its type: JSON of an object, a form of a string.
fn body(data: &Value, headers: &mut Vec<PageHeader>, findings: &mut Findings) -> Option<PageBody> {
    let (body, content_type) = match &data.data {
        Data::Object(_) | Data::Array(_) | Data::Expression(_) => {
            (Some(PageBody::Text(String::new())), Some("application/json"))
        }
        Data::Text { .. } => (convert::body(data, findings), Some("application/x-www-form-urlencoded")),
        Data::Call { name, .. } if name == "JSON.stringify" => {
            (Some(PageBody::Text(String::new())), Some("application/x-www-form-urlencoded"))
        }
        _ => (convert::body(data, findings), None),
    };
    if let Data::Expression(expression) = &data.data {
        findings.note(
            data.at,
            NoteKind::ExpressionSupposed(format!("{expression}, taken for an object, which axios sends as JSON")),
        );
    }
    let has_own = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
    if let Some(content_type) = content_type.filter(|_| !has_own) {
        headers.push(PageHeader { name: "Content-Type".into(), value: PageValue::Given(content_type.into()) });
    }
    body
}
