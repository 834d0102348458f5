//! Switches for redirects, and for the requests after them.

/// Which redirects to a URL with a user name or password fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserinfoInLocation {
    /// Redirects of a response with CORS tainting; in mode "cors", also redirects to an origin other than the page's.
    FailsWithCors,
    /// For XMLHttpRequest, the standard's. For other requests, all.
    FailsUnlessXmlHttpRequest,
}

/// Whether a redirect keeps the client hints that the page set: `Device-Memory`, `Downlink`, `DPR`, `ECT`, `RTT`,
/// `Viewport-Width` and `Width`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClientHintsAfterRedirect {
    /// It keeps them.
    Kept,
    /// A redirect to an origin other than the page's removes them, for the rest of the chain.
    DroppedAcrossOrigins,
}

/// How several `Location` headers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EqualLocations {
    /// They fail, even if they are equal.
    Fail,
    /// Equal ones count as one.
    One,
    /// They are combined with a comma and a blank, even if they are equal.
    Combined,
}

/// The meaning of a redirect status with an empty `Location`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyLocation {
    /// A redirect to the same URL.
    Redirect,
    /// No redirect.
    NoRedirect,
    /// A failure in mode "follow", and no redirect in mode "error".
    Fails,
}

/// When `Location` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LocationIsRead {
    /// After the CORS check and the redirect mode.
    ToFollow,
    /// Before both. Several headers, or one that is not a URL, fail in every mode.
    First,
    /// In mode "follow", before the CORS check. Several headers, one that is not a URL, or one with a URL that pages
    /// may not load fail.
    FirstToFollow,
}

/// The meaning of a redirect status without `Location` in mode "error".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorModeWithoutLocation {
    /// A failure.
    Fails,
    /// A response.
    Responds,
}

/// Which statuses redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectStatuses {
    /// 301, 302, 303, 307 and 308.
    Five,
    /// All from 301 to 399, except 304, 305 and 306.
    AllBut304To306,
}

/// How the bytes of a `Location` are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LocationBytes {
    /// As UTF-8. Bytes that are not UTF-8 are percent-encoded.
    Utf8,
    /// As ISO-8859-1, after each byte that is not UTF-8 is replaced by U+FFFD. So each byte above 0x7F is
    /// percent-encoded as the two UTF-8 bytes of a character.
    Latin1,
}

/// The method after a `DELETE` is redirected to another origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeleteAcrossOrigins {
    /// The same as for other methods with this status.
    AsOthers,
    /// `GET`, for every status.
    BecomesGet,
}

/// Whether a request keeps its `Origin` when a redirect within its origin turns it into a `GET`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginOnceSent {
    /// It does not: a `GET` without CORS has no `Origin`.
    Dropped,
    /// It keeps it as long as the redirects stay within the origin.
    KeptWithinOrigin,
}

/// Whether a request without CORS has credentials after redirects, in credentials mode "same-origin".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsWithoutCors {
    /// By its response tainting: it has none once that is opaque.
    ByTainting,
    /// By the first request: if that was to the page's own origin, all have credentials.
    AsAtFirst,
}

/// Which checks of a redirect are repeated after the preflight for its URL has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectChecks {
    /// None.
    Once,
    /// Two checks. The CORS check is repeated; in credentials mode "same-origin" it uses the credentials of the first
    /// request. A user name or password that is forbidden only because of the URL's origin is found at this point.
    AgainAfterPreflight,
}

/// When a redirect to an `ftp:` URL fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FtpLocation {
    /// Like a redirect to any other URL that is not HTTP(S).
    AsOthers,
    /// Before all other checks, in every redirect mode.
    FailsFirst,
}

/// How bytes above 0x7F of a request's headers are sent. This crate does not change them; the transport should read
/// this switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestHeaderBytes {
    /// Unchanged.
    AsTheyAre,
    /// As the two UTF-8 bytes of the character with that number.
    Utf8,
}
