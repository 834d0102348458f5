//! The CORS-unsafe request-header names: the names that a preflight must ask for, and why.

use core::{fmt, hash};

use super::{
    Candidate, NotSafelisted, SAFELISTED_TOTAL_LIMIT, SAFELISTED_VALUE_LIMIT, all_unsafe_names_are_marked,
    cors_safelisted_request_header, sorted,
};
use crate::{
    browser::{
        iterators::Steps,
        profile::{
            Profile,
            switches::{ContentTypeJudged, RepeatedHeader, UnsafeNamesAre},
        },
        request::{DuplicateNames, RequestHeaders},
    },
    header::{Header, HeaderName},
};

/// The CORS-unsafe request-header names of a header list.
///
/// This takes one pass over the list. The names are sorted only when they are read.
///
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
///
/// ```
/// use fetch_cors::{browser::{Profile, safelist::cors_unsafe_request_header_names}, header::Headers};
///
/// let lines: [(&str, &[u8]); 3] = [("X-Trace", b"1"), ("Content-Type", b"application/json"), ("Accept", b"*/*")];
/// let names = cors_unsafe_request_header_names(Headers::from_pairs(&lines).into(), &Profile::FETCH);
/// assert_eq!(names.to_string(), "content-type,x-trace");
/// ```
pub fn cors_unsafe_request_header_names<'a>(
    headers: RequestHeaders<'a>,
    profile: &'a Profile,
) -> CorsUnsafeRequestHeaderNames<'a> {
    // 1–4.
    let (mut any, mut safelist_value_size) = (false, 0_usize);
    let mut count = |verdict: Result<(), NotSafelisted>, length| match verdict {
        Ok(()) => safelist_value_size = safelist_value_size.saturating_add(length),
        Err(_) => any = true,
    };
    match duplicate_names(headers, profile) {
        // OPTIMIZATION: the same as `judge`, without its state.
        DuplicateNames::Append => headers.iter().for_each(|Header { name, value }| {
            count(cors_safelisted_request_header(name, value, profile), value.len());
        }),
        DuplicateNames::Combine => judge(headers, profile).for_each(|judged| count(judged.verdict, judged.length)),
    }
    // 5.
    let total = match profile.safelisted_total_limit {
        Some(limit) if safelist_value_size > limit => Total::Exceeded { length: safelist_value_size },
        _ => Total::Within,
    };
    CorsUnsafeRequestHeaderNames { headers, profile, total, any: any || total != Total::Within }
}

/// The result of [`cors_unsafe_request_header_names`]. `Display` writes the value of `Access-Control-Request-Headers`.
#[derive(Clone, Copy)]
pub struct CorsUnsafeRequestHeaderNames<'a> {
    headers: RequestHeaders<'a>,
    profile: &'a Profile,
    total: Total,
    any: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Total {
    Within,
    Exceeded { length: usize },
}

impl<'a> CorsUnsafeRequestHeaderNames<'a> {
    /// Whether every header is safelisted.
    pub const fn is_empty(self) -> bool {
        !self.any
    }

    /// The names in ascending order of their lower-case bytes, each once.
    pub fn iter(self) -> impl Iterator<Item = HeaderName<'a>> {
        let unsafe_names_are = match self.headers.duplicate_names() {
            DuplicateNames::Append => self.profile.unsafe_names_are,
            DuplicateNames::Combine => UnsafeNamesAre::ASet,
        };
        Steps(sorted::sorted(self.reasons().map(|header| header.name), unsafe_names_are))
    }

    /// Whether all names are marked; see [`all_unsafe_names_are_marked`].
    pub(in crate::browser) fn all_are_marked(self, mark: &mut dyn FnMut(&mut [Candidate<'a>])) -> bool {
        all_unsafe_names_are_marked(self.headers, self.profile, mark)
    }

    /// The unsafe headers in the order of the list, each with the rule that it broke.
    pub fn reasons(self) -> impl Iterator<Item = CorsUnsafeRequestHeader<'a>> + Clone {
        judge(self.headers, self.profile).filter_map(move |judged| {
            let reason = match (judged.verdict, self.total) {
                (Err(reason), _) => UnsafeReason::NotSafelisted(reason),
                (Ok(()), Total::Exceeded { length }) => UnsafeReason::TotalLength { length },
                (Ok(()), Total::Within) => return None,
            };
            Some(CorsUnsafeRequestHeader { name: judged.name, reason })
        })
    }
}

