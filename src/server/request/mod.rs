//! The parts of a request that a policy reads.

pub(super) mod site;

use crate::{
    grammar::{self, is_lowercase},
    header::{HeaderName, Headers, RawLines, ValueRef},
};

/// The kind of a request, as far as CORS goes.
///
/// A router finds here the method that a preflight asks for, to look up whether its path has a route for it.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum RequestKind<'a> {
    /// A CORS-preflight request: `OPTIONS` with exactly one `Origin` line, and with `Access-Control-Request-Method`.
    Preflight {
        /// The value of `Origin`.
        origin: &'a [u8],
        /// The method that the preflight asks for.
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
    ///
    /// After a decision, [`Decision::request_kind`](super::Decision::request_kind) gives it without reading the request again.
    pub fn of(method: &str, headers: Headers<'a>) -> Self {
        let request = CorsRequest::of(method, headers);
        RequestKind::new(request.origin, request.requested_method)
    }

    pub(super) fn new(origin: OriginLines<'a>, requested_method: Option<ValueRef<'a>>) -> Self {
        match (origin, requested_method) {
            (OriginLines::One(origin), Some(method)) => {
                RequestKind::Preflight { origin: origin.as_bytes(), method: method.as_bytes() }
            }
            (OriginLines::One(origin), None) => RequestKind::WithOrigin { origin: origin.as_bytes() },
            (OriginLines::Several, _) => RequestKind::SeveralOrigins,
            (OriginLines::None, _) => RequestKind::WithoutOrigin,
        }
    }
}

/// The lines that every decision reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct CorsRequest<'a> {
    pub(super) origin: OriginLines<'a>,
    /// The value of `Access-Control-Request-Method`, if the request is a preflight.
    pub(super) requested_method: Option<ValueRef<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IsPreflight {
    No,
    Yes,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum OriginLines<'a> {
    None,
    One(ValueRef<'a>),
    Several,
}

impl<'a> CorsRequest<'a> {
    pub(super) fn of(method: &str, headers: Headers<'a>) -> Self {
        match headers.as_pairs() {
            Some(pairs) => CorsRequest::of_pairs(method, pairs),
            None => CorsRequest::of_map_or_source(method, headers),
        }
    }

    #[inline]
    pub(super) const fn is_preflight(&self) -> IsPreflight {
        if self.requested_method.is_some() { IsPreflight::Yes } else { IsPreflight::No }
    }

    // OPTIMIZATION: inlined, so that a caller's constant method and list drop what they do not need: about 40 of 300
    // instructions.
    #[inline(always)]
    pub(super) fn of_pairs(method: &str, pairs: &'a [(&'a str, &'a [u8])]) -> Self {
        let mut lines = pairs.iter();
        let Some(origin) = next_of_name(&mut lines, b"origin") else {
            return CorsRequest { origin: OriginLines::None, requested_method: None };
        };
        if next_of_name(&mut lines, b"origin").is_some() {
            return CorsRequest { origin: OriginLines::Several, requested_method: None };
        }
        let requested_method =
            if method == "OPTIONS" { next_of_name(&mut pairs.iter(), b"access-control-request-method") } else { None };
        CorsRequest {
            origin: OriginLines::One(ValueRef::of_field(origin)),
            requested_method: requested_method.map(ValueRef::of_field),
        }
    }

    /// Reads headers that are not a slice of pairs.
    pub(super) fn of_map_or_source(method: &str, headers: Headers<'a>) -> Self {
        let (origin, other) = first_lines(headers, HeaderName::ORIGIN);
        let Some(origin) = origin else {
            return CorsRequest { origin: OriginLines::None, requested_method: None };
        };
        if other.is_some() {
            return CorsRequest { origin: OriginLines::Several, requested_method: None };
        }
        let requested_method = if method == "OPTIONS" { requested_method(headers) } else { None };
        CorsRequest { origin: OriginLines::One(origin), requested_method }
    }
}

/// The value of `Access-Control-Request-Method`.
pub(super) fn requested_method(headers: Headers<'_>) -> Option<ValueRef<'_>> {
    FieldLines::of(headers, HeaderName::ACCESS_CONTROL_REQUEST_METHOD).next_raw().map(RawValue::trimmed)
}

/// The values of the first two lines of this name.
#[inline(never)]
pub(super) fn first_lines<'a>(
    headers: Headers<'a>,
    name: HeaderName<'static>,
) -> (Option<ValueRef<'a>>, Option<ValueRef<'a>>) {
    let mut lines = FieldLines::of(headers, name);
    let mut next = || lines.next_raw().map(RawValue::trimmed);
    (next(), next())
}

/// The values of all lines of this name, in order, as the transport gave them.
#[inline]
pub(super) fn raw_field_lines<'a>(
    headers: Headers<'a>,
    name: HeaderName<'static>,
) -> impl Iterator<Item = RawValue<'a>> {
    let mut lines = FieldLines::of(headers, name);
    core::iter::from_fn(move || lines.next_raw())
}

