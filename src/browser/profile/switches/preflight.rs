//! Switches for which requests need a preflight, and for its check.

/// How the values of a header that a page gives twice are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedHeader {
    /// Each by itself, as the list has it.
    Separately,
    /// As one, with commas.
    Combined,
    /// As one, with commas, and with the blank that an empty last value leaves at the end.
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
    /// `bytes` in any case, `=`, a number, `-`, and perhaps a number. Numbers are below 2⁶⁴ and may have a `+` before them.
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

/// Which `Content-Type` can need a preflight, where XMLHttpRequest rewrites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentTypeJudged {
    /// The one that is sent.
    AsSent,
    /// That one, and the one that the page gave.
    AsGivenToo,
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
    /// All with CORS, once the request as the page made it, or the one before the redirect, needed one. The preflight asks for
    /// the page's headers, without those that the last redirect removed. The type of a body that XMLHttpRequest added is not
    /// the page's, and counts as long as it is sent. If no header needs a preflight any more, the last list is asked for again.
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

/// Whether the use-CORS-preflight flag grants the method where no list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MethodWithoutList {
    /// It does.
    GrantedByFlag,
    /// It does not: only `GET`, `HEAD` and `POST` need no list.
    NotGranted,
}

/// In which order the response to a preflight is checked, which decides what is reported of several mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightChecks {
    /// CORS check and status, syntax of both lists, method, header names.
    CorsStatusSyntaxMethodHeaders,
    /// A redirect; then CORS check and status, syntax of both lists, method, header names.
    RedirectCorsStatusSyntaxMethodHeaders,
    /// CORS check, redirect, status; then the list of methods is done with before the other is looked at.
    CorsRedirectStatusMethodsHeaders,
    /// Status before the CORS check.
    StatusCorsSyntaxMethodHeaders,
}
