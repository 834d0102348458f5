//! HTTP-network fetch: response heads that the network stack refuses.

use super::{
    error::Reason,
    iterators::Steps,
    profile::{
        Profile,
        switches::{ContradictoryLines, HeadersOfBrowser},
    },
    request::Request,
    response::Response,
};
use crate::{
    grammar,
    header::{CombinedValue, HeaderName},
};

/// Headers for which a second, different line suggests a split response.
const SUSPECT_HEADERS: [HeaderName<'static>; 3] =
    [HeaderName::CONTENT_DISPOSITION, HeaderName::CONTENT_LENGTH, HeaderName::LOCATION];

// AD-HOC: whether the network stack accepts the headers that the page has set.
pub(super) fn check_request_headers<'a>(request: &Request<'a>, profile: &Profile) -> Result<(), Reason<'a>> {
    if profile.headers_of_browser == HeadersOfBrowser::Sent || !request.current_url().is_http() {
        return Ok(());
    }
    let headers = request.headers();
    let values = |name| headers.iter().filter(move |header| header.name == name).map(|header| header.value);
    let combined = |name: &HeaderName<'static>| name.is_forbidden_request_header_combined(values(*name));
    let dictionary = Some(HeaderName::AVAILABLE_DICTIONARY).filter(|name| headers.contains(*name));
    match dictionary.or_else(|| METHOD_OVERRIDES.into_iter().find(combined)) {
        Some(name) => Err(Reason::HeaderOfBrowser { name }),
        None => Ok(()),
    }
}

const METHOD_OVERRIDES: [HeaderName<'static>; 3] = [
    HeaderName::from_transport("x-http-method"),
    HeaderName::from_transport("x-http-method-override"),
    HeaderName::from_transport("x-method-override"),
];

/// Whether the network stack accepts the head of a response.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-fetch>
pub(super) fn check_head<'a>(response: &Response<'a>, profile: &Profile) -> Result<(), Reason<'a>> {
    let mut suspects = false;
    for header in response.headers {
        // AD-HOC: a header value has no NUL byte, and the standard does not say how to handle a response with one.
        // web-platform-tests expect a network error, and all browsers return one.
        if grammar::has_byte(header.value, 0) {
            return Err(Reason::HeaderValueInvalid { name: header.name });
        }
        // OPTIMIZATION: the three names have these lengths, and few others do.
        suspects |= matches!(header.name.as_str().len(), 8 | 14 | 19);
    }
    if !suspects {
        return Ok(());
    }
    match contradictory_headers(*response, profile).next() {
        Some((_, value)) => Err(Reason::HeaderContradictory { value }),
        None => Ok(()),
    }
}

/// The headers that contradict themselves.
pub(super) fn contradictory_headers<'a>(
    response: Response<'a>,
    profile: &Profile,
) -> impl Iterator<Item = (HeaderName<'static>, CombinedValue<'a>)> {
    let names = SUSPECT_HEADERS.into_iter().filter(|_| profile.contradictory_lines != ContradictoryLines::Read);
    let values = names.filter_map(move |name| Some((name, response.headers.get(name)?)));
    Steps(values.filter(|(_, value)| contradicts_itself(*value, profile)))
}

// AD-HOC: whether the lines of a header that may have only one value differ.
fn contradicts_itself(value: CombinedValue<'_>, profile: &Profile) -> bool {
    if elements_count(value.name(), profile) {
        return elements_differ(value.lines());
    }
    let mut lines = value.lines();
    let first = lines.next().unwrap_or_default();
    profile.contradictory_lines != ContradictoryLines::Read && lines.any(|line| line != first)
}

/// Whether a single line of such a header contradicts itself.
pub(super) fn line_contradicts_itself(name: HeaderName<'_>, line: &[u8], profile: &Profile) -> bool {
    elements_count(name, profile) && elements_differ(core::iter::once(line))
}

/// Whether the elements of the lines are compared, instead of the lines.
fn elements_count(name: HeaderName<'_>, profile: &Profile) -> bool {
    match profile.contradictory_lines {
        ContradictoryLines::Read => false,
        ContradictoryLines::DifferentElementsFail => name != HeaderName::LOCATION,
        ContradictoryLines::DifferentLinesFail => name == HeaderName::CONTENT_LENGTH,
    }
}

fn elements_differ<'a>(lines: impl Iterator<Item = &'a [u8]>) -> bool {
    let mut elements = lines.flat_map(|line| grammar::split(line.iter().copied()));
    let first = elements.next();
    elements.any(|element| !element.eq(first.iter().cloned().flatten()))
}
