//! A request's header list, as the page's calls and the browser make it.

use core::fmt;

use super::content_type::is_content_type;
use crate::{
    browser::{
        profile::{
            Profile,
            switches::{BlobTypeInXhr, MethodOverrideValues, RepeatedSingletons},
        },
        safelist::{self, SAFELISTED_VALUE_LIMIT},
    },
    grammar,
    header::{self, Header, HeaderName, Headers},
};

/// What a page may append.
///
/// <https://fetch.spec.whatwg.org/#headers-guard>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadersGuard {
    /// Everything.
    #[default]
    None,
    /// All but forbidden request-headers.
    Request,
    /// No-CORS-safelisted request-headers alone.
    RequestNoCors,
}

/// What becomes of a name that is given twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Doubles {
    /// Each line stays a header of its own, as with `fetch()`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-header-list-append>
    #[default]
    Append,
    /// The values are combined to one header's, as with XMLHttpRequest.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-header-list-combine>
    Combine,
}

/// A request's header list: what the page gave and its guard let through, then what the browser adds, less what
/// redirects took away.
///
/// <https://fetch.spec.whatwg.org/#concept-request-header-list>
#[derive(Clone, Copy)]
pub struct RequestHeaders<'a> {
    author: Headers<'a>,
    guard: HeadersGuard,
    doubles: Doubles,
    content_type: Option<&'a [u8]>,
    accept: Option<&'a [u8]>,
    accept_language: Option<&'a [u8]>,
    method_override_values: MethodOverrideValues,
    repeated_singletons: RepeatedSingletons,
    body_headers: Kept,
    authorization: Kept,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Yes,
    No,
}

impl<'a> RequestHeaders<'a> {
    /// A list as it is: nothing left out, nothing added.
    pub const fn new(list: Headers<'a>) -> Self {
        RequestHeaders {
            author: list,
            guard: HeadersGuard::None,
            doubles: Doubles::Append,
            content_type: None,
            accept: None,
            accept_language: None,
            method_override_values: MethodOverrideValues::OutsideQuotes,
            repeated_singletons: RepeatedSingletons::AllSent,
            body_headers: Kept::Yes,
            authorization: Kept::Yes,
        }
    }

    /// The list with a guard over what the page gave.
    #[must_use]
    pub const fn with_guard(mut self, guard: HeadersGuard) -> Self {
        self.guard = guard;
        self
    }

    /// The list with doubles read in this way.
    #[must_use]
    pub const fn with_doubles(mut self, doubles: Doubles) -> Self {
        self.doubles = doubles;
        self
    }

    /// The list with the `Content-Type` of a body, for a page that gave none.
    #[must_use]
    pub const fn with_content_type(mut self, content_type: Option<&'a [u8]>) -> Self {
        self.content_type = content_type;
        self
    }

    /// The list with this `Accept`, for a page that gave none. A script's `fetch()` and XMLHttpRequest have `*/*`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-fetch>
    #[must_use]
    pub const fn with_accept(mut self, accept: Option<&'a [u8]>) -> Self {
        self.accept = accept;
        self
    }

    /// The list with this `Accept-Language`, for a page that gave none.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-fetch>
    #[must_use]
    pub const fn with_accept_language(mut self, accept_language: Option<&'a [u8]>) -> Self {
        self.accept_language = accept_language;
        self
    }

    /// The list as a browser guards it.
    pub(crate) fn as_guarded_by(self, profile: &Profile) -> Self {
        let is_sent = |content_type: &&[u8]| {
            profile.blob_type_in_xhr == BlobTypeInXhr::Sent
                || self.doubles != Doubles::Combine
                || is_content_type(content_type)
        };
        RequestHeaders {
            method_override_values: profile.method_override_values,
            content_type: self.content_type.filter(is_sent),
            ..self
        }
    }

    /// The list as a browser sends it.
    pub(crate) const fn as_sent_by(mut self, profile: &Profile) -> Self {
        self.repeated_singletons = profile.repeated_singletons;
        self
    }

    /// The list without the request-body-headers: a redirect dropped the body.
    pub(crate) const fn without_body_headers(mut self) -> Self {
        self.body_headers = Kept::No;
        self
    }

