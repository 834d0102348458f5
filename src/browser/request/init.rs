//! The requests of `fetch()` and XMLHttpRequest, with the checks that throw before anything is sent.

use core::{error, fmt};

use super::{
    Body, CredentialsMode, Doubles, HeadersGuard, RedirectMode, ReferrerPolicy, Request, RequestHeaders, RequestMode,
    UnsafeRequestFlag, UseCorsPreflightFlag,
};
use crate::{
    browser::url::{Url, UrlCredentials},
    header::{self, Header, HeaderName, Headers, InvalidHeaderName, InvalidHeaderValue},
    method::{InvalidMethod, Method},
    origin::Origin,
    spec::{Algorithm, Step},
};

/// What a page gives to `fetch()`, or to `new Request(input, init)`.
///
/// A later version may have more fields: end it with `..RequestInit::default()`.
///
/// <https://fetch.spec.whatwg.org/#requestinit>
///
/// ```
/// use fetch_cors::{browser::{BodyInit, RequestInit, Url}, header::Headers, origin::Origin};
///
/// let page = Origin::parse("https://app.example").unwrap();
/// let url = Url::new("https://api.example/items").unwrap();
/// let init = RequestInit { method: "post", body: Some(BodyInit::Text), ..RequestInit::default() };
/// let request = init.request(url, page).unwrap();
/// assert_eq!(request.method().as_str(), "POST");
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "users fill it with `..`, which `non_exhaustive` forbids")]
pub struct RequestInit<'a> {
    /// The method, as the page wrote it.
    pub method: &'a str,
    /// The headers, in order, with doubles.
    pub headers: Headers<'a>,
    /// The body.
    pub body: Option<BodyInit<'a>>,
    /// The mode; `fetch()` uses "cors" where the page gives none.
    pub mode: RequestMode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// The redirect mode.
    pub redirect: RedirectMode,
    /// The referrer policy.
    pub referrer_policy: ReferrerPolicy,
}

impl Default for RequestInit<'_> {
    fn default() -> Self {
        RequestInit {
            method: "GET",
            headers: Headers::EMPTY,
            body: None,
            mode: RequestMode::Cors,
            credentials: CredentialsMode::SameOrigin,
            redirect: RedirectMode::Follow,
            referrer_policy: ReferrerPolicy::Empty,
        }
    }
}

/// A body as a page gives it: what matters of it is the `Content-Type` it brings along, and whether it can be sent twice.
///
/// <https://fetch.spec.whatwg.org/#bodyinit-unions>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyInit<'a> {
    /// A string.
    Text,
    /// A `URLSearchParams`.
    UrlSearchParams,
    /// A `FormData`.
    FormData,
    /// A `Blob` with its `type`, which its constructor has put into lower case, and which may be empty.
    Blob(&'a str),
    /// An `ArrayBuffer` or a view on one.
    Bytes,
    /// A `ReadableStream`.
    Stream,
}

impl<'a> BodyInit<'a> {
    /// The type that goes along with the body.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-bodyinit-extract>
    pub fn content_type(self) -> Option<&'a [u8]> {
        match self {
            BodyInit::Text => Some(b"text/plain;charset=UTF-8"),
            BodyInit::UrlSearchParams => Some(b"application/x-www-form-urlencoded;charset=UTF-8"),
            // AD-HOC: boundaries are made up by the browser; this one is of Chromium's form and length.
            BodyInit::FormData => Some(b"multipart/form-data; boundary=----WebKitFormBoundaryAAAAAAAAAAAAAAAA"),
            // A type with other characters is no type: <https://w3c.github.io/FileAPI/#constructorBlob>.
            BodyInit::Blob(content_type) if content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                Some(content_type.as_bytes()).filter(|content_type| !content_type.is_empty())
            }
            BodyInit::Blob(_) | BodyInit::Bytes | BodyInit::Stream => None,
        }
    }

    const fn body(self) -> Body {
        match self {
            BodyInit::Stream => Body::WithoutSource,
            _ => Body::WithSource,
        }
    }
}

