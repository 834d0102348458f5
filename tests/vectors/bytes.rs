//! Byte strings, written in JSON as Latin-1: the character U+00XX is the byte XX.

use std::fmt;

use serde::{Deserialize, Deserializer, de::Error};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

/// The bytes of `text`, if it is a byte string.
pub(crate) fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        latin1(&text).map(Bytes).ok_or_else(|| D::Error::custom("a character above U+00FF in a byte string"))
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{}\"", self.0.escape_ascii())
    }
}

/// A header list, in its JSON form.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub(crate) struct HeaderList(Vec<(String, Bytes)>);

impl HeaderList {
    /// All lines of one name.
    pub(crate) fn lines(name: &str, lines: &[Bytes]) -> Self {
        HeaderList(lines.iter().map(|line| (name.to_owned(), line.clone())).collect())
    }

    pub(crate) fn push(&mut self, name: &str, value: &[u8]) {
        self.0.push((name.to_owned(), Bytes(value.to_vec())));
    }

    pub(crate) fn pairs(&self) -> Vec<(&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.0.as_slice())).collect()
    }
}

impl<'a> FromIterator<fetch_cors::browser::request::RequestHeader<'a>> for HeaderList {
    fn from_iter<I: IntoIterator<Item = fetch_cors::browser::request::RequestHeader<'a>>>(headers: I) -> Self {
        let line = |header: fetch_cors::browser::request::RequestHeader<'a>| {
            (header.name.as_str().to_owned(), Bytes(header.value.bytes().collect()))
        };
        HeaderList(headers.into_iter().map(line).collect())
    }
}

impl<'a> FromIterator<fetch_cors::header::Header<'a>> for HeaderList {
    fn from_iter<I: IntoIterator<Item = fetch_cors::header::Header<'a>>>(headers: I) -> Self {
        let line =
            |header: fetch_cors::header::Header<'a>| (header.name.as_str().to_owned(), Bytes(header.value.to_vec()));
        HeaderList(headers.into_iter().map(line).collect())
    }
}
