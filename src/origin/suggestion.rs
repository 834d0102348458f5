//! The origin that was probably meant by a text that is not one.

use core::{fmt, str};

use super::{
    host::Host,
    lenient::Pieces,
    punycode::AsciiHost,
    scheme::{default_port, is_special},
    whole::{Whole, after_first_scheme, after_scheme},
};
use crate::grammar::const_bytes as bytes;

const LIMIT: usize = 326;

/// An origin, or an origin pattern, that was probably meant: see [`Origin::suggest`](super::Origin::suggest).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Suggestion {
    text: [u8; LIMIT],
    length: usize,
}

impl Suggestion {
    const EMPTY: Self = Suggestion { text: [0; LIMIT], length: 0 };

    /// A text after the faults that can be fixed one by one. The caller checks whether others are left.
    pub(crate) const fn of(text: &[u8]) -> Option<Self> {
        let pieces = Pieces::of(text);
        let trimmed = slice(text, pieces.start, pieces.end);
        let suggestion = match Whole::of(trimmed) {
            None if matches!(trimmed, b"*" | b"null") => Some(Suggestion::copied(trimmed)),
            None => Suggestion::of_plain(trimmed),
            Some(Whole::WordForAny) => Some(Suggestion::copied(b"*")),
            Some(Whole::WordForNull) => Some(Suggestion::copied(b"null")),
            Some(Whole::File) => Some(Suggestion::copied(b"file://")),
            Some(Whole::TwoSchemes) => Suggestion::of_plain(after_first_scheme(trimmed)),
            Some(Whole::RegularExpression) => {
                let plain = Suggestion::of_expression(trimmed);
                Suggestion::of_plain(plain.as_bytes())
            }
            Some(Whole::WithoutHost) => match after_scheme(trimmed, &["blob:"]) {
                Some(inner) => Suggestion::of_plain(inner),
                None => None,
            },
            Some(Whole::Word | Whole::Variable) => None,
        };
        match suggestion {
            Some(suggestion) if suggestion.length <= LIMIT && !bytes::eq(suggestion.as_bytes(), text) => {
                Some(suggestion)
            }
            _ => None,
        }
    }

    /// An origin or a pattern in another form than browsers send it.
    const fn of_plain(text: &[u8]) -> Option<Self> {
        let pieces = Pieces::of(text);
        let host = slice(text, pieces.host_start, pieces.host_end);
        let port = slice(text, pieces.host_end, pieces.authority_end);
        // A second scheme in the path means that the text is something else.
        if super::parse::find_scheme_end(slice(text, pieces.authority_end, pieces.end)).is_some() {
            return None;
        }
        let (host, is_own_machine) = match host {
            [name @ .., b'*'] if is_own_machine(name) => (name, true),
            b"::1" if pieces.lacks_brackets => (host, true),
            _ => (host, is_own_machine(host)),
        };
        let mut suggestion = Suggestion::EMPTY;
        match pieces.scheme_end {
            Some(end) if has_wildcard(slice(text, pieces.start, end)) => suggestion.push_all(b"https"),
            Some(end) => suggestion.push_lowercase(slice(text, pieces.start, end)),
            None if is_own_machine => suggestion.push_all(b"http"),
            // A host is an address, or a name with a letter or a digit.
            None if !pieces.lacks_brackets && !has_alphanumeric(host) || matches!(port, [b':']) => return None,
            None => suggestion.push_all(b"https"),
        }
        let scheme_length = suggestion.length;
        suggestion.push_all(b"://");
        let special = is_special(bytes::split_at(&suggestion.text, scheme_length).0);
        if pieces.lacks_brackets {
            suggestion.push(b'[');
        }
        if !suggestion.push_host(host, special) {
            return None;
        }
        if pieces.lacks_brackets {
            suggestion.push(b']');
        }
        suggestion.push_port(port, scheme_length, is_own_machine && host.len() < pieces.host_end - pieces.host_start);
        Some(suggestion)
    }

    /// Appends the host as browsers send it. Returns whether there is such a form.
    const fn push_host(&mut self, host: &[u8], special: bool) -> bool {
        let host = match subdomains_of(host) {
            Some(parent) => {
                self.push_all(b"*.");
                parent
            }
            None => host,
        };
        if special && !host.is_ascii() {
            return match AsciiHost::of(host) {
                Some(encoded) => {
                    self.push_all(encoded.as_bytes());
                    true
                }
                None => false,
            };
        }
        if special {
            self.push_lowercase(host);
        } else {
            self.push_all(host);
        }
        true
    }

