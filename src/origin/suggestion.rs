//! What was probably meant by a text that is not an origin.

use core::{fmt, str};

use super::{
    host::Host,
    lenient::Pieces,
    scheme::{default_port, is_special},
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
    /// A text without the faults that can be mended one by one; whether any are left is for the caller to check.
    pub(crate) const fn of(text: &[u8]) -> Option<Self> {
        let pieces = Pieces::of(text);
        let host = slice(text, pieces.host_start, pieces.host_end);
        let port = slice(text, pieces.host_end, pieces.authority_end);
        // A second scheme in the path says that the text is something else altogether.
        if super::parse::find_scheme_end(slice(text, pieces.authority_end, pieces.end)).is_some() {
            return None;
        }
        let mut suggestion = Suggestion { text: [0; LIMIT], length: 0 };
        match pieces.scheme_end {
            Some(end) => suggestion.push_lowercase(slice(text, pieces.start, end), true),
            None if is_own_machine(host) => suggestion.push_lowercase(b"http", true),
            None => suggestion.push_lowercase(b"https", true),
        }
        let scheme_length = suggestion.length;
        suggestion.push_lowercase(b"://", true);
        let (scheme, _) = bytes::split_at(&suggestion.text, scheme_length);
        let special = is_special(scheme);
        let default = match default_port(scheme) {
            Some(80) => Some(b"80" as &[u8]),
            Some(443) => Some(b"443" as &[u8]),
            Some(_) => Some(b"21" as &[u8]),
            None => None,
        };
        if pieces.lacks_brackets {
            suggestion.push(b'[');
        }
        suggestion.push_lowercase(host, special);
        if pieces.lacks_brackets {
            suggestion.push(b']');
        }
        let digits = match port {
            [b':', digits @ ..] => without_zeros(digits),
            _ => b"",
        };
        let is_default = match default {
            Some(default) => bytes::eq(digits, default),
            None => false,
        };
        if !digits.is_empty() && !is_default {
            suggestion.push(b':');
            suggestion.push_lowercase(digits, true);
        }
        if suggestion.length > LIMIT || bytes::eq(suggestion.as_bytes(), text) { None } else { Some(suggestion) }
    }

    const fn push(&mut self, byte: u8) {
        if let Some((_, [slot, ..])) = self.text.split_at_mut_checked(self.length) {
            *slot = byte;
        }
        self.length += 1;
    }

    const fn push_lowercase(&mut self, text: &[u8], lowercase: bool) {
        let mut rest = text;
        while let [byte, tail @ ..] = rest {
            self.push(if lowercase { byte.to_ascii_lowercase() } else { *byte });
            rest = tail;
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
