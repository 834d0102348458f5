//! APIs of browsers other than `fetch()` and XMLHttpRequest: `new EventSource(url)`, `navigator.sendBeacon(url, data)`,
//! `new WebSocket(url)`.

use fetch_cors::browser::request::{CredentialsMode, RequestMode};

use crate::{
    form::Form,
    request::{Api, PageBody, PageHeader, PageRequest, PageValue},
};

use super::{Call, Findings, Found, convert, value::Value};

/// The functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    EventSource,
    Beacon,
    WebSocket,
}

/// The function of a path.
pub(super) fn function(path: &str) -> Option<Function> {
    Some(match path.strip_prefix("window.").unwrap_or(path) {
        "EventSource" => Function::EventSource,
        "navigator.sendBeacon" => Function::Beacon,
        "WebSocket" => Function::WebSocket,
        _ => return None,
    })
}

pub(super) fn read(function: Function, arguments: &[Value], end: usize, findings: &mut Findings) -> Option<Found> {
    let url = convert::url(arguments.first()?, None, findings);
    let second = arguments.get(1);
    let mut request = PageRequest { url, ..PageRequest::default() };
    let form = match function {
        Function::EventSource => {
            let with_credentials = second.and_then(|init| init.member("withCredentials"));
            request.credentials =
                with_credentials.filter(|value| value.is_word("true")).map(|_| CredentialsMode::Include);
            request.api = Some(Api::EventSource);
            Form::EventSource
        }
        Function::Beacon => {
            request.api = Some(Api::Beacon);
            request.body = second.and_then(|data| convert::body(data, findings));
            // The types of strings and forms need no CORS, and that of a `Blob` may.
            if let Some(PageBody::Blob(kind)) =
                request.body.as_ref().filter(|body| **body != PageBody::Blob(String::new()))
            {
                let value = PageValue::Given(kind.clone().into_bytes());
                request.headers.push(PageHeader { name: "Content-Type".into(), value });
            }
            Form::Beacon
        }
        Function::WebSocket => {
            request.api = Some(Api::WebSocket);
            request.mode = Some(RequestMode::WebSocket);
            Form::WebSocket
        }
    };
    Some(Found { form, request: Call::Written(Box::new(request)), end })
}