    /// The list without the CORS non-wildcard request-headers: a redirect led to another origin.
    pub(crate) const fn without_authorization(mut self) -> Self {
        self.authorization = Kept::No;
        self
    }

    /// The list with them again.
    pub(crate) const fn with_authorization(mut self) -> Self {
        self.authorization = Kept::Yes;
        self
    }

    /// How doubles are read.
    pub const fn doubles(self) -> Doubles {
        self.doubles
    }

    /// The headers, in order.
    pub fn iter(self) -> RequestHeadersIter<'a> {
        RequestHeadersIter { headers: self, lines: self.author.iter(), no_cors: NoCorsValues::default() }
    }

    /// <https://fetch.spec.whatwg.org/#header-list-contains>
    pub fn contains(self, name: HeaderName<'_>) -> bool {
        self.iter().any(|header| header.name == name)
    }

    /// What the page gave and its guard left out, silently.
    pub fn left_out(self) -> impl Iterator<Item = Header<'a>> {
        let mut no_cors = NoCorsValues::default();
        self.author.iter().map(normalize).filter(move |header| !self.guard_passes(*header, &mut no_cors))
    }

    /// "Append" a header to a `Headers` object: whether the guard lets it through.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-headers-append>
    #[inline]
    fn guard_passes(&self, header: Header<'a>, no_cors: &mut NoCorsValues) -> bool {
        let Header { name, value } = header;
        match self.guard {
            HeadersGuard::None => true,
            // Validate, 3.
            HeadersGuard::Request => match self.method_override_values {
                MethodOverrideValues::OutsideQuotes => !name.is_forbidden_request_header(value),
                MethodOverrideValues::AtCommas => !name.is_forbidden_request_header_at_commas(value),
            },
            // 3.
            HeadersGuard::RequestNoCors => no_cors.append(name, value),
        }
    }

    #[inline]
    fn redirects_keep(&self, name: HeaderName<'_>) -> bool {
        (self.body_headers == Kept::Yes || !name.is_request_body_header_name())
            && (self.authorization == Kept::Yes || !name.is_cors_non_wildcard_request_header_name())
    }
}

impl<'a> From<Headers<'a>> for RequestHeaders<'a> {
    fn from(list: Headers<'a>) -> Self {
        RequestHeaders::new(list)
    }
}

impl<'a> IntoIterator for RequestHeaders<'a> {
    type Item = Header<'a>;
    type IntoIter = RequestHeadersIter<'a>;

    fn into_iter(self) -> RequestHeadersIter<'a> {
        self.iter()
    }
}

impl fmt::Debug for RequestHeaders<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// The headers of a [`RequestHeaders`], in order.
#[derive(Clone)]
pub struct RequestHeadersIter<'a> {
    /// With what is still to be added: nothing once the page is seen to have given it.
    headers: RequestHeaders<'a>,
    lines: header::Iter<'a>,
    no_cors: NoCorsValues,
}

