//! The browser half: what a browser sends, and what it makes of the responses.
//!
//! # In which order to read
//!
//! 1. [`RequestInit`] and [`XhrInit`]: a request as `fetch()` or XMLHttpRequest makes it. [`Request`]: what becomes of it.
//! 2. [`fetch`]: a state machine over the whole of a fetch. Each [`Action`] says what to send; you send it, and pass the
//!    [`Response`] back. In the end there is an [`Outcome`] or a [`NetworkError`] with its [`Reason`] and its step.
//! 3. [`Environment`] and [`Profile`]: which browser, and where it leaves the standard.
//! 4. [`Explanation`]: every check of a response, the likely cause, and the headers that would fix it. [`known_message`]: what a line
//!    of a browser's console means.
//! 5. [`PreflightCache`]: which preflights are saved. [`NoCache`] saves none.
//! 6. The algorithms one by one, named as the standard names them: [`route`], [`preflight_request`], [`check_preflight`],
//!    [`cors_check`], [`filter`], [`tao_check`], [`cross_origin_resource_policy_check`], [`http_redirect_fetch`], ….
//!
//! # Example
//!
//! A page reads a response, and one of its headers:
//!
//! ```
//! use core::time::Duration;
//! use fetch_cors::browser::{Action, Environment, NoCache, Outcome, Profile, RequestInit, Response, Url, fetch};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items").unwrap();
//! let request = RequestInit::default().request(url, page).unwrap();
//! let action = fetch(request, Environment::new(&Profile::FETCH), &mut NoCache, Duration::ZERO).unwrap();
//! let Action::SendRequest(awaiting) = action else { panic!("a GET without headers needs no preflight") };
//!
//! let head: [(&str, &[u8]); 3] =
//!     [("Access-Control-Allow-Origin", b"*"), ("Content-Type", b"application/json"), ("ETag", b"\"1\"")];
//! let response = Response::new(200, Headers::from_pairs(&head)).unwrap();
//! let Ok(Outcome::Response(filtered)) = awaiting.on_response(&response, &mut NoCache) else { panic!("it can be read") };
//! let names: Vec<_> = filtered.headers().map(|header| header.name.to_string()).collect();
//! assert_eq!(names, ["Content-Type"]);
//! ```

mod cache;
mod cors_check;
mod cross_origin_resource_policy;
mod driver;
mod environment;
mod error;
mod explain;
mod filter;
mod header_lookup;
mod http_network_fetch;
mod ids;
mod mixed_content;
mod option_iter;
mod origin_header;
mod preflight;
mod preflight_headers;
mod profile;
mod redirect;
mod request;
mod response;
mod route;
mod safelist;
mod timing_allow;
mod url;
mod words;

#[cfg(feature = "heapless")]
pub use cache::FixedPreflightCache;
#[cfg(feature = "alloc")]
pub use cache::GrowingPreflightCache;
pub use cache::{
    CacheEntry, CacheKey, CacheMiss, CacheVerdict, EntryCredentials, NoCache, Permission, PreflightCache, cache_verdict,
};
pub use cors_check::cors_check;
pub use cross_origin_resource_policy::{
    EmbedderPolicy, IncludesCredentials, PolicySource, ResourcePolicy, cross_origin_resource_policy_check,
};
pub use driver::{
    Action, AwaitingPreflight, AwaitingResponse, Outcome, OutgoingHeaders, OutgoingRequest, Redirect, fetch,
};
pub use environment::{Environment, GlobalObject, HttpVersion, LocationParses, ParseLocation, StorageAccess};
pub use error::{ForbiddenBy, NetworkError, Phase, Reason, Several, Wildcard};
pub use explain::{
    Change, Check, Code, CodeKind, Explanation, Hint, HttpsUrl, NameMistake, NewValue, OriginMistake, PageChange,
    PreflightRedirect, Subject, Sufficiency,
};
pub use filter::{
    FilteredResponse, HiddenBecause, ResponseType, ShownBecause, Visibility, filter, filter_opaque_redirect,
};
pub use ids::{
    ConsoleMessage, FailedExchange, KnownMessage, Message, MessageFix, MessageLanguage, MessageOf, Parameter, Quoted,
    WebKitLine, known_message,
};
pub use mixed_content::{MixedContent, MixedContentCategory, mixed_content};
pub use origin_header::request_origin_header;
pub use preflight::{
    GrantedHeaderNames, GrantedMethods, MaxAge, MaxAgeSource, PreflightGrant, PreflightHeader, PreflightRequest,
    check_preflight, preflight_failures, preflight_request,
};
pub use profile::{Departure, Profile, switches};
pub use redirect::{http_redirect_fetch, location, parse_referrer_policy};
pub use request::{
    Body, BodyInit, CacheMode, CredentialsMode, DocumentType, Duplex, DuplicateNames, HeadersGuard, HostIsSite,
    Keepalive, RedirectMode, RedirectTaint, ReferrerPolicy, Request, RequestError, RequestErrorReason, RequestHeader,
    RequestHeaderValue, RequestHeaders, RequestHeadersIter, RequestInit, RequestMode, ResponseTainting, SameSite,
    TraversableForUserPrompts, UnsafeRequestFlag, UploadListener, UseCorsPreflightFlag, XhrCredentials, XhrInit,
};
pub use response::{InvalidStatus, Response, Status};
pub use route::{PreflightReasons, Route, Scheme, route, scheme_fetch};
pub use safelist::{
    CorsUnsafeRequestHeader, CorsUnsafeRequestHeaderNames, InvalidMimeType, InvalidRange, NotSafelisted,
    SAFELISTED_TOTAL_LIMIT, SAFELISTED_VALUE_LIMIT, UnsafeReason, cors_safelisted_request_header,
    cors_unsafe_request_header_names,
};
pub use timing_allow::{TimingAllow, navigation_tao_check, tao_check};
pub use url::{BlobUrlEntry, InvalidUrl, Url, UrlCredentials};

#[cfg(feature = "url")]
pub use crate::url::{location_url, parse_location, parse_url};
