//! Lists of methods and header names, as a policy has them.

use crate::grammar::{self, const_bytes};

/// A list in the form of its header: `PUT, DELETE`, or `*`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    pub(super) elements: Elements<'a>,
    /// The list as it is sent.
    pub(super) text: &'a str,
    pub(super) extent: Extent,
}

/// How much a list covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Nothing but what needs no list.
    Nothing,
    /// What it names.
    Listed,
    /// Everything; of request headers, all but `Authorization`.
    Any,
    /// Everything, `Authorization` too.
    AnyAndAuthorization,
}

impl Names<'static> {
    pub(super) const NONE: Self = Names::new("");
}

impl<'a> Names<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        let text = text.trim_ascii();
        let elements = Elements::Text(Some(text.as_bytes()));
        Names {
            elements: if text.is_empty() { Elements::Text(None) } else { elements },
            text,
            extent: elements.extent(),
        }
    }

    #[cfg(feature = "alloc")]
    pub(super) const fn from_list(list: &'a [&'a str], text: &'a str) -> Self {
        let elements = Elements::List(list);
        Names { elements, text, extent: elements.extent() }
    }
}

/// The elements of a list that are still to come.
#[derive(Clone, Copy, Debug)]
pub(super) enum Elements<'a> {
    /// With commas between them.
    Text(Option<&'a [u8]>),
    #[cfg(feature = "alloc")]
    List(&'a [&'a str]),
}

impl<'a> Elements<'a> {
    /// The next element, and those after it; an empty one is one too.
    pub(super) const fn split_first(self) -> Option<(&'a [u8], Self)> {
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
            #[cfg(feature = "alloc")]
            Elements::List(list) => match list {
                [first, rest @ ..] => Some((first.as_bytes(), Elements::List(rest))),
                [] => None,
            },
        }
    }

    const fn extent(self) -> Extent {
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
            (true, true) => Extent::AnyAndAuthorization,
            (true, false) => Extent::Any,
            (false, _) if some => Extent::Listed,
            (false, _) => Extent::Nothing,
        }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'a [u8]> + Clone {
        let mut rest = self;
        core::iter::from_fn(move || {
            let (element, tail) = rest.split_first()?;
            rest = tail;
            Some(element)
        })
    }
}
