//! Switches for redirects, and the requests that follow them.

/// Which redirects to a URL with a user name or password fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserinfoInLocation {
    /// Those of a response tainted by CORS, and in mode "cors" those to another origin than the page's.
    FailsWithCors,
    /// Those of XMLHttpRequest as in the standard, and all of others.
    FailsUnlessXmlHttpRequest,
}

/// Whether a redirect keeps the client hints that a page has given: `Device-Memory`, `Downlink`, `DPR`, `ECT`, `RTT`,
/// `Viewport-Width` and `Width`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClientHintsAfterRedirect {
    /// It does.
    Kept,
    /// One to another origin than the page's takes them away, for all that follow.
    DroppedAcrossOrigins,
}

/// How several `Location` headers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EqualLocations {
    /// They fail, even if they are equal.
    Fail,
    /// If they are equal, as one.
    One,
    /// They are combined with a comma and a blank, even if they are equal.
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

/// When `Location` is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LocationIsRead {
    /// After the CORS check and the redirect mode.
    ToFollow,
    /// Before both: several, or one that is not a URL, fail whatever the mode.
    First,
    /// In mode "follow", before the CORS check: several, one that is not a URL, or one that pages may not load fail.
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

/// Which statuses redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectStatuses {
    /// 301, 302, 303, 307 and 308.
    Five,
    /// All from 301 to 399 but 304, 305 and 306.
    AllBut304To306,
}

/// How the bytes of a `Location` are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LocationBytes {
    /// As UTF-8. Bytes that are not UTF-8 are percent-encoded.
    Utf8,
    /// As ISO-8859-1, after each byte that is not UTF-8 was replaced by U+FFFD. So each byte above 0x7F is percent-encoded as
    /// the two bytes of a character.
    Latin1,
}

/// What a `DELETE` becomes when it is redirected to another origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeleteAcrossOrigins {
    /// What the status makes of it.
    AsOthers,
    /// A `GET`, for every status.
    BecomesGet,
}

/// What becomes of the `Origin` of a request that a redirect within its origin turns into a `GET`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginOnceSent {
    /// A `GET` without CORS has none.
    Dropped,
    /// It stays as long as the redirects stay within the origin.
    KeptWithinOrigin,
}

/// Whose credentials a request without CORS has after redirects, in credentials mode "same-origin".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsWithoutCors {
    /// Those of its response tainting: none, once it is opaque.
    ByTainting,
    /// Those of the first request: a request that began within its origin has them everywhere.
    AsAtFirst,
}

/// Which checks of a redirect are done again, once the preflight for its URL has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectChecks {
    /// None.
    Once,
    /// Two. The CORS check is done again, in credentials mode "same-origin" as if with the credentials of the first request.
    /// A user name or password that is forbidden for the origin of the URL alone is found only then.
    AgainAfterPreflight,
}

/// What a redirect to an `ftp:` URL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FtpLocation {
    /// What one to any other URL that is not HTTP(S) is.
    AsOthers,
    /// A failure before all other checks, in every redirect mode.
    FailsFirst,
}

/// How bytes above 0x7F of a request's headers are sent. This crate gives them as they are; who sends them looks here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestHeaderBytes {
    /// As they are.
    AsTheyAre,
    /// As the two bytes that UTF-8 has for the character of that number.
    Utf8,
}
