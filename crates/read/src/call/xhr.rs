//! The calls of an XMLHttpRequest, one statement after the other.

use fetch_cors::browser::request::CredentialsMode;

use crate::{
    form::Form,
    request::{Api, PageRequest},
};

use super::{Call, Findings, Found, convert, value::Value};

/// A request that is opened and has a name.
#[derive(Debug, Default)]
pub(super) struct Xhr {
    request: PageRequest,
    opened: bool,
}

impl Xhr {
    /// Reads a call of this member; returns the request if the call sends it.
    pub(super) fn call(
        &mut self,
        member: &str,
        arguments: &[Value],
        end: usize,
        findings: &mut Findings,
    ) -> Option<Found> {
        match member {
            "open" => {
                self.opened = true;
                self.request.method = convert::method(arguments.first(), findings);
                self.request.url = arguments.get(1).and_then(|url| convert::url(url, None, findings));
            }
            "setRequestHeader" => {
                if let [name, value, ..] = arguments
                    && let Some(name) = name.text()
                {
                    self.request.headers.push(convert::header(name, value, findings));
                } else if let Some(name) = arguments.first() {
                    findings.mistake(name.at, crate::error::MistakeKind::NotData, &name.shown());
                }
            }
            "upload.addEventListener" => self.request.api = Some(Api::XmlHttpRequestWithUploadListener),
            "send" if self.opened => {
                self.request.body = arguments.first().and_then(|body| convert::body(body, findings));
                return Some(self.finish(end));
            }
            _ => {}
        }
        None
    }

    /// An assignment to this member.
    pub(super) fn assign(&mut self, member: &str, value: &Value) {
        if member == "withCredentials" && value.is_word("true") {
            self.request.credentials = Some(CredentialsMode::Include);
        } else if member.starts_with("upload.on") {
            self.request.api = Some(Api::XmlHttpRequestWithUploadListener);
        }
    }

    /// The request, if it was opened.
    pub(super) fn unsent(&mut self, end: usize) -> Option<Found> {
        self.opened.then(|| self.finish(end))
    }

    fn finish(&mut self, end: usize) -> Found {
        let mut request = core::mem::take(&mut self.request);
        request.api = request.api.or(Some(Api::XmlHttpRequest));
        Found { form: Form::XmlHttpRequest, request: Call::Written(Box::new(request)), end }
    }
}