/// The value of a line, which may have blanks around it.
#[derive(Clone, Copy)]
pub(super) enum RawValue<'a> {
    Bytes(&'a [u8]),
    #[cfg(feature = "http")]
    OfMap(&'a http::HeaderValue),
}

impl<'a> RawValue<'a> {
    pub(super) fn len(self) -> usize {
        match self {
            RawValue::Bytes(bytes) => bytes.len(),
            #[cfg(feature = "http")]
            RawValue::OfMap(value) => value.len(),
        }
    }

    #[inline]
    pub(super) fn trimmed(self) -> ValueRef<'a> {
        match self {
            RawValue::Bytes(bytes) => ValueRef::of_field(bytes),
            #[cfg(feature = "http")]
            RawValue::OfMap(value) => ValueRef::of_map_value(value),
        }
    }
}

enum FieldLines<'a> {
    #[cfg(feature = "http")]
    OfMap(crate::http::Values<'a>),
    Others(RawLines<'a>, HeaderName<'static>),
}

impl<'a> FieldLines<'a> {
    #[inline]
    fn of(headers: Headers<'a>, name: HeaderName<'static>) -> Self {
        // OPTIMIZATION: a map finds the lines by their name. That saves 735 of 1,908 instructions of an answer to a request of ten
        // lines, and gives the same lines.
        #[cfg(feature = "http")]
        if let Some(values) = headers.as_map().and_then(|map| crate::http::Values::of(map, name)) {
            return FieldLines::OfMap(values);
        }
        FieldLines::Others(headers.raw_lines(), name)
    }

    #[inline]
    fn next_raw(&mut self) -> Option<RawValue<'a>> {
        match self {
            #[cfg(feature = "http")]
            FieldLines::OfMap(values) => values.next().map(RawValue::OfMap),
            FieldLines::Others(lines, name) => {
                let (_, value) = lines.find(|(other, _)| HeaderName::from_transport(other) == *name)?;
                Some(RawValue::Bytes(value))
            }
        }
    }
}

// OPTIMIZATION: of a line with another length, only the length of its name is read. Two walks that each look for one length
// take fewer instructions than one walk that looks for two, and find the same lines.
#[inline(always)]
fn next_of_name<'a, const N: usize>(
    lines: &mut core::slice::Iter<'a, (&'a str, &'a [u8])>,
    name: &[u8; N],
) -> Option<&'a [u8]> {
    if cfg!(fetch_cors_small) {
        return next_of_any_name(lines, name);
    }
    for line in lines {
        if is_lowercase(line.0.as_bytes(), name) {
            return Some(line.1);
        }
    }
    None
}

#[inline(never)]
fn next_of_any_name<'a>(lines: &mut core::slice::Iter<'a, (&'a str, &'a [u8])>, name: &[u8]) -> Option<&'a [u8]> {
    lines.find(|line| grammar::eq_ignore_ascii_case(line.0.as_bytes(), name)).map(|line| line.1)
}
