//! A URL, as a URL parser serialized it.
//!
//! The crate does not parse URLs. A caller brings its own parser, or uses the feature `url`.
//!
//! ```
//! use fetch_cors::browser::Url;
//!
//! let url = Url::new("https://api.example:8443/items?page=2").unwrap();
//! assert_eq!(url.origin().to_string(), "https://api.example:8443");
//! ```

use core::{error, fmt, hash};

use crate::{
    grammar,
    origin::{self, InvalidOrigin, Origin},
};

/// A serialized URL, split into its scheme, origin, credentials and fragment.
///
/// The crate does not parse URLs. The text must come from a URL parser; [`Url::new`] checks its form. With the feature
/// `url`, `url::Url` converts to this type.
///
/// Two URLs are equal if their serializations are, including fragments.
///
/// <https://url.spec.whatwg.org/#concept-url>
///
/// ```
/// use fetch_cors::browser::Url;
///
/// let url = Url::new("https://api.example/items?page=2#top")?;
/// assert_eq!(url.origin().to_string(), "https://api.example");
/// assert_eq!(url.without_fragment(), "https://api.example/items?page=2");
/// assert!(Url::new("https://API.example").is_err());
/// # Ok::<(), fetch_cors::browser::url::InvalidUrl>(())
/// ```
#[derive(Clone, Copy)]
pub struct Url<'a> {
    href: &'a str,
    scheme: &'a str,
    origin: Origin<'a>,
    credentials: UrlCredentials,
    blob_url_entry: BlobUrlEntry,
}

/// The page that created a `blob:` URL.
///
/// <https://url.spec.whatwg.org/#concept-url-blob-entry>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlobUrlEntry {
    /// Only what the URL says is known. For a page with an opaque origin, that identifies no page.
    #[default]
    Unknown,
    /// The page that fetches it.
    OfPage,
}

/// Whether a URL has a user name or a password.
///
/// <https://url.spec.whatwg.org/#include-credentials>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum UrlCredentials {
    /// Neither.
    Absent,
    /// One of them, or both.
    Present,
}

impl<'a> Url<'a> {
    /// Splits a serialized URL.
    pub fn new(href: &'a str) -> Result<Self, InvalidUrl> {
        if let Some(offset) = href.bytes().position(|byte| !matches!(byte, b' '..=b'~')) {
            return Err(InvalidUrl::Byte { offset });
        }
        let (scheme, rest) = grammar::split_once(href, ":").ok_or(InvalidUrl::Scheme)?;
        origin::check_scheme(scheme.as_bytes()).map_err(|_| InvalidUrl::Scheme)?;
        let after_slashes = rest.strip_prefix("//");
        let (authority, path) = after_slashes.map_or(("", rest), |text| grammar::split_before(text, b"/?#"));
        let (userinfo, authority) = grammar::rsplit_once(authority, "@").unwrap_or(("", authority));
        let credentials = if matches!(userinfo, "" | ":") { UrlCredentials::Absent } else { UrlCredentials::Present };
        let origin = match scheme {
            "http" | "https" | "ws" | "wss" | "ftp" => {
                if !path.starts_with('/') {
                    return Err(InvalidUrl::Path);
                }
                Origin::from_url_parts(scheme, authority).map_err(InvalidUrl::Origin)?
            }
            // A `blob:` URL within a `blob:` URL has an opaque origin, so it is not parsed.
            "blob" if rest.starts_with("http:") || rest.starts_with("https:") => {
                Url::new(rest).map_or(Origin::OPAQUE, |inner| inner.origin)
            }
            _ => Origin::OPAQUE,
        };
        Ok(Url { href, scheme, origin, credentials, blob_url_entry: BlobUrlEntry::Unknown })
    }

    /// The whole URL.
    pub const fn as_str(self) -> &'a str {
        self.href
    }

    /// The scheme, without the colon.
    pub const fn scheme(self) -> &'a str {
        self.scheme
    }

    /// The origin.
    ///
    /// <https://url.spec.whatwg.org/#concept-url-origin>
    pub const fn origin(self) -> Origin<'a> {
        self.origin
    }

    /// Whether the URL has a user name or a password.
    ///
    /// <https://url.spec.whatwg.org/#include-credentials>
    pub const fn credentials(self) -> UrlCredentials {
        self.credentials
    }

    /// The URL with its blob URL entry.
    ///
    /// A page with an opaque origin creates URLs like `blob:null/…`, which do not identify their creator. That page can
    /// fetch them as its own, and no other page can:
    ///
    /// ```
    /// use fetch_cors::browser::{Profile, RequestInit, Url, route::{Route, route}, url::BlobUrlEntry};
    /// use fetch_cors::origin::Origin;
    ///
    /// let url = Url::new("blob:null/0db13d48-b2a5-4a39-8f1c-8a5d0e3b5f1c")?;
    /// let fetched = |url| {
    ///     let request = RequestInit::default().request(url, Origin::OPAQUE).unwrap();
    ///     matches!(route(&request, &Profile::FETCH), Ok(Route::Basic))
    /// };
    /// assert!(fetched(url.with_blob_url_entry(BlobUrlEntry::OfPage)) && !fetched(url));
    /// # Ok::<(), fetch_cors::browser::url::InvalidUrl>(())
    /// ```
    ///
    /// <https://url.spec.whatwg.org/#concept-url-blob-entry>
    #[must_use]
    pub const fn with_blob_url_entry(mut self, blob_url_entry: BlobUrlEntry) -> Self {
        self.blob_url_entry = blob_url_entry;
        self
    }

    /// Whether this is a `blob:` URL of the page that fetches it.
    pub(super) fn is_blob_of_page(self) -> bool {
        self.blob_url_entry == BlobUrlEntry::OfPage && self.scheme == "blob"
    }

    /// Whether the host is an IP address, not a name.
    ///
    /// <https://url.spec.whatwg.org/#concept-host>
    pub fn host_is_ip_address(self) -> bool {
        let host = self.origin.host();
        // A valid host whose last label is a number is an IPv4 address.
        let mut last_label = host.strip_suffix('.').unwrap_or(host).bytes().rev().take_while(|byte| *byte != b'.');
        let is_digit = |byte: u8| byte.is_ascii_digit();
        host.starts_with('[') || last_label.next().is_some_and(is_digit) && last_label.all(is_digit)
    }

    /// Whether the scheme is `http` or `https`.
    ///
    /// <https://fetch.spec.whatwg.org/#http-scheme>
    pub const fn is_http(self) -> bool {
        matches!(self.scheme.as_bytes(), b"http" | b"https")
    }

    /// Whether the path is `blank`, as in `about:blank`.
    pub(super) fn path_is_blank(self) -> bool {
        let after_scheme = grammar::split_once(self.href, ":").map_or("", |(_, rest)| rest);
        grammar::until(after_scheme, b"?#") == "blank"
    }

    /// The URL that a script sees in a response: without its fragment.
    pub fn without_fragment(self) -> &'a str {
        grammar::until(self.href, b"#")
    }

    /// The URL without its fragment, if the fragment is empty.
    pub(super) fn without_empty_fragment(self) -> Self {
        Url { href: self.href.strip_suffix('#').unwrap_or(self.href), ..self }
    }

    /// The fragment, without the `#`.
    pub fn fragment(self) -> Option<&'a str> {
        grammar::split_once(self.href, "#").map(|(_, fragment)| fragment)
    }
}

