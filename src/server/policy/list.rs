//! Lists of methods and header names, as a policy has them: how they are read, and how much they allow.

use crate::grammar::{self, const_bytes};

/// A list in the form of its header: `PUT, DELETE`, or `*`.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct AllowList<'a> {
    pub(in crate::server) elements: Elements<'a>,
    /// The list as it is sent.
    pub(in crate::server) text: &'a str,
    pub(in crate::server) coverage: Coverage,
}

/// How much a list allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Coverage {
    /// Only what needs no list.
    Nothing,
    /// What the list names.
    Listed,
    /// Everything, except for the request header `Authorization`.
    Any,
    /// Everything, `Authorization` included.
    AnyAndAuthorization,
}

impl AllowList<'static> {
    pub(in crate::server) const NONE: Self = AllowList::new("");
}

impl<'a> AllowList<'a> {
    pub(in crate::server) const fn new(text: &'a str) -> Self {
        let text = text.trim_ascii();
        let elements = Elements::Text(Some(text.as_bytes()));
        AllowList {
            elements: if text.is_empty() { Elements::Text(None) } else { elements },
            text,
            coverage: elements.coverage(),
        }
    }

    #[cfg(feature = "config")]
    pub(in crate::server) const fn from_list(list: &'a [&'a str], text: &'a str) -> Self {
        let elements = Elements::List(list);
        AllowList { elements, text, coverage: elements.coverage() }
    }
}

/// The elements of a list that have not been read yet.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) enum Elements<'a> {
    /// One text, with commas between the elements.
    Text(Option<&'a [u8]>),
    #[cfg(feature = "config")]
    List(&'a [&'a str]),
}

impl<'a> Elements<'a> {
    /// The next element, which may be empty, and those after it.
    pub(in crate::server) const fn split_first(self) -> Option<(&'a [u8], Self)> {
        match self {
            Elements::Text(None) => None,
            Elements::Text(Some(text)) => {
                let (element, rest) = match const_bytes::find(text, b',') {
                    Some(comma) => {
                        (const_bytes::split_at(text, comma).0, Some(const_bytes::split_at(text, comma + 1).1))
                    }
                    None => (text, None),
                };
                Some((grammar::trim_tab_or_space(element), Elements::Text(rest)))
            }
            #[cfg(feature = "config")]
            Elements::List(list) => match list {
                [first, rest @ ..] => Some((first.as_bytes(), Elements::List(rest))),
                [] => None,
            },
        }
    }

    const fn coverage(self) -> Coverage {
        let (mut some, mut any, mut authorization) = (false, false, false);
        let mut rest = self;
        while let Some((element, tail)) = rest.split_first() {
            match element {
                b"*" => any = true,
                [] => {}
                _ => some = true,
            }
            authorization |= grammar::eq_ignore_ascii_case(element, b"authorization");
            rest = tail;
        }
        match (any, authorization) {
            (true, true) => Coverage::AnyAndAuthorization,
            (true, false) => Coverage::Any,
            (false, _) if some => Coverage::Listed,
            (false, _) => Coverage::Nothing,
        }
    }

    pub(in crate::server) fn iter(self) -> impl Iterator<Item = &'a [u8]> + Clone {
        let mut rest = self;
        core::iter::from_fn(move || {
            let (element, tail) = rest.split_first()?;
            rest = tail;
            Some(element)
        })
    }
}
