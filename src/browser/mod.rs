//! The browser half: what a user agent sends, and what it makes of the answers.

mod asked;
mod cache;
mod cors_check;
mod cross_origin_resource_policy;
mod driver;
mod environment;
mod error;
mod explain;
mod filter;
mod http_network_fetch;
mod ids;
mod listed;
mod maybe;
mod mixed_content;
mod origin_header;
mod preflight;
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
pub use driver::{Action, AwaitingPreflight, AwaitingResponse, Outcome, OutgoingRequest, Redirect, fetch};
pub use environment::{Environment, LocationParses, ParseLocation};
pub use error::{ForbiddenBy, NetworkError, Phase, Reason, Several, Wildcard};
pub use explain::{
    Change, Check, Code, CodeKind, Explanation, Hint, HttpsUrl, NameMistake, NewValue, OriginMistake, PageChange,
    PreflightRedirect, Subject, Sufficiency,
};
pub use filter::{
    FilteredResponse, HiddenBecause, ResponseType, ShownBecause, Visibility, filter, filter_opaque_redirect,
};
pub use ids::{
    ConsoleMessage, KnownMessage, Message, MessageFix, MessageLanguage, MessageOf, Parameter, Quoted, known_message,
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
    Body, BodyInit, CredentialsMode, Doubles, HeadersGuard, HostIsSite, Keepalive, RedirectMode, RedirectTaint,
    ReferrerPolicy, Request, RequestError, RequestErrorReason, RequestHeaders, RequestHeadersIter, RequestInit,
    RequestMode, ResponseTainting, SameSite, UnsafeRequestFlag, UploadListener, UseCorsPreflightFlag, XhrCredentials,
    XhrInit,
};
pub use response::{InvalidStatus, Response, Status};
pub use route::{PreflightReasons, Route, Scheme, route, scheme_fetch};
pub use safelist::{
    CorsUnsafeRequestHeader, CorsUnsafeRequestHeaderNames, InvalidMimeType, InvalidRange, NotSafelisted,
    SAFELISTED_TOTAL_LIMIT, SAFELISTED_VALUE_LIMIT, UnsafeReason, cors_safelisted_request_header,
    cors_unsafe_request_header_names,
};
pub use timing_allow::{TimingAllow, tao_check};
pub use url::{InvalidUrl, Url, UrlCredentials};

#[cfg(feature = "url")]
pub use crate::url::{parse_location, parse_url};
