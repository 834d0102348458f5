//! Switches for a request as a page makes it, and for its `Origin`.

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

/// What happens to a request with a header that the network stack treats as the browser's own. Such headers are
/// `Available-Dictionary`, and `X-HTTP-Method` and its like if their combined values are a forbidden request-header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadersOfBrowser {
    /// It is sent.
    Sent,
    /// It fails before anything is sent.
    Fail,
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

/// How XMLHttpRequest rewrites the charset of a `Content-Type` that the page gave with a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CharsetRewriting {
    /// By parsing and serializing the MIME type, if its charset is not UTF-8.
    #[default]
    Serialized,
    /// By parsing and serializing the MIME type, if its charset is neither UTF-8 nor empty.
    SerializedUnlessEmpty,
    /// In place, wherever `charset=` follows a blank or `;`.
    InPlace,
    /// By parsing and serializing; with a `URLSearchParams` in place, in each parameter `charset` that is not UTF-8.
    InPlaceForUrlSearchParams,
}

/// What becomes of a parameter that a `Content-Type` has twice, where `XMLHttpRequest` rewrites it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedParameters {
    /// The first counts, and is written once.
    #[default]
    FirstCounts,
    /// One whose name has an upper-case letter is written, though another one came before it. The last of those counts, and all are
    /// written with its value.
    LastInUpperCaseCounts,
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

/// Whether a request without CORS from an HTTPS page to HTTP hides its origin by the referrer policies that hide the referrer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginOnDowngrade {
    /// It does.
    Hidden,
    /// It does not.
    Sent,
}

/// Whether a page may have a referrer policy that reveals more to other sites than the default one does:
/// "no-referrer-when-downgrade", "origin-when-cross-origin" or "unsafe-url".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelaxedReferrerPolicies {
    /// It may.
    Followed,
    /// Towards other sites it has the default one.
    IgnoredAcrossSites,
}

/// Whether elements send `Origin` in requests of mode "cors" to the page's own origin. Such elements have `crossorigin`, or
/// load a module or a font.
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
