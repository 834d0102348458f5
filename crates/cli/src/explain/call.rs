//! The page's call: what the command line says, or else what the input has.

use fetch_cors::{
    browser::{
        Profile, Request, RequestInit, Url, XhrInit,
        request::{
            Body, BodyInit, CacheMode, CredentialsMode, Duplex, Keepalive, RedirectMode, ReferrerPolicy, RequestError,
            RequestHeaders, RequestMode, UploadListener, XhrCredentials,
        },
        safelist::cors_safelisted_request_header,
    },
    header::{HeaderName, Headers},
    method::Method,
    origin::Origin,
};
use fetch_cors_read::{Api, PageBody, PageHeader, PageRequest};

use super::args::Arguments;
use crate::exchange::Kind;

/// A page's complete call.
#[derive(Clone, Debug)]
pub struct Call {
    pub kind: Kind,
    pub method: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Option<PageBody>,
    pub mode: RequestMode,
    pub credentials: CredentialsMode,
    pub redirect: RedirectMode,
    pub referrer_policy: ReferrerPolicy,
    pub cache: CacheMode,
    pub keepalive: Keepalive,
    pub upload_listener: UploadListener,
}

impl Call {
    /// The call, or all mistakes in it.
    pub fn of(arguments: &Arguments, read: &PageRequest) -> Result<Self, Vec<String>> {
        let kind = arguments.kind.unwrap_or_else(|| kind_of(arguments, read));
        let mut defaults = kind.defaults();
        let body = match (&arguments.body, arguments.stream) {
            (Some(text), _) => Some(PageBody::Text(text.clone())),
            (None, true) => Some(PageBody::Stream),
            (None, false) => read.body.clone().filter(|_| kind.has_body()),
        };
        let headers = headers(arguments, read, kind);
        if kind == Kind::Form && body.is_some() || kind == Kind::Xhr && body.is_some() && read.method.is_none() {
            defaults.method = "POST";
        }
        let of_input =
            read.mode.filter(|_| kind == Kind::Fetch || kind.has_crossorigin() && read.api == Some(Api::Element));
        let mode = arguments.mode.or(of_input);
        if kind.has_crossorigin() && mode == Some(RequestMode::Cors) {
            // `crossorigin` without a value is `anonymous`.
            defaults.credentials = CredentialsMode::SameOrigin;
        }
        if kind == Kind::Beacon && !is_safelisted_type(&headers) {
            defaults.mode = RequestMode::Cors;
        }
        let listens = arguments.upload_listener || read.api == Some(Api::XmlHttpRequestWithUploadListener);
        let keepalive = if arguments.keepalive { Some(Keepalive::Set) } else { read.keepalive };
        let call = Call {
            kind,
            method: arguments
                .method
                .clone()
                .or_else(|| read.method.clone().filter(|_| kind.is_of_script() || kind == Kind::Form))
                .unwrap_or_else(|| defaults.method.into()),
            headers,
            body,
            mode: mode.unwrap_or(defaults.mode),
            credentials: arguments
                .credentials
                .or(read.credentials.filter(|_| kind.has_credentials()))
                .unwrap_or(defaults.credentials),
            redirect: arguments.redirect.or(read.redirect).unwrap_or_default(),
            referrer_policy: arguments.referrer_policy.or(read.referrer_policy).unwrap_or_default(),
            cache: arguments.cache.or(read.cache).unwrap_or(defaults.cache),
            keepalive: keepalive.unwrap_or(defaults.keepalive),
            upload_listener: if listens { UploadListener::Present } else { UploadListener::Absent },
        };
        let mistakes = mistakes(arguments, &call);
        if mistakes.is_empty() { Ok(call) } else { Err(mistakes) }
    }

    /// The headers as pairs, for [`Call::request`].
    pub fn pairs(&self) -> Vec<(&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
    }

