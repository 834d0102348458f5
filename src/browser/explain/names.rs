//! Names of response headers that are misspellings of names of the CORS protocol.

use crate::{grammar, header::HeaderName};

/// How the name of a response header differs from the intended one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameMistake {
    /// It is misspelt.
    Misspelt,
    /// It is a header of requests.
    OfRequest,
    /// It is stored as metadata: there is a prefix before the name.
    Prefix,
}

/// The headers that may be intended.
const MEANT: [HeaderName<'static>; 6] = [
    HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN,
    HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    HeaderName::ACCESS_CONTROL_ALLOW_METHODS,
    HeaderName::ACCESS_CONTROL_ALLOW_HEADERS,
    HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS,
    HeaderName::ACCESS_CONTROL_MAX_AGE,
];

/// Other common names for them, without the words that all of these names have.
const ALIASES: [(&str, HeaderName<'static>); 16] = [
    ("origin", HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN),
    ("origins", HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN),
    ("allowed-origin", HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN),
    ("allowed-origins", HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN),
    ("credentials", HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS),
    ("allowed-credentials", HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS),
    ("methods", HeaderName::ACCESS_CONTROL_ALLOW_METHODS),
    ("allowed-methods", HeaderName::ACCESS_CONTROL_ALLOW_METHODS),
    ("headers", HeaderName::ACCESS_CONTROL_ALLOW_HEADERS),
    ("allowed-headers", HeaderName::ACCESS_CONTROL_ALLOW_HEADERS),
    ("allow-max-age", HeaderName::ACCESS_CONTROL_MAX_AGE),
    ("allow-age", HeaderName::ACCESS_CONTROL_MAX_AGE),
    ("allow-expose-headers", HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS),
    ("exposed-headers", HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS),
    ("allow-exposed-headers", HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS),
    ("allow-expose", HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS),
];

/// Request headers that are confused with response headers.
const OF_REQUEST: [(&str, HeaderName<'static>); 4] = [
    ("access-control-request-method", HeaderName::ACCESS_CONTROL_ALLOW_METHODS),
    ("access-control-request-methods", HeaderName::ACCESS_CONTROL_ALLOW_METHODS),
    ("access-control-request-headers", HeaderName::ACCESS_CONTROL_ALLOW_HEADERS),
    ("access-control-request-header", HeaderName::ACCESS_CONTROL_ALLOW_HEADERS),
];

/// The common starts of such a name, including the right one.
const STARTS: [&[u8]; 4] = [b"access-control-", b"allow-control-", b"access-", b"cors-"];

/// The prefixes of metadata in object stores, and of CGI.
const PREFIXES: [&[u8]; 6] = [b"x-amz-meta-", b"x-goog-meta-", b"x-ms-meta-", b"x-object-meta-", b"http-", b"x-"];

/// Intended names are not longer than this.
const LIMIT: usize = 64;

/// The header that the name of a response header was meant to be, if it is not one itself.
pub(super) fn meant(name: HeaderName<'_>) -> Option<(NameMistake, HeaderName<'static>)> {
    let mut memory = [0; LIMIT];
    let written = normalized(name, &mut memory)?;
    // A name with none of these words is another header, or too different to guess.
    if !(holds(written, b"control") || holds(written, b"allow-") || holds(written, b"expose")) {
        return None;
    }
    // A name that is not a token is not from an HTTP message, and is not printed.
    if MEANT.contains(&name) || grammar::token(name.as_str().as_bytes()).is_none() {
        return None;
    }
    if let Some((_, meant)) = OF_REQUEST.into_iter().find(|(own, _)| own.as_bytes() == written) {
        return Some((NameMistake::OfRequest, meant));
    }
    let prefixed = PREFIXES.into_iter().find_map(|prefix| nearest(written.strip_prefix(prefix)?));
    match prefixed {
        Some(meant) => Some((NameMistake::Prefix, meant)),
        None => nearest(written).map(|meant| (NameMistake::Misspelt, meant)),
    }
}

/// The header whose name differs in at most two letters, or has this alias.
fn nearest(written: &[u8]) -> Option<HeaderName<'static>> {
    let distance = |meant: &HeaderName<'static>| distance(written, meant.as_str().as_bytes());
    let by_letters = MEANT.into_iter().min_by_key(distance).filter(|meant| distance(meant) <= 2);
    by_letters.or_else(|| {
        let rest = STARTS.into_iter().find_map(|start| written.strip_prefix(start))?;
        let after_start =
            |meant: &HeaderName<'static>| meant.as_str().as_bytes().strip_prefix(b"access-control-") == Some(rest);
        let alias = || ALIASES.into_iter().find(|(own, _)| own.as_bytes() == rest).map(|(_, meant)| meant);
        MEANT.into_iter().find(after_start).or_else(alias)
    })
}

/// A name in lower case, with `-` for `_`.
fn normalized<'m>(name: HeaderName<'_>, memory: &'m mut [u8; LIMIT]) -> Option<&'m [u8]> {
    let bytes = name.as_str().as_bytes();
    let written = memory.get_mut(..bytes.len())?;
    for (place, byte) in written.iter_mut().zip(bytes) {
        *place = if *byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    }
    Some(written)
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len().max(1)).any(|window| window == word)
}

