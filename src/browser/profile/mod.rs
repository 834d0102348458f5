//! The constants and switches in which browsers differ, as values.
//!
//! [`Profile::FETCH`] is the standard. [`Profile::CHROMIUM`], [`Profile::FIREFOX`] and [`Profile::WEBKIT`] are the three engines.
//! A profile is data: [`Profile::departures`] lists its departures from the standard, and a caller can change a single
//! [switch](switches).
//!
//! ```
//! use fetch_cors::browser::Profile;
//!
//! assert_eq!(Profile::FETCH.departures().count(), 0);
//! let departure = Profile::CHROMIUM.departures().next().unwrap();
//! assert!(!departure.name.is_empty());
//! ```
//!
//! With `--cfg fetch_cors_standard_only` there is only the standard's profile, and the compiler leaves out the code for
//! other profiles.

#[cfg(not(fetch_cors_standard_only))]
mod browsers;
#[cfg(not(fetch_cors_standard_only))]
mod causes;
#[cfg(not(fetch_cors_standard_only))]
mod departure;
pub mod switches;

#[cfg(not(fetch_cors_standard_only))]
pub use departure::Departure;

#[allow(clippy::wildcard_imports, reason = "a profile is all of them")]
use switches::*;

use super::{redirect::REDIRECT_LIMIT, safelist::SAFELISTED_TOTAL_LIMIT, url::Url};
use crate::header::EmptyLines;
#[cfg(not(fetch_cors_standard_only))]
use crate::spec::{Algorithm, Step};

