//! Filtered responses: the headers that a script can read.
//!
//! ```
//! use fetch_cors::browser::filter::{ResponseType, filter};
//! use fetch_cors::browser::{Profile, RequestInit, Response, Url, request::ResponseTainting};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items").unwrap();
//! let request = RequestInit::default().request(url, page).unwrap().with_response_tainting(ResponseTainting::Cors);
//! let lines: [(&str, &[u8]); 3] =
//!     [("ETag", b"\"1\""), ("X-Total", b"7"), ("Access-Control-Expose-Headers", b"x-total")];
//! let filtered = filter(&request, &Response::new(200, Headers::from_pairs(&lines)).unwrap(), &Profile::FETCH);
//! assert_eq!(filtered.response_type(), ResponseType::Cors);
//! let names: Vec<_> = filtered.headers().map(|header| header.name.lowercase().to_string()).collect();
//! assert_eq!(names, ["x-total"]);
//! ```

use core::fmt;

use super::{
    header_lookup::{Listed, lookup_names},
    profile::{Profile, switches::UnparsableExposeHeaders},
    request::{CredentialsMode, RedirectTaint, Request, ResponseTainting},
    response::{Response, Status},
    timing_allow::TimingAllow,
};
use crate::header::{Header, HeaderName, InvalidElement, ListValues};

/// How much of a response a script can read.
///
/// <https://fetch.spec.whatwg.org/#concept-response-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum ResponseType {
    /// All headers but `Set-Cookie`: a same-origin response.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-basic>
    Basic,
    /// The body, and the headers that are safelisted or exposed.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>
    Cors,
    /// Nothing: the response to a request of mode `no-cors`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque>
    Opaque,
    /// Nothing: a redirect that the page wants to handle itself.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect>
    OpaqueRedirect,
}

impl ResponseType {
    /// The word that a script reads in `response.type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ResponseType::Basic => "basic",
            ResponseType::Cors => "cors",
            ResponseType::Opaque => "opaque",
            ResponseType::OpaqueRedirect => "opaqueredirect",
        }
    }
}

impl fmt::Display for ResponseType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A response as a script reads it.
///
/// <https://fetch.spec.whatwg.org/#concept-filtered-response>
#[derive(Clone, Copy, Debug)]
pub struct FilteredResponse<'a> {
    response_type: ResponseType,
    request: Request<'a>,
    internal_response: Response<'a>,
    exposed: CorsExposedHeaderNames<'a>,
}

/// <https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list>
#[derive(Clone, Copy, Debug)]
enum CorsExposedHeaderNames<'a> {
    /// There is no `Access-Control-Expose-Headers`.
    None,
    /// It is not a valid list.
    Unparsable(InvalidElement<'a>),
    /// It lists these names. A `*` among them is a name like others.
    Listed(ListValues<'a>),
    /// It has `*`, and the request was without credentials.
    All,
}

impl<'a> CorsExposedHeaderNames<'a> {
    /// <https://fetch.spec.whatwg.org/#concept-main-fetch>, 14.1.
    fn of(response: &Response<'a>, credentials_mode: CredentialsMode, profile: &Profile) -> Self {
        let wildcards_count = credentials_mode != CredentialsMode::Include;
        match response.headers.extract(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS) {
            Ok(None) => CorsExposedHeaderNames::None,
            Err(error)
                if wildcards_count
                    && profile.unparsable_expose_headers == UnparsableExposeHeaders::WildcardBefore
                    && error.follows_wildcard() =>
            {
                CorsExposedHeaderNames::All
            }
            Err(error) => CorsExposedHeaderNames::Unparsable(error),
            Ok(Some(names)) if wildcards_count && names.contains_wildcard() => CorsExposedHeaderNames::All,
            Ok(Some(names)) => CorsExposedHeaderNames::Listed(names),
        }
    }
}

/// The filtered response that a script reads: basic, CORS or opaque, by the response tainting of `request`.
///
/// A response with CORS tainting must have passed the CORS check.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>, 14.
pub fn filter<'a>(request: &Request<'a>, response: &Response<'a>, profile: &Profile) -> FilteredResponse<'a> {
    let (response_type, exposed) = match request.response_tainting() {
        ResponseTainting::Basic => (ResponseType::Basic, CorsExposedHeaderNames::None),
        ResponseTainting::Opaque => (ResponseType::Opaque, CorsExposedHeaderNames::None),
        ResponseTainting::Cors => {
            (ResponseType::Cors, CorsExposedHeaderNames::of(response, request.credentials_mode(), profile))
        }
    };
    filtered(response_type, request, response, exposed)
}

/// The opaque-redirect filtered response, for a page whose redirect mode is "manual".
///
/// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect>
pub fn filter_opaque_redirect<'a>(request: &Request<'a>, response: &Response<'a>) -> FilteredResponse<'a> {
    filtered(ResponseType::OpaqueRedirect, request, response, CorsExposedHeaderNames::None)
}

fn filtered<'a>(
    response_type: ResponseType,
    request: &Request<'a>,
    response: &Response<'a>,
    exposed: CorsExposedHeaderNames<'a>,
) -> FilteredResponse<'a> {
    FilteredResponse { response_type, request: *request, internal_response: *response, exposed }
}

