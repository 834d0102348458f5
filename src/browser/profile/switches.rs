//! The switches of a [`Profile`](super::Profile), one enum each. The first variant of each is the standard's behaviour.
//!
//! To change one thing in a browser, change the field of its profile:
//!
//! ```
//! use fetch_cors::browser::{Profile, switches::AuthorizationUnderWildcard};
//!
//! let mut strict = Profile::CHROMIUM;
//! strict.authorization_under_wildcard = AuthorizationUnderWildcard::NotCovered;
//! ```

pub use super::redirect_switches::*;

/// How the values of a header that a page gives twice are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedHeader {
    /// Each by itself, as the list has it.
    Separately,
    /// As one, with commas.
    Combined,
    /// The same, with the blank that an empty last value leaves at the end.
    CombinedWithBlank,
}

/// What becomes of a name that several unsafe headers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnsafeNamesAre {
    /// It is listed once.
    ASet,
    /// It is listed once for each.
    AList,
}

/// Whether `Accept` and `Content-Type` may have bytes above 0x7F.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BytesAbove7F {
    /// They may.
    Safe,
    /// They make the header unsafe.
    Unsafe,
}

/// Which numbers a range may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeNumbers {
    /// Any.
    Unlimited,
    /// Those below 2⁶³ − 1.
    BelowI64Max,
    /// Those below 2⁶⁴.
    UpToU64Max,
}

/// Which `Range` is a single range with a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeSyntax {
    /// `bytes=`, digits, `-`, and perhaps more digits.
    Digits,
    /// The same with `bytes` in any case, and with numbers below 2⁶⁴ that may have a `+` before them.
    PlusSigns,
}

/// How a `Content-Type` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentTypeParsing {
    /// As a MIME type, whose parameters may be anything.
    MimeType,
    /// As one media type of a list: a comma ends it, blanks end its essence, and no `;` but the first ends the value.
    MediaType,
}

/// Which headers beyond the standard's are not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MoreSafelistedHeaders {
    /// None.
    None,
    /// Client hints with proper values, and what the browser takes for its own.
    ClientHints,
}

/// Whether an upload listener makes a preflight of a request that uploads nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UploadListenerWithoutBody {
    /// It does.
    Preflight,
    /// It does not.
    Ignored,
}

/// Whose origin a preflight bears after redirects have tainted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaintedPreflightOrigin {
    /// None: `null`, as the request after it.
    Null,
    /// The page's, by which the answer is kept as well; and a preflight to that origin is not checked for it.
    Page,
}

/// Which hops of a redirect chain make a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightAfterRedirect {
    /// Those whose request needs one.
    WhereNeeded,
    /// All with CORS, once the request as the page made it, or the one before the redirect, needed one. What the page
    /// made is asked for, less what the last redirect took away.
    OnceAlways,
    /// All with CORS, once one was needed, and those that the headers as the page made them would need. All of these are
    /// asked for, whatever redirects took away.
    AsPageMade,
}

/// Whether a live `*` in `Access-Control-Allow-Headers` covers `Authorization`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorizationUnderWildcard {
    /// It does not.
    NotCovered,
    /// It does.
    Covered,
}

/// How several lines of a header that is no list are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyLine {
    /// Combined, so that an empty line leaves a comma.
    Combined,
    /// Without the empty ones; several `Access-Control-Allow-Origin` fail all the same.
    Ignored,
}

/// How long a preflight's answer is kept if its `Access-Control-Max-Age` is malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MalformedMaxAge {
    /// As if there were none: 5 seconds.
    Default,
    /// Not at all.
    NotKept,
}

/// Which numbers `Access-Control-Max-Age` may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAgeNumbers {
    /// Digits, however many.
    DeltaSeconds,
    /// Digits, perhaps after a plus sign, that a signed integer of 64 bits holds.
    SignedIntegers,
    /// The same, with blanks around them.
    SignedIntegersInBlanks,
}

/// Which requests an entry of the cache that was made with credentials serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryWithCredentials {
    /// All.
    ServesAll,
    /// Those with credentials.
    ServesWithCredentials,
}

/// When the answer to a preflight is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnswerKept {
    /// When it grants the request.
    OnceItGrants,
    /// Before its method and headers are checked: an answer that refuses the request may save the next one a preflight.
    OnceItParses,
}