    /// The request that the call makes, or the exception that it throws.
    pub fn request<'a>(
        &'a self,
        pairs: &'a [(&'a str, &'a [u8])],
        url: Url<'a>,
        origin: Origin<'a>,
    ) -> Result<Request<'a>, RequestError<'a>> {
        let (method, headers, body) = (self.method.as_str(), Headers::from_pairs(pairs), self.body.as_ref().map(init));
        let request = match self.kind {
            Kind::Fetch => RequestInit {
                method,
                headers,
                body,
                mode: self.mode,
                credentials: self.credentials,
                redirect: self.redirect,
                referrer_policy: self.referrer_policy,
                cache: self.cache,
                duplex: Some(Duplex::Half),
                ..RequestInit::default()
            }
            .request(url, origin)?,
            Kind::Xhr => XhrInit {
                method,
                headers,
                body,
                with_credentials: match self.credentials {
                    CredentialsMode::Include => XhrCredentials::Include,
                    _ => XhrCredentials::SameOrigin,
                },
                upload_listener: self.upload_listener,
            }
            .request(url, origin)?,
            // A beacon is a `fetch()` whose modes the browser chooses.
            Kind::Beacon => RequestInit { method, headers, body, mode: self.mode, ..RequestInit::default() }
                .request(url, origin)?
                .with_credentials_mode(self.credentials),
            _ => self.of_element(url, origin),
        };
        Ok(request.with_keepalive(self.keepalive))
    }

    fn of_element<'a>(&'a self, url: Url<'a>, origin: Origin<'a>) -> Request<'a> {
        let body = self.body.as_ref().map(init);
        let headers = RequestHeaders::new(Headers::EMPTY)
            .with_content_type(body.and_then(BodyInit::content_type))
            .with_accept(Some(self.kind.defaults().accept));
        Request::new(url, origin)
            // `mistakes` has checked that it is a method.
            .with_method(Method::new(&self.method).map_or(Method::GET, Method::normalize))
            .with_headers(headers)
            .with_body(if body.is_some() { Body::WithSource } else { Body::None })
            .with_mode(self.mode)
            .with_credentials_mode(self.credentials)
            .with_redirect_mode(self.redirect)
            .with_referrer_policy(self.referrer_policy)
            .with_cache_mode(self.cache)
    }

    /// The call in words.
    pub fn in_words(&self, origin: Origin<'_>, url: Url<'_>, rules: &str) -> Vec<String> {
        let Call { kind, mode, credentials, redirect, .. } = self;
        let verb = if kind.is_of_script() || *kind == Kind::Beacon {
            format!("A page of {origin} calls {} for {url}", kind.name())
        } else {
            format!("A page of {origin} has {} with the URL {url}", kind.name())
        };
        let settings = format!(
            "with mode `{mode}`, credentials mode `{credentials}`, redirect mode `{redirect}`. Rules: {rules}."
        );
        vec![verb, settings]
    }
}

fn kind_of(arguments: &Arguments, read: &PageRequest) -> Kind {
    if arguments.upload_listener {
        return Kind::Xhr;
    }
    match (read.api, read.destination.as_deref(), read.mode) {
        (Some(Api::XmlHttpRequest | Api::XmlHttpRequestWithUploadListener), ..) => Kind::Xhr,
        (Some(Api::EventSource), ..) => Kind::EventSource,
        (Some(Api::Beacon), ..) => Kind::Beacon,
        (Some(Api::WebSocket), ..) => Kind::WebSocket,
        (_, Some("image" | "video" | "audio"), _) => Kind::Img,
        (_, Some("script"), Some(RequestMode::NoCors)) => Kind::Script,
        (_, Some("script"), _) => Kind::Module,
        (_, Some("style"), _) => Kind::Style,
        (_, Some("font"), _) => Kind::Font,
        (_, Some("iframe" | "document" | "frame"), _) => Kind::Iframe,
        (_, _, Some(RequestMode::Navigate)) => Kind::Iframe,
        (_, _, Some(RequestMode::WebSocket)) => Kind::WebSocket,
        _ => Kind::Fetch,
    }
}