impl<'a> RequestHeadersIter<'a> {
    /// The browser's next header, once the page's are through.
    #[inline]
    fn next_added(&mut self) -> Option<Header<'a>> {
        loop {
            let added = |name| move |value| Header { name, value };
            let RequestHeaders { content_type, accept, accept_language, .. } = &mut self.headers;
            let content_type = content_type.take().map(added(HeaderName::CONTENT_TYPE));
            let accept = || accept.take().map(added(HeaderName::ACCEPT));
            let accept_language = || accept_language.take().map(added(HeaderName::ACCEPT_LANGUAGE));
            let header = content_type.or_else(accept).or_else(accept_language)?;
            // OPTIMIZATION: none of the three is a forbidden request-header.
            let guard_passes =
                self.headers.guard != HeadersGuard::RequestNoCors || self.no_cors.append(header.name, header.value);
            if guard_passes && self.headers.redirects_keep(header.name) {
                return Some(header);
            }
        }
    }

    /// Whether the browser sends but the last header of this name, and it is still to come.
    fn is_superseded(&self, name: HeaderName<'_>) -> bool {
        self.headers.repeated_singletons == RepeatedSingletons::LastSent
            && self.headers.doubles == Doubles::Append
            && (name == HeaderName::AUTHORIZATION || name == HeaderName::CONTENT_TYPE)
            && self.lines.clone().any(|later| later.name == name)
    }

    #[inline(always)]
    fn next_in_place(&mut self) -> Option<Header<'a>> {
        while let Some(header) = self.lines.next().map(normalize) {
            if self.headers.guard_passes(header, &mut self.no_cors) {
                self.note(header.name);
                if self.headers.redirects_keep(header.name) && !self.is_superseded(header.name) {
                    return Some(header);
                }
            }
        }
        self.next_added()
    }

    /// What is in the list already is not added again.
    #[inline]
    fn note(&mut self, name: HeaderName<'_>) {
        // OPTIMIZATION: the three have these lengths, and few others do.
        if !matches!(name.as_str().len(), 6 | 12 | 15) {
            return;
        }
        let RequestHeaders { content_type, accept, accept_language, .. } = &mut self.headers;
        if accept.is_some() && name == HeaderName::ACCEPT {
            *accept = None;
        }
        if accept_language.is_some() && name == HeaderName::ACCEPT_LANGUAGE {
            *accept_language = None;
        }
        if content_type.is_some() && name == HeaderName::CONTENT_TYPE {
            *content_type = None;
        }
    }
}

impl<'a> Iterator for RequestHeadersIter<'a> {
    type Item = Header<'a>;

    fn next(&mut self) -> Option<Header<'a>> {
        self.next_in_place()
    }

    /// OPTIMIZATION: with its own copy of [`Self::next`], so that the state need not be in memory.
    #[inline]
    fn fold<B, F: FnMut(B, Header<'a>) -> B>(mut self, init: B, mut fold: F) -> B {
        let mut folded = init;
        while let Some(header) = self.next_in_place() {
            folded = fold(folded, header);
        }
        folded
    }
}

/// <https://fetch.spec.whatwg.org/#concept-header-value-normalize>
fn normalize(header: Header<'_>) -> Header<'_> {
    Header { value: grammar::trim_http_whitespace(header.value), ..header }
}

impl fmt::Debug for RequestHeadersIter<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.clone()).finish()
    }
}

/// The combined values that the `request-no-cors` guard has let through: what must be known of each to judge the next.
#[derive(Clone, Copy, Debug, Default)]
struct NoCorsValues {
    accept: Option<u8>,
    accept_language: Option<u8>,
    content_language: Option<u8>,
    content_type: Option<u8>,
    content_type_has_parameters: bool,
}

impl NoCorsValues {
    /// Appends the header if, combined with what is there, it is a no-CORS-safelisted request-header.
    ///
    /// OPTIMIZATION: the values are not kept. A combined value is safe iff it is not too long, each part of it has safe
    /// bytes alone (`, ` is always safe) and, for `Content-Type`, its essence is safelisted: that of the first part if
    /// parameters have begun there, and otherwise none, since a subtype has no comma.
    fn append(&mut self, name: HeaderName<'_>, value: &[u8]) -> bool {
        let length = match () {
            () if name == HeaderName::ACCEPT => &mut self.accept,
            () if name == HeaderName::ACCEPT_LANGUAGE => &mut self.accept_language,
            () if name == HeaderName::CONTENT_LANGUAGE => &mut self.content_language,
            () if name == HeaderName::CONTENT_TYPE => &mut self.content_type,
            () => return false,
        };
        let safe = match *length {
            Some(_) if name == HeaderName::CONTENT_TYPE => {
                self.content_type_has_parameters && safelist::has_no_unsafe_byte(value)
            }
            _ => safelist::cors_safelisted_request_header(name, value, &Profile::FETCH).is_ok(),
        };
        let combined = length.map_or(value.len(), |length| usize::from(length) + ", ".len() + value.len());
        match u8::try_from(combined) {
            Ok(combined) if safe && usize::from(combined) <= SAFELISTED_VALUE_LIMIT => *length = Some(combined),
            _ => return false,
        }
        if name == HeaderName::CONTENT_TYPE {
            self.content_type_has_parameters |= grammar::has_byte(value, b';');
        }
        true
    }
}