/// When the cache is asked for the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CachedMethod {
    /// When it is not safelisted, or the use-CORS-preflight flag is set.
    CountsUnlessSafelisted,
    /// When it is not safelisted. An answer that lists nothing is kept as well.
    CountsUnlessSafelistedWhateverTheFlag,
    /// When it is neither `GET` nor `POST`.
    CountsUnlessGetOrPost,
}

/// What a `*` in the cache is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CachedWildcard {
    /// A wildcard, where it was one to the preflight.
    Wildcard,
    /// A method and a name like others.
    Literal,
    /// A wildcard to a request without credentials, `Authorization` included, whoever stored it.
    WildcardWithoutCredentials,
}

/// How long answers for an opaque origin are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpaqueOriginCache {
    /// As long as others, under `null`.
    Kept,
    /// For the fetch that got them, and not once redirects have tainted it: an opaque origin is a new one in each fetch.
    KeptForItsFetch,
    /// As long as others, under `null`, for a page. An origin that redirects have made opaque is a new one in each fetch.
    KeptForPage,
}

/// When the entries of a URL die before their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CacheCleared {
    /// When a fetch that may have needed a preflight fails.
    OnFailure,
    /// The same, but not when it fails by its redirect mode.
    OnFailureUnlessByRedirectMode,
    /// When an entry is found not to be enough; a new answer replaces the old.
    OnMiss,
}

/// Which redirects to a URL with a user name or password fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserinfoInLocation {
    /// Those of a response tainted by CORS, and in mode "cors" those to another origin than the page's.
    FailsWithCors,
    /// All.
    Fails,
}

/// How several `Location` headers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EqualLocations {
    /// They fail, whatever they are.
    Fail,
    /// If they are equal, as one.
    One,
    /// Combined, with a comma and a blank, whatever they are.
    Combined,
}

/// What a redirect status with an empty `Location` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyLocation {
    /// A redirect to the URL itself.
    Redirect,
    /// No redirect.
    NoRedirect,
    /// A failure in mode "follow", and no redirect in mode "error".
    Fails,
}

/// What becomes of a response in which several lines of `Content-Disposition`, `Content-Length` or `Location` contradict
/// each other, whatever its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContradictoryLines {
    /// It is read as any other.
    Read,
    /// It fails. Of `Location` the lines are compared, of the other two the elements.
    DifferentElementsFail,
    /// It fails. Of `Content-Length` the elements are compared, of the other two the lines.
    DifferentLinesFail,
}

/// When `Location` is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LocationIsRead {
    /// After the CORS check and the redirect mode.
    ToFollow,
    /// Before both: several, or one that is no URL, fail whatever the mode.
    First,
    /// In mode "follow", before the CORS check: several, one that is no URL, or one that pages may not load fail.
    FirstToFollow,
}

/// What a redirect status without `Location` is in mode "error".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorModeWithoutLocation {
    /// A failure.
    Fails,
    /// A response.
    Responds,
}

/// In which order the response to a preflight is checked, which decides what is reported of several mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightChecks {
    /// CORS check and status, syntax of both lists, method, header names.
    CorsStatusSyntaxMethodHeaders,
    /// The same, a redirect before all.
    RedirectCorsStatusSyntaxMethodHeaders,
    /// CORS check, redirect, status; then the list of methods is done with before the other is looked at.
    CorsRedirectStatusMethodsHeaders,
    /// Status before the CORS check.
    StatusCorsSyntaxMethodHeaders,
}

/// Whether the referrer policy hides the origin of a request without CORS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReferrerPolicyHidesOrigin {
    /// It does.
    Yes,
    /// It does in navigations, and nowhere else.
    InNavigations,
    /// It does in the first request, and as long as redirects stay within its origin.
    AtFirst,
}

/// Whether a page may have a referrer policy that tells other sites more than the default one does:
/// "no-referrer-when-downgrade", "origin-when-cross-origin" or "unsafe-url".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelaxedReferrerPolicies {
    /// It may.
    Followed,
    /// Towards other sites it has the default one.
    IgnoredAcrossSites,
}

/// Whether a request of mode "cors" that no script's API has made bears `Origin` to the page's own origin: that of an
/// element with `crossorigin`, a module or a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginOfElements {
    /// As other requests do: a `GET` does not.
    AsOthers,
    /// It always does.
    Sent,
}

