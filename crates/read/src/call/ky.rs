//! Clients around `fetch()` that take more members than it: ky, and ofetch with the functions of Nuxt.

use crate::{error::MistakeKind, form::Form, request::PageRequest};

use super::{
    Call, Findings, Found,
    client::{Client, note_left_out},
    convert, fetch,
    value::{Data, Value},
};

/// The clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Library {
    Ky,
    Ofetch,
}

/// Members that both take, or one of them, and that do not change a request to another origin.
const SILENT: [&str; 26] = [
    "retry",
    "timeout",
    "throwHttpErrors",
    "hooks",
    "searchParams",
    "parseJson",
    "stringifyJson",
    "fetch",
    "onDownloadProgress",
    "retryDelay",
    "retryStatusCodes",
    "responseType",
    "query",
    "params",
    "onRequest",
    "onRequestError",
    "onResponse",
    "onResponseError",
    "ignoreResponseError",
    "parseResponse",
    "server",
    "lazy",
    "immediate",
    "key",
    "watch",
    "transform",
];
/// Members of the base of a URL, the first of each library.
const BASES: [&str; 3] = ["prefixUrl", "prefix", "baseURL"];
const KY: Client = Client { name: "ky", type_of_text: "application/json" };
const OFETCH: Client = Client { name: "ofetch", type_of_text: "application/json" };

/// The method of `ky.put`; `None` for `ky` itself, and an error for any other member.
pub(super) fn method_of(member: Option<&str>) -> Result<Option<&'static str>, ()> {
    Ok(Some(match member {
        None => return Ok(None),
        Some("get") => "GET",
        Some("post") => "POST",
        Some("put") => "PUT",
        Some("patch") => "PATCH",
        Some("delete") => "DELETE",
        Some("head") => "HEAD",
        Some(_) => return Err(()),
    }))
}

/// Whether this function of ofetch, or of Nuxt, makes a request.
pub(super) fn is_ofetch(path: &str) -> bool {
    matches!(path, "$fetch" | "ofetch" | "$fetch.raw" | "ofetch.raw" | "useFetch" | "useLazyFetch")
}

/// A call of a library, of its member for a method, or of an instance that has options of its own.
pub(super) fn read(
    library: Library,
    method: Option<&str>,
    arguments: &[Value],
    instance: Option<&Value>,
    end: usize,
    findings: &mut Findings,
) -> Option<Found> {
    let (url, own) = (arguments.first()?, arguments.get(1));
    if let Some(own) = own
        && !matches!(own.data, Data::Object(_))
    {
        findings.mistake(own.at, MistakeKind::NotData, &own.shown());
    }
    let members = [instance, own].into_iter().flatten().flat_map(Value::members).cloned().collect();
    let init = Value { at: own.map_or(url.at, |own| own.at), data: Data::Object(members) };
    let base = BASES.iter().find_map(|base| init.member(base)).and_then(Value::text);
    let mut request = fetch::of_init(&without_body(&init), findings);
    let client = if library == Library::Ky { KY } else { OFETCH };
    match (library, init.member("json"), init.member("body")) {
        (Library::Ky, Some(json), _) => {
            let text = Value { at: json.at, data: Data::Call { name: "JSON.stringify".into(), arguments: Vec::new() } };
            request.body = client.body(&text, &mut request.headers, findings);
        }
        (Library::Ky, None, body) => request.body = body.and_then(|body| convert::body(body, findings)),
        (Library::Ofetch, _, body) => {
            request.body = body.and_then(|body| client.body(body, &mut request.headers, findings));
        }
    }
    // Both write methods in upper case.
    request.method = method.map(str::to_owned).or(request.method.map(|method| method.to_ascii_uppercase()));
    let read: Vec<&str> = fetch::READ.iter().chain(&BASES).copied().chain(["json"]).collect();
    let silent: Vec<&str> = fetch::SILENT.iter().chain(&SILENT).copied().collect();
    note_left_out(own, &read, &silent, findings);
    request = PageRequest { url: convert::url(url, base, findings), ..request };
    let form = if library == Library::Ky { Form::Ky } else { Form::Ofetch };
    Some(Found { form, request: Call::Written(Box::new(request)), end })
}

/// The init without a body, which the client itself reads.
fn without_body(init: &Value) -> Value {
    let members = init.members().iter().filter(|member| member.name != "body").cloned().collect();
    Value { at: init.at, data: Data::Object(members) }
}
