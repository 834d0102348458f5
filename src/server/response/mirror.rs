//! Lists made from the request's, in bounded time: where `*` would be a literal, or where no more than was asked for is told.

use crate::{
    grammar::{self, Elements},
    header::{HeaderName, HeaderText, Headers},
    method::Method,
    server::{
        policy::{
            list::Extent,
            rule::{Credentials, List},
        },
        request,
    },
};

/// The most that is sent back of a request, in bytes; browsers send far less.
pub(in crate::server) const MIRROR_LIMIT: usize = 4096;

/// The most lines that are sent back; browsers send one.
const LINES_LIMIT: usize = 4;

/// The method that is asked about, if the list covers it and it needs to be listed.
pub(in crate::server) fn method<'a>(
    list: &List<'a>,
    credentials: Credentials,
    request: Headers<'a>,
) -> Option<HeaderText<'a>> {
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
pub(in crate::server) fn request_headers<'a>(
    list: &List<'a>,
    credentials: Credentials,
    request: Headers<'a>,
) -> impl Iterator<Item = HeaderText<'a>> {
    let any = matches!(list.extent, Extent::Any | Extent::AnyAndAuthorization);
    let lines = if any && credentials == Credentials::Omitted {
        let mut lines = [None; LINES_LIMIT];
        lines[0] = Some(list.text);
        lines
    } else {
        asked_lines(request).filter(|lines| covers(list, lines)).unwrap_or_default()
    };
    lines.into_iter().flatten().filter(|line| !line.as_bytes().is_empty())
}

type AskedLines<'a> = [Option<HeaderText<'a>>; LINES_LIMIT];

/// The lines, if there are not too many of them, nor too much in them.
fn asked_lines(request: Headers<'_>) -> Option<AskedLines<'_>> {
    let mut asked = request::lines(request, HeaderName::ACCESS_CONTROL_REQUEST_HEADERS);
    let lines: AskedLines<'_> = core::array::from_fn(|_| asked.next());
    let length: usize = lines.iter().flatten().map(|line| line.as_bytes().len()).sum();
    (asked.next().is_none() && length <= MIRROR_LIMIT).then_some(lines)
}

fn covers(list: &List<'_>, asked: &AskedLines<'_>) -> bool {
    let mut lines = asked.iter().flatten().map(|line| line.as_bytes());
    match list.extent {
        Extent::AnyAndAuthorization => lines.all(|line| Bytes::of(line).are_list(line)),
        Extent::Any => lines.all(|line| {
            let bytes = Bytes::of(line);
            // OPTIMIZATION: where no byte is its `z`, no name is.
            bytes.are_list(line)
                && !(bytes.have_z() && Elements::new(line).any(|name| HeaderName::AUTHORIZATION.matches(name)))
        }),
        Extent::Listed => {
            let mut left = Left::new(list);
            lines.all(|line| left.take(list, line))
        }
        Extent::Nothing => false,
    }
}

/// How many elements may still come; a recipient takes a reasonable number of empty ones.
///
/// <https://httpwg.org/specs/rfc9110.html#abnf.extension.recipient>
struct Left {
    names: usize,
    empty: usize,
}

/// The most empty elements; browsers send none.
const EMPTY_LIMIT: usize = 16;

impl Left {
    fn new(list: &List<'_>) -> Self {
        // Whoever names more than twice as many headers as are listed names some twice, or some that are not listed.
        Left { names: 2 * list.elements().count() + 1, empty: EMPTY_LIMIT }
    }

    /// Whether the list has all names of the line, and these are not too many.
    fn take(&mut self, list: &List<'_>, line: &[u8]) -> bool {
        let mut rest = line;
        while !rest.is_empty() {
            let start = without_blanks(rest);
            // OPTIMIZATION: a name longer than the whole list need not be read to its end.
            let longest = list.text.as_bytes().len();
            let Some(end) =
                start.iter().chain(b",").take(longest + 1).position(|byte| matches!(byte, b',' | b' ' | b'\t'))
            else {
                return false;
            };
            let (name, after) = start.split_at_checked(end).unwrap_or((start, &[]));
            let after = match without_blanks(after) {
                [] => &[],
                [b',', after @ ..] => after,
                _ => return false,
            };
            let left = if name.is_empty() { &mut self.empty } else { &mut self.names };
            let Some(fewer) = left.checked_sub(1) else { return false };
            *left = fewer;
            if !name.is_empty() && !list.elements().any(|listed| listed.eq_ignore_ascii_case(name)) {
                return false;
            }
            rest = after_repeated(name, after);
        }
        true
    }
}

fn without_blanks(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// What follows when the same name comes again and again: Firefox names a header once for each of its lines.
///
/// OPTIMIZATION: what repeats itself is the same as what comes one name later, and that is compared eight bytes at a time.
fn after_repeated<'l>(name: &[u8], line: &'l [u8]) -> &'l [u8] {
    let again = |rest: &'l [u8]| match rest.strip_prefix(name) {
        Some([]) if !name.is_empty() => Some(&[][..]),
        Some([b',', rest @ ..]) if !name.is_empty() => Some(rest),
        _ => None,
    };
    if again(line).is_none() {
        return line;
    }
    let later = line.get(name.len() + 1..).unwrap_or_default();
    let eights = line.as_chunks::<8>().0.iter().zip(later.as_chunks::<8>().0);
    let same = 8 * eights.take_while(|(one, other)| one == other).count();
    let whole = same.checked_rem(name.len() + 1).and_then(|part| same.checked_sub(part)).unwrap_or(0);
    let mut rest = line.get(whole..).unwrap_or_default();
    while let Some(after) = again(rest) {
        rest = after;
    }
    rest
}

/// What kinds of bytes a line has.
#[derive(Clone, Copy)]
struct Bytes(u8);

impl Bytes {
    /// No list of tokens has such a byte.
    const FOREIGN: u8 = 1;
    const Z: u8 = 2;
    const BLANK: u8 = 4;

    /// OPTIMIZATION: eight bytes at a time, without a branch between them.
    fn of(line: &[u8]) -> Self {
        const KINDS: [u8; 256] = {
            let mut kinds = [0; 256];
            let mut rest: &mut [u8] = &mut kinds;
            let mut byte = 0;
            while let [kind, tail @ ..] = rest {
                *kind = match byte {
                    b'z' | b'Z' => Bytes::Z,
                    b' ' | b'\t' => Bytes::BLANK,
                    _ if grammar::is_list_byte(byte) => 0,
                    _ => Bytes::FOREIGN,
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
        Bytes(rest.iter().fold(kinds, with))
    }

    fn are_list(self, line: &[u8]) -> bool {
        self.0 & Bytes::FOREIGN == 0 && (self.0 & Bytes::BLANK == 0 || no_blank_follows_a_name(line))
    }

    fn have_z(self) -> bool {
        self.0 & Bytes::Z != 0
    }
}

/// Whether no blank stands right after a name, or within one.
///
/// AD-HOC: browsers send no blanks, and who combines lines sends them after a comma. A list with a blank before a comma is not
/// repeated, so that a look at each byte and the one before it tells, without a branch.
fn no_blank_follows_a_name(line: &[u8]) -> bool {
    // Of the bytes of a list only the blanks are that low.
    let is_blank = |byte: u8| u8::from(byte <= b' ');
    let pairs = line.iter().zip(line.get(1..).unwrap_or_default());
    pairs.fold(0, |any, (before, byte)| any | (is_blank(*byte) & !is_blank(*before) & u8::from(*before != b','))) == 0
}