/// Whose `Origin` a request without CORS bears after a redirect to another origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginWithoutCors {
    /// As redirect-taint has it: the page's as long as no other origin redirects.
    Tainted,
    /// None: `null` after any redirect to another origin.
    NullAfterRedirect,
}

/// What a 407 is that no proxy has sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyAuthentication {
    /// A failure where no user can be asked for a name and a password; otherwise a response, once the user has been asked in
    /// vain.
    Prompts,
    /// A failure.
    Fails,
}

/// How the value of `X-HTTP-Method` and its like is split into methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MethodOverrideValues {
    /// At commas outside quoted strings.
    #[default]
    OutsideQuotes,
    /// At commas.
    AtCommas,
}

/// Whether the cache tells a URL with an empty fragment from one without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyFragment {
    /// It does.
    Kept,
    /// It does not.
    Dropped,
}

/// What an `Access-Control-Expose-Headers` that is no list exposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnparsableExposeHeaders {
    /// Nothing.
    ExposesNothing,
    /// Nothing, unless a `*` stands before what is wrong.
    WildcardBefore,
}

/// Which of several `Authorization` and `Content-Type` of a `fetch()` a request is sent with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedSingletons {
    /// All.
    #[default]
    AllSent,
    /// The last.
    LastSent,
}

/// What becomes of a request with a header of the page's that the network stack takes for the browser's: an
/// `Available-Dictionary`, or an `X-HTTP-Method` and its like that are a forbidden request-header once they are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadersOfBrowser {
    /// It is sent.
    Sent,
    /// It fails before anything is sent.
    Fail,
}

/// Which types of a blob `XMLHttpRequest` sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlobTypeInXhr {
    /// All.
    Sent,
    /// Those that are a `Content-Type`, with whole parameters.
    SentIfValid,
    /// Those that begin with the type and the subtype of a `Content-Type`.
    SentIfMimeType,
}

/// Which characters of a URL are percent-encoded beyond those of the URL Standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UrlCharacters {
    /// None.
    AsInStandard,
    /// `|` in a path.
    VerticalBarEncoded,
    /// In `Location`, controls, which URLs otherwise lose at their ends, and tabs and newlines anywhere.
    ControlsEncodedInLocation,
}

/// Whether the use-CORS-preflight flag grants the method where no list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MethodWithoutList {
    /// It does.
    GrantedByFlag,
    /// It does not: only `GET`, `HEAD` and `POST` need no list.
    NotGranted,
}

/// How XMLHttpRequest rewrites the charset of a `Content-Type` that the page gave with a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CharsetRewriting {
    /// By parsing and serializing the MIME type, if its charset is not UTF-8.
    #[default]
    Serialized,
    /// The same, if its charset is not empty either.
    SerializedUnlessEmpty,
    /// In place, wherever `charset=` follows a blank or `;`.
    InPlace,
    /// By parsing and serializing; with a `URLSearchParams` in place, in each parameter `charset` that is not UTF-8.
    InPlaceForUrlSearchParams,
}

/// Which `Content-Type` can need a preflight, where XMLHttpRequest rewrites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentTypeJudged {
    /// The one that is sent.
    AsSent,
    /// That one, and the one that the page gave.
    AsGivenToo,
}

/// What a stream is as a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestStreams {
    /// A body that is sent once, after a preflight.
    Sent,
    /// The text `[object ReadableStream]`.
    SentAsText,
    /// None, over any protocol: the fetch fails.
    Refused,
}

/// Which cache modes make the browser ask anew, whatever the preflight cache has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightCacheBypass {
    /// None.
    Never,
    /// "no-store" and "reload", and "default" with a header that makes the request conditional.
    ByNoStoreAndReload,
    /// These and "no-cache"; of a request that is not stored the answer is not kept either.
    ByNoCacheToo,
}

/// When answers of a host with an IP address are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IpAddressHosts {
    /// As those of other hosts.
    LikeOthers,
    /// From the fourth request on, with default preferences.
    FromTheFourth,
}

/// What a header of a response with a blank before its colon is.
///
/// <https://httpwg.org/specs/rfc9112.html#field.parsing>
// AD-HOC: the standard leaves it to HTTP, by which a proxy removes the blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlankBeforeColon {
    /// The header without that blank.
    Taken,
    /// No header.
    Dropped,
}