/// The headers of the command line, and those of the input that it does not replace.
fn headers(arguments: &Arguments, read: &PageRequest, kind: Kind) -> Vec<(String, Vec<u8>)> {
    let mut headers = arguments.headers.clone();
    let is_new = |header: &&PageHeader| {
        arguments.headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case(&header.name))
            && (kind.is_of_script() || kind == Kind::Beacon && header.name.eq_ignore_ascii_case("content-type"))
    };
    let pair = |header: &PageHeader| (header.name.clone(), header.value_or_stand_in().to_vec());
    headers.extend(read.headers.iter().filter(is_new).map(pair));
    headers
}

/// Whether a beacon with this `Content-Type` is sent in mode `no-cors`.
fn is_safelisted_type(headers: &[(String, Vec<u8>)]) -> bool {
    headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-type")).all(|(name, value)| {
        HeaderName::new(name).is_ok_and(|name| cors_safelisted_request_header(name, value, &Profile::FETCH).is_ok())
    })
}

fn init(body: &PageBody) -> BodyInit<'_> {
    match body {
        PageBody::UrlSearchParams => BodyInit::UrlSearchParams,
        PageBody::FormData => BodyInit::FORM_DATA,
        PageBody::Blob(content_type) => BodyInit::Blob(content_type),
        PageBody::Bytes => BodyInit::Bytes,
        PageBody::Stream => BodyInit::Stream,
        _ => BodyInit::Text,
    }
}

/// Options of the command line that this kind of request does not have.
fn mistakes(arguments: &Arguments, call: &Call) -> Vec<String> {
    let kind = call.kind;
    let lacks = [
        (arguments.method.is_some() && !kind.is_of_script() && kind != Kind::Form, "method that a page chooses"),
        (!arguments.headers.is_empty() && !kind.is_of_script() && kind != Kind::Beacon, "header that a page sets"),
        (arguments.body.is_some() && !kind.has_body(), "body"),
        (arguments.stream && kind != Kind::Fetch, "stream"),
        (arguments.credentials.is_some() && !kind.has_credentials(), "credentials mode that a page chooses"),
        (
            arguments.credentials == Some(CredentialsMode::Omit) && kind.has_credentials() && kind != Kind::Fetch,
            "credentials mode `omit`",
        ),
        (
            arguments.mode.is_some_and(|mode| mode != kind.defaults().mode)
                && kind != Kind::Fetch
                && !(kind.has_crossorigin() && arguments.mode == Some(RequestMode::Cors)),
            "mode that a page chooses",
        ),
        (
            arguments.redirect.is_some_and(|mode| mode != RedirectMode::Follow) && kind != Kind::Fetch,
            "redirect mode but `follow`",
        ),
        (arguments.cache.is_some() && kind != Kind::Fetch, "cache mode that a page chooses"),
        (arguments.keepalive && !matches!(kind, Kind::Fetch | Kind::Beacon), "`keepalive`"),
        (
            arguments.referrer_policy.is_some() && matches!(kind, Kind::Xhr | Kind::WebSocket | Kind::EventSource),
            "referrer policy",
        ),
        (
            kind == Kind::Beacon
                && arguments.headers.iter().any(|(name, _)| !name.eq_ignore_ascii_case("content-type")),
            "header that a page sets, but for the `Content-Type` of its body",
        ),
    ];
    let mut mistakes: Vec<String> =
        lacks.into_iter().filter(|(is, _)| *is).map(|(_, what)| format!("{} has no {what}", kind.name())).collect();
    if kind == Kind::Form && !["GET", "POST"].iter().any(|method| call.method.eq_ignore_ascii_case(method)) {
        mistakes.push(format!("a <form> has no method `{}`: it is `GET` or `POST`", call.method));
    }
    mistakes
}
