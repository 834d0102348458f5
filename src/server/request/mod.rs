//! What a policy reads of a request.

pub(in crate::server) mod site;

use crate::{
    grammar::{is_lowercase, trim_tab_or_space},
    header::{HeaderName, HeaderText, Headers},
};

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
            (OriginLines::One(origin), Some(method)) => {
                RequestKind::Preflight { origin: origin.as_bytes(), method: trim_tab_or_space(method) }
            }
            (OriginLines::One(origin), None) => RequestKind::WithOrigin { origin: origin.as_bytes() },
            (OriginLines::Several, _) => RequestKind::SeveralOrigins,
            (OriginLines::None, _) => RequestKind::WithoutOrigin,
        }
    }
}

/// A header list of names and values.
pub(in crate::server) type Pairs<'a> = &'a [(&'a str, &'a [u8])];

/// The lines that every decision reads.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Found<'a> {
    pub(in crate::server) origin: OriginLines<'a>,
    /// Of a preflight, the method that it asks about, perhaps with blanks around.
    pub(in crate::server) asked_method: Option<&'a [u8]>,
}

/// Whether a request is a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum IsPreflight {
    No,
    Yes,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::server) enum OriginLines<'a> {
    None,
    One(HeaderText<'a>),
    Several,
}

impl<'a> Found<'a> {
    pub(in crate::server) fn of(method: &str, headers: Headers<'a>) -> Self {
        match headers.as_pairs() {
            Some(pairs) => Found::of_pairs(method, pairs),
            None => Found::of_others(method, headers),
        }
    }

    #[inline(always)]
    pub(in crate::server) const fn is_preflight(&self) -> IsPreflight {
        if self.asked_method.is_some() { IsPreflight::Yes } else { IsPreflight::No }
    }

    #[inline(always)]
    pub(in crate::server) fn of_pairs(method: &str, pairs: Pairs<'a>) -> Self {
        let mut lines = pairs.iter();
        let Some(origin) = next_of_name(&mut lines, b"origin") else {
            return Found { origin: OriginLines::None, asked_method: None };
        };
        if next_of_name(&mut lines, b"origin").is_some() {
            return Found { origin: OriginLines::Several, asked_method: None };
        }
        let asked_method =
            if method == "OPTIONS" { next_of_name(&mut pairs.iter(), b"access-control-request-method") } else { None };
        Found { origin: OriginLines::One(HeaderText::borrowed(trim_tab_or_space(origin))), asked_method }
    }

    /// The same of headers that are no pairs.
    #[inline(always)]
    pub(in crate::server) fn of_others(method: &str, headers: Headers<'a>) -> Self {
        #[cfg(feature = "http")]
        if let Some(map) = headers.as_map() {
            let asked_method = || crate::http::Values::of(map, HeaderName::ACCESS_CONTROL_REQUEST_METHOD);
            return Found::of_lines(method, crate::http::Values::of(map, HeaderName::ORIGIN), asked_method);
        }
        let asked_method = || lines(headers, HeaderName::ACCESS_CONTROL_REQUEST_METHOD);
        Found::of_lines(method, lines(headers, HeaderName::ORIGIN), asked_method)
    }

    #[inline]
    fn of_lines<L: Iterator<Item = HeaderText<'a>>>(
        method: &str,
        mut origins: impl Iterator<Item = HeaderText<'a>>,
        asked_method: impl FnOnce() -> L,
    ) -> Self {
        let Some(origin) = origins.next() else { return Found { origin: OriginLines::None, asked_method: None } };
        if origins.next().is_some() {
            return Found { origin: OriginLines::Several, asked_method: None };
        }
        let asked_method = if method == "OPTIONS" { asked_method().next().map(HeaderText::as_bytes) } else { None };
        Found { origin: OriginLines::One(origin), asked_method }
    }
}

/// The method that a preflight asks about.
pub(in crate::server) fn asked_method(headers: Headers<'_>) -> Option<&[u8]> {
    lines(headers, HeaderName::ACCESS_CONTROL_REQUEST_METHOD).next().map(HeaderText::as_bytes)
}

/// The values of all lines of this name, in order.
pub(in crate::server) fn lines<'a>(headers: Headers<'a>, name: HeaderName<'static>) -> Lines<'a> {
    #[cfg(feature = "http")]
    if let Some(map) = headers.as_map() {
        return Lines::OfMap(crate::http::Values::of(map, name));
    }
    match headers.as_pairs() {
        Some(pairs) => Lines::OfPairs(pairs.iter(), name),
        None => Lines::Others(headers.iter(), name),
    }
}

pub(in crate::server) enum Lines<'a> {
    OfPairs(core::slice::Iter<'a, (&'a str, &'a [u8])>, HeaderName<'static>),
    #[cfg(feature = "http")]
    OfMap(crate::http::Values<'a>),
    Others(crate::header::Iter<'a>, HeaderName<'static>),
}

impl<'a> Iterator for Lines<'a> {
    type Item = HeaderText<'a>;

    fn next(&mut self) -> Option<HeaderText<'a>> {
        match self {
            // OPTIMIZATION: a value is trimmed when the name is the right one.
            Lines::OfPairs(rest, name) => {
                let line = rest.find(|line| HeaderName::from_transport(line.0) == *name)?;
                Some(HeaderText::borrowed(trim_tab_or_space(line.1)))
            }
            #[cfg(feature = "http")]
            Lines::OfMap(rest) => rest.next(),
            Lines::Others(rest, name) => {
                let header = rest.find(|header| header.name == *name)?;
                Some(HeaderText::borrowed(header.value))
            }
        }
    }
}

/// OPTIMIZATION: of a line that is passed over, nothing but the length of its name is read. Two walks with one length to tell
/// apart are shorter than one walk with two.
#[inline(always)]
fn next_of_name<'a, const N: usize>(
    lines: &mut core::slice::Iter<'a, (&'a str, &'a [u8])>,
    name: &[u8; N],
) -> Option<&'a [u8]> {
    for line in lines {
        // OPTIMIZATION: the case that HTTP/2 and most lists have is compared with less, where a name is long.
        if N >= 16 && line.0.as_bytes() == name || is_lowercase(line.0.as_bytes(), name) {
            return Some(line.1);
        }
    }
    None
}
