//! Switches for a page's request, and for its `Origin`.

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

/// Whether a request is sent if the page sets a header that the network stack treats as the browser's own. Such headers
/// are `Available-Dictionary`, and `X-HTTP-Method` and its like if their combined values are a forbidden
/// request-header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadersOfBrowser {
    /// It is sent.
    Sent,
    /// It fails, and nothing is sent.
    Fail,
}

/// Which of several `Authorization` or `Content-Type` headers of a `fetch()` are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedSingletons {
    /// All.
    #[default]
    AllSent,
    /// The last.
    LastSent,
}

/// Which types of a blob `XMLHttpRequest` sends as `Content-Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlobTypeInXhr {
    /// All.
    Sent,
    /// Types that are a valid `Content-Type`, with complete parameters.
    SentIfValid,
    /// Types that begin with a valid type and subtype.
    SentIfMimeType,
}

/// How XMLHttpRequest rewrites the charset of a `Content-Type` that the page set for a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CharsetRewriting {
    /// By parsing and serializing the MIME type, if its charset is not UTF-8.
    #[default]
    Serialized,
    /// By parsing and serializing the MIME type, if its charset is neither UTF-8 nor empty.
    SerializedUnlessEmpty,
    /// In place, at each `charset=` after a blank or `;`.
    InPlace,
    /// By parsing and serializing the MIME type. For a `URLSearchParams`, in place, in each parameter `charset` that is
    /// not UTF-8.
    InPlaceForUrlSearchParams,
}

/// Which value a repeated parameter gets if `XMLHttpRequest` rewrites the `Content-Type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedParameters {
    /// The first value. The parameter is written once.
    #[default]
    FirstCounts,
    /// A parameter whose name has an upper-case letter is written even after another one of its name. All are written
    /// with the value of the last such parameter.
    LastInUpperCaseCounts,
}

/// How a stream as a body is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestStreams {
    /// It is sent once, after a preflight.
    Sent,
    /// It is sent as the text `[object ReadableStream]`.
    SentAsText,
    /// The fetch fails, over any protocol.
    Refused,
}

/// Which characters of a URL are percent-encoded in addition to those of the URL Standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UrlCharacters {
    /// None.
    AsInStandard,
    /// `|` in a path.
    VerticalBarEncoded,
    /// In `Location`, controls, tabs and newlines. Other parsers remove controls at the ends of a URL, and tabs and
    /// newlines anywhere.
    ControlsEncodedInLocation,
}

/// Whether the referrer policy hides the origin of a request without CORS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReferrerPolicyHidesOrigin {
    /// It hides the origin.
    Yes,
    /// It hides the origin only in navigations.
    InNavigations,
    /// It hides the origin in the first request, and as long as redirects stay within its origin.
    AtFirst,
}

/// Whether a request without CORS from an HTTPS page to HTTP hides its origin if the referrer policy hides the
/// referrer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginOnDowngrade {
    /// It hides its origin.
    Hidden,
    /// It sends its origin.
    Sent,
}

/// Whether a page may set a referrer policy that reveals more to other sites than the default policy:
/// "no-referrer-when-downgrade", "origin-when-cross-origin" or "unsafe-url".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelaxedReferrerPolicies {
    /// Yes.
    Followed,
    /// For other sites the default policy applies.
    IgnoredAcrossSites,
}

/// Whether elements send `Origin` in requests of mode "cors" to the page's own origin. Such elements have `crossorigin`, or
/// load a module or a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginOfElements {
    /// Like other requests: a `GET` does not send it.
    AsOthers,
    /// They always send it.
    Sent,
}

/// The `Origin` of a request without CORS after a redirect to another origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginWithoutCors {
    /// By the redirect-taint: the page's origin, until another origin redirects.
    Tainted,
    /// `null`, after any redirect to another origin.
    NullAfterRedirect,
}