impl<'a> RequestInit<'a> {
    /// The request that `fetch(url, init)` makes on a page of `origin`, or what it throws.
    ///
    /// <https://fetch.spec.whatwg.org/#dom-request>
    pub fn request(self, url: Url<'a>, origin: Origin<'a>) -> Result<Request<'a>, RequestError<'a>> {
        use RequestErrorReason::*;
        // 5.3.
        if url.credentials() == UrlCredentials::Present {
            return Err(thrown("5.3", UrlIncludesCredentials));
        }
        // 17.
        if self.mode == RequestMode::Navigate {
            return Err(thrown("17", ModeNavigate));
        }
        // AD-HOC: a script has no name for these modes, so Web IDL throws before the first step.
        if matches!(self.mode, RequestMode::WebSocket | RequestMode::WebTransport) {
            return Err(thrown("1", ModeUnknown { mode: self.mode }));
        }
        // 25.
        let method =
            Method::new(self.method).map_err(|error| thrown("25.2", InvalidMethod { method: self.method, error }))?;
        if method.is_forbidden() {
            return Err(thrown("25.2", ForbiddenMethod { method }));
        }
        let method = method.normalize();
        // 32.
        let guard = if self.mode == RequestMode::NoCors {
            if !method.is_cors_safelisted() {
                return Err(thrown("32.1", MethodInNoCors { method }));
            }
            HeadersGuard::RequestNoCors
        } else {
            HeadersGuard::Request
        };
        // 33.
        let invalid = find_invalid_header(self.headers);
        if let Some(reason) = invalid {
            return Err(thrown("33.5", reason));
        }
        // 35.
        if self.body.is_some() && (method == Method::GET || method == Method::HEAD) {
            return Err(thrown("35", BodyWithGetOrHead { method }));
        }
        // 39.
        let stream = self.body == Some(BodyInit::Stream);
        if stream && !matches!(self.mode, RequestMode::SameOrigin | RequestMode::Cors) {
            return Err(thrown("39.2", StreamInMode { mode: self.mode }));
        }
        let use_cors_preflight_flag =
            if stream { UseCorsPreflightFlag::SetByStream } else { UseCorsPreflightFlag::Unset };
        // 33 and 37, as they are read; the default `Accept` is fetch's own 12th step.
        let headers = RequestHeaders::new(self.headers)
            .with_guard(guard)
            .with_content_type(self.body.and_then(BodyInit::content_type))
            .with_accept(Some(b"*/*"));
        Ok(Request::new(url, origin)
            .with_method(method)
            .with_headers(headers)
            .with_mode(self.mode)
            .with_credentials_mode(self.credentials)
            .with_redirect_mode(self.redirect)
            .with_referrer_policy(self.referrer_policy)
            .with_body(self.body.map_or(Body::None, BodyInit::body))
            .with_unsafe_request_flag(UnsafeRequestFlag::Set)
            .with_use_cors_preflight_flag(use_cors_preflight_flag))
    }
}

/// What a page gives to an `XMLHttpRequest`: `open(method, url)`, `setRequestHeader(name, value)` and `send(body)`.
///
/// A later version may have more fields: end it with `..XhrInit::default()`.
///
/// <https://xhr.spec.whatwg.org/>
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "users fill it with `..`, which `non_exhaustive` forbids")]
pub struct XhrInit<'a> {
    /// The method given to `open()`, as the page wrote it.
    pub method: &'a str,
    /// The calls of `setRequestHeader()`, in order.
    pub headers: Headers<'a>,
    /// The body given to `send()`; a `GET` or `HEAD` has none whatever is given.
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
    /// The request that `send()` makes on a page of `origin`, or what `open()`, `setRequestHeader()` or `send()` throw.
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
        // AD-HOC: a stream is no `XMLHttpRequestBodyInit`, so Web IDL throws before the first step.
        if self.body == Some(BodyInit::Stream) {
            return Err(RequestError { step: Step::new(Algorithm::XhrSend, "1"), reason: StreamInXhr });
        }
        // `send()`, 3.
        let body = self.body.filter(|_| method != Method::GET && method != Method::HEAD);
        let headers = RequestHeaders::new(self.headers)
            .with_guard(HeadersGuard::Request)
            .with_doubles(Doubles::Combine)
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