/// Writes the names as `Access-Control-Request-Headers` has them: lower-case, with commas and no spaces.
impl fmt::Display for CorsUnsafeRequestHeaderNames<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, name) in self.iter().enumerate() {
            if number > 0 {
                formatter.write_str(",")?;
            }
            fmt::Display::fmt(&name.lowercase(), formatter)?;
        }
        Ok(())
    }
}

/// Two values are equal if they have the same headers, the same reasons, and the same names.
impl PartialEq for CorsUnsafeRequestHeaderNames<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.reasons().eq(other.reasons()) && self.iter().eq(other.iter())
    }
}

impl Eq for CorsUnsafeRequestHeaderNames<'_> {}

impl hash::Hash for CorsUnsafeRequestHeaderNames<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.reasons().for_each(|reason| reason.hash(state));
        state.write_u8(0xFF);
    }
}

impl fmt::Debug for CorsUnsafeRequestHeaderNames<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.reasons()).finish()
    }
}

/// A header that causes a preflight in cross-origin requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CorsUnsafeRequestHeader<'a> {
    /// Its name.
    pub name: HeaderName<'a>,
    /// The rule that it violates.
    pub reason: UnsafeReason,
}

/// The rule that makes a header unsafe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnsafeReason {
    /// It is not a CORS-safelisted request-header.
    NotSafelisted(NotSafelisted),
    /// It is safelisted, and all safelisted values together have more than 1024 bytes.
    TotalLength {
        /// The total length, in bytes.
        length: usize,
    },
}

impl fmt::Display for UnsafeReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnsafeReason::NotSafelisted(reason) => fmt::Display::fmt(reason, formatter),
            UnsafeReason::TotalLength { length } => {
                write!(
                    formatter,
                    "the safelisted values have {length} bytes together, more than {SAFELISTED_TOTAL_LIMIT}"
                )
            }
        }
    }
}

/// How the values of a repeated header are judged.
fn duplicate_names(headers: RequestHeaders<'_>, profile: &Profile) -> DuplicateNames {
    match profile.repeated_header {
        RepeatedHeader::Combined | RepeatedHeader::CombinedWithBlank => DuplicateNames::Combine,
        RepeatedHeader::Separately => headers.duplicate_names(),
    }
}

/// The headers of a list, each with its verdict.
fn judge<'a>(headers: RequestHeaders<'a>, profile: &'a Profile) -> impl Iterator<Item = Judged<'a>> + Clone {
    let mut judge = Judge::new(headers, profile);
    headers.iter().filter_map(move |header| judge.judge(header))
}

#[derive(Clone)]
pub(super) struct Judge<'a> {
    headers: RequestHeaders<'a>,
    profile: &'a Profile,
    duplicate_names: DuplicateNames,
    /// The safelisted names whose values have been combined and judged.
    combined: [bool; SAFELISTED_NAMES.len()],
}

