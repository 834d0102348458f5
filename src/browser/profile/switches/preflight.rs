//! Switches for the need for a preflight, and for the check of its response.

/// How the values of a repeated header are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedHeader {
    /// Each value by itself.
    Separately,
    /// As one value, joined with commas.
    Combined,
    /// As one value, joined with commas. The trailing blank of an empty last value is kept.
    CombinedWithBlank,
}

/// How often the name of a repeated unsafe header is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnsafeNamesAre {
    /// Once.
    ASet,
    /// Once for each header.
    AList,
}

/// Whether `Accept` and `Content-Type` may have bytes above 0x7F.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BytesAbove7F {
    /// They are allowed.
    Safe,
    /// They make the header unsafe.
    Unsafe,
}

/// Which numbers a `Range` may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeNumbers {
    /// Any.
    Unlimited,
    /// Numbers below 2⁶³ − 1.
    BelowI64Max,
    /// Numbers below 2⁶⁴.
    UpToU64Max,
}

/// Which syntax of `Range` is a single range with a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeSyntax {
    /// `bytes=`, digits, `-`, and optional digits.
    Digits,
    /// `bytes` in any case, `=`, a number, `-`, and an optional number. Numbers are below 2⁶⁴, and may have a `+`
    /// before them.
    PlusSigns,
}

/// How a `Content-Type` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentTypeParsing {
    /// As a MIME type with any parameters.
    MimeType,
    /// As one media type of a list. A comma ends it, and blanks end its essence. Only the first `;` may be at the end
    /// of the value.
    MediaType,
}

/// Which `Content-Type` can cause a preflight if XMLHttpRequest rewrites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentTypeJudged {
    /// The one that is sent.
    AsSent,
    /// The one that is sent, and the one that the page set.
    AsGivenToo,
}

/// Which headers need no preflight in addition to the standard's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MoreSafelistedHeaders {
    /// None.
    None,
    /// Client hints with valid values, and headers that the browser treats as its own.
    ClientHints,
}

/// Whether an upload listener causes a preflight for a request without a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UploadListenerWithoutBody {
    /// It causes one.
    Preflight,
    /// It causes none.
    Ignored,
}

/// The `Origin` of a preflight whose request's origin is tainted by redirects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaintedPreflightOrigin {
    /// `null`, like that of the request after it.
    Null,
    /// The page's origin, which is also the origin in the cache. If the URL is of that origin, the response needs no
    /// `Access-Control-Allow-Origin`.
    Page,
}

/// Which hops of a redirect chain have a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightAfterRedirect {
    /// The hops whose request needs one.
    WhereNeeded,
    /// All hops with CORS, once the page's request, or the request before the redirect, needed one. The preflight asks
    /// for the page's headers, without those that the last redirect removed. A `Content-Type` that XMLHttpRequest added
    /// is not one of the page's headers, and counts as long as it is sent. If no header needs a preflight any more, the
    /// preflight repeats the last list.
    OnceAlways,
    /// All hops with CORS, once one was needed, and all hops for which the page's headers need one. The preflight asks
    /// for all of the page's headers, even if redirects removed some.
    AsPageMade,
}

/// Whether a `*` in `Access-Control-Allow-Headers` that is a wildcard covers `Authorization`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorizationUnderWildcard {
    /// It does not cover it.
    NotCovered,
    /// It covers it.
    Covered,
}

/// Whether the use-CORS-preflight flag grants the method if there is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MethodWithoutList {
    /// It grants the method.
    GrantedByFlag,
    /// It does not. Only `GET`, `HEAD` and `POST` need no list.
    NotGranted,
}

/// The order of the checks of the response to a preflight. It decides which of several failures is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightChecks {
    /// CORS check and status, syntax of both lists, method, header names.
    CorsStatusSyntaxMethodHeaders,
    /// Redirect, CORS check and status, syntax of both lists, method, header names.
    RedirectCorsStatusSyntaxMethodHeaders,
    /// CORS check, redirect, status, syntax of the methods, method, syntax of the header names, header names.
    CorsRedirectStatusMethodsHeaders,
    /// Status before the CORS check.
    StatusCorsSyntaxMethodHeaders,
}
