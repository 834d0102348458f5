//! Lists made from the request's, in bounded time: where `*` would be a literal, or where no more than was asked for is told.

use super::{
    names::Extent,
    request,
    rule::{Credentials, List},
};
use crate::{
    grammar::{self, Elements},
    header::{HeaderName, HeaderText, Headers},
    method::Method,
};

/// The most that is sent back of a request, in bytes; browsers send far less.
pub(super) const MIRROR_LIMIT: usize = 4096;

/// The most lines that are sent back; browsers send one.
const LINES_LIMIT: usize = 4;

/// The method that is asked about, if the list covers it and it needs to be listed.
pub(super) fn method<'a>(list: &List<'a>, credentials: Credentials, request: Headers<'a>) -> Option<HeaderText<'a>> {
    let asked = request::lines(request, HeaderName::ACCESS_CONTROL_REQUEST_METHOD).next()?;
    let bytes = asked.as_bytes();
    if bytes.len() > MIRROR_LIMIT {
        return None;
    }
    let method = grammar::token(bytes).and_then(|text| Method::new(text).ok())?;
    match list.extent {
        // A `*` is sent as it is wherever it can be: it tells nothing.
        Extent::Any | Extent::AnyAndAuthorization if credentials == Credentials::Omitted => Some(list.text),
        Extent::Any | Extent::AnyAndAuthorization => Some(asked),
        Extent::Listed if !method.is_cors_safelisted() && list.elements().any(|listed| listed == bytes) => Some(asked),
        Extent::Listed | Extent::Nothing => None,
    }
}

/// The lines that ask about headers, if the list covers all that they name; the preflight fails anyhow if it does not.
pub(super) fn request_headers<'a>(
    list: &List<'a>,
    credentials: Credentials,
    request: Headers<'a>,
) -> impl Iterator<Item = HeaderText<'a>> {
    let any = matches!(list.extent, Extent::Any | Extent::AnyAndAuthorization);
    let wildcard = (any && credentials == Credentials::Omitted).then_some(list.text);
    let covered = wildcard.is_none() && covers(list, request);
    wildcard.into_iter().chain(asked_lines(request).filter(move |line| covered && !line.as_bytes().is_empty()))
}

fn asked_lines(request: Headers<'_>) -> impl Iterator<Item = HeaderText<'_>> {
    request::lines(request, HeaderName::ACCESS_CONTROL_REQUEST_HEADERS)
}

fn covers(list: &List<'_>, request: Headers<'_>) -> bool {
    if asked_lines(request).nth(LINES_LIMIT).is_some() {
        return false;
    }
    let mut left = MIRROR_LIMIT;
    for line in asked_lines(request) {
        match left.checked_sub(line.as_bytes().len()) {
            // A line of nothing else can split no response, and is no list at worst.
            Some(rest) if is_list(line.as_bytes()) => left = rest,
            _ => return false,
        }
    }
    let mut names = asked_lines(request).flat_map(|line| Elements::new(line.as_bytes()));
    match list.extent {
        Extent::AnyAndAuthorization => true,
        Extent::Any => !names.any(|name| HeaderName::AUTHORIZATION.matches(name)),
        Extent::Listed => {
            // Whoever names more than twice as many headers as are listed names some twice, or some that are not listed.
            let mut left = 2 * list.elements().count() + 2;
            let mut before = &b""[..];
            names.all(|name| {
                // Firefox names a header once for each of its lines, one after the other.
                if name == core::mem::replace(&mut before, name) {
                    return true;
                }
                left = left.saturating_sub(1);
                left > 0 && list.elements().any(|listed| listed.eq_ignore_ascii_case(name))
            })
        }
        Extent::Nothing => false,
    }
}

/// Whether all bytes are those of tokens, commas and blanks.
///
/// OPTIMIZATION: eight bytes at a time, without a branch between them.
fn is_list(line: &[u8]) -> bool {
    let (eights, rest) = line.as_chunks::<8>();
    eights.iter().all(|eight| eight.iter().fold(0, |wrong, byte| wrong | u8::from(!grammar::is_list_byte(*byte))) == 0)
        && rest.iter().all(|byte| grammar::is_list_byte(*byte))
}