impl<'a> FilteredResponse<'a> {
    /// The type of the response that a script gets.
    pub const fn response_type(&self) -> ResponseType {
        self.response_type
    }

    /// The status that a script reads; 0 if it is hidden.
    pub const fn status(&self) -> u16 {
        match self.response_type {
            ResponseType::Basic | ResponseType::Cors => self.internal_response.status.as_u16(),
            ResponseType::Opaque | ResponseType::OpaqueRedirect => 0,
        }
    }

    /// The URL that a script reads, which has no fragment; empty if the response is opaque.
    pub fn url(&self) -> &'a str {
        match self.response_type {
            ResponseType::Opaque => "",
            ResponseType::Basic | ResponseType::Cors | ResponseType::OpaqueRedirect => {
                self.request.current_url().without_fragment()
            }
        }
    }

    /// The number of redirects. A script reads only whether it is 0.
    pub const fn redirects(&self) -> u8 {
        match self.response_type {
            ResponseType::Opaque => 0,
            ResponseType::Basic | ResponseType::Cors | ResponseType::OpaqueRedirect => self.request.redirect_count(),
        }
    }

    /// Whether the page may see the timing of the fetch, after the driver has checked each response of the chain.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-response-timing-allow-passed>
    pub const fn timing_allow(&self) -> TimingAllow {
        self.request.timing_allow()
    }

    /// The effect of redirects on the request's origin.
    ///
    /// <https://fetch.spec.whatwg.org/#response-redirect-taint>
    pub const fn redirect_taint(&self) -> RedirectTaint {
        self.request.redirect_taint()
    }

    /// The status that the server sent.
    pub const fn internal_status(&self) -> Status {
        self.internal_response.status
    }

    /// The headers that a script reads, in the order of the list.
    pub fn headers(self) -> impl Iterator<Item = Header<'a>> {
        self.verdicts().filter(|(_, visibility)| matches!(visibility, Visibility::Shown(_))).map(|(header, _)| header)
    }

    /// All headers of the response, each with whether a script reads it and why.
    pub fn verdicts(self) -> impl Iterator<Item = (Header<'a>, Visibility)> {
        let headers = self.internal_response.headers.iter();
        let list = match self.exposed {
            CorsExposedHeaderNames::Listed(names) => Some(names),
            _ => None,
        };
        let wildcard = list.is_some_and(ListValues::contains_wildcard);
        let mut listed = list.map(|names| lookup_names(headers.clone().map(|header| header.name), names.elements()));
        headers.map(move |header| {
            let listed = listed.as_mut().and_then(Iterator::next).map_or(Listed::No, |(_, listed)| listed);
            (header, self.visibility_if(header.name, || listed, || wildcard))
        })
    }

    /// Whether a script reads the header of this name, and why.
    pub fn visibility(&self, name: HeaderName<'_>) -> Visibility {
        let list = match self.exposed {
            CorsExposedHeaderNames::Listed(names) => Some(names),
            _ => None,
        };
        let is_listed = || list.is_some_and(|names| names.contains_name(name));
        let listed = || if is_listed() { Listed::Yes } else { Listed::No };
        self.visibility_if(name, listed, || list.is_some_and(ListValues::contains_wildcard))
    }

    fn visibility_if(
        &self,
        name: HeaderName<'_>,
        listed: impl FnOnce() -> Listed,
        has_wildcard: impl FnOnce() -> bool,
    ) -> Visibility {
        match self.response_type {
            ResponseType::Opaque | ResponseType::OpaqueRedirect => return Visibility::Hidden(HiddenBecause::Opaque),
            ResponseType::Basic | ResponseType::Cors => {}
        }
        if name.is_forbidden_response_header_name() {
            return Visibility::Hidden(HiddenBecause::Forbidden);
        }
        if self.response_type == ResponseType::Basic {
            return Visibility::Shown(ShownBecause::Basic);
        }
        if name.is_cors_safelisted_response_header_name() {
            return Visibility::Shown(ShownBecause::Safelisted);
        }
        match self.exposed {
            CorsExposedHeaderNames::None => Visibility::Hidden(HiddenBecause::NotListed),
            CorsExposedHeaderNames::Unparsable(_) => Visibility::Hidden(HiddenBecause::ListUnparsable),
            CorsExposedHeaderNames::All => Visibility::Shown(ShownBecause::Wildcard),
            CorsExposedHeaderNames::Listed(_) if listed() == Listed::Yes => Visibility::Shown(ShownBecause::Listed),
            CorsExposedHeaderNames::Listed(_) if has_wildcard() => {
                Visibility::Hidden(HiddenBecause::WildcardWithCredentials)
            }
            CorsExposedHeaderNames::Listed(_) => Visibility::Hidden(HiddenBecause::NotListed),
        }
    }

    /// The error in `Access-Control-Expose-Headers`, if it is not a valid list.
    pub const fn unparsable_expose_headers(&self) -> Option<InvalidElement<'a>> {
        match self.exposed {
            CorsExposedHeaderNames::Unparsable(error) => Some(error),
            _ => None,
        }
    }
}