impl PartialEq for Url<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.href == other.href
    }
}

impl Eq for Url<'_> {}

impl hash::Hash for Url<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.href.hash(state);
    }
}

impl fmt::Display for Url<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.href)
    }
}

impl fmt::Debug for Url<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.href, formatter)
    }
}

/// A text is not a URL as a URL parser serializes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidUrl {
    /// A byte that a serializer never writes: a control, or a non-ASCII byte.
    Byte {
        /// Its offset.
        offset: usize,
    },
    /// There is no lower-case scheme with a `:` after it.
    Scheme,
    /// Host and port are not in the serializer's form. The offset counts from the start of the host.
    Origin(InvalidOrigin),
    /// The path does not start with `/`: `https://a` is written `https://a/`.
    Path,
}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidUrl::Byte { offset } => write!(formatter, "URL has a byte at {offset} that is never written in one"),
            InvalidUrl::Scheme => formatter.write_str("URL does not start with a lower-case scheme and `:`"),
            InvalidUrl::Origin(error) => write!(formatter, "URL without an origin: {error} of the host"),
            InvalidUrl::Path => formatter.write_str("URL has no `/` after its host"),
        }
    }
}

impl error::Error for InvalidUrl {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            InvalidUrl::Origin(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::string::ToString;

    #[test]
    fn origin_and_credentials_of_a_url_are_parsed() {
        use UrlCredentials::*;
        for (href, origin, credentials) in [
            ("http://a/", "http://a", Absent),
            ("http://a:81/x@y", "http://a:81", Absent),
            ("http://u:p@a:81/", "http://a:81", Present),
            ("http://:p@a/", "http://a", Present),
            ("http://u@a/#@", "http://a", Present),
            ("http://@a/", "http://a", Absent),
            ("http://:@a/", "http://a", Absent),
            ("blob:https://a:1/uuid", "https://a:1", Absent),
            ("blob:null/uuid", "null", Absent),
            ("blob:blob:https://a/uuid", "null", Absent),
            ("data:text/plain,a b", "null", Absent),
            ("about:blank", "null", Absent),
            ("file:///etc", "null", Absent),
            ("mailto:a@b", "null", Absent),
        ] {
            let url = Url::new(href).unwrap();
            assert_eq!((url.origin().to_string().as_str(), url.credentials()), (origin, credentials), "{href}");
        }
    }

    #[test]
    fn a_fragment_is_what_follows_the_first_hash() {
        for (href, fragment) in [
            ("http://a/", None),
            ("http://a/#", Some("")),
            ("http://a/?b#c", Some("c")),
            ("http://a/#b#c", Some("b#c")),
            ("about:blank#d", Some("d")),
        ] {
            assert_eq!(Url::new(href).unwrap().fragment(), fragment, "{href}");
        }
    }

    #[test]
    fn deeply_nested_blob_url_does_not_recurse() {
        let href = "blob:".repeat(100_000);
        assert!(Url::new(&href).unwrap().origin().is_opaque());
    }

    #[test]
    fn unserialized_urls_are_invalid() {
        use crate::origin::InvalidOriginReason::*;
        for (href, expected) in [
            ("", InvalidUrl::Scheme),
            ("/path", InvalidUrl::Scheme),
            ("HTTP://a/", InvalidUrl::Scheme),
            ("http://a/\n", InvalidUrl::Byte { offset: 9 }),
            ("http://a/\u{e9}", InvalidUrl::Byte { offset: 9 }),
            ("http://a", InvalidUrl::Path),
            ("http:a", InvalidUrl::Path),
            ("http://A/", InvalidUrl::Origin(InvalidOrigin { reason: Host, offset: 0 })),
            ("http:///", InvalidUrl::Origin(InvalidOrigin { reason: Host, offset: 0 })),
            ("http://a:80/", InvalidUrl::Origin(InvalidOrigin { reason: DefaultPort, offset: 2 })),
        ] {
            assert_eq!(Url::new(href).err(), Some(expected), "{href}");
        }
    }
}