/// How many letters must be inserted, deleted or replaced to turn one name into the other. For names whose lengths
/// differ by more than two, the difference of the lengths.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let apart = one.len().abs_diff(other.len());
    if apart > 2 {
        return apart;
    }
    let mut row = [0_usize; LIMIT + 1];
    for (place, number) in row.iter_mut().zip(0..) {
        *place = number;
    }
    for (byte, number) in one.iter().zip(1..) {
        let mut diagonal = number - 1;
        let mut left = number;
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = number;
        }
        for (own, cell) in other.iter().zip(cells) {
            let changed = diagonal + usize::from(own != byte);
            diagonal = *cell;
            left = changed.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.get(other.len()).copied().unwrap_or(LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        for (one, other, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "ac", 1),
            ("ac", "abc", 1),
            ("acb", "abc", 2),
            ("", "ab", 2),
            ("ab", "abcde", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
        }
    }

    #[test]
    fn misspelled_header_names_are_recognized() {
        use NameMistake::*;
        for (written, expected) in [
            ("Access-Control-Allow-Method", Some((Misspelt, "access-control-allow-methods"))),
            ("Access-Control-Allow-Header", Some((Misspelt, "access-control-allow-headers"))),
            ("Access-Control-Allow-Origins", Some((Misspelt, "access-control-allow-origin"))),
            ("Acces-Control-Allow-Origin", Some((Misspelt, "access-control-allow-origin"))),
            ("Acess-Control-Allow-Orgin", Some((Misspelt, "access-control-allow-origin"))),
            ("Access_Control_Allow_Origin", Some((Misspelt, "access-control-allow-origin"))),
            ("Access-Control-Allow-Max-Age", Some((Misspelt, "access-control-max-age"))),
            ("Access-Control-Expose-Header", Some((Misspelt, "access-control-expose-headers"))),
            ("Access-Control-Allow-Expose-Headers", Some((Misspelt, "access-control-expose-headers"))),
            ("Access-Control-Allow-Credential", Some((Misspelt, "access-control-allow-credentials"))),
            ("Access-Control-Origin", Some((Misspelt, "access-control-allow-origin"))),
            ("Allow-Control-Allow-Origin", Some((Misspelt, "access-control-allow-origin"))),
            ("Access-Allow-Origin", Some((Misspelt, "access-control-allow-origin"))),
            ("Access-Control-Allowed-Methods", Some((Misspelt, "access-control-allow-methods"))),
            ("Access-Control-Request-Method", Some((OfRequest, "access-control-allow-methods"))),
            ("Access-Control-Request-Headers", Some((OfRequest, "access-control-allow-headers"))),
            ("x-amz-meta-access-control-allow-origin", Some((Prefix, "access-control-allow-origin"))),
            ("X-Access-Control-Allow-Origin", Some((Prefix, "access-control-allow-origin"))),
            ("HTTP_ACCESS_CONTROL_ALLOW_ORIGIN", Some((Prefix, "access-control-allow-origin"))),
            ("Access-Control-Allow-Origin", None),
            ("Access-Control-Allow-Private-Network", None),
            ("Access-Control-Max-Age", None),
            ("Cache-Control", None),
            ("Timing-Allow-Origin", None),
            ("Allow", None),
            ("Service-Worker-Allowed", None),
            ("X-DNS-Prefetch-Control", None),
            ("X-Total-Count", None),
        ] {
            let found = HeaderName::new(written).ok().and_then(meant);
            assert_eq!(found.map(|(mistake, name)| (mistake, name.as_str())), expected, "{written}");
        }
        assert_eq!(meant(HeaderName::from_transport(core::str::from_utf8(&[b'c'; 1000]).unwrap())), None);
    }
}
