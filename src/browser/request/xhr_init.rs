//! The requests of XMLHttpRequest, with the checks that throw before anything is sent.

use super::{
    Body, BodyInit, CredentialsMode, DuplicateNames, HeadersGuard, Request, RequestError, RequestErrorReason,
    RequestHeaders, RequestMode, UnsafeRequestFlag, UseCorsPreflightFlag, charset::EncodedBody,
    error::find_invalid_header,
};
use crate::{
    browser::url::Url,
    header::Headers,
    method::Method,
    origin::Origin,
    spec::{Algorithm, Step},
};

/// The settings of an `XMLHttpRequest`: `open(method, url)`, `setRequestHeader(name, value)` and `send(body)`.
///
/// <https://xhr.spec.whatwg.org/>
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "users fill it with `..`, which `non_exhaustive` forbids")]
pub struct XhrInit<'a> {
    /// The method given to `open()`, as the page wrote it.
    pub method: &'a str,
    /// The calls of `setRequestHeader()`, in order.
    pub headers: Headers<'a>,
    /// The body given to `send()`; it is ignored for `GET` and `HEAD`.
    pub body: Option<BodyInit<'a>>,
    /// The attribute `withCredentials`.
    pub with_credentials: XhrCredentials,
    /// Whether `upload` has a listener.
    pub upload_listener: UploadListener,
}

impl Default for XhrInit<'_> {
    fn default() -> Self {
        XhrInit {
            method: "GET",
            headers: Headers::EMPTY,
            body: None,
            with_credentials: XhrCredentials::SameOrigin,
            upload_listener: UploadListener::Absent,
        }
    }
}

/// The attribute `withCredentials`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum XhrCredentials {
    /// `false`
    SameOrigin,
    /// `true`
    Include,
}

/// Whether an `XMLHttpRequestUpload` has a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum UploadListener {
    /// It has none.
    Absent,
    /// It has one.
    Present,
}

impl<'a> XhrInit<'a> {
    /// The request that `send()` makes on a page of `origin`, or the exception of `open()`, `setRequestHeader()` or `send()`.
    ///
    /// <https://xhr.spec.whatwg.org/#the-send()-method>
    pub fn request(self, url: Url<'a>, origin: Origin<'a>) -> Result<Request<'a>, RequestError<'a>> {
        use RequestErrorReason::*;
        let open = |number, reason| RequestError { step: Step::new(Algorithm::XhrOpen, number), reason };
        // `open()`, 2–4.
        let method =
            Method::new(self.method).map_err(|error| open("2", InvalidMethod { method: self.method, error }))?;
        if method.is_forbidden() {
            return Err(open("3", ForbiddenMethod { method }));
        }
        let method = method.normalize();
        // `setRequestHeader()`, 4.
        if let Some(reason) = find_invalid_header(self.headers) {
            return Err(RequestError { step: Step::new(Algorithm::XhrSetRequestHeader, "4"), reason });
        }
        // `send()`, 3.
        let body = self.body.filter(|_| method != Method::GET && method != Method::HEAD);
        // AD-HOC: a stream is not an `XMLHttpRequestBodyInit`, so Web IDL makes a string of it.
        let body = body.map(|body| if body == BodyInit::Stream { BodyInit::Text } else { body });
        // 4.5.
        let encoded_body = match body {
            Some(BodyInit::Text | BodyInit::Document(_)) => EncodedBody::Text,
            Some(BodyInit::UrlSearchParams) => EncodedBody::UrlSearchParams,
            _ => EncodedBody::No,
        };
        let headers = RequestHeaders::new(self.headers)
            .with_guard(HeadersGuard::Request)
            .with_duplicate_names(DuplicateNames::Combine)
            .with_encoded_body(encoded_body)
            .with_content_type(body.and_then(BodyInit::content_type))
            .with_accept(Some(b"*/*"));
        Ok(Request::new(url, origin)
            .with_method(method)
            .with_headers(headers)
            .with_mode(RequestMode::Cors)
            .with_credentials_mode(match self.with_credentials {
                XhrCredentials::SameOrigin => CredentialsMode::SameOrigin,
                XhrCredentials::Include => CredentialsMode::Include,
            })
            .with_body(body.map_or(Body::None, BodyInit::body))
            .with_unsafe_request_flag(UnsafeRequestFlag::Set)
            .with_use_cors_preflight_flag(match self.upload_listener {
                UploadListener::Absent => UseCorsPreflightFlag::Unset,
                UploadListener::Present => UseCorsPreflightFlag::SetByUploadListener,
            }))
    }
}
