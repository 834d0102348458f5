//! The elements of a list that repeat an earlier one.

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
#[cfg(feature = "alloc")]
use core::cmp::Ordering;

#[cfg(feature = "alloc")]
use crate::grammar::cmp_ignore_ascii_case;

use super::list::Elements;

/// Elements of a list, and their numbers in it.
#[cfg(feature = "alloc")]
type Numbered<'a> = Vec<(&'a [u8], usize)>;

/// How elements are compared.
#[derive(Clone, Copy)]
pub(in crate::server) enum Compared {
    /// Methods: byte by byte.
    AsWritten,
    /// Header names: without regard to case.
    IgnoringCase,
}

/// The elements of a list that repeat an earlier one, by their numbers.
///
/// With `alloc` they are found by sorting, in n log n steps. Without it each question scans the list.
#[cfg(feature = "alloc")]
pub(in crate::server) struct Repeats(Vec<bool>);

#[cfg(feature = "alloc")]
impl Repeats {
    pub(in crate::server) fn new(elements: Elements<'_>, compared: Compared) -> Self {
        let sorted = sorted(elements, compared);
        let mut repeats = Vec::new();
        repeats.resize(sorted.len(), false);
        let mut before: Option<&[u8]> = None;
        for (element, number) in sorted {
            if before.is_some_and(|before| order(before, element, compared).is_eq())
                && let Some(repeats) = repeats.get_mut(number)
            {
                *repeats = true;
            }
            before = Some(element);
        }
        Repeats(repeats)
    }

    /// Whether the element of this number repeats an earlier one.
    pub(in crate::server) fn contains(&self, number: usize) -> bool {
        self.0.get(number).is_some_and(|repeats| *repeats)
    }
}

/// The elements in order, equal ones as they were.
#[cfg(feature = "alloc")]
pub(super) fn sorted(elements: Elements<'_>, compared: Compared) -> Numbered<'_> {
    let mut sorted: Numbered<'_> = elements.iter().zip(0..).collect();
    sorted.sort_by(|(left, _), (right, _)| order(left, right, compared));
    sorted
}

#[cfg(feature = "alloc")]
pub(super) fn order(left: &[u8], right: &[u8], compared: Compared) -> Ordering {
    match compared {
        Compared::AsWritten => left.cmp(right),
        Compared::IgnoringCase => cmp_ignore_ascii_case(left, right),
    }
}

/// The elements of a list that repeat an earlier one, by their numbers.
#[cfg(not(feature = "alloc"))]
pub(in crate::server) struct Repeats<'a> {
    elements: Elements<'a>,
    compared: Compared,
}

#[cfg(not(feature = "alloc"))]
impl<'a> Repeats<'a> {
    pub(in crate::server) fn new(elements: Elements<'a>, compared: Compared) -> Self {
        Repeats { elements, compared }
    }

    /// Whether the element of this number repeats an earlier one.
    pub(in crate::server) fn contains(&self, number: usize) -> bool {
        let mut rest = self.elements.iter().skip(number);
        rest.next().is_some_and(|element| {
            self.elements.iter().take(number).any(|earlier| match self.compared {
                Compared::AsWritten => earlier == element,
                Compared::IgnoringCase => earlier.eq_ignore_ascii_case(element),
            })
        })
    }
}
