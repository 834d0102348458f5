//! The words of the browser half: conversions from and to text.

use core::{fmt, str};

use super::{
    cross_origin_resource_policy::{EmbedderPolicy, ResourcePolicy},
    error::Phase,
    profile::Profile,
    request::RedirectTaint,
    response::{InvalidStatus, Status},
    url::{InvalidUrl, Url},
};
use crate::convert::{UnknownWord, impl_eq_text, impl_text, impl_words};

impl_text!(Url, InvalidUrl);
impl_eq_text!(Url, |url, text| url.as_str() == text);

impl<'a> TryFrom<&'a [u8]> for Url<'a> {
    type Error = InvalidUrl;

    fn try_from(bytes: &'a [u8]) -> Result<Self, InvalidUrl> {
        Url::new(str::from_utf8(bytes).map_err(|error| InvalidUrl::Byte { offset: error.valid_up_to() })?)
    }
}

impl TryFrom<u16> for Status {
    type Error = InvalidStatus;

    fn try_from(status: u16) -> Result<Self, InvalidStatus> {
        Status::new(status)
    }
}

impl From<Status> for u16 {
    fn from(status: Status) -> Self {
        status.as_u16()
    }
}

impl PartialEq<u16> for Status {
    fn eq(&self, other: &u16) -> bool {
        self.as_u16() == *other
    }
}

impl PartialEq<Status> for u16 {
    fn eq(&self, other: &Status) -> bool {
        *other == *self
    }
}

impl_words! {
    EmbedderPolicy {
        UnsafeNone = "unsafe-none",
        RequireCorp = "require-corp",
        Credentialless = "credentialless",
    }
}

impl_words! {
    ResourcePolicy {
        SameOrigin = "same-origin",
        SameSite = "same-site",
        CrossOrigin = "cross-origin",
    }
}

impl_words! {
    RedirectTaint {
        SameOrigin = "same-origin",
        SameSite = "same-site",
        CrossSite = "cross-site",
    }
}

impl fmt::Display for RedirectTaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Display for EmbedderPolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// Writes what this phase checks.
impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Phase::Route => "request",
            Phase::Preflight => "response to the preflight",
            Phase::Response => "response",
            Phase::Redirect => "redirect",
        })
    }
}

/// Reads the name of a browser, or `fetch` for the standard, in lower case.
///
/// ```
/// use fetch_cors::browser::Profile;
///
/// assert_eq!("firefox".parse(), Ok(Profile::FIREFOX));
/// assert!("Netscape".parse::<Profile>().is_err());
/// ```
impl str::FromStr for Profile {
    type Err = UnknownWord;

    fn from_str(name: &str) -> Result<Self, UnknownWord> {
        match name {
            "fetch" => Ok(Profile::FETCH),
            #[cfg(not(fetch_cors_standard_only))]
            "chromium" => Ok(Profile::CHROMIUM),
            #[cfg(not(fetch_cors_standard_only))]
            "firefox" => Ok(Profile::FIREFOX),
            #[cfg(not(fetch_cors_standard_only))]
            "webkit" | "safari" => Ok(Profile::WEBKIT),
            _ if cfg!(fetch_cors_standard_only) => Err(UnknownWord::none_of(&["fetch"])),
            _ => Err(UnknownWord::none_of(&["fetch", "chromium", "firefox", "webkit", "safari"])),
        }
    }
}