/// Whether a script reads a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum Visibility {
    /// It does.
    Shown(ShownBecause),
    /// It does not.
    Hidden(HiddenBecause),
}

/// Why a script reads a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ShownBecause {
    /// The response is of the page's own origin.
    Basic,
    /// The header is a CORS-safelisted response-header.
    Safelisted,
    /// `Access-Control-Expose-Headers` names it.
    Listed,
    /// `Access-Control-Expose-Headers` has `*`.
    Wildcard,
}

/// Why a script does not read a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HiddenBecause {
    /// No script reads this header.
    Forbidden,
    /// `Access-Control-Expose-Headers` does not name it.
    NotListed,
    /// `Access-Control-Expose-Headers` has an element that is not a header name, so the whole header is ignored.
    ListUnparsable,
    /// `Access-Control-Expose-Headers` has `*`, which the request's credentials make a literal.
    WildcardWithCredentials,
    /// The response is opaque: no script reads anything.
    Opaque,
}

impl fmt::Display for ShownBecause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            ShownBecause::Basic => "same origin",
            ShownBecause::Safelisted => "CORS-safelisted",
            ShownBecause::Listed => "listed in `Access-Control-Expose-Headers`",
            ShownBecause::Wildcard => "covered by `*` in `Access-Control-Expose-Headers`",
        })
    }
}

impl fmt::Display for HiddenBecause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            HiddenBecause::Forbidden => "no script reads this header",
            HiddenBecause::NotListed => "not listed in `Access-Control-Expose-Headers`",
            HiddenBecause::ListUnparsable => "`Access-Control-Expose-Headers` does not parse, so it says nothing",
            HiddenBecause::WildcardWithCredentials => {
                "with credentials, `*` in `Access-Control-Expose-Headers` is not a wildcard"
            }
            HiddenBecause::Opaque => "the response is opaque",
        })
    }
}
