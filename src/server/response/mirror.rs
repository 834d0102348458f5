//! Lists made from the preflight's own, in bounded time: where `*` would be a literal, and with minimal disclosure.

use super::Refusal;
use crate::{
    grammar::{self, Elements},
    header::{FIELD_LIMIT, HeaderName, Headers, ValueRef},
    method::Method,
    server::{
        credentials::Credentials,
        policy::{list::Coverage, rule::ListView},
        request,
    },
};

/// The most lines of `Access-Control-Request-Headers` that are sent back; browsers send one.
pub(super) const LINES_LIMIT: usize = 8;

/// The most elements, empty ones included, that are compared with a list; browsers send a name once, or once for each line. A name
/// is checked for bytes that no token has up to this length.
///
/// <https://httpwg.org/specs/rfc9110.html#abnf.extension.recipient>
const ELEMENTS_LIMIT: usize = 256;

/// The requested method, if the list allows it and it has to be listed.
pub(super) fn method<'a>(
    list: &ListView<'a>,
    credentials: Credentials,
    request: Headers<'a>,
) -> Result<Option<ValueRef<'a>>, Refusal<'static>> {
    if credentials == Credentials::Omitted && list.allows_any() {
        // With `*`, the answer shows no more of the policy than that it allows the method.
        return Ok(Some(list.text));
    }
    let header = HeaderName::ACCESS_CONTROL_REQUEST_METHOD;
    let Some(requested) = request::requested_method(request) else { return Ok(None) };
    let bytes = requested.as_bytes();
    if bytes.len() > FIELD_LIMIT {
        return Err(Refusal::RequestTooLong { header });
    }
    let method = grammar::token(bytes).and_then(|text| Method::new(text).ok());
    let Some(method) = method else { return Err(Refusal::RequestMalformed { header }) };
    let is_listed = || !method.is_cors_safelisted() && list.elements().any(|listed| listed == bytes);
    Ok((list.allows_any() || is_listed()).then_some(requested))
}

/// The lines that ask for headers, if the list allows all names in them. If it does not, the preflight fails without them.
pub(super) fn request_headers<'a>(
    list: &ListView<'a>,
    credentials: Credentials,
    request: Headers<'a>,
) -> Result<Lines<'a>, Refusal<'static>> {
    if credentials == Credentials::Omitted && list.allows_any() {
        return Ok(Lines::of_one(Some(list.text)));
    }
    let lines = Lines::of_request(request)?;
    Ok(if allows_all(list, &lines)? { lines } else { Lines::default() })
}

/// Some lines of `Access-Control-Allow-Headers`.
#[derive(Clone, Copy, Default)]
pub(super) struct Lines<'a>([Option<ValueRef<'a>>; LINES_LIMIT]);

impl<'a> Lines<'a> {
    pub(super) fn of_one(line: Option<ValueRef<'a>>) -> Self {
        let mut lines = Lines::default();
        lines.0[0] = line;
        lines
    }

    /// The lines of the request that are not empty. Together they form one list.
    ///
    /// The lengths are added up before blanks are removed, so that a long run of blanks is not read.
    fn of_request(request: Headers<'a>) -> Result<Self, Refusal<'static>> {
        let too_long = Err(Refusal::RequestTooLong { header: HeaderName::ACCESS_CONTROL_REQUEST_HEADERS });
        let mut lines = Lines::default();
        let mut slots = lines.0.iter_mut();
        let mut left = FIELD_LIMIT;
        for raw in request::raw_field_lines(request, HeaderName::ACCESS_CONTROL_REQUEST_HEADERS) {
            let Some(rest) = left.checked_sub(raw.len()) else { return too_long };
            left = rest;
            let line = raw.trimmed();
            if !line.as_bytes().is_empty() {
                let Some(slot) = slots.next() else { return too_long };
                *slot = Some(line);
            }
        }
        Ok(lines)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = ValueRef<'a>> {
        // They fill the slots in order.
        self.0.iter().map_while(|line| *line)
    }
}

/// Whether the list allows all names in the lines.
fn allows_all(list: &ListView<'_>, lines: &Lines<'_>) -> Result<bool, Refusal<'static>> {
    let header = HeaderName::ACCESS_CONTROL_REQUEST_HEADERS;
    match list.coverage {
        Coverage::Nothing => return Ok(lines.iter().next().is_none()),
        Coverage::Listed => return are_listed(list, lines),
        Coverage::Any | Coverage::AnyAndAuthorization => {}
    }
    let mut kinds = 0;
    for line in lines.iter().map(ValueRef::as_bytes) {
        let line_kinds = kinds_of(line);
        if line_kinds & FOREIGN != 0 || line_kinds & BLANK != 0 && has_blank_in_element(line) {
            return Err(Refusal::RequestMalformed { header });
        }
        kinds |= line_kinds;
    }
    // OPTIMIZATION: without a `z` no name is `authorization`. That saves two instructions a byte.
    Ok(list.coverage == Coverage::AnyAndAuthorization
        || kinds & Z == 0
        || !elements(lines).any(|name| HeaderName::AUTHORIZATION.matches(name)))
}

