//! What a policy reads of a request.

use crate::header::{HeaderName, HeaderText, Headers};

/// The kind of a request, as far as CORS goes.
///
/// A router finds here the method that a preflight asks about, to look up whether its path has a route for it.
///
/// <https://fetch.spec.whatwg.org/#http-requests>
///
/// ```
/// use fetch_cors::header::Headers;
/// use fetch_cors::server::RequestKind;
///
/// let lines: [(&str, &[u8]); 2] = [("Origin", b"https://app.example"), ("Access-Control-Request-Method", b"PUT")];
/// let kind = RequestKind::of("OPTIONS", Headers::from_pairs(&lines));
/// assert_eq!(kind, RequestKind::Preflight { origin: b"https://app.example", method: b"PUT" });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind<'a> {
    /// A CORS-preflight request: `OPTIONS` with exactly one `Origin` line, and with `Access-Control-Request-Method`.
    Preflight {
        /// The value of `Origin`.
        origin: &'a [u8],
        /// The method that is asked about.
        method: &'a [u8],
    },
    /// A request with exactly one `Origin` line: a CORS request, or one of the same origin with a method other than `GET`
    /// and `HEAD`.
    WithOrigin {
        /// The value of `Origin`.
        origin: &'a [u8],
    },
    /// A request with several `Origin` lines, which no browser sends.
    SeveralOrigins,
    /// A request without `Origin`.
    WithoutOrigin,
}

impl<'a> RequestKind<'a> {
    /// The kind of a request with this method and these headers.
    pub fn of(method: &str, headers: Headers<'a>) -> Self {
        let found = Found::of(method, headers);
        match (found.origin, found.asked_method) {
            (OriginLines::One(origin), Some(method)) => RequestKind::Preflight { origin: origin.as_bytes(), method },
            (OriginLines::One(origin), None) => RequestKind::WithOrigin { origin: origin.as_bytes() },
            (OriginLines::Several, _) => RequestKind::SeveralOrigins,
            (OriginLines::None, _) => RequestKind::WithoutOrigin,
        }
    }
}

/// The lines that every decision reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) origin: OriginLines<'a>,
    /// Of a preflight, the method that it asks about.
    pub(super) asked_method: Option<&'a [u8]>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum OriginLines<'a> {
    None,
    One(HeaderText<'a>),
    Several,
}

impl<'a> Found<'a> {
    #[inline]
    pub(super) fn of(method: &str, headers: Headers<'a>) -> Self {
        #[cfg(feature = "http")]
        if let Some(map) = headers.as_map() {
            use http::header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};
            let origins = map.get_all(ORIGIN).into_iter().map(crate::http::text);
            let asked_method = || map.get(ACCESS_CONTROL_REQUEST_METHOD).map(http::HeaderValue::as_bytes);
            return Found::new(method, origins, asked_method);
        }
        let Some(pairs) = headers.as_pairs() else {
            let values = |name| headers.iter().filter(move |header| header.name == name).map(|header| header.value);
            let origins = values(HeaderName::ORIGIN).map(HeaderText::borrowed);
            return Found::new(method, origins, || values(HeaderName::ACCESS_CONTROL_REQUEST_METHOD).next());
        };
        // OPTIMIZATION: of a line that is passed over, nothing but the length of its name is read.
        let origins = pairs.iter().filter(|pair| is(pair.0, b"origin")).map(|pair| trimmed(pair.1));
        let asked_method = || pairs.iter().find(|pair| is(pair.0, b"access-control-request-method"));
        Found::new(method, origins, || asked_method().map(|pair| pair.1))
    }

    /// OPTIMIZATION: `Access-Control-Request-Method` is looked for only where a preflight needs it. Two walks with one length
    /// to tell apart are shorter than one walk with two.
    #[inline]
    fn new(
        method: &str,
        mut origins: impl Iterator<Item = HeaderText<'a>>,
        asked_method: impl FnOnce() -> Option<&'a [u8]>,
    ) -> Self {
        let Some(origin) = origins.next() else { return Found { origin: OriginLines::None, asked_method: None } };
        if origins.next().is_some() {
            return Found { origin: OriginLines::Several, asked_method: None };
        }
        let asked_method = if method == "OPTIONS" { asked_method().map(trim) } else { None };
        Found { origin: OriginLines::One(origin), asked_method }
    }
}

/// The values of all lines of this name, in order.
pub(super) fn lines<'a>(headers: Headers<'a>, name: HeaderName<'a>) -> impl Iterator<Item = HeaderText<'a>> {
    #[cfg(feature = "http")]
    let (shared, headers) = match headers.as_map() {
        Some(map) => (Some(map.get_all(name.as_str()).into_iter().map(crate::http::text)), Headers::EMPTY),
        None => (None, headers),
    };
    #[cfg(not(feature = "http"))]
    let shared = None::<core::iter::Empty<HeaderText<'a>>>;
    let borrowed =
        headers.iter().filter(move |header| header.name == name).map(|header| HeaderText::borrowed(header.value));
    shared.into_iter().flatten().chain(borrowed)
}

/// OPTIMIZATION: blanks are below all that has a glyph, so two comparisons tell that there is nothing to trim.
#[inline]
fn trim(value: &[u8]) -> &[u8] {
    match value {
        [first, .., last] if *first > b' ' && *last > b' ' => value,
        _ => crate::grammar::trim_tab_or_space(value),
    }
}

fn trimmed(value: &[u8]) -> HeaderText<'_> {
    HeaderText::borrowed(trim(value))
}

/// Whether `name` is `lowercase`, which has nothing but letters and hyphens, without regard to ASCII case.
///
/// OPTIMIZATION: bit 5 is all that an upper-case letter differs in. A hyphen with that bit off is a carriage return, which
/// is looked for afterwards; so the loop has no branch, and becomes a few vector instructions.
fn is<const N: usize>(name: &str, lowercase: &[u8; N]) -> bool {
    let Ok(bytes) = <&[u8; N]>::try_from(name.as_bytes()) else { return false };
    let mut difference = 0;
    for (byte, expected) in bytes.iter().zip(lowercase) {
        difference |= (byte | 0x20) ^ expected;
    }
    difference == 0 && bytes.iter().fold(0, |found, byte| found | u8::from(*byte == b'\r')) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_blind_to_case_and_to_nothing_else() {
        assert!(is("Origin", b"origin"));
        assert!(is("ACCESS-control-REQUEST-method", b"access-control-request-method"));
        assert!(!is("access\rcontrol-request-method", b"access-control-request-method"));
        assert!(!is("Origim", b"origin"));
        assert!(!is("origin2", b"origin"));
    }
}