macro_rules! profile {
    ($($(#[$attribute:meta])* $field:ident: $type:ty = $standard:expr, $name:literal, $algorithm:ident $step:literal;)*) => {
        /// The behaviour of one browser where browsers differ.
        ///
        /// Every function whose result depends on the browser takes one. The differences are switches in the same
        /// algorithms, so a profile may be changed a switch at a time:
        ///
        /// ```
        /// use fetch_cors::browser::{Profile, profile::switches::AuthorizationUnderWildcard};
        ///
        /// let mut lenient = Profile::FETCH;
        /// lenient.authorization_under_wildcard = AuthorizationUnderWildcard::Covered;
        /// let departures: Vec<_> = lenient.departures().map(|departure| departure.name).collect();
        /// assert_eq!(departures, ["`Authorization` passes under `*` without credentials"]);
        /// ```
        #[cfg(not(fetch_cors_standard_only))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct Profile {
            /// The name, for people.
            pub name: &'static str,
            $($(#[$attribute])* pub $field: $type,)*
        }

        #[cfg(not(fetch_cors_standard_only))]
        impl Profile {
            /// The Fetch Standard.
            pub const FETCH: Profile = Profile { name: "Fetch Standard", $($field: $standard,)* };
        }

        /// The Fetch Standard, in a program without browsers. It has the fields of every profile.
        // OPTIMIZATION: the fields are constants, so no code remains for the browsers' departures. A whole fetch in
        // WebAssembly is a fifth smaller (docs/sizes.md).
        #[cfg(fetch_cors_standard_only)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct Profile(());

        #[cfg(fetch_cors_standard_only)]
        impl Profile {
            /// The Fetch Standard.
            pub const FETCH: Profile = Profile(());
        }

        /// The fields of a profile.
        #[cfg(fetch_cors_standard_only)]
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct Switches {
            /// The name, for people.
            pub name: &'static str,
            $($(#[$attribute])* pub $field: $type,)*
        }

        #[cfg(fetch_cors_standard_only)]
        impl core::ops::Deref for Profile {
            type Target = Switches;

            fn deref(&self) -> &Switches {
                static STANDARD: Switches = Switches { name: "Fetch Standard", $($field: $standard,)* };
                &STANDARD
            }
        }

        /// All switches of a profile, each as a departure from the standard.
        #[cfg(not(fetch_cors_standard_only))]
        const DEPARTURES: &[Departure] = &[$(
            Departure {
                name: $name,
                step: Step::new(Algorithm::$algorithm, $step),
                departs: |profile, other| profile.$field != other.$field,
                copy: |profile, other| profile.$field = other.$field,
            },
        )*];
    };
}

profile! {
    /// How the value of `X-HTTP-Method` and its like is split into methods.
    method_override_values: MethodOverrideValues = MethodOverrideValues::OutsideQuotes,
        "forbidden request-header: quoted commas", ForbiddenRequestHeader "3.1";
    /// How the values of a repeated header are judged.
    repeated_header: RepeatedHeader = RepeatedHeader::Separately,
        "repeated header: the combined value", CorsUnsafeRequestHeaderNames "4";
    /// How often the name of a repeated unsafe header is listed.
    unsafe_names_are: UnsafeNamesAre = UnsafeNamesAre::ASet,
        "repeated header: duplicate name in Access-Control-Request-Headers", CorsUnsafeRequestHeaderNames "6";
    /// The greatest total length of all safelisted values, in bytes.
    safelisted_total_limit: Option<usize> = Some(SAFELISTED_TOTAL_LIMIT),
        "total size over 1024", CorsUnsafeRequestHeaderNames "5";
    /// Whether `Accept` and `Content-Type` may have bytes above 0x7F.
    bytes_above_7f: BytesAbove7F = BytesAbove7F::Safe,
        "bytes above 0x7F", CorsSafelistedRequestHeader "2";
    /// Which numbers a range may have.
    range_numbers: RangeNumbers = RangeNumbers::Unlimited,
        "a large `Range` number is preflighted", CorsSafelistedRequestHeader "2, \"range\", 1";
    /// Which `Range` is a single range.
    range_syntax: RangeSyntax = RangeSyntax::Digits,
        "`Range`: plus signs, upper case, large numbers", CorsSafelistedRequestHeader "2, \"range\", 1";
    /// How a `Content-Type` is read.
    content_type_parsing: ContentTypeParsing = ContentTypeParsing::MimeType,
        "Content-Type parsing", CorsSafelistedRequestHeader "2, \"content-type\", 2";
    /// Which headers need no preflight in addition to the standard's.
    more_safelisted_headers: MoreSafelistedHeaders = MoreSafelistedHeaders::None,
        "client hints, User-Agent and Intervention", CorsSafelistedRequestHeader "2";
    /// Whether an upload listener causes a preflight for a request without a body.
    upload_listener_without_body: UploadListenerWithoutBody = UploadListenerWithoutBody::Preflight,
        "upload listener without a body", XhrSend "6";
    /// Which types of a blob `XMLHttpRequest` sends.
    blob_type_in_xhr: BlobTypeInXhr = BlobTypeInXhr::Sent,
        "XMLHttpRequest: a blob's type that is not a media type", XhrSend "4.6";
    /// Whether a request is sent if the page sets a header that the network stack treats as the browser's own.
    headers_of_browser: HeadersOfBrowser = HeadersOfBrowser::Sent,
        "`Available-Dictionary`, or `X-HTTP-Method` that is forbidden when combined", HttpNetworkOrCacheFetch "8";
    /// Which hops of a redirect chain have a preflight.
    preflight_after_redirect: PreflightAfterRedirect = PreflightAfterRedirect::WhereNeeded,
        "redirect: preflight though nothing needs one any more", MainFetch "12";
    /// The `Origin` of a preflight whose request's origin is tainted by redirects.
    tainted_preflight_origin: TaintedPreflightOrigin = TaintedPreflightOrigin::Null,
        "redirect: Origin of a later preflight", CorsPreflightFetch "1";
    /// Whether the use-CORS-preflight flag grants the method if there is no list.
    method_without_list: MethodWithoutList = MethodWithoutList::GrantedByFlag,
        "preflight: no `Access-Control-Allow-Methods` for an upload listener", CorsPreflightFetch "7.4";
    /// Whether a `*` that is a wildcard covers `Authorization`.
    authorization_under_wildcard: AuthorizationUnderWildcard = AuthorizationUnderWildcard::NotCovered,
        "`Authorization` passes under `*` without credentials", CorsPreflightFetch "7.6";
    /// In which order the response to a preflight is checked.
    preflight_checks: PreflightChecks = PreflightChecks::CorsStatusSyntaxMethodHeaders,
        "preflight: order of checks", CorsPreflightFetch "7";
    /// How several lines of `Access-Control-Allow-Origin` or `-Credentials` are read.
    empty_line: EmptyLine = EmptyLine::Combined,
        "empty line among Access-Control-Allow-Origin or -Credentials", CorsCheck "1";
    /// The longest time that the answer to a preflight is cached, in seconds.
    max_age_limit: Option<u32> = None,
        "cache: limit on max-age", CorsPreflightFetch "7.10";
    /// How long the answer to a preflight is cached if its `Access-Control-Max-Age` is malformed.
    malformed_max_age: MalformedMaxAge = MalformedMaxAge::Default,
        "cache: malformed max-age", CorsPreflightFetch "7.9";
    /// When the answer to a preflight is cached.
    answer_kept: AnswerKept = AnswerKept::OnceItGrants,
        "cache: an answer that refuses the request", CorsPreflightFetch "7.12";
    /// Which numbers are valid in `Access-Control-Max-Age`.
    max_age_numbers: MaxAgeNumbers = MaxAgeNumbers::DeltaSeconds,
        "cache: max-age with a plus sign, or over 2^63 - 1", CorsPreflightFetch "7.9";
    /// Which requests match a cache entry that was created with credentials.
    entry_with_credentials: EntryWithCredentials = EntryWithCredentials::ServesAll,
        "cache: entry with credentials for a request without", HttpFetch "4.1";
    /// When the method must be in the cache.
    cached_method: CachedMethod = CachedMethod::CountsUnlessSafelisted,
        "cache: when the method counts", HttpFetch "4.1";
    /// The meaning of a `*` in the cache.
    cached_wildcard: CachedWildcard = CachedWildcard::Wildcard,
        "cache: wildcard", HttpFetch "4.1";
    /// How long answers for an opaque origin are cached.
    opaque_origin_cache: OpaqueOriginCache = OpaqueOriginCache::Kept,
        "cache: opaque origin", CorsPreflightFetch "7.13";
    /// Whether the cache distinguishes a URL with an empty fragment from one without.
    empty_fragment: EmptyFragment = EmptyFragment::Kept,
        "cache: empty fragment", HttpFetch "4.1";
    /// The length of the longest URL whose answers are cached, in bytes.
    cached_url_limit: Option<usize> = None,
        "cache: limit on URLs", CorsPreflightFetch "7.13";
    /// When the cache entries of a URL are removed before they expire.
    cache_cleared: CacheCleared = CacheCleared::OnFailure,
        "cache: entry after a failed actual response", MainFetch "12, with preflight, 3";
    /// Which redirects to a URL with a user name or password fail.
    userinfo_in_location: UserinfoInLocation = UserinfoInLocation::FailsWithCors,
        "redirect: userinfo in Location without CORS tainting", HttpRedirectFetch "9–10";
    /// Whether a redirect keeps the client hints that the page set.
    client_hints_after_redirect: ClientHintsAfterRedirect = ClientHintsAfterRedirect::Kept,
        "redirect: client hints of the page", HttpRedirectFetch "13";
    /// How several `Location` headers are read.
    equal_locations: EqualLocations = EqualLocations::Fail,
        "redirect: several `Location` lines", ExtractHeaderListValues "2";
    /// Which statuses redirect. This is a switch of the network layer.
    redirect_statuses: RedirectStatuses = RedirectStatuses::Five,
        "redirect: other statuses with Location", HttpFetch "6";
    /// When a redirect to an `ftp:` URL fails. This is a switch of the network layer.
    ftp_location: FtpLocation = FtpLocation::AsOthers,
        "redirect: to an `ftp:` URL", HttpFetch "6.3";
    /// How the bytes of a `Location` are read. This is a switch of the network layer.
    location_bytes: LocationBytes = LocationBytes::Utf8,
        "redirect: bytes of Location", HttpRedirectFetch "3";
    /// Which checks of a redirect are repeated.
    redirect_checks: RedirectChecks = RedirectChecks::Once,
        "redirect: checks after the next preflight", HttpFetch "4.4";
    /// The method after a `DELETE` is redirected to another origin. This is a switch of the network layer.
    delete_across_origins: DeleteAcrossOrigins = DeleteAcrossOrigins::AsOthers,
        "redirect: DELETE to another origin", HttpRedirectFetch "12";
    /// Whether a redirect keeps an `Origin` that was sent.
    origin_once_sent: OriginOnceSent = OriginOnceSent::Dropped,
        "redirect: Origin of a request that became GET", AppendRequestOriginHeader "4";
    /// Whether a request without CORS has credentials after redirects.
    credentials_without_cors: CredentialsWithoutCors = CredentialsWithoutCors::ByTainting,
        "no-cors: credentials after a redirect", HttpNetworkOrCacheFetch "8.3";
    /// The meaning of a redirect status with an empty `Location`.
    empty_location: EmptyLocation = EmptyLocation::Redirect,
        "redirect: empty Location", HttpRedirectFetch "3";
    /// Which characters of a URL are percent-encoded in addition to those of the URL Standard.
    url_characters: UrlCharacters = UrlCharacters::AsInStandard,
        "percent-encoding of URLs", HttpRedirectFetch "3";
    /// Whether a response fails if the lines of a header with a single value contradict each other.
    contradictory_lines: ContradictoryLines = ContradictoryLines::Read,
        "two different `Content-Disposition`, `Content-Length` or `Location` lines", HttpNetworkFetch "10";
    /// How many redirects a keepalive fetch follows.
    keepalive_redirect_limit: u8 = REDIRECT_LIMIT,
        "redirect: limit of a keepalive fetch", HttpRedirectFetch "7";
    /// When `Location` is read.
    location_is_read: LocationIsRead = LocationIsRead::ToFollow,
        "redirect: invalid Location in mode manual or error", HttpFetch "6.3";
    /// The meaning of a redirect status without `Location` in mode "error".
    error_mode_without_location: ErrorModeWithoutLocation = ErrorModeWithoutLocation::Fails,
        "redirect: no Location in mode error", HttpFetch "6.3, \"error\"";
    /// Whether the referrer policy hides the origin of a request without CORS.
    referrer_policy_hides_origin: ReferrerPolicyHidesOrigin = ReferrerPolicyHidesOrigin::Yes,
        "no-cors: Origin and referrer policy", AppendRequestOriginHeader "4.1";
    /// Whether a request without CORS from an HTTPS page to HTTP hides its origin.
    origin_on_downgrade: OriginOnDowngrade = OriginOnDowngrade::Hidden,
        "no-cors: Origin on a downgrade", AppendRequestOriginHeader "4.1";
    /// Whether a page may set a referrer policy that reveals more to other sites than the default policy.
    relaxed_referrer_policies: RelaxedReferrerPolicies = RelaxedReferrerPolicies::Followed,
        "no-cors: Origin and a relaxed referrer policy on a downgrade", AppendRequestOriginHeader "4.1";
    /// Whether an element with `crossorigin` sends `Origin` to the page's own origin.
    origin_of_elements: OriginOfElements = OriginOfElements::AsOthers,
        "element with `crossorigin`: Origin to the page's own origin", AppendRequestOriginHeader "3";
    /// Which headers an invalid `Access-Control-Expose-Headers` exposes.
    unparsable_expose_headers: UnparsableExposeHeaders = UnparsableExposeHeaders::ExposesNothing,
        "`*` before an element that is not a header name exposes all", MainFetch "14.1.2";
    /// Which of several `Authorization` or `Content-Type` headers of a `fetch()` are sent.
    repeated_singletons: RepeatedSingletons = RepeatedSingletons::AllSent,
        "repeated header: the last is sent", HttpNetworkOrCacheFetch "8.2";
    /// How bytes above 0x7F of a request's headers are sent. This is a switch of the network layer.
    request_header_bytes: RequestHeaderBytes = RequestHeaderBytes::AsTheyAre,
        "bytes above 0x7F in the headers of a request", HttpNetworkOrCacheFetch "8.2";
    /// The number of pairs of origin and URL whose answers are cached.
    cached_urls: Option<usize> = None,
        "cache: limit on entries", CorsPreflightFetch "7.13";
    /// The `Origin` of a request without CORS after a redirect to another origin.
    origin_without_cors: OriginWithoutCors = OriginWithoutCors::Tainted,
        "no-cors: Origin after a redirect", AppendRequestOriginHeader "2";
    /// The outcome of a 407 that is not from a proxy.
    proxy_authentication: ProxyAuthentication = ProxyAuthentication::Prompts,
        "407 from a server", HttpNetworkOrCacheFetch "16";
    /// How XMLHttpRequest rewrites the charset of a `Content-Type` that the page set.
    charset_rewriting: CharsetRewriting = CharsetRewriting::Serialized,
        "XMLHttpRequest: charset of the page's Content-Type", XhrSend "4.5.1";
    /// Which value a repeated parameter of a `Content-Type` gets.
    repeated_parameters: RepeatedParameters = RepeatedParameters::FirstCounts,
        "XMLHttpRequest: a parameter of the page's Content-Type in two cases", XhrSend "4.5.1";
    /// Whether the page's `Content-Type` can cause a preflight if it is rewritten before it is sent.
    content_type_judged: ContentTypeJudged = ContentTypeJudged::AsSent,
        "XMLHttpRequest: the page's Content-Type needs a preflight though it is rewritten", XhrSend "4.5.1";
    /// How a stream as a body is treated.
    request_streams: RequestStreams = RequestStreams::Sent,
        "streams as bodies", RequestConstructor "39";
    /// Which cache modes bypass the preflight cache.
    preflight_cache_bypass: PreflightCacheBypass = PreflightCacheBypass::Never,
        "cache: cache mode of the request", HttpFetch "4.1";
    /// Whether a response header with a blank before its colon is accepted. This is for callers that parse the heads of
    /// responses. A name with a blank is not a header name, so [`Headers`](crate::header::Headers) with such a line do
    /// not have that header.
    blank_before_colon: BlankBeforeColon = BlankBeforeColon::Taken,
        "a header with a blank before its colon", HttpNetworkFetch "8.5";
    /// When answers of a host that is an IP address are cached.
    ip_address_hosts: IpAddressHosts = IpAddressHosts::LikeOthers,
        "cache: IP address as host", CorsPreflightFetch "7.13";
}

impl Profile {
    /// Whether the browser may send a preflight for `url` although its cache has an answer. With default preferences, Firefox
    /// does so for the first three requests to a host that is an IP address. The driver does not.
    ///
    /// ```
    /// use fetch_cors::browser::{Profile, Url};
    ///
    /// let address = Url::new("http://127.0.0.1:3000/")?;
    /// assert!(Profile::FIREFOX.may_ask_again(address) && !Profile::CHROMIUM.may_ask_again(address));
    /// assert!(!Profile::FIREFOX.may_ask_again(Url::new("http://localhost:3000/")?));
    /// # Ok::<(), fetch_cors::browser::url::InvalidUrl>(())
    /// ```
    pub fn may_ask_again(&self, url: Url<'_>) -> bool {
        self.ip_address_hosts == IpAddressHosts::FromTheFourth && url.host_is_ip_address()
    }

    /// The treatment of empty lines of a header with a single value.
    pub(super) fn empty_lines(&self) -> EmptyLines {
        match self.empty_line {
            EmptyLine::Combined => EmptyLines::Read,
            EmptyLine::Ignored => EmptyLines::Skipped,
        }
    }
}
