//! A request's header list, made by the page's calls and by the browser.

use core::fmt;

use super::{
    charset::{EncodedBody, rewritten_content_type},
    content_type::{has_mime_type_essence, is_content_type},
    no_cors_guard::NoCorsValues,
    taken::Taken,
};
use crate::{
    browser::profile::{
        Profile,
        switches::{BlobTypeInXhr, CharsetRewriting, MethodOverrideValues, RepeatedParameters, RepeatedSingletons},
    },
    grammar,
    header::{Header, HeaderName, Headers, RawLines},
};

/// The headers that a page may append.
///
/// <https://fetch.spec.whatwg.org/#headers-guard>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadersGuard {
    /// Everything.
    #[default]
    None,
    /// All except forbidden request-headers.
    Request,
    /// Only no-CORS-safelisted request-headers.
    RequestNoCors,
}

/// How a name that is given twice is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DuplicateNames {
    /// Each line stays a header of its own, as with `fetch()`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-header-list-append>
    #[default]
    Append,
    /// The values become one header, as with XMLHttpRequest.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-header-list-combine>
    Combine,
}

/// A request's header list: the page's headers that its guard let through, then those that the browser adds, without those that
/// redirects removed.
///
/// <https://fetch.spec.whatwg.org/#concept-request-header-list>
#[derive(Clone, Copy)]
pub struct RequestHeaders<'a> {
    author: Headers<'a>,
    guard: HeadersGuard,
    duplicate_names: DuplicateNames,
    content_type: Option<&'a [u8]>,
    accept: Option<&'a [u8]>,
    accept_language: Option<&'a [u8]>,
    method_override_values: MethodOverrideValues,
    repeated_singletons: RepeatedSingletons,
    encoded_body: EncodedBody,
    charset_rewriting: CharsetRewriting,
    repeated_parameters: RepeatedParameters,
    taken: Taken,
}

impl<'a> RequestHeaders<'a> {
    /// A list that is used as it is: no header is removed or added.
    pub const fn new(list: Headers<'a>) -> Self {
        RequestHeaders {
            author: list,
            guard: HeadersGuard::None,
            duplicate_names: DuplicateNames::Append,
            content_type: None,
            accept: None,
            accept_language: None,
            method_override_values: MethodOverrideValues::OutsideQuotes,
            repeated_singletons: RepeatedSingletons::AllSent,
            encoded_body: EncodedBody::No,
            charset_rewriting: CharsetRewriting::Serialized,
            repeated_parameters: RepeatedParameters::FirstCounts,
            taken: Taken::NOTHING,
        }
    }

    /// The list, with this guard for the page's headers.
    #[must_use]
    pub const fn with_guard(mut self, guard: HeadersGuard) -> Self {
        self.guard = guard;
        self
    }

    /// The list, with duplicate names treated in this way.
    #[must_use]
    pub const fn with_duplicate_names(mut self, duplicate_names: DuplicateNames) -> Self {
        self.duplicate_names = duplicate_names;
        self
    }

    /// The list, with the `Content-Type` of a body, if the page gave none.
    #[must_use]
    pub const fn with_content_type(mut self, content_type: Option<&'a [u8]>) -> Self {
        self.content_type = content_type;
        self
    }

    /// The list, with this `Accept`, if the page gave none. A script's `fetch()` and XMLHttpRequest have `*/*`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-fetch>
    #[must_use]
    pub const fn with_accept(mut self, accept: Option<&'a [u8]>) -> Self {
        self.accept = accept;
        self
    }

    /// The list, with this `Accept-Language`, if the page gave none.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-fetch>
    #[must_use]
    pub const fn with_accept_language(mut self, accept_language: Option<&'a [u8]>) -> Self {
        self.accept_language = accept_language;
        self
    }

    /// The list, with the charset of a body that XMLHttpRequest encodes.
    pub(super) const fn with_encoded_body(mut self, encoded_body: EncodedBody) -> Self {
        self.encoded_body = encoded_body;
        self
    }

