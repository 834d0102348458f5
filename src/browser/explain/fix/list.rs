//! Lists of names: the names of a response, as browsers read them and as they were meant, and the missing names.

use crate::{
    browser::{
        header_lookup::{Listed, lookup_names},
        iterators::Steps,
        profile::switches::AuthorizationUnderWildcard,
        request::CredentialsMode,
        safelist::CorsUnsafeRequestHeaderNames,
    },
    grammar::{self, Elements},
    header::{CombinedValue, HeaderName},
};

/// The names in a list header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::browser::explain) struct Names<'a> {
    value: Option<CombinedValue<'a>>,
    reading: Reading,
}

/// How a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Reading {
    /// As browsers do: elements between commas.
    Standard,
    /// As it was meant: whitespace, `;`, `|` and `/` separate names, and quotes and brackets are not part of a name.
    Meant,
}

impl<'a> Names<'a> {
    pub(in crate::browser::explain) const fn as_read(value: Option<CombinedValue<'a>>) -> Self {
        Names { value, reading: Reading::Standard }
    }

    pub(super) const fn as_meant(value: Option<CombinedValue<'a>>) -> Self {
        Names { value, reading: Reading::Meant }
    }

    pub(super) fn tokens(self) -> impl Iterator<Item = &'a str> + Clone {
        let elements = self.value.into_iter().flat_map(CombinedValue::lines).flat_map(Elements::new);
        Steps(elements.flat_map(move |element| self.reading.names_of(element)).filter_map(grammar::token))
    }

    pub(super) fn contains(self, wanted: &str) -> bool {
        self.tokens().any(|token| token == wanted)
    }
}

impl Reading {
    fn names_of(self, element: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
        let separates = move |byte: &u8| matches!(self, Reading::Meant) && b" \t;|/\"()[]{}<>".contains(byte);
        element.split(separates).map(move |name| match self {
            Reading::Standard => name,
            Reading::Meant => trim_quotes(name),
        })
    }
}

/// Removes quotes that are token bytes, but with which no method or header name begins or ends.
fn trim_quotes(mut name: &[u8]) -> &[u8] {
    while let [b'\'' | b'`', rest @ ..] = name {
        name = rest;
    }
    while let [rest @ .., b'\'' | b'`'] = name {
        name = rest;
    }
    name
}

/// The request's header names that a list must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::browser::explain) struct RequestNames<'a> {
    pub(super) names: CorsUnsafeRequestHeaderNames<'a>,
    pub(super) credentials_mode: CredentialsMode,
    pub(super) authorization: AuthorizationUnderWildcard,
}

impl<'a> RequestNames<'a> {
    /// The names that the list does not allow.
    pub(in crate::browser::explain) fn missing_in(self, list: Names<'a>) -> impl Iterator<Item = HeaderName<'a>> {
        let mut previous = None;
        let names = self.names.iter().filter(move |name| previous.replace(*name) != Some(*name));
        Steps(self.judged(names, list).filter(|(_, allowed)| !allowed).map(|(name, _)| name))
    }

    /// The names that the list allows.
    pub(in crate::browser::explain) fn allowed_by(self, list: Names<'a>) -> impl Iterator<Item = HeaderName<'a>> {
        Steps(self.judged(self.names.iter(), list).filter(|(_, allowed)| *allowed).map(|(name, _)| name))
    }

    /// The names, each with whether the list allows it.
    fn judged(
        self,
        names: impl Iterator<Item = HeaderName<'a>>,
        list: Names<'a>,
    ) -> impl Iterator<Item = (HeaderName<'a>, bool)> {
        let wildcard = self.credentials_mode != CredentialsMode::Include && list.contains("*");
        let live = self.authorization == AuthorizationUnderWildcard::Covered;
        lookup_names(names, list.tokens().map(str::as_bytes)).map(move |(name, listed)| {
            let covered = wildcard && (live || !name.is_cors_non_wildcard_request_header_name());
            (name, covered || listed == Listed::Yes)
        })
    }
}
