//! Calls of axios: `axios(config)`, `axios.post(url, data, config)`, and those of an instance.

use fetch_cors::browser::request::CredentialsMode;

use crate::{
    error::MistakeKind,
    form::Form,
    request::{Api, PageHeader, PageRequest},
};

use super::{
    Call, Findings, Found,
    client::{Client, note_left_out},
    convert,
    value::{Data, Value},
};

/// Methods whose second argument is the data.
const WITH_DATA: [&str; 3] = ["post", "put", "patch"];
const WITHOUT_DATA: [&str; 5] = ["get", "delete", "head", "options", "request"];
const READ: [&str; 8] =
    ["url", "method", "baseURL", "headers", "data", "withCredentials", "onUploadProgress", "params"];
/// A string is a form.
const CLIENT: Client = Client { name: "axios", type_of_text: "application/x-www-form-urlencoded" };
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
    let body = data.and_then(|data| CLIENT.body(data, &mut headers, findings));
    let method = match member {
        Some(member) if member != "request" => Some(member.to_ascii_uppercase()),
        _ => convert::method(of("method"), findings).map(|method| method.to_ascii_uppercase()),
    };
    note_left_out(config, &READ, &SILENT, findings);
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