fn find_invalid_header(headers: Headers<'_>) -> Option<RequestErrorReason<'_>> {
    headers.iter().find_map(|Header { name, value }| {
        if let Err(error) = HeaderName::new(name.as_str()) {
            return Some(RequestErrorReason::InvalidHeaderName { name: name.as_str(), error });
        }
        // Normalizing takes HTTP whitespace off both ends first.
        let error = header::check_header_value(crate::grammar::trim_http_whitespace(value)).err()?;
        Some(RequestErrorReason::InvalidHeaderValue { name, error })
    })
}

fn thrown<'a>(number: &'static str, reason: RequestErrorReason<'a>) -> RequestError<'a> {
    RequestError { step: Step::new(Algorithm::RequestConstructor, number), reason }
}

/// What a page is thrown before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RequestError<'a> {
    /// The step that throws.
    pub step: Step,
    /// Why.
    pub reason: RequestErrorReason<'a>,
}

/// Why a call throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorReason<'a> {
    /// The URL has a user name or a password.
    UrlIncludesCredentials,
    /// Only a browser navigates.
    ModeNavigate,
    /// Scripts have no name for this mode.
    ModeUnknown {
        /// The mode.
        mode: RequestMode,
    },
    /// The method is no token.
    InvalidMethod {
        /// The method.
        method: &'a str,
        /// Where it is none.
        error: InvalidMethod,
    },
    /// The method is `CONNECT`, `TRACE` or `TRACK`.
    ForbiddenMethod {
        /// The method.
        method: Method<'a>,
    },
    /// In mode "no-cors" the method is not `GET`, `HEAD` or `POST`.
    MethodInNoCors {
        /// The method.
        method: Method<'a>,
    },
    /// A header's name is no token.
    InvalidHeaderName {
        /// The name.
        name: &'a str,
        /// Where it is none.
        error: InvalidHeaderName,
    },
    /// A header's value cannot be one.
    InvalidHeaderValue {
        /// The header.
        name: HeaderName<'a>,
        /// Where its value cannot be one.
        error: InvalidHeaderValue,
    },
    /// A `GET` or `HEAD` has a body.
    BodyWithGetOrHead {
        /// The method.
        method: Method<'a>,
    },
    /// The body is a stream, and the mode neither "same-origin" nor "cors".
    StreamInMode {
        /// The mode.
        mode: RequestMode,
    },
    /// XMLHttpRequest sends no streams.
    StreamInXhr,
}

impl fmt::Display for RequestErrorReason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use RequestErrorReason::*;
        match self {
            UrlIncludesCredentials => formatter.write_str("the URL has a user name or a password"),
            ModeNavigate => formatter.write_str("the mode `navigate` is the browser's own"),
            ModeUnknown { mode } => write!(formatter, "scripts have no mode `{mode}`"),
            InvalidMethod { method, error } => write!(formatter, "`{}`: {error}", method.escape_default()),
            ForbiddenMethod { method } => write!(formatter, "the method `{method}` is forbidden"),
            MethodInNoCors { method } => write!(formatter, "the mode `no-cors` has no method `{method}`"),
            InvalidHeaderName { name, error } => write!(formatter, "`{}`: {error}", name.escape_default()),
            InvalidHeaderValue { name, error } => write!(formatter, "`{name}`: {error}"),
            BodyWithGetOrHead { method } => write!(formatter, "a `{method}` has no body"),
            StreamInMode { mode } => write!(formatter, "a stream is not sent in mode `{mode}`"),
            StreamInXhr => formatter.write_str("XMLHttpRequest sends no stream"),
        }
    }
}

impl fmt::Display for RequestError<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.reason, formatter)
    }
}

impl error::Error for RequestError<'_> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.reason {
            RequestErrorReason::InvalidMethod { error, .. } => Some(error),
            RequestErrorReason::InvalidHeaderName { error, .. } => Some(error),
            RequestErrorReason::InvalidHeaderValue { error, .. } => Some(error),
            _ => None,
        }
    }
}
