//! The grant of a preflight.

use crate::{
    browser::{iterators::OptionIter, preflight::MaxAge},
    header::{HeaderName, ListValues},
    method::Method,
};

/// The grant in the response to a preflight, with its lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PreflightGrant<'a> {
    /// `Access-Control-Allow-Methods`.
    pub methods: GrantedMethods<'a>,
    /// `Access-Control-Allow-Headers`.
    pub header_names: GrantedHeaderNames<'a>,
    /// `Access-Control-Max-Age`.
    pub max_age: MaxAge,
}

/// The methods that a preflight allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantedMethods<'a> {
    /// There is no list.
    None,
    /// There is no list, and the use-CORS-preflight flag allows the request's own method.
    Own(Method<'a>),
    /// These methods. A `*` among them may be a wildcard.
    Listed(ListValues<'a>),
}

impl<'a> GrantedMethods<'a> {
    /// The methods, including `*`.
    pub fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        let (own, listed) = match self {
            GrantedMethods::None => (None, None),
            GrantedMethods::Own(method) => (Some(method.as_str()), None),
            GrantedMethods::Listed(values) => (None, Some(values)),
        };
        own.into_iter().chain(OptionIter(listed.map(ListValues::iter)))
    }

    /// Whether `method` is one of them.
    pub fn contains(self, method: Method<'_>) -> bool {
        match self {
            GrantedMethods::None => false,
            GrantedMethods::Own(own) => own == method,
            GrantedMethods::Listed(values) => values.contains(method.as_str()),
        }
    }

    /// Whether `*` is one of them.
    pub fn contains_wildcard(self) -> bool {
        matches!(self, GrantedMethods::Listed(values) if values.contains_wildcard())
    }
}

/// The header names that a preflight allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantedHeaderNames<'a> {
    /// There is no list.
    None,
    /// These names. A `*` among them may be a wildcard.
    Listed(ListValues<'a>),
}

impl<'a> GrantedHeaderNames<'a> {
    /// The names, including `*`.
    pub fn iter(self) -> impl Iterator<Item = HeaderName<'a>> + Clone {
        OptionIter(self.listed().map(ListValues::iter)).map(HeaderName::from_transport)
    }

    /// The names as bytes.
    pub(super) fn elements(self) -> impl Iterator<Item = &'a [u8]> + Clone {
        OptionIter(self.listed().map(ListValues::elements))
    }

    const fn listed(self) -> Option<ListValues<'a>> {
        match self {
            GrantedHeaderNames::None => None,
            GrantedHeaderNames::Listed(values) => Some(values),
        }
    }

    /// Whether `name` is one of them.
    pub fn contains(self, name: HeaderName<'_>) -> bool {
        matches!(self, GrantedHeaderNames::Listed(values) if values.contains_name(name))
    }

    /// Whether `*` is one of them.
    pub fn contains_wildcard(self) -> bool {
        matches!(self, GrantedHeaderNames::Listed(values) if values.contains_wildcard())
    }
}
