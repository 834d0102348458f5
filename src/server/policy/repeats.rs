//! The elements of a list that repeat an earlier one.

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::list::Elements;
#[cfg(feature = "alloc")]
use crate::server::order::sorted_numbers;

/// How elements are compared.
#[derive(Clone, Copy)]
pub(in crate::server) enum Compared {
    /// Methods: byte by byte.
    AsWritten,
    /// Header names: without regard to case.
    IgnoringCase,
}

/// Which elements of a list repeat an earlier one, by their numbers.
///
/// With `alloc` they are found by sorting, in n log n steps. Without it each question scans the list.
#[cfg(feature = "alloc")]
pub(in crate::server) struct Repeats(Vec<bool>);

#[cfg(feature = "alloc")]
impl Repeats {
    pub(in crate::server) fn new<'a>(elements: Elements<'a>, compared: Compared) -> Self {
        let key = |element: &'a [u8]| {
            element.iter().map(move |byte| match compared {
                Compared::AsWritten => *byte,
                Compared::IgnoringCase => byte.to_ascii_lowercase(),
            })
        };
        let elements: Vec<&[u8]> = elements.iter().collect();
        let element = |number: usize| elements.get(number).copied().unwrap_or_default();
        let compare = |left, right| key(element(left)).cmp(key(element(right)));
        let mut repeats = alloc::vec![false; elements.len()];
        // The first of equal elements comes first.
        for pair in sorted_numbers(elements.len(), &compare).windows(2) {
            if let [before, number] = pair
                && let Some(repeats) = repeats.get_mut(*number)
            {
                *repeats = compare(*before, *number).is_eq();
            }
        }
        Repeats(repeats)
    }

    /// Whether the element of this number repeats an earlier one.
    pub(in crate::server) fn contains(&self, number: usize) -> bool {
        self.0.get(number).is_some_and(|repeats| *repeats)
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