    const fn push_port(&mut self, port: &[u8], scheme_length: usize, any: bool) {
        let scheme = bytes::split_at(&self.text, scheme_length).0;
        let default = match default_port(scheme) {
            Some(80) => Some(b"80" as &[u8]),
            Some(443) => Some(b"443" as &[u8]),
            Some(_) => Some(b"21" as &[u8]),
            None => None,
        };
        let digits = match port {
            [b':', digits @ ..] => without_zeros(digits),
            _ if any => b"*",
            _ => b"",
        };
        let is_default = match default {
            Some(default) => bytes::eq(digits, default),
            None => false,
        };
        if !digits.is_empty() && !is_default {
            self.push(b':');
            self.push_lowercase(digits);
        }
    }

    /// A regular expression without its escapes and anchors, and with `*` in place of repetitions.
    const fn of_expression(text: &[u8]) -> Self {
        let mut plain = Suggestion::EMPTY;
        let mut rest = text;
        if let [b'/', inner @ .., b'/'] = rest {
            rest = inner;
        }
        while let [byte, tail @ ..] = rest {
            rest = match rest {
                [b's', b'?', b':', ..] => {
                    plain.push(b's');
                    bytes::split_at(rest, 2).1
                }
                [b'(', b's', b')', b'?', after @ ..] => {
                    plain.push(b's');
                    after
                }
                [b'.', b'*' | b'+', after @ ..] | [b'[', b'^', b'.', b']', b'*' | b'+', after @ ..] => {
                    plain.push(b'*');
                    after
                }
                [b'^' | b'\\', ..] => tail,
                [b'$'] => tail,
                _ => {
                    plain.push(*byte);
                    tail
                }
            };
        }
        plain
    }

    const fn copied(text: &[u8]) -> Self {
        let mut suggestion = Suggestion::EMPTY;
        suggestion.push_all(text);
        suggestion
    }

    const fn push(&mut self, byte: u8) {
        if let Some((_, [slot, ..])) = self.text.split_at_mut_checked(self.length) {
            *slot = byte;
        }
        self.length += 1;
    }

    const fn push_all(&mut self, mut text: &[u8]) {
        while let [byte, rest @ ..] = text {
            self.push(*byte);
            text = rest;
        }
    }

    const fn push_lowercase(&mut self, mut text: &[u8]) {
        while let [byte, rest @ ..] = text {
            self.push(byte.to_ascii_lowercase());
            text = rest;
        }
    }

    pub(crate) const fn as_bytes(&self) -> &[u8] {
        bytes::split_at(&self.text, self.length).0
    }

    /// The origin as text.
    pub const fn as_str(&self) -> &str {
        match str::from_utf8(self.as_bytes()) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

const fn slice(text: &[u8], start: usize, end: usize) -> &[u8] {
    bytes::split_at(bytes::split_at(text, end).0, start).1
}

const fn is_own_machine(host: &[u8]) -> bool {
    match Host::parse(host, b"http") {
        Ok(host) => host.is_loopback(),
        Err(_) => false,
    }
}

/// The domain whose subdomains were probably meant: `.example.com`, `**.example.com`, `*.*.example.com`, `*example.com`.
const fn subdomains_of(host: &[u8]) -> Option<&[u8]> {
    let mut rest = host;
    while let [b'*' | b'.', tail @ ..] = rest {
        rest = tail;
    }
    let Some(dot) = bytes::find(rest, b'.') else { return None };
    if bytes::find(rest, b'*').is_some() || !matches!(rest, [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.., ..]) {
        return None;
    }
    match host {
        [b'.', ..] | [b'*', b'*' | b'.', ..] => Some(rest),
        // `*app.example.com` is a pattern of its own.
        [b'*', ..] if bytes::find(bytes::split_at(rest, dot + 1).1, b'.').is_none() => Some(rest),
        _ => None,
    }
}

const fn has_wildcard(scheme: &[u8]) -> bool {
    bytes::find(scheme, b'*').is_some() || bytes::find(scheme, b'?').is_some()
}

const fn has_alphanumeric(mut host: &[u8]) -> bool {
    while let [byte, rest @ ..] = host {
        if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
            return true;
        }
        host = rest;
    }
    false
}

const fn without_zeros(mut digits: &[u8]) -> &[u8] {
    while let [b'0', rest @ ..] = digits
        && !rest.is_empty()
    {
        digits = rest;
    }
    digits
}

impl fmt::Display for Suggestion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Debug for Suggestion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}