    /// The page's `Content-Type` with another charset, if XMLHttpRequest rewrites it.
    pub(super) fn rewritten_content_type(self) -> Option<impl Iterator<Item = u8> + Clone + use<'a>> {
        rewritten_content_type(self, self.encoded_body, self.charset_rewriting, self.repeated_parameters)
    }

    pub(super) fn rewrites_content_type(self) -> bool {
        self.rewritten_content_type().is_some()
    }

    /// The bytes of `Content-Type`, if XMLHttpRequest rewrites its charset.
    pub(in crate::browser) fn content_type_rewritten_by(
        mut self,
        profile: &Profile,
    ) -> Option<impl Iterator<Item = u8> + Clone + use<'a>> {
        self.charset_rewriting = profile.charset_rewriting;
        self.repeated_parameters = profile.repeated_parameters;
        self.rewritten_content_type()
    }

    /// The list, with the guard of a browser.
    pub(crate) fn as_guarded_by(self, profile: &Profile) -> Self {
        let is_sent = |content_type: &&[u8]| {
            self.duplicate_names != DuplicateNames::Combine
                || match profile.blob_type_in_xhr {
                    BlobTypeInXhr::Sent => true,
                    BlobTypeInXhr::SentIfValid => is_content_type(content_type),
                    BlobTypeInXhr::SentIfMimeType => has_mime_type_essence(content_type),
                }
        };
        RequestHeaders {
            method_override_values: profile.method_override_values,
            charset_rewriting: profile.charset_rewriting,
            repeated_parameters: profile.repeated_parameters,
            content_type: self.content_type.filter(is_sent),
            ..self
        }
    }

    /// The list, as a browser sends it.
    pub(crate) fn as_sent_by(mut self, profile: &Profile) -> Self {
        // Values that the page's calls have combined are one header.
        if matches!(self.duplicate_names, DuplicateNames::Append) {
            self.repeated_singletons = profile.repeated_singletons;
        }
        self
    }

    /// The list without the request-body-headers: a redirect dropped the body.
    pub(crate) const fn without_body_headers(mut self) -> Self {
        self.taken = self.taken.and(Taken::BODY_HEADERS);
        self
    }

    /// The list with the request-body-headers again.
    pub(crate) const fn with_body_headers(mut self) -> Self {
        self.taken = self.taken.but(Taken::BODY_HEADERS);
        self
    }

    /// The list without the CORS non-wildcard request-headers: a redirect led to another origin.
    pub(crate) const fn without_authorization(mut self) -> Self {
        self.taken = self.taken.and(Taken::AUTHORIZATION);
        self
    }

    /// The list with the CORS non-wildcard request-headers again.
    pub(crate) const fn with_authorization(mut self) -> Self {
        self.taken = self.taken.but(Taken::AUTHORIZATION);
        self
    }

    /// The list without the page's client hints.
    pub(crate) const fn without_client_hints(mut self) -> Self {
        self.taken = self.taken.and(Taken::CLIENT_HINTS);
        self
    }

    /// Whether the body is still there: no redirect dropped it.
    pub(crate) const fn has_body_headers(self) -> bool {
        !self.taken.has(Taken::BODY_HEADERS)
    }

    /// The headers that the page itself gave to XMLHttpRequest, without the type of the body. For `fetch()`, the list.
    pub(crate) fn without_type_by_xhr(mut self) -> Self {
        if self.duplicate_names == DuplicateNames::Combine {
            self.content_type = None;
        }
        self
    }

    /// How duplicate names are read.
    pub const fn duplicate_names(self) -> DuplicateNames {
        self.duplicate_names
    }

    /// The headers, in order, as the page's calls gave them. See [`header_list`](Self::header_list) for the combined list.
    pub fn iter(self) -> RequestHeadersIter<'a> {
        RequestHeadersIter { headers: self, lines: self.author.raw_lines(), no_cors: NoCorsValues::default() }
    }

    /// Whether there is a header of this name.
    ///
    /// <https://fetch.spec.whatwg.org/#header-list-contains>
    pub fn contains(self, name: HeaderName<'_>) -> bool {
        self.iter().any(|header| header.name == name)
    }

    /// The headers that the page gave and the guard silently dropped.
    pub fn dropped_by_guard(self) -> impl Iterator<Item = Header<'a>> {
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
        !self.taken.takes(name)
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
    /// The list, with the headers that the browser still has to add. A header that the page turns out to have is removed from
    /// these.
    headers: RequestHeaders<'a>,
    lines: RawLines<'a>,
    no_cors: NoCorsValues,
}

impl<'a> RequestHeadersIter<'a> {
    /// The next header of the browser's own, after the page's.
    #[inline]
    fn next_added(&mut self) -> Option<Header<'a>> {
        loop {
            let added = |name| move |value| Header { name, value };
            let RequestHeaders { content_type, accept, accept_language, .. } = &mut self.headers;
            let content_type = content_type.take().map(added(HeaderName::CONTENT_TYPE));
            let is_of_page = content_type.is_some();
            let accept = || accept.take().map(added(HeaderName::ACCEPT));
            let accept_language = || accept_language.take().map(added(HeaderName::ACCEPT_LANGUAGE));
            let header = content_type.or_else(accept).or_else(accept_language)?;
            // The type of the body is appended to the page's `Headers`, which have a guard. Fetch appends the other two to the
            // list itself.
            // OPTIMIZATION: checks no name against the guard, because `Content-Type` is not a forbidden request-header.
            let guard_passes = !is_of_page
                || self.headers.guard != HeadersGuard::RequestNoCors
                || self.no_cors.append(header.name, header.value);
            if guard_passes && self.headers.redirects_keep(header.name) {
                return Some(header);
            }
        }
    }

    /// Whether the browser sends only the last header of this name, and a later one follows.
    fn is_superseded(&self, name: HeaderName<'_>) -> bool {
        self.headers.repeated_singletons == RepeatedSingletons::LastSent
            && self.headers.duplicate_names == DuplicateNames::Append
            && (name == HeaderName::AUTHORIZATION || name == HeaderName::CONTENT_TYPE)
            && self.lines.clone().any(|(later, _)| name.matches(later.as_bytes()))
    }

    #[inline(always)]
    fn next_in_place(&mut self) -> Option<Header<'a>> {
        while let Some(header) = self.lines.next().map(normalize_line) {
            if self.headers.guard_passes(header, &mut self.no_cors) {
                self.note(header.name);
                if self.headers.redirects_keep(header.name) && !self.is_superseded(header.name) {
                    return Some(header);
                }
            }
        }
        self.next_added()
    }

    /// Removes a header that the list has from those to add.
    #[inline]
    fn note(&mut self, name: HeaderName<'_>) {
        // OPTIMIZATION: the three names have these lengths, and few others do, so most names are not compared.
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

    // OPTIMIZATION: has a copy of [`Self::next`] of its own, so that the state can stay in registers.
    #[inline]
    fn fold<B, F: FnMut(B, Header<'a>) -> B>(mut self, init: B, mut fold: F) -> B {
        let mut folded = init;
        while let Some(header) = self.next_in_place() {
            folded = fold(folded, header);
        }
        folded
    }
}

/// Normalizes a line whose value has only tabs and spaces around it, which are HTTP whitespace.
fn normalize_line<'a>((name, value): (&'a str, &'a [u8])) -> Header<'a> {
    normalize(Header { name: HeaderName::from_transport(name), value })
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
