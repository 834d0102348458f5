//! A request, in the form that is sent.

use core::fmt;

use super::credentials::includes_credentials;
use crate::{
    browser::{
        cross_origin_resource_policy::IncludesCredentials,
        environment::{Environment, StorageAccess, storage_access},
        origin_header::request_origin_header,
        request::{Body, CacheMode, Request, RequestHeader, RequestHeaderValue, RequestHeaders},
        url::Url,
    },
    header::HeaderName,
    method::Method,
    origin::Origin,
};

/// A request to be sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OutgoingRequest<'a> {
    /// The method.
    pub method: Method<'a>,
    /// The URL.
    pub url: Url<'a>,
    /// The headers.
    pub headers: OutgoingHeaders<'a>,
    /// Whether cookies, client certificates and stored `Authorization` are sent.
    pub credentials: IncludesCredentials,
    /// How the HTTP cache is used, if there is one.
    pub cache_mode: CacheMode,
    /// The body: the page's, or none.
    pub body: Body,
}

/// The headers of a request to send. They are those of the page, `Origin`, `Sec-Fetch-Storage-Access`, and those of the cache
/// mode. If the browser adds them, they also have `Content-Type`, `Accept` and `Accept-Language`.
///
/// The transport adds the other headers of HTTP-network-or-cache fetch: `Content-Length`, `Referer`, the other `Sec-Fetch-`
/// headers, `User-Agent`, `Accept-Encoding`, `Host`, `Cookie`, and stored `Authorization`.
///
/// ```
/// use core::time::Duration;
/// use fetch_cors::{
///     browser::{Action, Environment, NoCache, Profile, Url, XhrInit, fetch},
///     header::Headers,
///     origin::Origin,
/// };
///
/// let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/").unwrap());
/// let calls: [(&str, &[u8]); 2] = [("Accept-Language", b"en"), ("accept-language", b"de")];
/// let request = XhrInit { headers: Headers::from_pairs(&calls), ..XhrInit::default() }.request(url, page).unwrap();
/// let action = fetch(request, Environment::new(&Profile::FETCH), &mut NoCache, Duration::ZERO);
/// let Ok(Action::SendRequest(awaiting)) = action else { panic!() };
/// let lines: Vec<_> = awaiting.outgoing().headers.iter().map(|header| header.to_string()).collect();
/// assert_eq!(lines, ["Accept-Language: en, de", "accept: */*", "origin: https://app.example"]);
/// ```
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 8.
#[derive(Clone, Copy)]
pub struct OutgoingHeaders<'a> {
    list: RequestHeaders<'a>,
    origin: Option<Origin<'a>>,
    storage_access: Option<StorageAccess>,
    cache_mode: CacheMode,
}

impl<'a> OutgoingRequest<'a> {
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 8.
    pub(super) fn of(request: &Request<'a>, environment: Environment<'a>) -> Self {
        let storage_access = storage_access(request, environment);
        let cache_mode = request.http_cache_mode();
        OutgoingRequest {
            method: request.method(),
            url: request.current_url(),
            headers: OutgoingHeaders {
                list: request.headers().as_sent_by(environment.profile),
                origin: request_origin_header(request, environment),
                storage_access,
                cache_mode,
            },
            credentials: includes_credentials(request, environment),
            cache_mode,
            body: request.body(),
        }
    }

    /// The value of `Origin`, if it is sent. A request with `Origin` is not always one with CORS. Every method except `GET` and
    /// `HEAD` is sent with it, and so are requests whose server may ask for storage access.
    pub const fn origin(&self) -> Option<Origin<'a>> {
        self.headers.origin
    }
}

impl<'a> OutgoingHeaders<'a> {
    /// The headers, in the order in which the standard appends them.
    pub fn iter(self) -> impl Iterator<Item = RequestHeader<'a>> + Clone {
        let header = |name, value: &'static [u8]| RequestHeader { name, value: RequestHeaderValue::from_bytes(value) };
        // 8.12.
        let origin = self
            .origin
            .map(|origin| RequestHeader { name: HeaderName::ORIGIN, value: RequestHeaderValue::from_origin(origin) });
        // 8.13.
        let storage_access =
            self.storage_access.map(|status| header(HeaderName::SEC_FETCH_STORAGE_ACCESS, status.as_str().as_bytes()));
        // 8.17–8.18.
        let (pragma, cache_control): (Option<&[u8]>, Option<&[u8]>) = match self.cache_mode {
            CacheMode::NoCache => (None, Some(b"max-age=0")),
            CacheMode::NoStore | CacheMode::Reload => (Some(b"no-cache"), Some(b"no-cache")),
            CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => (None, None),
        };
        let added = |name, value: Option<&'static [u8]>| {
            value.filter(|_| !self.list.contains(name)).map(|value| header(name, value))
        };
        self.list
            .header_list()
            .chain(origin)
            .chain(storage_access)
            .chain(added(HeaderName::PRAGMA, pragma))
            .chain(added(HeaderName::CACHE_CONTROL, cache_control))
    }

    /// Whether there is a header of this name.
    pub fn contains(self, name: HeaderName<'_>) -> bool {
        self.iter().any(|header| header.name == name)
    }
}

impl fmt::Debug for OutgoingHeaders<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}