/// Whether the list has all names in the lines.
fn are_listed(list: &ListView<'_>, lines: &Lines<'_>) -> Result<bool, Refusal<'static>> {
    let header = HeaderName::ACCESS_CONTROL_REQUEST_HEADERS;
    if lines.iter().map(|line| commas(line.as_bytes())).fold(0_usize, usize::wrapping_add) > ELEMENTS_LIMIT {
        return Err(Refusal::RequestTooLong { header });
    }
    let is_listed = |name: &[u8]| list.elements().any(|listed| listed.eq_ignore_ascii_case(name));
    match elements(lines).find(|name| !is_listed(name)) {
        None => Ok(true),
        // A name that is not a token is reported as such, unless the fault is beyond this length.
        Some(name) if grammar::find_non_token(name.get(..ELEMENTS_LIMIT).unwrap_or(name)).is_none() => Ok(false),
        Some(_) => Err(Refusal::RequestMalformed { header }),
    }
}

/// The number of commas.
// OPTIMIZATION: eight bytes together, about one instruction a byte. The highest bit of each byte that is a comma is set, exactly,
// and the multiplication adds these bits.
#[allow(clippy::cast_possible_truncation, reason = "it is 8 at most")]
fn commas(line: &[u8]) -> usize {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let (words, rest) = line.as_chunks::<8>();
    let sum = rest.iter().fold(0_usize, |sum, byte| sum.wrapping_add(usize::from(*byte == b',')));
    words.iter().fold(sum, |sum, word| {
        let bytes = u64::from_ne_bytes(*word) ^ u64::from_ne_bytes([b','; 8]);
        let zeros = !((bytes & LOW).wrapping_add(LOW) | bytes | LOW) >> 7;
        sum.wrapping_add((zeros.wrapping_mul(u64::from_ne_bytes([1; 8])) >> 56) as usize)
    })
}

fn elements<'l>(lines: &'l Lines<'_>) -> impl Iterator<Item = &'l [u8]> {
    lines.iter().flat_map(|line| Elements::new(line.as_bytes()))
}

fn has_blank_in_element(line: &[u8]) -> bool {
    Elements::new(line).any(|element| element.iter().any(|byte| matches!(byte, b' ' | b'\t')))
}

/// The line has a byte that no list of tokens has.
const FOREIGN: u8 = 1;
const Z: u8 = 2;
const BLANK: u8 = 4;

/// The kinds of bytes that a line has.
// OPTIMIZATION: a table look-up for each byte, without a branch, eight in a row. That takes about two instructions a byte, a
// third of what a check of each element takes.
fn kinds_of(line: &[u8]) -> u8 {
    const KINDS: [u8; 256] = {
        let mut kinds = [0; 256];
        let mut rest: &mut [u8] = &mut kinds;
        let mut byte = 0;
        while let [kind, tail @ ..] = rest {
            *kind = match byte {
                b'z' | b'Z' => Z,
                b' ' | b'\t' => BLANK,
                _ if grammar::is_list_byte(byte) => 0,
                _ => FOREIGN,
            };
            byte = byte.wrapping_add(1);
            rest = tail;
        }
        kinds
    };
    #[allow(clippy::indexing_slicing, reason = "a byte is below 256")]
    let with = |kinds: u8, byte: &u8| kinds | KINDS[usize::from(*byte)];
    let (eights, rest) = line.as_chunks::<8>();
    let kinds = eights.iter().fold(0, |kinds, eight| eight.iter().fold(kinds, with));
    rest.iter().fold(kinds, with)
}