pub(super) struct Judged<'a> {
    name: HeaderName<'a>,
    /// The length of the value, in bytes.
    length: usize,
    pub(super) verdict: Result<(), NotSafelisted>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(headers: RequestHeaders<'a>, profile: &'a Profile) -> Self {
        let duplicate_names = duplicate_names(headers, profile);
        Judge { headers, profile, duplicate_names, combined: [false; SAFELISTED_NAMES.len()] }
    }

    /// Whether the values of headers of one name are combined.
    pub(super) fn combines(&self) -> bool {
        self.duplicate_names == DuplicateNames::Combine
    }

    /// The verdict on a header of the list, or on all headers of its name if they are combined. `None` if that verdict
    /// was already returned.
    pub(super) fn judge(&mut self, header: Header<'a>) -> Option<Judged<'a>> {
        let Header { name, value } = header;
        if self.combines()
            && let Some(number) = SAFELISTED_NAMES.iter().position(|safelisted| name.matches(safelisted.as_bytes()))
        {
            let is_judged = core::mem::replace(self.combined.get_mut(number)?, true);
            return if is_judged { None } else { Some(judge_combined(self.headers, name, self.profile)) };
        }
        let verdict = cors_safelisted_request_header(name, value, self.profile);
        Some(Judged { name, length: value.len(), verdict })
    }
}

/// The names that a profile may safelist, including the client hints. The values of other headers do not matter.
const SAFELISTED_NAMES: [&str; 15] = [
    "accept",
    "accept-language",
    "content-language",
    "content-type",
    "device-memory",
    "downlink",
    "dpr",
    "ect",
    "intervention",
    "range",
    "rtt",
    "save-data",
    "user-agent",
    "viewport-width",
    "width",
];

/// Judges the combined value of all headers of a safelisted name.
fn judge_combined<'a>(headers: RequestHeaders<'a>, name: HeaderName<'a>, profile: &Profile) -> Judged<'a> {
    if name == HeaderName::CONTENT_TYPE
        && let Some(rewritten) = headers.content_type_rewritten_by(profile)
    {
        let judged = judge_rewritten(rewritten, name, profile);
        return match profile.content_type_judged {
            ContentTypeJudged::AsGivenToo if judged.verdict.is_ok() => judge_lines(headers, name, profile),
            ContentTypeJudged::AsGivenToo | ContentTypeJudged::AsSent => judged,
        };
    }
    judge_lines(headers, name, profile)
}

fn judge_rewritten<'a>(bytes: impl Iterator<Item = u8>, name: HeaderName<'a>, profile: &Profile) -> Judged<'a> {
    let mut buffer = [0; SAFELISTED_VALUE_LIMIT];
    let mut places = buffer.iter_mut();
    let mut length = 0;
    for byte in bytes {
        if let Some(place) = places.next() {
            *place = byte;
        }
        length += 1;
    }
    judge_buffer(&buffer, length, name, profile)
}

fn judge_lines<'a>(headers: RequestHeaders<'a>, name: HeaderName<'a>, profile: &Profile) -> Judged<'a> {
    // A value that does not fit into the buffer is too long to be safe. A trailing blank may not count.
    let mut buffer = [0; SAFELISTED_VALUE_LIMIT + 1];
    let mut length = 0;
    let mut separator: &[u8] = b"";
    let mut ends_in_separator = false;
    for header in headers.iter().filter(|header| header.name == name) {
        for part in [separator, header.value] {
            if let Some(place) = buffer.get_mut(length..length + part.len()) {
                place.copy_from_slice(part);
            }
            length += part.len();
        }
        ends_in_separator = header.value.is_empty() && !separator.is_empty();
        separator = b", ";
    }
    // AD-HOC: if the browser combines lines that the page has not combined, it removes the trailing blank of an empty
    // last value.
    if ends_in_separator && profile.repeated_header == RepeatedHeader::Combined {
        length -= 1;
    }
    judge_buffer(&buffer, length, name, profile)
}

/// A value that does not fit into the buffer is too long to be safe.
fn judge_buffer<'a>(buffer: &[u8], length: usize, name: HeaderName<'a>, profile: &Profile) -> Judged<'a> {
    let verdict = match buffer.get(..length) {
        Some(value) if length <= SAFELISTED_VALUE_LIMIT => cors_safelisted_request_header(name, value, profile),
        _ => Err(NotSafelisted::ValueLength { length }),
    };
    Judged { name, length, verdict }
}
